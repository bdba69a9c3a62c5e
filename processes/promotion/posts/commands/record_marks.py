"""Record the marks that the city gives itself in the aspects of the merit system."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import bindparam

from engine.command import Changes, Context, TenantSubject
from engine.errors import Invalid
from engine.records.changes import Write, write
from processes.people.days import local_day
from processes.promotion.posts.merit import Aspect
from processes.promotion.posts.merit_marks import HIGHEST_MARK, LOWEST_MARK, Mark, read_marks
from processes.promotion.records import merit_mark

LONGEST_EVIDENCE = 300
_KEYS = ("tenant", "year", "aspect")
_update = (
    merit_mark.update()
    .where(*(merit_mark.c[name] == bindparam(f"of_{name}") for name in _KEYS))
    .values(mark=bindparam("new_mark"), evidence=bindparam("new_evidence"))
)


class MarkWithoutEvidence(Invalid):
    """A mark is out of bounds, or nothing says what it rests on."""

    code = "merit.without_evidence"


@dataclass(frozen=True, slots=True)
class RecordMarks:
    """Keep marks of this year; aspects that are not named keep what they have."""

    marks: Mapping[Aspect, Mark] = field(repr=False)
    permission: ClassVar[str] = "merit:mark"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Plan the rows that are new or change.

        :raise MarkWithoutEvidence: a mark is no number from 1 to 4, or its evidence is empty or too long.
        """
        for item in self.marks.values():
            if not LOWEST_MARK <= item.mark <= HIGHEST_MARK or not 0 < len(item.evidence.strip()) <= LONGEST_EVIDENCE:
                raise MarkWithoutEvidence()
        year = local_day(context, subject.tenant).year
        known = read_marks(context.read, subject.tenant, year).marks
        return Changes(tuple(self._writes(subject.tenant, year, known)))

    def _writes(self, tenant: str, year: int, known: Mapping[Aspect, Mark]) -> Iterator[Write]:
        for aspect, item in self.marks.items():
            new = Mark(item.mark, item.evidence.strip())
            key: dict[str, Any] = {"tenant": tenant, "year": year, "aspect": str(aspect)}
            if aspect not in known:
                yield write(merit_mark.insert(), **key, mark=new.mark, evidence=new.evidence)
            elif known[aspect] != new:
                found = {f"of_{name}": value for name, value in key.items()}
                yield write(_update, expect=1, **found, new_mark=new.mark, new_evidence=new.evidence)
