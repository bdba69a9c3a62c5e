"""A case keeps which rules of its decisions applied, and `alur verify` asks the decisions again."""

from datetime import date
from pathlib import Path

import pytest

from engine.casework import find_case, release_of
from engine.journal import common_entries
from engine.queries.verification import verify
from engine.records.packing import pack
from engine.records.wordbook import make_wordbook
from tests.unit.engine.decided import ANN, deploy, deploy_days, deploy_rounds, rewrite
from tests.unit.engine.moves import check_whole, entries
from tests.unit.engine.world import CITY, World


def codes(world: World) -> list[str]:
    with world.engine.database.reading() as read:
        return [finding.code for finding in verify(read, world.directory).findings()]


def test_the_step_that_decided_keeps_the_place_of_the_rule_and_no_more(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)

    case = world.start("test", score=70, reason="cuti")

    (begun,) = entries(world, case)
    assert begun["decided"] == [[[1]]]
    assert world.tasks(ANN)[0].variables["grade"] == "C"
    check_whole(world)


def test_a_step_without_a_decision_keeps_nothing_of_one(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=80, reason=None)

    world.complete(ANN, world.tasks(ANN)[0])

    first, second = entries(world, case)
    assert ("decided" in first, "decided" in second) == (True, False)
    check_whole(world)


def test_each_round_keeps_the_rules_of_its_own_decision(world: World, tmp_path: Path) -> None:
    deploy_rounds(world, tmp_path)

    case = world.start("test", scores=[80, 70, 60], reason="cuti")

    assert entries(world, case)[0]["decided"] == [[[0]], [[1]], [[1]]]
    check_whole(world)


@pytest.mark.parametrize("kept", [[[[0]]], [[[1], [1]]], [[[1]], [[1]]], [], 7])
def test_other_rules_than_those_that_apply_are_found(world: World, tmp_path: Path, kept: object) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=70, reason="cuti")

    rewrite(world, case, lambda entry: entry.update(decided=kept))

    assert codes(world) == ["decision_differs"]


def test_rules_at_a_step_that_asked_nothing_are_found(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=70, reason="cuti")
    world.complete(ANN, world.tasks(ANN)[0])

    rewrite(world, case, lambda entry: entry.update(decided=[[[1]]]), version=2)

    assert codes(world) == ["decision_differs"]


def test_a_case_of_an_earlier_version_of_alur_that_kept_no_rules_is_in_order(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path)
    case = world.start("test", score=70, reason="cuti")

    rewrite(world, case, lambda entry: entry.pop("decided"))

    assert codes(world) == []


def test_rules_that_are_gone_behind_a_step_that_kept_some_are_found(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path, "grade", "again")
    case = world.start("test", score=70, reason="cuti")
    world.complete(ANN, world.tasks(ANN)[0])

    rewrite(world, case, lambda entry: entry.pop("decided"), version=2)

    assert codes(world) == ["decision_differs"]


def test_rules_that_changed_with_the_holidays_are_a_note_and_no_error(world: World, tmp_path: Path) -> None:
    deploy_days(world, tmp_path)
    case = world.start("test")

    world.directory.holidays = frozenset({date(2026, 10, 6)})

    assert (entries(world, case)[0]["decided"], codes(world)) == ([[[0]]], ["not_replayed"])


def test_the_rules_take_a_few_bytes_and_the_samples_end_in_front_of_what_waits(world: World, tmp_path: Path) -> None:
    deploy(world, tmp_path, "grade", "again")
    case = world.start("test", score=70, reason="cuti")
    world.complete(ANN, world.tasks(ANN)[0])
    with world.engine.database.reading() as read:
        samples = list(common_entries(release_of(read, find_case(read, CITY, case)).outline))

    book, entry = make_wordbook(samples), entries(world, case)[1]
    without = {name: value for name, value in entry.items() if name != "decided"}

    assert len(pack(entry, book)) - len(pack(without, book)) <= 6
    (sample,) = (item for item in samples if item["element"] == "wait_grade")
    assert (sample["passed"], sample["opened"][0][1]) == (["wait_grade", "again"], "wait_again")
