"""Reads corrections of locked slips: what one would come to, and those that wait for a second person."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.incentive.adjusting import difference_of
from processes.incentive.commands.decide_adjustment import AdjustmentSubject
from processes.incentive.months import read_run
from processes.incentive.proposals import AdjustmentProposal, find_proposal, proposals_of, waiting_proposals
from processes.incentive.records import CorrectionStatus
from processes.incentive.slips import StoredSlip, slip_of
from processes.people.queries import all_units, find_unit
from processes.people.queries.names import names_of
from processes.people.subjects import EmployeeSubject
from webapp.incentive.month_reading import require_view
from webapp.wiring import Alur

#: So many are shown at once: the oldest are decided first.
MOST_WAITING: Final = 100


@dataclass(frozen=True, slots=True)
class AdjustingPage:
    """A locked slip and what it is wrong by, by the records of today.

    :param amount: None if it is right.
    :param is_waiting: a correction of it was proposed already.
    """

    stored: StoredSlip
    name: str
    unit: str
    month: date
    amount: Decimal | None
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposed correction with the names in it."""

    proposal: AdjustmentProposal
    name: str
    unit: str
    proposer: str
    may_confirm: bool


def may_adjust(read: Any, actor: Actor, alur: Alur, person: int) -> bool:
    """Say whether the reader proposes corrections of somebody's locked slips."""
    subject = EmployeeSubject(actor.tenant, person, None, alur.now_in(actor.tenant).date())
    return alur.engine.policy.allows(actor, "month:adjust", subject, read)


def read_adjusting(read: Any, actor: Actor, alur: Alur, person: int, month: date, *, unit_id: int) -> AdjustingPage:
    """Return what a correction of somebody's slip would come to.

    :raise NotFound: the reader must not propose it, or there is no locked slip.
    """
    tenant = actor.tenant
    run = read_run(read, tenant, unit_id, month)
    slips = [slip for slip in slip_of(read, tenant, person, month) if slip.unit_id == unit_id]
    if run is None or not run.is_locked or not slips or not may_adjust(read, actor, alur, person):
        raise NotFound()
    found = difference_of(read, tenant, unit_id, month, person, city=alur.directory.city(tenant))
    waiting = [one for one in proposals_of(read, tenant, person, month) if one.status is CorrectionStatus.PROPOSED]
    return AdjustingPage(
        slips[0],
        names_of(read, actor, (person,)).get(person, "–"),
        find_unit(read, tenant, unit_id).name,
        month,
        found.amount if found is not None else None,
        any(one.unit_id == unit_id for one in waiting),
    )


def read_waiting(read: Any, actor: Actor, alur: Alur) -> tuple[ProposalRow, ...]:
    """Return the corrections that wait for a second person, oldest first.

    :raise NotFound: the reader does not see them.
    """
    require_view(read, actor, alur, "allowance:oversee", TenantSubject(actor.tenant))
    found = waiting_proposals(read, actor.tenant, MOST_WAITING)
    units = {unit.id: unit.name for unit in all_units(read, actor.tenant)}
    names = names_of(read, actor, (person for one in found for person in (one.employee_id, one.proposed_by)))
    return tuple(
        ProposalRow(
            one,
            names.get(one.employee_id, "–"),
            units[one.unit_id],
            names.get(one.proposed_by, "–"),
            _may_confirm(read, actor, alur, one),
        )
        for one in found
        if one.employee_id != actor.person
    )


def read_proposal(read: Any, actor: Actor, alur: Alur, proposal_id: int) -> ProposalRow:
    """Return a proposed correction that the reader may decide.

    :raise NotFound: there is none, it is decided, or he must not.
    """
    one = find_proposal(read, actor.tenant, proposal_id)
    if not _may_confirm(read, actor, alur, one):
        raise NotFound()
    names = names_of(read, actor, (one.employee_id, one.proposed_by))
    unit = find_unit(read, actor.tenant, one.unit_id).name
    return ProposalRow(one, names.get(one.employee_id, "–"), unit, names.get(one.proposed_by, "–"), may_confirm=True)


def _may_confirm(read: Any, actor: Actor, alur: Alur, one: AdjustmentProposal) -> bool:
    subject = AdjustmentSubject(one.tenant, one.employee_id, one)
    return alur.engine.policy.allows(actor, "month:confirm", subject, read)
