"""Cycles that begin at an instant, and those that ask an expression for the next time, in working days too."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn.cycles import ENDLESS, Cycle, read_cycle
from tests.unit.engine.bpmn.shapes import boundary, end, text, user
from tests.unit.engine.bpmn.story import Story
from tests.unit.engine.diagrams import path
from tests.unit.engine.diagrams import start as begin

JAKARTA = ZoneInfo("Asia/Jakarta")


def reminded(cycle: str, **variables: Any) -> Story:
    """A task at which a cycle reminds; it begins on Monday the 5th of October 2026 at 9 in Jakarta."""
    often = boundary("often", "ask", "timer", said=cycle, interrupting=False) + user("note") + path("often", "note")
    return Story(text(begin(), user("ask"), often, end(), path("begin", "ask", "done")), **variables)


def days_of(story: Story, times: int) -> list[str]:
    """Let the cycle come so often, each time when it is due; return when, by the clocks of Jakarta."""
    found = []
    for _ in range(times):
        story.around.now += story.due_after("often")
        found.append(f"{story.around.now.astimezone(JAKARTA):%a %d %H:%M}")
        story.fire("often")
    return found


def test_a_cycle_in_working_days_comes_when_each_of_them_is_over() -> None:
    story = reminded("R/working days after(today(), 1)")

    # Midnight: each working day from Tuesday has come when it is over, and no weekend ever does.
    assert days_of(story, 5) == ["Wed 07 00:00", "Thu 08 00:00", "Fri 09 00:00", "Sat 10 00:00", "Tue 13 00:00"]


def test_a_cycle_in_working_days_may_name_the_hour() -> None:
    story = reminded('R4/date and time(working days after(today(), 2), time("08:00:00"))')

    assert days_of(story, 4) == ["Wed 07 08:00", "Fri 09 08:00", "Tue 13 08:00", "Thu 15 08:00"]
    assert story.awaited == []


def test_a_cycle_begins_at_its_start() -> None:
    story = reminded("R3/2026-10-06T08:00:00+07:00/P1D")

    assert days_of(story, 3) == ["Tue 06 08:00", "Wed 07 08:00", "Thu 08 08:00"]
    assert story.awaited == []


def test_a_start_that_has_passed_gives_the_rhythm() -> None:
    assert days_of(reminded("R2/2026-10-01T08:00:00+07:00/P1D"), 2) == ["Tue 06 08:00", "Wed 07 08:00"]


def test_a_cycle_asks_the_variables_of_the_case_each_time() -> None:
    story = reminded('R/if often then duration("PT1H") else duration("P1D")', often=True)
    assert story.due_after("often") == timedelta(hours=1)

    story.change(often=False)
    story.around.now += timedelta(hours=1)
    story.fire("often")

    assert story.due_after("often") == timedelta(days=1)


@pytest.mark.parametrize("days", [30, 4_000])
def test_working_days_that_nobody_was_there_for_are_not_made_up_for(days: int) -> None:
    story = reminded("R/working days after(today(), 1)")

    story.around.now += timedelta(days=days)
    story.fire("often")

    assert timedelta(0) < story.due_after("often") <= timedelta(days=4)


def test_a_cycle_that_gives_no_later_time_is_an_incident() -> None:
    story = reminded('R/date("2026-10-06")')

    assert days_of(story, 1) == ["Wed 07 00:00"]
    assert story.failed == ["often"]


@pytest.mark.parametrize(
    ("said", "cycle"),
    [
        ("R3/P1D", Cycle(3, timedelta(days=1))),
        ("R/PT8H", Cycle(ENDLESS, timedelta(hours=8))),
        ("R2/2026-10-05T01:00:00Z/P1W", Cycle(2, timedelta(days=7), datetime(2026, 10, 5, 1, tzinfo=UTC))),
        ("R/a / b", Cycle(ENDLESS, says="a / b")),
        ("R0/P1D", None),
        ("P1D", None),
        ("R3/2026-10-05T08:00:00/P1D", None),
    ],
)
def test_how_a_cycle_is_written(said: str, cycle: Cycle | None) -> None:
    assert read_cycle(said) == cycle
