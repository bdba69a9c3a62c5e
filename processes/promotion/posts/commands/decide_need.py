"""Decide how many people a post needs."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import bindparam, select

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import write
from processes.promotion.posts.need import MOST_HOLDERS
from processes.promotion.posts.subjects import PostSubject, subject_of
from processes.promotion.records import job_analysis

_KEYS = ("tenant", "post_id", "year")
_stored = select(job_analysis).where(*(job_analysis.c[name] == bindparam(name) for name in _KEYS))
_insert = job_analysis.insert()
_update = (
    job_analysis.update()
    .where(*(job_analysis.c[name] == bindparam(f"of_{name}") for name in _KEYS))
    .values(approved=bindparam("new_approved"), decree=bindparam("new_decree"))
)


@dataclass(frozen=True, slots=True)
class DecideNeed:
    """Keep how many people the city has decided on for a post and a year, with the number of the decision."""

    post_id: int
    year: int
    approved: int
    decree: str
    permission: ClassVar[str] = "post:decide"

    def subject(self, context: Context) -> PostSubject:
        """Return the post."""
        return subject_of(context, self.post_id)

    def execute(self, context: Context, subject: PostSubject) -> Changes:
        """Plan the row.

        :raise Invalid: the number is out of bounds, or the decision has no number.
        """
        if not 0 <= self.approved <= MOST_HOLDERS or not self.decree.strip():
            raise Invalid(f"A post has 0 to {MOST_HOLDERS} people, by a decision with a number.")
        key: dict[str, Any] = {"tenant": subject.tenant, "post_id": self.post_id, "year": self.year}
        if context.read.execute(_stored, key).first() is None:
            change = write(_insert, **key, approved=self.approved, decree=self.decree)
        else:
            found = {f"of_{name}": value for name, value in key.items()}
            change = write(_update, expect=1, **found, new_approved=self.approved, new_decree=self.decree)
        return Changes((change,), subject=self.post_id)
