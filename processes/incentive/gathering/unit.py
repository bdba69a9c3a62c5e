"""The facts of a unit's month, person by person, with everything that was found on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from processes.incentive.gathering import standing, statements
from processes.incentive.gathering.reading import Overlay, UnitRecords
from processes.incentive.gathering.reconciling import Reconciled, leave_days, reconcile
from processes.incentive.gathering.stretches import Place, days_between, places_of, stretches_of
from processes.incentive.rules import basis as keys
from processes.incentive.rules.attendance import Bounds
from processes.incentive.rules.basis import Basis
from processes.incentive.rules.discipline import MEASURES, longest_run, measure_for
from processes.incentive.rules.facts import Adjustment, MonthFacts
from processes.incentive.rules.findings import MonthFinding
from processes.people.career_values import Measure
from processes.people.queries.calendars import calendar_of_unit
from processes.people.spans import ONE_DAY


def span_of(month: date) -> tuple[date, date]:
    """Return the first and the last day of a month, which is stored as its first."""
    first = month.replace(day=1)
    return first, (first.replace(day=28) + 4 * ONE_DAY).replace(day=1) - ONE_DAY


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """The facts of everybody who can be computed, in the order of their numbers, and what was found.

    :param ceiling: what the unit may spend, if that is known.
    """

    facts: tuple[MonthFacts, ...]
    findings: tuple[MonthFinding, ...]
    ceiling: Any


def gather(
    read: Connection, tenant: str, unit_id: int, month: date, basis: Basis, *, overlay: Overlay | None = None
) -> UnitMonth:
    """Return the facts of a unit's month.

    :param overlay: attendance that the records do not have yet (see `Overlay`).
    :raise NotFound: there is no such unit in that city.
    :raise ParameterMissing: a number is in no set.
    """
    first, last = span_of(month)
    begins = date(first.year, 1, 1)
    asked = {"tenant": tenant, "unit": unit_id, "first": first, "last": last, "from": begins}
    calendar = calendar_of_unit(read, tenant, unit_id)
    records = UnitRecords(read, asked, basis, overlay or {})
    working = [day for day in days_between(begins, last) if calendar.is_working_day(day)]
    one = _Gathering(records, unit_id, first, last, working, basis)
    facts = tuple(found for person, rows in records.placements.items() if (found := one.of(person, rows)) is not None)
    for person in sorted(records.adjustments.keys() - records.placements.keys()):
        one.findings.append(MonthFinding(code="adjustment_left", employee=person))
    if not facts and not one.findings:
        one.findings.append(MonthFinding(code="no_people"))
    ceiling = read.execute(statements.CEILING, asked).scalar_one_or_none()
    if ceiling is None:
        one.findings.append(MonthFinding(code="no_ceiling"))
    return UnitMonth(facts, tuple(one.findings), ceiling)


@dataclass
class _Gathering:
    """Makes the facts of one person after the other.

    :ivar working: working days of the unit from the year's first to the month's last.
    """

    records: UnitRecords
    unit: int
    first: date
    last: date
    working: list[date]
    basis: Basis
    findings: list[MonthFinding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.of_month = [day for day in self.working if day >= self.first]
        self.bounds = Bounds.of(self.basis)
        self.least_acting = int(self.basis.number(keys.SERVICE, "acting_days"))

    def of(self, person: int, rows: Sequence[Any]) -> MonthFacts | None:
        """Return the facts of a person; None if he gets no slip, with a finding that says why."""
        places = places_of(rows, self.first, self.last)
        here = [place for place in places if place.unit == self.unit]
        if not here or not self._may_be_paid(person, here):
            return None
        leaves = leave_days(self.records.leaves.get(person, ()), self.working[0], self.last)
        days = reconcile(
            self.records.attendance.get(person, {}),
            leaves,
            places=places,
            unit=self.unit,
            working=self.of_month,
            bounds=self.bounds,
            basis=self.basis,
        )
        self._note_days(person, days, leaves)
        if "attendance_missing" in days.odd:
            return None
        return self._facts(person, here, days, is_last=here[-1].last == max(place.last for place in places))

    def _may_be_paid(self, person: int, here: Iterable[Place]) -> bool:
        """Say whether every day has a class with an amount, and service goes on; otherwise note why not."""
        classes = {place.job_class: place for place in here}
        unknown = classes.get(None)
        if unknown is not None:
            self._note("no_class", person, days=f"{unknown.first:%d/%m}-{unknown.last:%d/%m}", is_blocking=True)
        poor = [held for held in classes if held is not None and not self.basis.amounts_of(held)]
        for job_class in poor:
            self._note("no_amount", person, job_class=str(job_class), is_blocking=True)
        is_dismissed = self.records.measures.get(person) == Measure.DISMISSAL.value
        if is_dismissed:
            self._note("dismissed", person, is_blocking=True)
        return not (unknown or poor or is_dismissed)

    def _facts(self, person: int, here: list[Place], days: Reconciled, *, is_last: bool) -> MonthFacts:
        predicate, quarter = self.records.predicates.get(person, (None, None))
        if predicate is None:
            self._note("no_predicate", person)
        of_quarter, undone = self.records.not_appraised
        if person in undone:
            self._note("did_not_appraise", person, count=str(undone[person]), quarter=of_quarter)
        # What others take off comes once a month, from the unit in which the month ends.
        external = self.records.external.get(person, ()) if is_last else ()
        marks = {mark: tuple(sorted(found)) for mark, found in sorted(days.marks.items())}
        return MonthFacts(
            month=self.first,
            employee=person,
            unit=self.unit,
            workdays=len(self.of_month),
            stretches=tuple(stretches_of(here, self.of_month, days.unpaid, self.records.terms.get(person, ()))),
            predicate=predicate,
            predicate_of=quarter,
            not_appraised=undone.get(person, 0),
            marks=marks,
            measure=self.records.measures.get(person),
            acting=self._acting(person, here, days),
            adjustments=tuple(
                Adjustment(id=row.id, of_month=row.of_month, amount=row.amount)
                for row in self.records.adjustments.get(person, ())
            ),
            external={row.kind: row.amount for row in sorted(external, key=lambda row: str(row.kind))},
        )

    def _acting(self, person: int, here: list[Place], days: Reconciled) -> Any:
        rows = self.records.acting.get(person)
        if not rows:
            return ()
        paid = {
            day
            for day in self.of_month
            if day not in days.unpaid and any(place.first <= day <= place.last for place in here)
        }
        found, has_no_class = standing.acting_of(rows, paid, self.last, self.least_acting)
        if has_no_class:
            self._note("acting_no_class", person)
        return found

    def _note_days(self, person: int, days: Reconciled, leaves: Mapping[date, str]) -> None:
        for code, found in days.odd.items():
            shown = ", ".join(str(day.day) for day in found)
            self._note(code, person, days=shown, is_blocking=code == "attendance_missing")
        if "absent" in days.marks:
            self._note_measure(person, leaves)

    def _note_measure(self, person: int, leaves: Mapping[date, str]) -> None:
        absent = {day for day in self.records.absences.get(person, ()) if day not in leaves}
        in_a_row = longest_run(absent, self.working)
        measure = measure_for(len(absent), in_a_row, self.basis)
        if measure is not None:
            words = {f"measure_{language}": text for language, text in MEASURES[measure].to_plain().items()}
            self._note("measure_due", person, days=str(len(absent)), in_a_row=str(in_a_row), **words)

    def _note(self, code: str, person: int, *, is_blocking: bool = False, **params: str) -> None:
        self.findings.append(MonthFinding(code=code, is_blocking=is_blocking, employee=person, params=params))
