"""What commands about people are about, with everything that the rule table asks of it."""

from dataclasses import dataclass
from datetime import date

from engine.command import Context
from processes.people.days import local_day
from processes.people.line_proposals import LineProposal, find_proposal
from processes.people.queries.staff import find_employee, placement_on
from processes.people.queries.units import find_unit


@dataclass(frozen=True, slots=True)
class EmployeeSubject:
    """An employee as the rules see them on a day: who it is and in which unit."""

    tenant: str
    person: int
    unit_id: int | None
    day: date


@dataclass(frozen=True, slots=True)
class UnitSubject:
    """A unit as the rules see it on a day."""

    tenant: str
    unit_id: int
    day: date


@dataclass(frozen=True, slots=True)
class ProposalSubject:
    """A proposed reporting line, about an employee."""

    tenant: str
    person: int
    unit_id: int | None
    day: date
    proposal: LineProposal


def employee_subject(context: Context, employee_id: int) -> EmployeeSubject:
    """Return an employee of the actor's city as the subject of a command.

    :raise NotFound: there is no such employee in that city.
    """
    tenant, day = context.actor.tenant, local_day(context, context.actor.tenant)
    person = find_employee(context.read, tenant, employee_id).id
    place = placement_on(context.read, tenant, person, day)
    return EmployeeSubject(tenant, person, place.unit_id if place is not None else None, day)


def unit_subject(context: Context, unit_id: int) -> UnitSubject:
    """Return a unit of the actor's city as the subject of a command.

    :raise NotFound: there is no such unit in that city.
    """
    tenant = context.actor.tenant
    return UnitSubject(tenant, find_unit(context.read, tenant, unit_id).id, local_day(context, tenant))


def proposal_subject(context: Context, proposal_id: int) -> ProposalSubject:
    """Return a proposal of the actor's city as the subject of a command.

    :raise NotFound: there is no such proposal in that city.
    """
    proposal = find_proposal(context.read, context.actor.tenant, proposal_id)
    about = employee_subject(context, proposal.employee_id)
    return ProposalSubject(about.tenant, about.person, about.unit_id, about.day, proposal)
