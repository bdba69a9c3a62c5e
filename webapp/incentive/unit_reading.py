"""Reads a unit's month: who gets what, what was found, which corrections of attendance wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.casework import find_case
from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.incentive.commands.decide_correction import CorrectionSubject
from processes.incentive.corrections import Correction, waiting_corrections
from processes.incentive.months import RunState, read_run
from processes.incentive.rules.findings import MonthFinding
from processes.incentive.slips import Payment, StoredSlip, payments_of, slips_of_unit
from processes.people.queries import Unit, find_unit
from processes.people.queries.names import names_of
from processes.people.subjects import EmployeeSubject, UnitSubject
from webapp.incentive.month_reading import require_view, unit_subject_of
from webapp.wiring import Alur

#: Somebody of the unit who is not the reader, for asking what he may do with others.
SOMEBODY = 0


@dataclass(frozen=True, slots=True)
class ListedSlip:
    """Somebody on a unit's list."""

    person: int
    name: str
    stored: StoredSlip


@dataclass(frozen=True, slots=True)
class WaitingCorrection:
    """A correction that waits, with the names in it and whether the reader may decide it."""

    correction: Correction
    name: str
    proposer: str
    may_decide: bool


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's month: who gets what, what was found, which corrections wait, what was paid.

    :param people: whose attendance the reader may correct.
    """

    unit: Unit
    run: RunState
    slips: tuple[ListedSlip, ...]
    findings: tuple[tuple[str, MonthFinding], ...]
    corrections: tuple[WaitingCorrection, ...]
    payments: tuple[Payment, ...]
    people: tuple[tuple[int, str], ...]
    may_propose: bool
    may_export: bool
    may_view_case: bool


def read_unit(read: Any, actor: Actor, alur: Alur, unit_id: int, month: date) -> UnitPage:
    """Return a unit's list.

    :raise NotFound: the reader does not see it, or the month was not opened for the unit.
    """
    subject = unit_subject_of(actor, alur, unit_id)
    require_view(read, actor, alur, "allowance:list", subject)
    run = read_run(read, actor.tenant, unit_id, month)
    if run is None:
        raise NotFound()
    slips = [slip for slip in slips_of_unit(read, actor.tenant, unit_id, month) if not slip.is_void]
    all_waiting = waiting_corrections(read, actor.tenant, (unit_id,))
    waiting = [item for item in all_waiting if item.day.replace(day=1) == month]
    people = {
        *(slip.employee_id for slip in slips),
        *(finding.employee for finding in run.findings),
        *(person for item in waiting for person in (item.employee_id, item.proposed_by)),
    }
    names = names_of(read, actor, people)
    policy = alur.engine.policy
    return UnitPage(
        find_unit(read, actor.tenant, unit_id),
        run,
        tuple(
            sorted(
                (ListedSlip(slip.employee_id, names.get(slip.employee_id, "–"), slip) for slip in slips),
                key=lambda row: row.name,
            )
        ),
        tuple((names.get(item.employee or 0, ""), item) for item in run.findings),
        tuple(_correction(read, actor, alur, item, names=names, is_open=run.takes_corrections) for item in waiting),
        payments_of(read, actor.tenant, unit_id, month),
        _correctable(actor, run, slips, names),
        may_propose(read, actor, alur, subject),
        run.is_locked and policy.allows(actor, "allowance:export", subject, read),
        run.case_id is not None and policy.allows(actor, "case:view", find_case(read, actor.tenant, run.case_id), read),
    )


def _correctable(
    actor: Actor, run: RunState, slips: list[StoredSlip], names: Mapping[int, str]
) -> tuple[tuple[int, str], ...]:
    """Return whose days the reader may correct: those on the list, and those without a slip yet; never himself."""
    without = {item.employee for item in run.findings if item.employee is not None}
    found = ({slip.employee_id for slip in slips} | without) - {actor.person}
    return tuple(sorted(((person, names.get(person, "–")) for person in found), key=lambda pair: pair[1]))


def may_propose(read: Any, actor: Actor, alur: Alur, subject: UnitSubject) -> bool:
    """Say whether the reader proposes corrections of other people of a unit."""
    other = EmployeeSubject(subject.tenant, SOMEBODY, subject.unit_id, subject.day)
    return alur.engine.policy.allows(actor, "attendance:propose", other, read)


def _correction(
    read: Any, actor: Actor, alur: Alur, item: Correction, *, names: Mapping[int, str], is_open: bool
) -> WaitingCorrection:
    subject = CorrectionSubject(actor.tenant, item.employee_id, item.unit_id, alur.now_in(actor.tenant).date(), item)
    may_decide = is_open and alur.engine.policy.allows(actor, "attendance:approve", subject, read)
    proposer = names.get(item.proposed_by or 0, "–")
    return WaitingCorrection(item, names.get(item.employee_id, "–"), proposer, may_decide)
