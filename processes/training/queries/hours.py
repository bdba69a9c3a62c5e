"""What somebody has learnt: completed training with its hours (JP), in a year and over the years."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from engine.records.schema import Day
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
_sums = (
    select(training_record.c.employee_id, func.sum(training_record.c.hours).label("hours"))
    .where(
        training_record.c.tenant == TENANT,
        training_record.c.ended_on >= bindparam("first", type_=Day),
        training_record.c.ended_on <= bindparam("last", type_=Day),
    )
    .group_by(training_record.c.employee_id)
)


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


def hours_by_field(records: Iterable[TrainingRecord], year: int, own: Iterable[str] = ()) -> dict[str, int]:
    """Return the hours of a year by field of training (TT-26): most first, the city's own also where there are none.

    :param own: the fields that the city itself names.
    """
    found = Counter[str](dict.fromkeys(own, 0))
    for item in records:
        if item.ended_on.year == year:
            found[item.field] += item.hours
    return dict(found.most_common())


def hours_of_all(read: Connection, tenant: str, year: int) -> dict[int, int]:
    """Return the hours of a year of everybody who has some, by employee."""
    params = {"tenant": tenant, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    return {row.employee_id: int(row.hours) for row in read.execute(_sums, params)}


def last_trained(records: Iterable[TrainingRecord]) -> date | None:
    """Return when the last training ended; None for never."""
    return max((item.ended_on for item in records), default=None)
