"""Alur's FEEL beside feelin's on generated expressions: whatever differs is explained by the standard, or a defect."""

import json

import pytest

from engine.feel.functions import BUILTINS
from tests.differential.feelin import FOLDER, running_feelin
from tests.differential.generator import generate
from tests.differential.grammar import NAMES, RULES
from tests.differential.listed import LISTED, Listed, explanation
from tests.differential.report import compare, in_each_scope

pytestmark = pytest.mark.long

COUNT = 4_500
NOT_FEELIN = {"now", "today", "working days after", "working days between"}
"""What depends on the clock, and what is our own."""


def test_whatever_differs_from_feelin_is_explained_by_the_standard() -> None:
    report = compare(seed=1, count=COUNT)

    assert report.asked >= COUNT
    assert "\n".join(line for line in report.lines() if "UNEXPLAINED" in line) == ""
    assert len(report.explained) > len(LISTED) // 2


@pytest.fixture(scope="module")
def found() -> dict[str, list[Listed | None]]:
    with running_feelin() as feelin:
        both = next(in_each_scope(feelin))
        return {entry.example: [explanation(one) for one in both.explain(entry.node)] for entry in LISTED}


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry.name)
def test_each_listed_difference_still_differs(entry: Listed, found: dict[str, list[Listed | None]]) -> None:
    assert entry in found[entry.example]


def test_every_built_in_function_is_asked_for() -> None:
    asked = {rule.name for rule in RULES}

    assert set(BUILTINS) - asked == NOT_FEELIN


def test_the_same_seed_makes_the_same_expressions() -> None:
    first, again, other = ([node.text for node in generate(seed, 300)] for seed in (7, 7, 8))

    assert first == again
    assert first != other
    assert set(NAMES) <= {word for text in first for word in NAMES if word in text}


def test_the_lock_holds_hashes_and_no_address() -> None:
    packages = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert all("resolved" not in package for package in packages.values())
    assert all(package["integrity"] for path, package in packages.items() if path)
