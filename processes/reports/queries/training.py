"""All trainings of a year side by side: what was learnt, applied, and how the units fared beside others (TS-12)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from engine.records.schema import Day
from processes.people.queries import all_units
from processes.people.queries.on_day import TENANT
from processes.reports.quarters import Quarter, quarter_of
from processes.reports.queries.figures import Figures, Index, indices, joined
from processes.reports.ranking import mean
from processes.training.records import (
    NominationStatus,
    training_attendance,
    training_course,
    training_evaluation,
    training_nomination,
    training_session,
)

#: The quarter before a session begins is looked at beside the second one after it has ended: half a year later.
LATER: Final = 2
#: How many figures of level 4 the page tells one by one.
MOST_MEASURES: Final = 100
_FULL: Final = Decimal(100)
_IN_YEAR = training_session.c.last_day.between(bindparam("first", type_=Day), bindparam("last", type_=Day))
_REACTION, _BEHAVIOUR, _IMPACT = 1, 3, 4

_people = (
    select(
        training_nomination.c.case_id,
        training_nomination.c.course,
        training_nomination.c.session_id,
        training_nomination.c.unit_id,
        training_session.c.first_day,
        training_session.c.last_day,
        training_course.c.name.label("course_name"),
        training_attendance.c.pre_test,
        training_attendance.c.post_test,
    )
    .select_from(training_session)
    .join(training_nomination, training_nomination.c.session_id == training_session.c.id)
    .outerjoin(
        training_course,
        (training_course.c.tenant == training_session.c.tenant) & (training_course.c.code == training_session.c.course),
    )
    .outerjoin(
        training_attendance,
        (training_attendance.c.nomination_id == training_nomination.c.case_id)
        & (training_attendance.c.session_id == training_nomination.c.session_id),
    )
    .where(
        training_session.c.tenant == TENANT,
        training_nomination.c.tenant == TENANT,
        training_nomination.c.status == NominationStatus.COMPLETED.value,
        _IN_YEAR,
    )
)
_evaluations = (
    select(training_evaluation, training_nomination.c.course)
    .select_from(training_session)
    .join(training_nomination, training_nomination.c.session_id == training_session.c.id)
    .join(training_evaluation, training_evaluation.c.nomination_id == training_nomination.c.case_id)
    .where(training_session.c.tenant == TENANT, training_nomination.c.tenant == TENANT, _IN_YEAR)
    .order_by(training_evaluation.c.answered_at.desc(), training_evaluation.c.nomination_id)
)


@dataclass(frozen=True, slots=True)
class Moved:
    """The index of some units before and after: mean by answers, and how many units and answers there were after."""

    before: Index
    after: Index
    units: int

    @property
    def change(self) -> Decimal:
        """How far the published index moved."""
        return self.after.shown - self.before.shown


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """A course in a year.

    :param reaction: mean of what participants thought (1 to 5); None where too few said.
    :param gain: mean of the normalised gain from test to test (0 to 1); None where too few were tested.
    :param tested: how many have both tests.
    :param applied: of how many it is known, `asked`, it is applied in so many; None where too few were asked.
    :param own: the index of the units that took part, `others`: of all other units at the same time.
    """

    code: str
    name: str
    sessions: int
    people: int
    reaction: Decimal | None
    gain: Decimal | None
    tested: int
    applied: int | None
    asked: int
    own: Moved | None
    others: Moved | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure that a unit noted for level 4."""

    course: str
    name: str
    before: Decimal
    after: Decimal
    sample: int
    others: str


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """Courses by name, and the newest figures that units noted."""

    rows: tuple[TrainingRow, ...]
    measures: tuple[Measure, ...]


def training_report(read: Connection, tenant: str, year: int, numbers: Mapping[str, Decimal]) -> TrainingReport:
    """Return the courses of which a session ended in a year, as far as people completed them."""
    params = {"tenant": tenant, "first": date(year, 1, 1), "last": date(year, 12, 31)}
    people: dict[str, list[Any]] = defaultdict(list)
    for row in read.execute(_people, params):
        people[row.course].append(row)
    evaluations: dict[str, list[Any]] = defaultdict(list)
    for row in read.execute(_evaluations, params):
        evaluations[row.course].append(row)
    found = indices(read, tenant, Quarter(year - 1, 1), Quarter(year + 1, 4))
    units = frozenset(unit.id for unit in all_units(read, tenant))
    least = int(numbers["least_people"])
    rows = [_row(code, people[code], evaluations[code], _Units(found, units), least=least) for code in people]
    names = {row.code: row.name for row in rows}
    return TrainingReport(tuple(sorted(rows, key=lambda row: (row.name, row.code))), _measures(evaluations, names))


@dataclass(frozen=True, slots=True)
class _Units:
    """Every unit's index, to look at those that took part in a training beside the others."""

    found: Figures
    units: frozenset[int]

    def moved(self, of_units: Iterable[int], before: Quarter, after: Quarter) -> Moved | None:
        """Return how the units that have both moved between two quarters."""
        both = [one for one in of_units if (one, before) in self.found and (one, after) in self.found]
        first = joined(self.found[one, before] for one in both)
        last = joined(self.found[one, after] for one in both)
        return Moved(first, last, len(both)) if first is not None and last is not None else None


def _row(code: str, people: Sequence[Any], evaluations: Sequence[Any], units: _Units, *, least: int) -> TrainingRow:
    reactions = [row.score for row in evaluations if row.level == _REACTION and row.score is not None]
    gains = [gain for row in people if (gain := _gain(row.pre_test, row.post_test)) is not None]
    said = {row.nomination_id: row.is_applied for row in evaluations if row.level == _BEHAVIOUR}
    told = [is_applied for is_applied in said.values() if is_applied is not None]
    sent = frozenset(row.unit_id for row in people)
    before = quarter_of(min(row.first_day for row in people)).shifted(-1)
    after = quarter_of(max(row.last_day for row in people)).shifted(LATER)
    return TrainingRow(
        code,
        people[0].course_name or code,
        len({row.session_id for row in people}),
        len(people),
        mean(reactions) if len(reactions) >= least else None,
        mean(gains) if len(gains) >= least else None,
        len(gains),
        sum(told) if len(told) >= least else None,
        len(told),
        units.moved(sent, before, after),
        units.moved(units.units - sent, before, after),
    )


def _gain(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """Return which share of what was still to be learnt was learnt; None for whoever knew everything before."""
    if before is None or after is None or before >= _FULL:
        return None
    return (after - before) / (_FULL - before)


def _measures(evaluations: Mapping[str, Sequence[Any]], names: Mapping[str, str]) -> tuple[Measure, ...]:
    found = [
        Measure(names.get(code, code), row.measure, row.before, row.after, row.sample or 0, row.others or "")
        for code in sorted(evaluations)
        for row in evaluations[code]
        if row.level == _IMPACT and row.before is not None and row.after is not None
    ]
    return tuple(found[:MOST_MEASURES])
