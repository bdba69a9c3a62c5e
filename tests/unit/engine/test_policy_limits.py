"""A limit takes from whoever must not, whatever row gives it."""

from typing import Any

from sqlalchemy import Connection

from engine.policy.actor import Actor
from engine.policy.rules import Policy

NOBODY: Any = None
CITY = "serang"


def is_there(actor: Actor, subject: Any, read: Connection) -> bool:
    return True


def is_somebody_else(actor: Actor, subject: Any, read: Connection) -> bool:
    return bool(actor.person != subject)


def test_what_a_row_gives_a_limit_takes_from_whoever_must_not() -> None:
    policy = Policy({"list:sign": [(is_there,)]}, limits=[{"list:sign": [is_somebody_else]}])

    assert policy.allows(Actor(CITY, 1), "list:sign", 2, NOBODY)
    assert not policy.allows(Actor(CITY, 2), "list:sign", 2, NOBODY)


def test_a_limit_alone_gives_nothing() -> None:
    policy = Policy(limits=[{"list:sign": [is_there]}])

    assert not policy.allows(Actor(CITY, 1), "list:sign", 2, NOBODY)
    assert "list:sign" not in policy.permissions


def test_limits_of_several_parts_hold_together() -> None:
    limits = [{"list:sign": [is_there]}, {"list:sign": [is_somebody_else]}]

    assert not Policy({"list:sign": [(is_there,)]}, limits=limits).allows(Actor(CITY, 2), "list:sign", 2, NOBODY)
