"""Which conditions of a rank promotion are not met: asked of the decision table, for pages as for cases."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

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
    """Return the table that the city's newest release decides by; the shipped one before any is deployed."""
    row = read.execute(latest_release, {"tenant": tenant, "process": PROMOTION_PROCESS}).one_or_none()
    if row is None:
        return _shipped_decisions()[TABLE]
    return find_release(read, row.id, row.digest).decisions[TABLE]


def needed_months(read: Connection, tenant: str, now: datetime) -> dict[str, int]:
    """Return how many months in a rank each route asks for, by the city's newest release."""
    row = read.execute(latest_release, {"tenant": tenant, "process": PROMOTION_PROCESS}).one_or_none()
    table = (_shipped_decisions() if row is None else find_release(read, row.id, row.digest).decisions)[MONTHS]
    found = {route: table.decide({"facts": {"route": route}}, Environment(now)).value for route in ROUTES}
    return {route: int(str(months)) for route, months in found.items() if months is not None}


def judge(table: Decision, facts: CareerFacts, now: datetime) -> Judgement:
    """Return what the table finds missing.

    :param now: an instant in the city's zone, for tables that look at the day.
    """
    outcome = table.decide({"facts": facts.plain()}, Environment(now))
    found = outcome.value
    return Judgement(facts, tuple(str(item) for item in found) if isinstance(found, list) else ())


@cache
def _shipped_decisions() -> dict[str, Decision]:
    return read_decisions(files("processes.promotion").joinpath(f"{TABLE}.dmn").read_bytes())
