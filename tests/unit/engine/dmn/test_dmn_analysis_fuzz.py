"""Analyses of tables made at random say what asking those tables with many values says."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, product
from random import Random

import pytest

from engine.dmn import Outcome
from engine.dmn.findings import Finding
from engine.dmn.reviewing import review
from tests.unit.engine.dmn.models import given, model, needs
from tests.unit.engine.dmn.tables import table
from tests.unit.engine.feel.expressions import ENVIRONMENT

DAY = date(2026, 1, 1)
VALUES: dict[str, list[object]] = {
    "number": [Decimal(half) / 2 for half in range(-1, 8)],
    "string": ["", "a", "aa", "b", "ba", "c", "ca", "lain"],
    "boolean": [True, False],
    "date": [DAY + timedelta(days) for days in range(-1, 6)],
}
CONSTANTS = {
    "number": ["0", "1", "2", "3"],
    "string": ['"a"', '"b"', '"c"'],
    "boolean": ["true", "false"],
    "date": [f'@"{DAY + timedelta(days)}"' for days in range(4)],
}


class Tables:
    """Makes tables of two columns whose cells compare with a few constants in every way."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def make(self) -> tuple[list[str], str, list[list[str]]]:
        """Return the types of the columns, a hit policy, and the cells of the rules."""
        kinds = [self._random.choice(sorted(VALUES)) for _ in range(2)]
        policy = self._random.choice(["UNIQUE", "FIRST"])
        return kinds, policy, [[self._cell(kind) for kind in kinds] for _ in range(self._random.randint(1, 5))]

    def _cell(self, kind: str) -> str:
        cells = ["-", self._test(kind), f"{self._test(kind)}, {self._test(kind)}", f"not({self._test(kind)})"]
        asked = f"? != {self._constant(kind)} and not(? = {self._constant(kind)})"
        return self._random.choice([*cells, asked, f"? in ({self._test(kind)}) or {self._constant(kind)} = ?"])

    def _test(self, kind: str) -> str:
        if kind == "boolean":
            return self._constant(kind)
        low, high = sorted((self._constant(kind), self._constant(kind)))
        opening, closing = self._random.choice("[("), self._random.choice("])")
        compared = f"{self._random.choice(['<', '<=', '>', '>='])} {low}"
        return self._random.choice([low, compared, f"{opening}{low}..{high}{closing}"])

    def _constant(self, kind: str) -> str:
        return self._random.choice(CONSTANTS[kind])


def asked(body: str, kinds: list[str]) -> Iterator[Outcome]:
    """Yield what a table gives for each pair of values, every rule of it looked at."""
    every = model(body.replace('hitPolicy="FIRST"', 'hitPolicy="COLLECT"'))
    for one, other in product(*(VALUES[kind] for kind in kinds)):
        yield every.decide("d", {("", "i1"): one, ("", "i2"): other}, ENVIRONMENT)


def found(body: str) -> tuple[Finding, ...]:
    """Return what the analysis of a table finds."""
    subject = model(body).file.find("d")
    assert subject is not None
    analysis = review(subject)
    assert analysis is not None
    assert (analysis.is_complete, analysis.unclear) == (True, ())
    return analysis.findings


@pytest.mark.parametrize("seed", range(120))
def test_an_analysis_says_what_asking_the_table_says(seed: int) -> None:
    kinds, policy, cells = Tables(seed).make()
    rules = [(row, [str(place)]) for place, row in enumerate(cells)]
    asking = table(*rules, inputs=("i1", "i2"), policy=policy)
    asking = asking.replace("<decisionTable", needs("i1", "i2") + "<decisionTable")
    body = given("i1", kinds[0]) + given("i2", kinds[1]) + asking

    fired = [outcome.fired for outcome in asked(body, kinds)]
    first, pairs = {one[0] for one in fired if one}, {pair for one in fired for pair in combinations(one, 2)}
    reached = first if policy == "FIRST" else {rule for one in fired for rule in one}
    never = [f"r{place}" for place, _ in enumerate(cells, 1) if f"r{place}" not in reached]

    findings = found(body)
    assert any(one.code == "gap" for one in findings) == (() in fired)
    assert {one.rules for one in findings if one.code == "overlap"} == (pairs if policy == "UNIQUE" else set())
    assert [one.rules[0] for one in findings if one.code == "unreachable"] == never
