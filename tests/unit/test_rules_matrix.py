"""Who may do what, asked of the rule tables themselves: every permission, on things that differ in what rules look at.

What is expected is the table of rules/allowed.py. A permission without a line fails, and so does one that nobody
has, or everybody. The long test changes each predicate of the rules, one after the other, and expects the table to
notice.
"""

import dataclasses
from collections.abc import Iterator

import pytest

from engine.policy.actor import Actor
from engine.policy.rules import Policy, Predicate
from tests.unit.rules.allowed import ALLOWED
from tests.unit.rules.scene import Scene, open_scene

MOST_SURVIVORS = 0.05


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with open_scene(tmp_path_factory.mktemp("rules")) as opened:
        yield opened


@pytest.mark.parametrize("line", ALLOWED, ids=" ".join)
def test_only_those_whom_the_table_names_are_allowed(scene: Scene, line: tuple[str, str]) -> None:
    assert scene.allowed(*line) == scene.expected(*line)


@pytest.mark.parametrize("line", ALLOWED, ids=" ".join)
def test_nobody_of_another_city_is_allowed_anything(scene: Scene, line: tuple[str, str]) -> None:
    assert scene.strangers_allowed(*line) == set()


def test_every_permission_has_somebody_who_is_allowed_and_somebody_who_is_refused(scene: Scene) -> None:
    by_permission: dict[str, list[set[str]]] = {}
    for permission, thing in ALLOWED:
        by_permission.setdefault(permission, []).append(scene.allowed(permission, thing))

    assert set(by_permission) == scene.policy.permissions
    for permission, found in by_permission.items():
        assert any(found), permission
        assert any(names != set(scene.actors) for names in found), permission


def test_a_permission_that_no_rule_names_is_nobodys(scene: Scene) -> None:
    assert not any(scene.policy.allows(actor, "case:burn", scene.things["city"], scene.read) for actor in _all(scene))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_table_notices_every_changed_rule(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert not scene.notices(), "the table and the rules agree to begin with"
    mutants = list(_mutants(scene.policy))

    survivors = [name for name, policy in mutants if not dataclasses.replace(scene, policy=policy).notices()]

    with capsys.disabled():
        print(f"\n{len(mutants)} changed rules, {len(survivors)} not noticed")  # noqa: T201  # what the check is for
        print("\n".join(survivors))  # noqa: T201  # as above
    assert len(survivors) <= MOST_SURVIVORS * len(mutants)


def _mutants(policy: Policy) -> Iterator[tuple[str, Policy]]:
    """Yield the rules with one predicate always true, always false, or one row gone."""
    for permission, rows in policy._rules.items():
        for place, row in enumerate(rows):
            yield f"{permission} without row {place}", _changed(policy, permission, [*rows[:place], *rows[place + 1 :]])
            for position, predicate in enumerate(row):
                for answer in (True, False):
                    new = (*row[:position], _always(answer), *row[position + 1 :])
                    name = f"{permission} row {place}: {predicate.__name__} always {answer}"
                    yield name, _changed(policy, permission, [*rows[:place], new, *rows[place + 1 :]])


def _changed(policy: Policy, permission: str, rows: list[tuple[Predicate, ...]]) -> Policy:
    changed = Policy()
    changed._rules = {**policy._rules, permission: rows}
    changed._limits = policy._limits
    return changed


def _always(answer: bool) -> Predicate:
    return lambda _actor, _subject, _read: answer


def _all(scene: Scene) -> Iterator[Actor]:
    yield from scene.actors.values()
    yield from scene.strangers.values()
