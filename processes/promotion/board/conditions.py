"""Which conditions of a post somebody does not meet: asked of the decision table of the release."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from sqlalchemy import Connection

from engine.casework import find_release
from engine.dmn import Decision, read_decisions
from engine.feel import Environment
from engine.records.release import latest_release
from processes.promotion.board.candidates import Considered
from processes.promotion.board.variables import BOARD_PROCESS

TABLE: Final = "post_promotion_conditions"


def conditions_table(read: Connection, tenant: str) -> Decision:
    """Return the table that the city's newest release decides by; the shipped one where no release has it."""
    row = read.execute(latest_release, {"tenant": tenant, "process": BOARD_PROCESS}).one_or_none()
    own = find_release(read, row.id, row.digest).decisions.get(TABLE) if row is not None else None
    return own or _shipped()


def misses_of(table: Decision, one: Considered, now: datetime) -> tuple[str, ...]:
    """Return the codes of the conditions that are not met, in the order of the table.

    :param now: an instant in the city's zone, for tables that look at the day.
    """
    found = table.decide({"facts": one.plain()}, Environment(now)).value
    return tuple(str(item) for item in found) if isinstance(found, list) else ()


@cache
def _shipped() -> Decision:
    return read_decisions(files("processes.promotion").joinpath(f"{TABLE}.dmn").read_bytes())[TABLE]
