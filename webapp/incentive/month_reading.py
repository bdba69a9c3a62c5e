"""Reads a month of the city: each unit's state, sums, and who has to act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.queries.case import view_case
from processes.incentive.months import RunState, runs_of_month
from processes.incentive.opening import units_to_open
from processes.incentive.proposals import count_waiting
from processes.incentive.queries.months import WaitingStep, known_months, waiting_steps
from processes.incentive.signals.kept import open_signals
from processes.people.queries import Unit, all_units, units_headed_by, units_with_heads
from processes.people.queries.names import names_of
from processes.people.queries.overseen import overseen_units
from processes.people.records import Role
from processes.people.subjects import UnitSubject
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the month.

    :param step: name of the step that waits and `waits_for` for whom, until `due`; empty if nothing waits.
    :param may_list: the reader sees its list with names.
    """

    unit: Unit
    run: RunState
    step: Mapping[str, str]
    waits_for: str
    due: date | None
    may_list: bool


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What waits for the agency: signals of the month, and corrections of locked slips.

    :param signals: None, as `adjustments`, where the reader does not see them.
    :param by_unit: signals by unit.
    """

    signals: int | None = None
    adjustments: int | None = None
    by_unit: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MonthPage:
    """The month of the city, as far as the reader sees its units."""

    month: date
    months: tuple[date, ...]
    rows: tuple[UnitRow, ...]
    people: int
    gross: Decimal
    net: Decimal
    missing: int
    may_open: bool
    work: OpenWork


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in the cases of a month: steps by case, names of steps, names of people."""

    steps: Mapping[int, WaitingStep]
    names: Mapping[str, Mapping[str, str]]
    people: Mapping[int, str]


def newest_month(read: Any, actor: Actor, alur: Alur) -> date | None:
    """Return the newest month that was opened; None if none ever was.

    :raise NotFound: the reader sees no months.
    """
    require_view(read, actor, alur, "allowance:view", TenantSubject(actor.tenant))
    return next(iter(known_months(read, actor.tenant)), None)


def may_watch(read: Any, actor: Actor, alur: Alur) -> bool:
    """Say whether the reader sees months at all."""
    return alur.engine.policy.allows(actor, "allowance:view", TenantSubject(actor.tenant), read)


def require_opening(read: Any, actor: Actor, alur: Alur) -> None:
    """Do nothing if the reader may open a month.

    :raise NotFound: he sees no months.
    :raise Forbidden: he sees them and may not open any.
    """
    alur.engine.policy.require(actor, "allowance:open", TenantSubject(actor.tenant), read)


def read_month(read: Any, actor: Actor, alur: Alur, month: date) -> MonthPage:
    """Return a month of the city: for a unit's HR officer his units, for the others all.

    :raise NotFound: the reader sees no months, or nothing was opened in it.
    """
    city = TenantSubject(actor.tenant)
    require_view(read, actor, alur, "allowance:view", city)
    seen = _seen_units(read, actor)
    runs = [run for run in runs_of_month(read, actor.tenant, month) if seen is None or run.unit_id in seen]
    if not runs:
        raise NotFound()
    units, waiting = {unit.id: unit for unit in all_units(read, actor.tenant)}, _waiting(read, actor, runs)
    listed = _listed_units(read, actor, alur, (run.unit_id for run in runs))
    rows = [_row(units[run.unit_id], run, waiting, may_list=run.unit_id in listed) for run in runs]
    may_open = alur.engine.policy.allows(actor, "allowance:open", city, read)
    return MonthPage(
        month,
        known_months(read, actor.tenant),
        tuple(sorted(rows, key=lambda row: row.unit.code)),
        sum(run.people for run in runs),
        sum((run.gross for run in runs), Decimal(0)),
        sum((run.net for run in runs), Decimal(0)),
        len(units_to_open(read, actor.tenant, month)) if may_open else 0,
        may_open,
        _open_work(read, actor, alur, month),
    )


def _open_work(read: Any, actor: Actor, alur: Alur, month: date) -> OpenWork:
    if not alur.engine.policy.allows(actor, "allowance:oversee", TenantSubject(actor.tenant), read):
        return OpenWork()
    by_unit = open_signals(read, actor.tenant, month)
    return OpenWork(sum(by_unit.values()), count_waiting(read, actor.tenant), by_unit)


def _seen_units(read: Any, actor: Actor) -> frozenset[int] | None:
    """Return the units whose months the reader sees; None for all of the city."""
    if actor.groups & {Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR, Role.TREASURER, Role.AUTHORIZED_OFFICIAL}:
        return None
    return _headed(read, actor) | {unit.id for unit in overseen_units(read, actor)}


def _listed_units(read: Any, actor: Actor, alur: Alur, unit_ids: Iterable[int]) -> frozenset[int]:
    """Return of which units the reader sees the list with names, however many there are.

    It decides about links only: the list's own page asks the rules.
    """
    wanted = frozenset(unit_ids)
    if actor.groups & {Role.HR_VERIFIER, Role.HR_HEAD, Role.INSPECTOR, Role.TREASURER}:
        return wanted
    headed = units_with_heads(read, actor.tenant, alur.now_in(actor.tenant).date())
    led = {one.unit.id for one in headed if one.head == actor.person}
    return wanted & (led | _headed(read, actor) | {unit.id for unit in overseen_units(read, actor)})


def _headed(read: Any, actor: Actor) -> frozenset[int]:
    return frozenset(units_headed_by(read, actor.tenant, actor.person, actor.day) if actor.person and actor.day else ())


def _row(unit: Unit, run: RunState, waiting: Waiting, *, may_list: bool) -> UnitRow:
    task = waiting.steps.get(run.case_id or 0)
    step = waiting.names.get(task.element, {}) if task is not None else {}
    person = waiting.people.get(task.assignee or 0, "") if task is not None else ""
    return UnitRow(unit, run, step, person, task.due if task is not None else None, may_list)


def _waiting(read: Any, actor: Actor, runs: list[RunState]) -> Waiting:
    """Return what waits in the cases of some runs, with names: the diagram is read once, not for each unit."""
    cases = [run.case_id for run in runs if run.case_id is not None]
    steps = waiting_steps(read, cases)
    outline = view_case(read, actor, cases[0]).outline if cases else None
    names = {name: item.names for name, item in outline.elements.items()} if outline is not None else {}
    return Waiting(steps, names, names_of(read, actor, (task.assignee for task in steps.values())))


def unit_subject_of(actor: Actor, alur: Alur, unit_id: int) -> UnitSubject:
    """Return a unit as the rules see it today."""
    return UnitSubject(actor.tenant, unit_id, alur.now_in(actor.tenant).date())


def require_view(read: Any, actor: Actor, alur: Alur, permission: str, subject: Any) -> None:
    """Do nothing if the reader may see this.

    :raise NotFound: he may not even know of it.
    """
    if not alur.engine.policy.allows(actor, permission, subject, read):
        raise NotFound()
