"""Completed training as other systems take it, and how much of it each quarter has."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from engine.records.schema import Day
from processes.people.queries.on_day import TENANT, AnySelect
from processes.people.records import employee
from processes.training.records import training_nomination, training_record, training_session


@dataclass(frozen=True, slots=True)
class Completed:
    """A training that somebody has completed; where its first day is not known that is the last one."""

    nip: str = field(repr=False)
    name: str
    hours: int
    provider: str
    certificate: str
    first_day: date
    ended_on: date


_first = bindparam("first", type_=Day)
_completed: AnySelect = (
    select(training_record, employee.c.nip, training_session.c.first_day)
    .join(employee, employee.c.id == training_record.c.employee_id)
    .outerjoin(training_nomination, training_nomination.c.case_id == training_record.c.case_id)
    .outerjoin(training_session, training_session.c.id == training_nomination.c.session_id)
    .where(
        training_record.c.tenant == TENANT,
        training_record.c.ended_on >= _first,
        training_record.c.ended_on <= bindparam("last", type_=Day),
    )
    .order_by(training_record.c.ended_on, employee.c.nip, training_record.c.certificate)
)
_by_day = (
    select(training_record.c.ended_on, func.count().label("count"))
    .where(training_record.c.tenant == TENANT, training_record.c.ended_on >= _first)
    .group_by(training_record.c.ended_on)
)


def completed_between(read: Connection, tenant: str, first: date, last: date) -> tuple[Completed, ...]:
    """Return what was completed between two days, by day."""
    rows = read.execute(_completed, {"tenant": tenant, "first": first, "last": last})
    return tuple(
        Completed(
            row.nip,
            row.name,
            row.hours,
            row.provider or "",
            row.certificate,
            row.first_day or row.ended_on,
            row.ended_on,
        )
        for row in rows
    )


def counts_by_quarter(read: Connection, tenant: str, since: date) -> dict[tuple[int, int], int]:
    """Return how many trainings were completed in each year and quarter since a day, the latest first."""
    found = Counter[tuple[int, int]]()
    for row in read.execute(_by_day, {"tenant": tenant, "first": since}).mappings():
        day: date = row["ended_on"]
        found[day.year, (day.month + 2) // 3] += int(row["count"])
    return dict(sorted(found.items(), reverse=True))
