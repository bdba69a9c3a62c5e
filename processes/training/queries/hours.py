"""What somebody has learnt: completed training with its hours (JP), in a year and over the years."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from processes.people.queries.on_day import TENANT
from processes.training.records import training_record


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """A training that was completed.

    :param case_id: None for one that was imported from before.
    """

    id: int
    employee: int
    name: str
    course: str | None
    field: str
    hours: int
    ended_on: date
    provider: str
    certificate: str
    case_id: int | None


_all = (
    select(training_record)
    .where(training_record.c.tenant == TENANT)
    .order_by(training_record.c.ended_on.desc(), training_record.c.id)
)
_own = _all.where(training_record.c.employee_id == bindparam("employee_id"))
_since = _all.where(training_record.c.ended_on >= bindparam("since"))


def records_of(read: Connection, tenant: str, employee: int) -> tuple[TrainingRecord, ...]:
    """Return somebody's training, the latest first."""
    rows = read.execute(_own, {"tenant": tenant, "employee_id": employee})
    return tuple(
        TrainingRecord(
            row.id,
            row.employee_id,
            row.name,
            row.course,
            row.field,
            row.hours,
            row.ended_on,
            row.provider or "",
            row.certificate,
            row.case_id,
        )
        for row in rows
    )


def hours_in(records: Iterable[TrainingRecord], year: int) -> int:
    """Return the hours (JP) of a year."""
    return sum(item.hours for item in records if item.ended_on.year == year)


def hours_by_field(records: Iterable[TrainingRecord], year: int) -> dict[str, int]:
    """Return the hours of a year by the city's fields of training (TT-26), most first."""
    found = Counter[str]()
    for item in records:
        if item.ended_on.year == year:
            found[item.field] += item.hours
    return dict(found.most_common())


def hours_of_all(read: Connection, tenant: str, year: int) -> dict[int, int]:
    """Return the hours of a year of everybody who has some, by employee."""
    found = Counter[int]()
    for row in read.execute(_since, {"tenant": tenant, "since": date(year, 1, 1)}):
        if row.ended_on.year == year:
            found[row.employee_id] += row.hours
    return dict(found)


def last_trained(records: Iterable[TrainingRecord]) -> date | None:
    """Return when the last training ended; None for never."""
    return max((item.ended_on for item in records), default=None)
