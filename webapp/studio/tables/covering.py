"""Which rules of a design's tables its scenarios fire, and with which values they ask: played by the engine."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from engine.bpmn.check import Catalogue
from engine.bpmn.deciding import Decided
from engine.bpmn.release import Release, compile_release, digest_of
from engine.errors import DiagramRefused
from engine.scenarios import OUT_OF_TIME, Scenario, ScenarioRefused, read_file, scenario_names, time_limit
from engine.scenarios.case import ScenarioCase
from engine.scenarios.coverage import tables_of
from webapp.texts import language

_KEPT: Final = 4
_MOST_PLAYED: Final = 200  # a page that is opened plays no more
#: Somebody waits for the page: when it was computed for so many seconds nothing more is played.
_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Question:
    """A decision that a scenario has asked.

    :param fired: decision and rule, of all tables that were asked on the way.
    :param seen: the variables that it could read.
    """

    scenario: str
    decision: str
    fired: tuple[tuple[str, str], ...]
    seen: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the scenarios of a design ask of its tables.

    :param names: of the scenarios by their files, in the reader's language.
    :param counted: how many of them were played to their end.
    :param is_playable: whether the design is free of mistakes; else nothing was played.
    :param most: how many are played at most.
    """

    questions: tuple[Question, ...]
    names: Mapping[str, str]
    counted: int = 0
    is_playable: bool = True
    most: int = _MOST_PLAYED

    def fired_by(self, decision: str, rule: str) -> tuple[str, ...]:
        """Return the names of the scenarios in which a rule applies, each once."""
        files = dict.fromkeys(one.scenario for one in self.questions if (decision, rule) in one.fired)
        return tuple(self.names[file] for file in files)

    def values_for(self, decision: str) -> Mapping[str, Mapping[str, Any]]:
        """Return the variables with which scenarios first ask a decision, by the file of the scenario."""
        found: dict[str, Mapping[str, Any]] = {}
        for one in self.questions:
            if one.decision == decision:
                found.setdefault(one.scenario, one.seen)
        return found


def play_all(files: Mapping[str, bytes], catalogue: Catalogue) -> Asked:
    """Return what the scenarios of a design ask of its tables; nothing while the design cannot run."""
    digest = digest_of(files)
    found = _kept(_Files(digest, files, catalogue))
    names = _names(files)
    if found is None:
        return Asked((), names, is_playable=False)
    if found.unplayed:
        _kept.cache_clear()  # another time there may be time for all
    return Asked(found.questions, names, found.counted)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What scenarios asked, :param counted: how many were played to their end, :param unplayed: how many were not."""

    questions: tuple[Question, ...]
    counted: int
    unplayed: int


class _Files:
    """The files of a design under their digest, so that they need not be compared byte by byte."""

    def __init__(self, digest: str, files: Mapping[str, bytes], catalogue: Catalogue) -> None:
        self.digest, self.files, self.catalogue = digest, files, catalogue

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files) and other.digest == self.digest


@lru_cache(_KEPT)
def _kept(design: _Files) -> _Heard | None:
    """Return what the scenarios of a design ask; None if it cannot run. What was played last is kept."""
    try:
        release = compile_release(design.files, design.catalogue)
    except DiagramRefused:
        return None
    scenarios = ((name, _read(design.files[name])) for name in scenario_names(design.files)[:_MOST_PLAYED])
    found = {name: scenario for name, scenario in scenarios if scenario is not None}
    questions, unplayed = questions_in(release, found, time_limit(_SECONDS))
    return _Heard(questions, len(found) - unplayed, unplayed)


def questions_in(
    release: Release, scenarios: Mapping[str, Scenario], is_over: Callable[[], bool]
) -> tuple[tuple[Question, ...], int]:
    """Return what scenarios ask, and for how many there was no time.

    :param is_over: says whether the time for playing is over, so that what is left is not played.
    """
    tables = {id(table): name for name, table in tables_of(release).items()}
    questions: list[Question] = []
    unplayed = 0
    for name, scenario in scenarios.items():
        case = ScenarioCase(release, scenario, is_over)
        unplayed += any(problem.code == OUT_OF_TIME for problem in case.run())
        questions += _questions(case, name, tables)
    return tuple(questions), unplayed


def _questions(case: ScenarioCase, name: str, tables: Mapping[int, str]) -> Iterator[Question]:
    for move in case.moves:
        for decided in move.decided:
            yield Question(name, decided.decision, _fired(decided, tables), _seen(case.release, decided))


def _fired(decided: Decided, tables: Mapping[int, str]) -> tuple[tuple[str, str], ...]:
    traces = decided.answer.tables
    return tuple((tables.get(id(trace.table), decided.decision), rule) for trace in traces for rule in trace.fired)


def _seen(release: Release, decided: Decided) -> Mapping[str, Any]:
    """Return of the variables, nearest scope first, those that the decision reads."""
    needs = release.decisions[decided.decision].needs
    return {name: layer[name] for layer in reversed(decided.seen) for name in needs if name in layer}


def _names(files: Mapping[str, bytes]) -> Mapping[str, str]:
    found = ((name, _read(files[name])) for name in scenario_names(files))
    return {name: _name(name, scenario) for name, scenario in found}


def _name(file: str, scenario: Scenario | None) -> str:
    stem = file.rpartition("/")[2].removesuffix(".json")
    return (scenario.names.get(language()) or scenario.names.get("id") or stem) if scenario is not None else stem


def _read(content: bytes) -> Scenario | None:
    try:
        return read_file(content)
    except ScenarioRefused:
        return None
