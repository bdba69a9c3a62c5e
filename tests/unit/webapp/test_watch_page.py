"""What the page of a watched process tells of steps that few people do."""

from collections import Counter
from datetime import UTC, date

import pytest

from engine.bpmn.release import compile_release
from engine.calendar import WorkCalendar
from engine.mining.figures import Figures
from engine.mining.office import OfficeTime
from engine.queries.mining import ElementTotals, Watch
from tests.unit.engine.designs.breaking import catalogue_of, files_of
from webapp.studio.watching.page import Line, Measure, watch_page
from webapp.studio.watching.reading import Watched

FILES = files_of("unit_award")
RELEASE = compile_release(FILES, catalogue_of(FILES))
OFFICE = OfficeTime(WorkCalendar("test", frozenset(), 5), UTC)
MANY = frozenset(range(5))


def totals(doers: frozenset[int], standing: int = 0) -> ElementTotals:
    """Return what is known of a place where many people's cases were for an hour."""
    figures = Figures(left_count=40, working_minutes=2400, working=Counter({60: 40}), people=MANY, doers=doers)
    return ElementTotals(figures, Counter({date(2026, 1, 5): standing}))


def lines(held: frozenset[int] = frozenset(), **elements: ElementTotals) -> dict[str, Line]:
    """Return the lines of the page by element."""
    watch = Watch(elements, (), (), None)
    watched = Watched("unit_award", watch, RELEASE, 1, OFFICE, date(2026, 1, 12), holders={"decide": held})
    return {line.id: line for line in watch_page(watched, Measure.MEDIAN).lines}


@pytest.mark.parametrize(
    ("doers", "is_hidden"), [(frozenset({1}), True), (frozenset({1, 2, 3, 4}), True), (MANY, False)]
)
def test_how_long_cases_lie_at_a_step_is_told_only_where_many_do_it(doers: frozenset[int], is_hidden: bool) -> None:
    found = lines(decide=totals(doers), issue_decree=totals(MANY), find_authority=totals(frozenset()))

    assert found["decide"].is_hidden is is_hidden
    assert (found["decide"].median == found["decide"].share == "–") is is_hidden
    assert (found["decide"].text == "") is is_hidden
    assert found["decide"].count == "40"


def test_beside_a_single_hidden_step_another_one_is_hidden_and_none_if_all_are_done_by_many() -> None:
    one, none = (lines(decide=totals(doers), issue_decree=totals(MANY)) for doers in (frozenset({1}), MANY))

    assert [line.is_hidden for line in one.values()] == [True, True]
    assert [line.is_hidden for line in none.values()] == [False, False]


def test_since_when_cases_stand_is_told_where_many_have_them_or_had_such_ones() -> None:
    single = lines(frozenset({1}), decide=totals(frozenset({2}), 30))
    held = lines(MANY, decide=totals(frozenset(), 30))
    done = lines(decide=totals(MANY, 30))

    assert [found["decide"].is_few for found in (single, held, done)] == [True, False, False]
    assert held["decide"].oldest
