"""Values with dates: one on each day, the new ends the old."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.people.spans import Span, SpanOverlap, Timeline

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))


def test_a_new_value_ends_the_one_before_it() -> None:
    line = Timeline([Span(1, FIRST, None, "a")])

    line.place(date(2026, 7, 1), None, "b")

    assert [(span.first, span.last, span.value) for span in line.spans] == [
        (FIRST, date(2026, 6, 30), "a"),
        (date(2026, 7, 1), None, "b"),
    ]


def test_the_same_start_changes_the_stored_span() -> None:
    line = Timeline([Span(1, FIRST, None, "a")])

    span = line.place(FIRST, None, "b")

    assert span is not None
    assert span is line.spans[0]
    assert (span.id, span.value, span.is_changed) == (1, "b", True)


def test_what_holds_already_is_no_change() -> None:
    line = Timeline([Span(1, FIRST, None, "a")])

    assert line.place(date(2026, 7, 1), None, "a") is None
    assert not line.spans[0].is_changed


def test_a_fixed_end_inside_the_next_span_is_refused() -> None:
    line = Timeline([Span(1, date(2026, 7, 1), None, "a")])

    with pytest.raises(SpanOverlap) as caught:
        line.place(FIRST, date(2026, 7, 1), "b")

    assert caught.value.other == date(2026, 7, 1)


@given(st.lists(st.tuples(DAYS, st.sampled_from("abc")), max_size=12))
def test_however_values_are_placed_one_holds_on_each_day(placed: list[tuple[date, str]]) -> None:
    line = Timeline()

    for first, value in placed:
        line.place(first, None, value)

    for number in range(70):
        assert sum(span.covers(FIRST + timedelta(days=number)) for span in line.spans) <= 1
    assert {span.first for span in line.spans} <= {first for first, _ in placed}
