"""Reads training taken elsewhere: one's own, what waits to be confirmed, and one of them to be decided."""

from dataclasses import dataclass
from typing import Any

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.people.queries import placement_on
from processes.people.subjects import EmployeeSubject
from processes.training.commands.decide_claim import ClaimSubject
from processes.training.queries.claims import Claim, claims_of, count_waiting, find_claim, waiting_claims
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """What waits to be confirmed, the oldest first; `count` is how many in all."""

    claims: tuple[Claim, ...]
    count: int


def read_own_claims(read: Any, actor: Actor) -> tuple[Claim, ...]:
    """Return what the reader has handed in, the newest first."""
    return claims_of(read, actor.tenant, actor.person or 0)


def read_waiting(read: Any, actor: Actor, alur: Alur) -> WaitingPage:
    """Return what waits to be confirmed.

    :raise NotFound: the reader does not run the training.
    """
    alur.engine.policy.require(actor, "training:arrange", TenantSubject(actor.tenant), read)
    return WaitingPage(waiting_claims(read, actor.tenant), count_waiting(read, actor.tenant))


def _subject(read: Any, actor: Actor, alur: Alur, found: Claim) -> ClaimSubject:
    day = alur.now_in(actor.tenant).date()
    place = placement_on(read, actor.tenant, found.employee, day)
    return ClaimSubject(actor.tenant, found.employee, place.unit_id if place is not None else None, day, found)


def read_undecided(read: Any, actor: Actor, alur: Alur, claim_id: int) -> Claim:
    """Return what somebody has handed in, for whoever may confirm it.

    :raise NotFound: there is none, or it is not the reader's to confirm.
    """
    found = find_claim(read, actor.tenant, claim_id)
    alur.engine.policy.require(actor, "training:confirm", _subject(read, actor, alur, found), read)
    return found


def read_claim(read: Any, actor: Actor, alur: Alur, claim_id: int) -> Claim:
    """Return what somebody has handed in, for whoever sees his training.

    :raise NotFound: there is none, or the reader may not see it.
    """
    found = find_claim(read, actor.tenant, claim_id)
    subject = _subject(read, actor, alur, found)
    about = EmployeeSubject(subject.tenant, subject.person, subject.unit_id, subject.day)
    alur.engine.policy.require(actor, "development:view", about, read)
    return found
