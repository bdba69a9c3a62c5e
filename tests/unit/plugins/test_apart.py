"""A city that is asked in a process of its own answers as it does here, and takes nobody along when it fails."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from plugins import apart
from plugins.apart import MOST_FAILURES, REST_SECONDS, CityProcess, NoAnswer
from plugins.api import Period, PositionFacts, PositionLevel, ScoreRequest, UnitKind
from plugins.manager import Cities, CityPlugin
from plugins.samples import stored_values
from processes.people.city import CityFailed
from tests.faults import bad_city
from tests.faults.bad_city import MISDEEDS, loop

HASTE, PATIENCE = 0.5, 240.0  # seconds; PATIENCE is taken only by what is broken
PERIOD = Period.quarter(2026, 3)
POSITION = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.OTHER)


def answers(city: CityPlugin) -> list[object]:
    """Return what a city says of everything it can be asked."""
    indicators = city.indicators(POSITION, PERIOD)
    said: list[object] = [indicators, city.check_plan(POSITION, PERIOD, indicators), dict(city.parameters(PERIOD.end))]
    return [*said, *stored_values(city)]


@pytest.fixture(autouse=True)
def slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process may take its time to begin."""
    monkeypatch.setattr(apart, "START_SECONDS", PATIENCE)


@pytest.mark.parametrize("code", Cities.installed().codes)
def test_every_city_answers_in_its_process_as_it_does_here(code: str) -> None:
    here, there = (Cities.installed(only=(code,)) for _ in range(2))
    there.keep_apart()
    process = there.city(code)._process
    assert process is not None
    process._limit = PATIENCE

    try:
        assert answers(there.city(code)) == answers(here.city(code))
    finally:
        there.close()


class Time:
    """Seconds that tests move."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def request(misdeed: int) -> ScoreRequest:
    return ScoreRequest(position=POSITION, period=PERIOD, measured={"N1": {"value": Decimal(misdeed)}})


@pytest.fixture(scope="module")
def process() -> Iterator[CityProcess]:
    """The process of the bad city."""
    started = CityProcess("kupang", "tests.faults.bad_city", answer_seconds=PATIENCE)
    yield started
    started.close()


@pytest.fixture(scope="module")
def bad(process: CityProcess) -> CityPlugin:
    """The bad city, asked in its process."""
    plugin = CityPlugin("kupang", bad_city)
    plugin.keep_apart(process)
    return plugin


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_whatever_a_citys_rules_do_they_fail_alone_and_the_next_question_is_answered(
    bad: CityPlugin, process: CityProcess, monkeypatch: pytest.MonkeyPatch, misdeed: int
) -> None:
    with monkeypatch.context() as hasty, pytest.raises(CityFailed):
        hasty.setattr(process, "_limit", HASTE if MISDEEDS[misdeed] is loop else PATIENCE)
        bad.score(request(misdeed))

    assert bad.score(request(0)).value is not None


def test_a_city_that_goes_on_failing_is_left_alone_for_a_while() -> None:
    time = Time()
    process = CityProcess("kupang", "tests.faults.nothing", monotonic=time)

    rested = []
    for _ in range(MOST_FAILURES):
        rested.append(process.rests)
        with pytest.raises(NoAnswer, match="ModuleNotFoundError"):
            process.ask("asn_score", {})

    rested.append(process.rests)
    with pytest.raises(NoAnswer, match="left alone"):
        process.ask("asn_score", {})
    time.now += REST_SECONDS
    assert [*rested, process.rests] == [False] * MOST_FAILURES + [True, False]
    process.close()
