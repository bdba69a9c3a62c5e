"""Plays the scenarios of the shipped processes, and tells what happened in them as the log of cases does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.bpmn.outcome import Outcome
from engine.bpmn.release import Release, compile_release
from engine.mining.events import events_of
from engine.mining.logs import LoggedCase
from engine.mining.moments import Moment
from engine.scenarios import Scenario
from engine.scenarios.case import ScenarioCase
from engine.scenarios.files import read_file
from webapp.wiring import collect_parts

PROCESSES = Path(__file__).parents[2] / "processes"
DIAGRAMS = sorted(PROCESSES.glob("*/*.bpmn"))


class _Recorded(ScenarioCase):
    """Keeps what each step would leave in the journal."""

    def __init__(self, release: Release, scenario: Scenario) -> None:
        super().__init__(release, scenario)
        self.moments: list[Moment] = []

    def _note(self, outcome: Outcome, calls: Any) -> None:
        super()._note(outcome, calls)
        content = {
            "kind": "complete",
            "passed": list(outcome.passed),
            "opened": [[item.token, item.element, item.assignee, item.candidate] for item in outcome.tasks],
            "closed": list(outcome.closed.tasks),
            "incidents": [item.element for item in outcome.incidents],
        }
        number = len(self.moments) + 1
        self.moments.append(Moment(number, self.world.now, None, content, 1, self.release.outline))


def shipped(diagram: Path) -> Release:
    """Return a shipped process with its tables and forms."""
    folder = diagram.parent
    beside = [*folder.glob("*.dmn"), *folder.glob("forms/*.json")]
    files = {diagram.name: diagram.read_bytes()}
    files |= {path.relative_to(folder).as_posix(): path.read_bytes() for path in beside}
    return compile_release(files, collect_parts().catalogue)


def played_cases(diagram: Path, release: Release) -> Iterator[LoggedCase]:
    """Yield the cases of all scenarios of a shipped process."""
    for number, path in enumerate(sorted(diagram.parent.glob("scenarios/*.json")), 1):
        scenario = read_file(path.read_bytes())
        if scenario.process == diagram.stem:
            yield played(number, release, scenario)


def played(number: int, release: Release, scenario: Scenario) -> LoggedCase:
    """Return what a log says of the case of a scenario.

    :param number: of the case.
    """
    case = _Recorded(release, scenario)
    assert case.run() == ()
    first, last = case.moments[0].at, case.moments[-1].at
    status, ended = ("finished", last) if case.state is None else ("running", None)
    return LoggedCase(number, 1, 1, first, ended, status, tuple(events_of(case.moments)))
