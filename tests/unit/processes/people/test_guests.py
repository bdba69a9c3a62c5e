"""What a guest is, and what the rules let him do."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.policy.actor import Actor, system_actor
from engine.policy.predicates import is_oneself, same_tenant
from engine.policy.rules import Policy
from processes.people.guests import (
    Guest,
    case_of,
    design_guest_actor,
    design_of,
    guest_actor,
    guest_limits,
    is_guest,
    is_guest_of_case,
    is_guest_of_design,
    last_day,
)

CITY, CASE = "serang", 17
RATNA = Guest(7, CITY, "Prof. Ratna Dewi", "Universitas Contoh", "r@kampus.example", CASE, date(2026, 12, 31), None)
ACTOR = guest_actor(CITY, RATNA.id, CASE)


@dataclass
class Thing:
    """What a rule is asked about."""

    case_id: int = CASE
    id: int = CASE
    tenant: str = CITY
    person: int = RATNA.id


def test_a_guest_is_called_by_name_and_institution_and_never_by_address() -> None:
    assert RATNA.full_name == "Prof. Ratna Dewi, Universitas Contoh"
    assert "kampus" not in repr(RATNA)


@pytest.mark.parametrize(("day", "holds"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_an_invitation_holds_until_its_last_day(day: date, holds: bool) -> None:
    assert RATNA.is_valid_on(day) is holds
    assert not replace(RATNA, revoked_at=datetime(2026, 1, 1, tzinfo=UTC)).is_valid_on(day)


@pytest.mark.parametrize(
    ("ended", "revoked", "last"),
    [
        (None, None, date(2026, 12, 31)),
        (date(2026, 12, 1), None, date(2026, 12, 8)),
        (date(2026, 12, 30), None, date(2026, 12, 31)),
        (date(2026, 12, 1), date(2026, 11, 3), date(2026, 11, 3)),
    ],
)
def test_the_sooner_of_all_ends_counts(ended: date | None, revoked: date | None, last: date) -> None:
    assert last_day(RATNA.valid_until, ended, revoked) == last


def test_a_guest_belongs_to_his_case_and_to_no_role() -> None:
    nobody: Any = None

    assert is_guest(ACTOR)
    assert not is_guest(Actor(CITY, 7, frozenset({"hr_verifier"})))
    assert not is_guest(system_actor(CITY))
    assert is_guest_of_case(ACTOR, Thing(), nobody)
    assert not is_guest_of_case(ACTOR, Thing(case_id=18), nobody)


def test_a_guest_of_a_design_has_no_part_in_the_case_of_the_same_number_nor_the_other_way_round() -> None:
    nobody: Any = None
    asked = design_guest_actor(CITY, RATNA.id, CASE)

    assert is_guest(asked)
    assert (case_of(asked), design_of(asked)) == (None, CASE)
    assert (case_of(ACTOR), design_of(ACTOR)) == (CASE, None)
    assert is_guest_of_design(asked, Thing(), nobody)
    assert not is_guest_of_design(asked, Thing(id=18), nobody)
    assert not is_guest_of_case(asked, Thing(), nobody)
    assert not is_guest_of_design(ACTOR, Thing(), nobody)


def test_no_row_gives_a_guest_what_is_not_named_for_guests() -> None:
    rows = {"employee:view": [(same_tenant, is_oneself)], "notice:read": [(same_tenant, is_oneself)]}
    policy, nobody = Policy(rows, limits=(guest_limits(rows),)), None

    assert policy.allows(ACTOR, "notice:read", Thing(), nobody)  # type: ignore[arg-type]  # nothing is read
    assert not policy.allows(ACTOR, "employee:view", Thing(), nobody)  # type: ignore[arg-type]  # as above
    assert policy.allows(Actor(CITY, RATNA.id), "employee:view", Thing(), nobody)  # type: ignore[arg-type]  # as above
