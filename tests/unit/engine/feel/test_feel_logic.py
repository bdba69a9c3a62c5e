from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.feel.expressions import reasons, value

truths = st.sampled_from([True, False, None])


def negated(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


@pytest.mark.parametrize(("a", "b"), list(product([True, False, None], repeat=2)))
def test_and_and_or_follow_the_table_of_three_truth_values(a: bool | None, b: bool | None) -> None:
    conjunction = False if False in (a, b) else None if None in (a, b) else True
    disjunction = True if True in (a, b) else None if None in (a, b) else False

    assert value("a and b", a=a, b=b) is conjunction
    assert value("a or b", a=a, b=b) is disjunction


@given(a=truths, b=truths, c=truths)
def test_the_laws_of_logic_hold_for_three_truth_values(a: bool | None, b: bool | None, c: bool | None) -> None:
    def same(left: str, right: str) -> bool:
        return value(left, a=a, b=b, c=c) is value(right, a=a, b=b, c=c)

    assert same("not(a and b)", "not(a) or not(b)")
    assert same("not(a or b)", "not(a) and not(b)")
    assert same("a and (b or c)", "a and b or a and c")
    assert same("a and b and c", "c and (b and a)")
    assert value("not(not(a))", a=a) is a


@given(items=st.lists(truths, max_size=6))
def test_quantifiers_and_list_functions_agree_with_chains(items: list[bool | None]) -> None:
    disjunction = True if True in items else None if None in items else False

    assert value("some x in items satisfies x", items=items) is disjunction
    assert value("any(items)", items=items) is disjunction
    assert value("every x in items satisfies x", items=items) is value("all(items)", items=items)
    assert value("all(items)", items=items) is negated(
        value("any(for x in items return not(x))", items=items)  # type: ignore[arg-type]  # any gives a truth
    )


def test_what_is_no_truth_value_counts_as_null_with_a_reason() -> None:
    assert value('true and "ya"') is None
    assert reasons('true and "ya"') == ["not_boolean"]
    assert value('false and "ya"') is False
    assert reasons("not(1)") == ["not_boolean"]


def test_if_takes_else_unless_its_condition_is_true() -> None:
    assert value("if null then 1 else 2") == 2
    assert reasons("if null then 1 else 2") == []
    assert value('if "ya" then 1 else 2') == 2
    assert reasons('if "ya" then 1 else 2') == ["condition"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("null = null", True),
        ("1 = null", False),
        ("null != 1", True),
        ('1 = "1"', None),
        ("1 = 1.00", True),
        ("[1, 2] = [1, 2.0]", True),
        ("[1, 2] = [2, 1]", False),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("{a: 1} = {a: 2}", False),
        ("[1..3] = [1..3]", True),
        ("[1..3] = [1..3)", False),
        ('"a" < "b"', True),
        ("1 < null", None),
        ('1 < "2"', None),
        ('@"2026-01-01" < @"2026-01-02"', True),
        ('@"P1Y" > @"P11M"', True),
        ("true < false", None),
        ("2 between 1 and null", None),
        ("0 between 1 and null", False),
    ],
)
def test_comparisons_know_true_false_and_null(source: str, expected: bool | None) -> None:
    assert value(source) is expected
