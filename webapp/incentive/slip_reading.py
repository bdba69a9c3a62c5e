"""Reads slips: one's own over time, and one month with everything behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.incentive.months import read_run
from processes.incentive.proposals import AdjustmentProposal, SignedAdjustment, adjustments_of, proposals_of
from processes.incentive.queries.days import CountedDay, counted_days
from processes.incentive.queries.disputes import Dispute, disputes_of
from processes.incentive.records import CorrectionStatus, RunStatus
from processes.incentive.rules.basis import Basis
from processes.incentive.rules.lines import Line, explain
from processes.incentive.slips import Payment, StoredSlip, payments_of, slip_of, slips_of_person
from processes.incentive.window import last_day_to_dispute
from processes.people.queries import find_employee, find_unit
from webapp.incentive.adjustment_reading import may_adjust
from webapp.incentive.wording import Node, money_of, node_of
from webapp.texts import language
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One slip of the list."""

    month: date
    unit: str
    gross: Decimal
    net: Decimal
    status: RunStatus


@dataclass(frozen=True, slots=True)
class SlipPart:
    """A slip with how every line came about.

    :param lines: each paid or deducted line with its amount and its tree.
    :param last_day: of the window; None before the slip is out.
    :param may_dispute: the reader may still dispute it.
    :param may_adjust: the reader may propose what a locked slip is wrong by.
    """

    stored: StoredSlip
    unit: str
    lines: tuple[tuple[Line, Node], ...]
    payments: tuple[Payment, ...]
    last_day: date | None
    may_dispute: bool
    disputes: tuple[Dispute, ...]
    may_adjust: bool

    @property
    def trees(self) -> tuple[Node, ...]:
        """How each line came about."""
        return tuple(node for _, node in self.lines)


@dataclass(frozen=True, slots=True)
class SlipPage:
    """What somebody gets for a month, one part a unit, and the days of attendance that count in it.

    :param adjustments: signed lines about this month, or paid with it; `proposals` wait for a second person.
    """

    person: int
    name: str
    nip: str
    month: date
    parts: tuple[SlipPart, ...]
    days: tuple[CountedDay, ...]
    adjustments: tuple[SignedAdjustment, ...]
    proposals: tuple[AdjustmentProposal, ...]


def read_my_slips(read: Any, actor: Actor) -> tuple[SlipRow, ...]:
    """Return the reader's own slips that are out, newest first."""
    if actor.person is None:
        raise NotFound()
    found = slips_of_person(read, actor.tenant, actor.person)
    return tuple(
        SlipRow(slip.month, find_unit(read, actor.tenant, slip.unit_id).name, slip.gross, slip.net, slip.run_status)
        for slip in found
        if not slip.is_void
    )


def read_my_slip(read: Any, actor: Actor, alur: Alur, month: date) -> SlipPage:
    """Return the reader's own slip of a month.

    :raise NotFound: none is out.
    """
    if actor.person is None:
        raise NotFound()
    out = slips_of_person(read, actor.tenant, actor.person)
    return _page(read, actor, alur, tuple(slip for slip in out if slip.month == month))


def read_slip(read: Any, actor: Actor, alur: Alur, person: int, month: date) -> SlipPage:
    """Return somebody's slip of a month, whether it is out or not; the caller has asked whether the reader may."""
    return _page(read, actor, alur, slip_of(read, actor.tenant, person, month))


def _page(read: Any, actor: Actor, alur: Alur, slips: tuple[StoredSlip, ...]) -> SlipPage:
    parts = tuple(_part(read, actor, alur, slip) for slip in slips if not slip.is_void)
    if not parts:
        raise NotFound()
    person, month = slips[0].employee_id, slips[0].month
    days = counted_days(read, actor.tenant, person, month)
    employee = find_employee(read, actor.tenant, person)
    return SlipPage(
        person,
        employee.name,
        employee.nip,
        month,
        parts,
        days,
        adjustments_of(read, actor.tenant, person, month),
        _waiting(read, actor, alur, person, month),
    )


def _waiting(read: Any, actor: Actor, alur: Alur, person: int, month: date) -> tuple[AdjustmentProposal, ...]:
    """Return what waits for a second person, for those who propose; for the employee it is nothing yet."""
    if not may_adjust(read, actor, alur, person):
        return ()
    found = proposals_of(read, actor.tenant, person, month)
    return tuple(one for one in found if one.status is CorrectionStatus.PROPOSED)


def _part(read: Any, actor: Actor, alur: Alur, slip: StoredSlip) -> SlipPart:
    tenant = actor.tenant
    run = read_run(read, tenant, slip.unit_id, slip.month)
    last = last_day_to_dispute(read, tenant, slip.unit_id, slip.month, alur.zone(tenant))
    disputes = disputes_of(read, tenant, slip.employee_id, slip.month, slip.unit_id)
    is_open = slip.run_status is RunStatus.PUBLISHED and last is not None and alur.now_in(tenant).date() <= last
    return SlipPart(
        slip,
        find_unit(read, tenant, slip.unit_id).name,
        tuple(_explained(slip.lines, run.basis if run is not None else None)),
        payments_of(read, tenant, slip.unit_id, slip.month),
        last,
        is_open and not disputes and slip.employee_id == actor.person,
        disputes,
        run is not None and run.is_locked and may_adjust(read, actor, alur, slip.employee_id),
    )


def _explained(lines: tuple[Line, ...], basis: Basis | None) -> Iterator[tuple[Line, Node]]:
    for line in lines:
        tree = explain((line,), basis or Basis(sets={}), language()).children[0]
        yield line, node_of(tree, money_of(line))
