"""What expressions compare variables with is read off them: paths, values on either side, pairs of paths."""

from decimal import Decimal

import pytest

from engine.feel.comparing import compared_in, near, passing, place_of, places_in, related_in

ONE = Decimal(1)


@pytest.mark.parametrize(
    ("source", "place", "values"),
    [
        ('answer.kind = "object"', ("answer", "kind"), {"object", None}),
        ("credit >= 10", ("credit",), {Decimal(9), Decimal(10), Decimal(11)}),
        ("10 < credit.total", ("credit", "total"), {Decimal(9), Decimal(10), Decimal(11)}),
        ("superior != null", ("superior",), {None, ONE}),
        ("facts.is_open", ("facts", "is_open"), {True, False}),
        ("not(facts.is_open)", ("facts", "is_open"), {True, False}),
        ("facts.is_open and x = 1", ("facts", "is_open"), {True, False}),
        ('grade in ("III/a", "III/b")', ("grade",), {"III/a", "III/b"}),
        ('list contains(["a", "b"], kind)', ("kind",), {"a", "b"}),
    ],
)
def test_each_path_has_the_values_that_matter(source: str, place: tuple[str, ...], values: set[object]) -> None:
    assert {value for found, value in compared_in(source) if found == place} == values


def test_a_counted_list_may_be_empty() -> None:
    assert next(iter(compared_in("count(names) > 0"))) == (("names",), [])


def test_paths_are_compared_with_each_other() -> None:
    assert list(related_in("a.share >= a.least and b = 1")) == [(("a", "share"), ("a", "least"))]


def test_the_longest_paths_are_read() -> None:
    assert places_in('session.first_day - @"P1D"') == [("session", "first_day")]
    assert place_of("a.b") == ("a", "b")
    assert place_of("a.b + 1") is None
    assert places_in(None) == []


def test_what_is_no_expression_compares_nothing() -> None:
    assert list(compared_in("a = ")) == []
    assert passing("[") == []


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ('"A", "B"', ["A", "B"]),
        ("> 5", [Decimal(6)]),
        ("<= 5", [Decimal(5)]),
        ("[1..3]", [ONE]),
        ("(1..3)", [Decimal(2)]),
        ("true", [True]),
        ("-", []),
        ('not("A")', []),
    ],
)
def test_a_cell_names_values_that_pass_it(cell: str, values: list[object]) -> None:
    assert passing(cell) == values


def test_near_a_value_are_those_on_either_side() -> None:
    assert list(near(ONE)) == [ONE, Decimal(0), Decimal(2)]
    assert list(near(True)) == [True, False]
