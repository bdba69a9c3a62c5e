"""Reads the people whom somebody rates, in one snapshot, sorted by where each evaluation stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.policy.actor import Actor
from processes.appraisal.queries.people import PeoplePage, PersonRow, my_people
from processes.appraisal.queries.team import UnitSpread, UnreadyPerson, unit_spreads, unready_people
from processes.appraisal.queries.unopened import UnopenedPerson, unopened_people
from processes.people.city import City


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a rater in one quarter.

    :param waiting: no task of the rater waits, but something else is missing.
    :param unopened: the rater leads them today, but the quarter has no case of them.
    """

    page: PeoplePage
    waiting: tuple[UnreadyPerson, ...]
    unopened: tuple[UnopenedPerson, ...] = ()

    @property
    def to_assess(self) -> tuple[PersonRow, ...]:
        """Those whose behaviour and rubric the rater has not entered."""
        return tuple(row for row in self.page.rows if row.element == "assess_behaviour")

    @property
    def to_confirm(self) -> Mapping[int, PersonRow]:
        """Those whose ratings wait for the rater, by case."""
        return {row.case_id: row for row in self.page.to_confirm}

    @property
    def to_sign(self) -> Mapping[int, PersonRow]:
        """Those whose confirmed ratings wait for the signature, by case."""
        return {row.case_id: row for row in self.page.to_sign}

    @property
    def signed(self) -> tuple[PersonRow, ...]:
        """Those whose evaluation is signed; the result may still have to be handed over."""
        return tuple(row for row in self.page.rows if row.is_signed)

    @property
    def passed_on(self) -> tuple[PersonRow, ...]:
        """Those whose evaluation has gone to the rater's superior because the time was over."""
        return tuple(row for row in self.page.rows if row.element is None and not row.is_signed)


def read_team(read: Any, actor: Actor, today: date, asked: tuple[int, int] | None = None) -> Team:
    """Return the actor's people with their states in the asked quarter, else in the oldest that waits for him."""
    page = my_people(read, actor, today, asked)
    if page.year is None or page.quarter is None:
        return Team(page, ())
    where = (page.year, page.quarter, today)
    return Team(page, unready_people(read, actor, *where), unopened_people(read, actor, *where))


@dataclass(frozen=True, slots=True)
class Signing:
    """What waits for the rater's signature, and how the units' predicates spread."""

    team: Team
    spreads: tuple[UnitSpread, ...]

    @property
    def needs_reason(self) -> bool:
        """Some unit's predicates leave the guide."""
        return any(item.spread.warnings for item in self.spreads)


def read_signing(read: Any, actor: Actor, city: City, today: date, asked: tuple[int, int] | None = None) -> Signing:
    """Return what the actor can sign now, in the asked quarter, else in the oldest that waits for his signature."""
    team = Team(my_people(read, actor, today, asked, waiting_at=("sign",)), ())
    return Signing(team, unit_spreads(read, actor, city, team.to_sign))
