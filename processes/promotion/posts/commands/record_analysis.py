"""Record the workload analysis of a post for a year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy import Table, bindparam

from engine.command import Changes, Context
from engine.errors import Invalid
from engine.records.changes import Write
from processes.promotion.posts.holding import Analysis, analyses
from processes.promotion.posts.need import HIGHEST_FACTOR, LOWEST_FACTOR, AreaFactor, Duty
from processes.promotion.posts.subjects import PostSubject, subject_of
from processes.promotion.records import area_factor, job_duty


def _removal(table: Table, last: str) -> Any:
    keys = ("tenant", "post_id", "year", last)
    return table.delete().where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))


_remove_duty, _remove_factor = _removal(job_duty, "number"), _removal(area_factor, "name")


@dataclass(frozen=True, slots=True)
class RecordAnalysis:
    """Put the duties and area factors of a post in the place of those recorded for the year; decisions stay.

    :param duties: numbered from one in the order in which they are given.
    """

    post_id: int
    year: int
    duties: tuple[Duty, ...] = field(repr=False)
    factors: tuple[AreaFactor, ...] = field(repr=False)
    permission: ClassVar[str] = "post:analyse"

    def subject(self, context: Context) -> PostSubject:
        """Return the post."""
        return subject_of(context, self.post_id)

    def execute(self, context: Context, subject: PostSubject) -> Changes:
        """Plan the rows.

        :raise Invalid: a factor is given twice, or outside of what an area can do; or a duty takes no time at all.
        """
        self._check()
        found = analyses(context.read, subject.tenant, self.year, self.post_id).get(self.post_id)
        before = found if found is not None and found.year == self.year else Analysis(self.year)
        writes = (
            *self._replace(job_duty, _remove_duty, _duties(before.duties), _duties(self.duties), "number"),
            *self._replace(area_factor, _remove_factor, _factors(before.factors), _factors(self.factors), "name"),
        )
        rows = (
            Write(item.statement, [self._keyed(row, item, subject.tenant) for row in item.rows], item.expect)
            for item in writes
        )
        return Changes(tuple(rows), subject=self.post_id)

    def _check(self) -> None:
        names = [factor.name for factor in self.factors]
        if len(set(names)) < len(names):
            raise Invalid("A factor of the area is given twice.")
        if any(not LOWEST_FACTOR <= factor.weight <= HIGHEST_FACTOR for factor in self.factors):
            raise Invalid(f"A factor lies outside {LOWEST_FACTOR} to {HIGHEST_FACTOR}.")
        if any(duty.volume < 0 or duty.hours <= 0 for duty in self.duties):
            raise Invalid("A duty has no time or less than no volume.")

    def _replace(
        self,
        table: Table,
        removal: Any,
        before: Sequence[Mapping[str, Any]],
        after: Sequence[Mapping[str, Any]],
        last: str,
    ) -> Iterable[Write]:
        if before == after:
            return
        if before:
            yield Write(removal, [{f"of_{last}": row[last]} for row in before], expect=len(before))
        if after:
            yield Write(table.insert(), after)

    def _keyed(self, row: Mapping[str, Any], item: Write, tenant: str) -> dict[str, Any]:
        prefix = "of_" if item.expect is not None else ""
        key = {"tenant": tenant, "post_id": self.post_id, "year": self.year}
        return {f"{prefix}{name}": value for name, value in key.items()} | dict(row)


def _duties(duties: Iterable[Duty]) -> list[dict[str, Any]]:
    return [
        {"number": number, "duty": one.duty, "product": one.product, "volume": one.volume, "hours": one.hours}
        for number, one in enumerate(duties, start=1)
    ]


def _factors(factors: Iterable[AreaFactor]) -> list[dict[str, Any]]:
    return [{"name": one.name, "weight": one.weight, "reason": one.reason} for one in factors]
