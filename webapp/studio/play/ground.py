"""What a design is played on: its files as a release that runs in memory, and its scenarios."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from engine.bpmn.check import Catalogue
from engine.bpmn.release import Release, compile_release, digest_of, pack_files
from engine.errors import DiagramRefused, Problem
from engine.records.packing import unpack
from engine.scenarios import Complete, Scenario, ScenarioRefused, read_file, scenario_names

_KEPT: Final = 8
#: Somebody waits for the page: when it was computed for so many seconds nothing more is played, until it is asked for.
SECONDS: Final = 4.0


@dataclass(frozen=True)
class Ground:
    """The files of a design, ready to be played.

    :param release: None while something in them keeps them from running; `problems` say what.
    :param scenarios: by the names of their files, those that can be read.
    :param unreadable: why others cannot be read, by the names of their files.
    :param contents: the files of the scenarios.
    :param mark: names everything but the scenarios.
    """

    release: Release | None
    problems: tuple[Problem, ...]
    scenarios: Mapping[str, Scenario]
    unreadable: Mapping[str, Problem]
    contents: Mapping[str, bytes]
    mark: str

    def service_answers(self, service: str) -> list[object]:
        """Return what the scenarios have a service answer, each answer once."""
        found = {repr(value): value for one in self.scenarios.values() for value in one.services.get(service, ())}
        return list(found.values())

    def task_answers(self, element: str) -> list[Mapping[str, object]]:
        """Return what is answered to a task where the scenarios play it."""
        steps = (step for one in self.scenarios.values() for step in one.steps if isinstance(step, Complete))
        return [step.answers for step in steps if step.element == element and step.answers]


def ground_of(files: Mapping[str, bytes], catalogue: Catalogue) -> Ground:
    """Return the ground of some files; of the same files it is made once."""
    return _made(pack_files(dict(sorted(files.items()))), catalogue)


@lru_cache(_KEPT)
def _made(content: bytes, catalogue: Catalogue) -> Ground:
    files = cast("dict[str, bytes]", unpack(content))
    scenarios: dict[str, Scenario] = {}
    unreadable: dict[str, Problem] = {}
    contents = {name: files[name] for name in scenario_names(files)}
    mark = digest_of({name: content for name, content in files.items() if name not in contents})
    for name in contents:
        try:
            scenarios[name] = read_file(files[name])
        except ScenarioRefused as refused:
            unreadable[name] = refused.problem
    try:
        return Ground(compile_release(files, catalogue), (), scenarios, unreadable, contents, mark)
    except DiagramRefused as refused:
        problems = tuple(found for found in refused.problems if found.severity == "error")
        return Ground(None, problems, scenarios, unreadable, contents, mark)
