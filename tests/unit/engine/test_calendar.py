from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import WorkCalendar
from tests.unit.engine.feel.counting import calls_of

# Domain dossier 12.6; the holidays are test data.
DEADLINES: list[tuple[str, int, Literal[5, 6], list[str], str]] = [
    ("2026-02-02", 14, 5, [], "2026-02-20"),
    ("2026-02-02", 14, 5, ["2026-02-16", "2026-02-17"], "2026-02-24"),
    ("2026-02-02", 14, 6, ["2026-02-16", "2026-02-17"], "2026-02-20"),
    ("2026-02-24", 7, 5, ["2026-02-16", "2026-02-17"], "2026-03-05"),
    ("2026-01-30", 30, 5, ["2026-02-16", "2026-02-17"], "2026-03-17"),
]
FIRST = date(2026, 1, 1)
days = st.integers(0, 250).map(lambda offset: FIRST + timedelta(days=offset))
weeks: st.SearchStrategy[Literal[5, 6]] = st.sampled_from([5, 6])
calendars = st.builds(WorkCalendar, st.just("test"), st.frozensets(days, max_size=60), weeks)


@pytest.mark.parametrize(("start", "count", "week", "holidays", "deadline"), DEADLINES)
def test_a_deadline_in_working_days_counts_from_the_day_after(
    start: str, count: int, week: Literal[5, 6], holidays: list[str], deadline: str
) -> None:
    calendar = WorkCalendar("2026", frozenset(map(date.fromisoformat, holidays)), week)

    found = calendar.add_working_days(date.fromisoformat(start), count)

    assert found == date.fromisoformat(deadline)
    assert calendar.working_days_between(date.fromisoformat(start), found) == count


@given(calendar=calendars, start=days, count=st.integers(-80, 80))
def test_adding_agrees_with_walking_day_by_day(calendar: WorkCalendar, start: date, count: int) -> None:
    day, left = start, abs(count)
    while left:
        day += timedelta(days=1 if count > 0 else -1)
        left -= calendar.is_working_day(day)

    assert calendar.add_working_days(start, count) == day
    assert calendar.working_days_between(start, day) == count


@given(calendar=calendars, start=days, end=days)
def test_between_counts_the_working_days_after_the_start_up_to_the_end(
    calendar: WorkCalendar, start: date, end: date
) -> None:
    first, last = min(start, end), max(start, end)
    after = [first + timedelta(days=step) for step in range(1, (last - first).days + 1)]

    assert calendar.working_days_between(first, last) == sum(map(calendar.is_working_day, after))


def test_saturday_works_in_a_six_day_week_only() -> None:
    saturday, sunday = date(2026, 2, 7), date(2026, 2, 8)
    five, six = WorkCalendar("5", frozenset(), 5), WorkCalendar("6", frozenset(), 6)

    assert (five.is_working_day(saturday), six.is_working_day(saturday)) == (False, True)
    assert (five.is_working_day(sunday), six.is_working_day(sunday)) == (False, False)


def test_a_holiday_on_a_day_nobody_works_takes_nothing_away() -> None:
    calendar = WorkCalendar("2026", frozenset({date(2026, 2, 7), date(2026, 2, 8)}), 5)

    assert calendar.add_working_days(date(2026, 2, 6), 1) == date(2026, 2, 9)


def test_zero_days_is_the_start_itself() -> None:
    sunday = date(2026, 2, 8)

    assert WorkCalendar("2026", frozenset(), 5).add_working_days(sunday, 0) == sunday


def test_long_spans_are_counted_without_walking_through_their_days() -> None:
    calendar = WorkCalendar("centuries", frozenset(date(year, 8, 17) for year in range(1, 9999)), 5)
    found: list[date] = []

    calls = calls_of(lambda: found.append(calendar.add_working_days(date(1, 1, 1), 2_000_000)))

    assert calendar.working_days_between(date(1, 1, 1), found[0]) == 2_000_000
    assert calls < 20_000


@pytest.mark.parametrize("count", [4_000_000, -4_000_000, 10**30])
def test_a_deadline_outside_the_calendar_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        WorkCalendar("2026", frozenset(), 5).add_working_days(FIRST, count)


def test_another_week_is_refused() -> None:
    with pytest.raises(ValueError, match="5 or 6 days"):
        WorkCalendar("2026", frozenset(), 7)  # type: ignore[arg-type]  # what a caller without types may do
