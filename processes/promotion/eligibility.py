"""Which conditions of a rank promotion are not met: asked of the decision table, for pages as for cases."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import ceil

from sqlalchemy import Connection

from engine.casework import find_release
from engine.dmn import Decision, read_decisions
from engine.feel import Environment
from engine.records.release import latest_release
from processes.promotion.career_facts import ROUTES, CareerFacts
from processes.promotion.variables import PROMOTION_PROCESS

TABLE, MONTHS = "rank_promotion_eligibility", "needed_months"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands between somebody and the next rank.

    :param misses: codes of the conditions that are not met, in the order of the table.
    """

    facts: CareerFacts
    misses: tuple[str, ...]

    @property
    def is_eligible(self) -> bool:
        """Every condition is met."""
        return not self.misses


def eligibility_table(read: Connection, tenant: str) -> Decision:
    """Return the table that the city's newest release decides by; the shipped one where no release has it."""
    return _decision(read, tenant, TABLE)


def needed_months(read: Connection, tenant: str, now: datetime) -> dict[str, int]:
    """Return how many months in a rank each route asks for, by the city's newest release.

    A route is missing here for which the city's table says no number.
    """
    table = _decision(read, tenant, MONTHS)
    found = {route: table.decide({"facts": {"route": route}}, Environment(now)).value for route in ROUTES}
    return {route: ceil(months) for route, months in found.items() if isinstance(months, Decimal)}


def judge(table: Decision, facts: CareerFacts, now: datetime) -> Judgement:
    """Return what the table finds missing.

    :param now: an instant in the city's zone, for tables that look at the day.
    """
    outcome = table.decide({"facts": facts.plain()}, Environment(now))
    found = outcome.value
    return Judgement(facts, tuple(str(item) for item in found) if isinstance(found, list) else ())


def _decision(read: Connection, tenant: str, name: str) -> Decision:
    row = read.execute(latest_release, {"tenant": tenant, "process": PROMOTION_PROCESS}).one_or_none()
    own = find_release(read, row.id, row.digest).decisions.get(name) if row is not None else None
    return own or _shipped_decisions()[name]


@cache
def _shipped_decisions() -> dict[str, Decision]:
    return read_decisions(files("processes.promotion").joinpath(f"{TABLE}.dmn").read_bytes())
