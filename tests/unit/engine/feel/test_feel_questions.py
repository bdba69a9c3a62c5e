"""Asks everything in questions.txt: one line, one question about the language."""

from decimal import Decimal
from pathlib import Path

import pytest

from engine.feel import compile_expression, compile_unary_tests
from engine.feel.values import KINDS
from tests.unit.engine.feel.expressions import ENVIRONMENT

LINES = (Path(__file__).parent / "questions.txt").read_text("utf-8").splitlines()
QUESTIONS = [line for line in LINES if "  ~>  " in line and not line.startswith("Each line")]
EXPRESSIONS = [line for line in QUESTIONS if "  <~  " not in line]
TESTS = [line for line in QUESTIONS if "  <~  " in line and not line.startswith("Unary")]
VALUES = {
    "number": "1",
    "string": '"a"',
    "boolean": "true",
    "date": '@"2026-01-01"',
    "time": '@"10:00:00"',
    "date and time": '@"2026-01-01T00:00:00"',
    "days and time duration": '@"P1D"',
    "years and months duration": '@"P1Y"',
    "list<number>": "[1]",
    "context<a: number>": "{a: 1}",
    "range<number>": "[1..2]",
    "function<>->Any": "(function() 1)",
    "Null": "null",
}


def found(source: str, where: str = "") -> object:
    scope = {"": None} if not where else compile_expression(f"{{{where}}}").evaluate({}, ENVIRONMENT).value
    assert isinstance(scope, dict)
    return compile_expression(source, frozenset(scope), strict=False).evaluate(scope, ENVIRONMENT).value


def written(value: object) -> object:
    """Return a value with its types, so that 1 is not true and what is equal looks equal."""
    if isinstance(value, list):
        return [written(item) for item in value]
    if isinstance(value, dict):
        return {key: written(item) for key, item in value.items()}
    return KINDS[type(value)], value.normalize() if isinstance(value, Decimal) else value


@pytest.mark.parametrize("question", EXPRESSIONS)
def test_an_expression_has_the_value_of_another(question: str) -> None:
    source, _, answer = question.partition("  ~>  ")
    expected, _, where = answer.partition(" where ")

    assert written(found(source, where)) == written(found(expected, where))


@pytest.mark.parametrize("question", TESTS)
def test_a_value_passes_unary_tests_or_does_not(question: str) -> None:
    tests, _, rest = question.partition("  <~  ")
    tested, _, answer = rest.partition("  ~>  ")
    expected, _, where = answer.partition(" where ")
    scope = compile_expression(f"{{{where}}}").evaluate({}, ENVIRONMENT).value
    assert isinstance(scope, dict)

    passed = compile_unary_tests(tests, frozenset(scope), strict=False).evaluate(found(tested), scope, ENVIRONMENT)

    assert passed.value is found(expected)


@pytest.mark.parametrize(("kind", "source"), VALUES.items())
def test_a_value_is_of_its_own_type_only(kind: str, source: str) -> None:
    types = [one for one in VALUES if found(f"{source} instance of {one}") is True]

    assert types == [kind]
    assert found(f"{source} instance of Any") is (kind != "Null")
