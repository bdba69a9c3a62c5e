"""Plays a scenario: the real diagram, its real tables and expressions, in memory; services answer what it says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from engine.bpmn.notes import INCIDENT
from engine.bpmn.release import Release
from engine.errors import Problem
from engine.scenarios.case import ScenarioCase
from engine.scenarios.coverage import Walk
from engine.scenarios.patience import LONGEST_SECONDS, never, time_limit
from engine.scenarios.script import Expectation, Scenario
from engine.scenarios.writing import json_text


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a scenario.

    :param problems: where it is not as the scenario says; none if it is.
    """

    problems: tuple[Problem, ...]
    walk: Walk


def play(
    release: Release, scenario: Scenario, is_over: Callable[[], bool] = never, seconds: float = LONGEST_SECONDS
) -> Played:
    """Play a scenario and say what is not as it expects, and what of the diagram it has walked.

    Time begins where the scenario says, days are counted from Monday to Friday without the holidays that it names. A
    play that takes too long is stopped, which is a problem of it; others are played all the same.

    :param is_over: says whether the time for playing is over.
    :param seconds: what this play alone may compute.
    """
    case = ScenarioCase(release, scenario, is_over, is_late=time_limit(seconds))
    problems = case.run() or tuple(_differences(case, scenario.expect))
    return Played(problems, case.walk)


def _differences(case: ScenarioCase, expected: Expectation) -> Iterator[Problem]:
    """Yield what is not as expected."""
    if case.incidents() != list(expected.failed):
        reasons = _reasons(case)
        found = _differs("failed", list(expected.failed), [f"{element}: {text}" for element, text in reasons])
        yield replace(found, params={"failed": reasons})
    if expected.ended is not None and expected.ended != (case.state is None):
        yield _differs("ended", expected.ended, case.waiting() if case.state else True)
    if expected.at is not None and list(expected.at) != case.waiting():
        yield _differs("at", list(expected.at), case.waiting())
    names = [message.message for message in case.sent]
    if expected.sent is not None and list(expected.sent) != names:
        yield _differs("sent", list(expected.sent), names)
    for name, value in expected.variables.items():
        if name not in case.variables or case.variables[name] != value:
            yield _differs(f"variables.{name}", value, case.variables.get(name))


def _reasons(case: ScenarioCase) -> tuple[tuple[str, str], ...]:
    """Return which elements failed, and what was said of each."""
    failed = (token for token in case.tokens if INCIDENT in token.notes)
    return tuple((token.element, case.failed.get(token.number, "")) for token in failed)


def _differs(what: str, expected: object, found: object) -> Problem:
    said, is_so = json_text(expected), json_text(found)
    id_text, en_text = f"menurut skenario {said}, ternyata {is_so}.", f"the scenario says {said}, but it is {is_so}."
    return Problem(what, "differs", {"id": id_text, "en": en_text})
