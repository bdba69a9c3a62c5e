"""Reads a career in full: the own one, or somebody's for those who look after him."""

from dataclasses import dataclass
from typing import Any

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.follow_ups import FollowUp, follow_ups_of
from processes.people.queries import StaffMember, placement_on
from processes.people.queries.competencies import CompetencyGap, competency_gaps
from processes.people.subjects import EmployeeSubject
from processes.promotion.career_facts import HeldRank, Schooling
from processes.promotion.career_reading import education_of, ranks_of
from processes.promotion.eligibility import Judgement
from processes.promotion.periods import PromotionPeriod, coming_periods
from processes.promotion.queries.coming import PromotionState, Surroundings, cases_of, judgements_of
from processes.promotion.queries.talents import Talent, talents
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class Career:
    """What a page about a career shows.

    :param judgement: for the period that is looked at.
    :param earliest: the first of the twelve next periods in which nothing is missing; None if there is none.
    :param follow_ups: what follows from the talent box, the first that is due before the others.
    :param may_start: the reader may begin the promotion.
    """

    member: StaffMember
    period: PromotionPeriod
    periods: tuple[PromotionPeriod, ...]
    judgement: Judgement
    earliest: PromotionPeriod | None
    ranks: tuple[HeldRank, ...]
    education: tuple[Schooling, ...]
    gaps: tuple[CompetencyGap, ...]
    talent: Talent
    follow_ups: tuple[FollowUp, ...]
    cases: tuple[PromotionState, ...]
    may_start: bool

    @property
    def case(self) -> PromotionState | None:
        """The case of the period that is looked at, if there is one."""
        return next((item for item in self.cases if item.period == self.period.code), None)


def read_own_career(read: Any, actor: Actor, alur: Alur) -> Career | None:
    """Return the reader's own career; None for somebody who has no post today.

    :raise NotFound: the reader is no employee.
    """
    if actor.person is None:
        raise NotFound()
    return _career(read, actor, alur, actor.person, "")


def read_person_career(read: Any, actor: Actor, alur: Alur, person: int, period: str) -> Career:
    """Return somebody's career for a period.

    :raise NotFound: there is no such employee in a post, or the reader may not know of him.
    """
    found = _career(read, actor, alur, person, period)
    if found is None:
        raise NotFound()
    return found


def around(alur: Alur, tenant: str) -> Surroundings:
    """Return the city's rules and the instant there."""
    return Surroundings(alur.directory.city(tenant), alur.now_in(tenant))


def _career(read: Any, actor: Actor, alur: Alur, person: int, period: str) -> Career | None:
    here = around(alur, actor.tenant)
    member = placement_on(read, actor.tenant, person, here.today)
    subject = EmployeeSubject(actor.tenant, person, member.unit_id if member is not None else None, here.today)
    policy = alur.engine.policy
    policy.require(actor, "career:view", subject, read)
    if member is None:
        return None
    periods = coming_periods(here.today)
    chosen = next((item for item in periods if item.code == period), periods[0])
    found = judgements_of(read, actor.tenant, here, member, periods)
    return Career(
        member,
        chosen,
        periods,
        found[chosen],
        next((item for item in periods if found[item].is_eligible), None),
        ranks_of(read, actor.tenant, person),
        education_of(read, actor.tenant, person),
        competency_gaps(read, actor.tenant, person, day=here.today),
        talents(read, actor.tenant, here, [member])[0],
        follow_ups_of(read, actor.tenant, person),
        cases_of(read, actor.tenant, person),
        policy.allows(actor, "promotion:start", subject, read),
    )
