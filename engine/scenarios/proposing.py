"""Proposes scenarios for what no scenario walks yet: tries what may happen next, nearest to what is missing first."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final

from engine.bpmn.model import Outline
from engine.bpmn.release import Release
from engine.scenarios.beginning import guessed_scenario
from engine.scenarios.case import Impossible, ScenarioCase
from engine.scenarios.coverage import Walk
from engine.scenarios.nearness import distances, missing_places
from engine.scenarios.options import Option, Options, Seen
from engine.scenarios.patience import GivenUp, never
from engine.scenarios.script import Complete, Expectation, Pass, Scenario
from engine.scenarios.standing import Standing, standing_of, with_expectation
from engine.scenarios.writing import json_text

#: What is tried for one set of proposals, each some milliseconds.
BUDGET: Final = 1500
_LONGEST: Final = 60
_FAR: Final = 10_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """A scenario that nobody has written yet, with what it expects, and what it walks as the first."""

    scenario: Scenario
    nodes: tuple[str, ...]
    flows: tuple[str, ...]
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Branch:
    """A case that may go on, and the scenario that leads there."""

    case: ScenarioCase
    scenario: Scenario
    standing: Standing


def propose(
    release: Release,
    scenarios: Sequence[Scenario],
    begins: datetime,
    budget: int = BUDGET,
    is_over: Callable[[], bool] = never,
    *,
    holidays: Sequence[date] = (),
) -> list[Proposal]:
    """Return scenarios that walk what the given ones leave out, each with something that those before it leave out.

    :param begins: the instant at which a case begins where there is no scenario to begin from.
    :param budget: how much is tried; what is not found by then is not found.
    :param is_over: says whether the time for trying is over; nor is anything found after that.
    :param holidays: of a case for which there is no scenario to begin from.
    """
    search = _Search(release, scenarios, budget, is_over)
    search.follow(scenarios)
    if not scenarios:
        guessed = guessed_scenario(release, begins, search.options.compared)
        search.begin(replace(guessed, holidays=holidays))
    return search.look_around()


class _Search:
    """What has been walked so far, and the branches from which more may be."""

    def __init__(
        self, release: Release, scenarios: Iterable[Scenario], budget: int, is_over: Callable[[], bool]
    ) -> None:
        self.release, self.left, self.is_over = release, budget, is_over
        self.scenarios = list(scenarios)
        self.options = Options(release, Seen.of(self.scenarios))
        self.covered = Walk()
        self.queue: list[tuple[int, int, int, _Branch, Iterator[Option]]] = []
        self.known: set[str] = set()
        self.found: list[Proposal] = []
        self._numbers = count()
        self._near: Mapping[str, int] = {}

    def follow(self, scenarios: Sequence[Scenario]) -> None:
        """Walk known ways again, and keep every place on them as one from which to turn off."""
        for scenario in scenarios:
            case = ScenarioCase(self.release, scenario, self.is_over)
            case.run()
            self.covered.add(case.walk)
        self._measure()
        for scenario in scenarios:
            for branch in self._along(scenario):
                self._push(branch)
        for scenario in _other_starts(self.release.outline, scenarios, self.options):
            self._take_up(scenario)

    def begin(self, scenario: Scenario) -> None:
        """Take up a beginning of which nothing is known."""
        self._measure()
        branch = self._begun(scenario)
        if branch is not None:
            self._push(branch)
            self._gain(self._finished(branch))
            for other in _other_starts(self.release.outline, [scenario], self.options):
                self._take_up(other)

    def _take_up(self, scenario: Scenario) -> None:
        branch = self._begun(scenario)
        if branch is not None:
            self._gain(branch)
            self._push(branch)

    def look_around(self) -> list[Proposal]:
        """Turn off from what is known until nothing is missing, or enough was tried."""
        while self.queue and self.left > 0 and self._near and not self.is_over():
            _rank, _depth, _number, branch, options = heappop(self.queue)
            option = next(options, None)
            if option is None:
                continue
            self._push(branch, options)
            self._try(branch, option)
        return self.found

    def _try(self, branch: _Branch, option: Option) -> None:
        child = self._after(branch, option)
        if child is None:
            return
        self._push(child)
        if self._is_new(child.case.walk):
            self._gain(self._finished(child))

    def _along(self, scenario: Scenario) -> Iterator[_Branch]:
        """Yield the places on the way of a scenario, before each step and before each answer of a service."""
        steps, answers = deque(scenario.steps), {name: deque(given) for name, given in scenario.services.items()}
        branch = self._begun(replace(scenario, steps=(), services={}, expect=Expectation()))
        while branch is not None and len(branch.scenario.steps) < _LONGEST:
            yield branch
            missing = branch.standing.unanswered
            if missing:
                branch = self._after(branch, _known_answer(missing[0], answers))
            elif steps:
                branch = self._after(branch, Option(steps.popleft()))
            else:
                return

    def _begun(self, scenario: Scenario) -> _Branch | None:
        self.left -= 1
        case = ScenarioCase(self.release, scenario, self.is_over, repeats=False)
        try:
            case.begin()
        except Impossible:
            return None
        return _Branch(case, scenario, standing_of(case))

    def _after(self, branch: _Branch, option: Option) -> _Branch | None:
        self.left -= 1
        scenario = option.added_to(branch.scenario)
        case = branch.case.fork(scenario)
        try:
            if option.step is not None:
                case.act(option.step, len(branch.scenario.steps))
            else:
                case.answer(option.token)
        except Impossible:
            return None
        return _Branch(case, scenario, standing_of(case))

    def _finished(self, branch: _Branch) -> _Branch:
        """Go on with a branch as far as it goes, preferably where nobody was yet."""
        for _ in range(_LONGEST):
            children = [child for option in self._few(branch) if (child := self._after(branch, option)) is not None]
            if branch.standing.has_ended or not children or self.left <= 0:
                return branch
            for child in children:
                self._push(child)
            branch = max(children, key=lambda child: (self._newness(child.case.walk), child.standing.has_ended))
        return branch

    def _few(self, branch: _Branch) -> list[Option]:
        """Return some of what may happen next: of each kind the first."""
        kinds: dict[tuple[str, type[Any]], Option] = {}
        for option in self.options.next(branch.standing):
            name = option.step.element if isinstance(option.step, Complete) else option.service
            kinds.setdefault((name, type(option.step)), option)
        is_asked = any(not isinstance(option.step, Pass) for option in kinds.values())
        return [option for option in kinds.values() if not (is_asked and isinstance(option.step, Pass))]

    def _push(self, branch: _Branch, options: Iterator[Option] | None = None) -> None:
        """Keep a place to turn off from, unless it is known, has ended or leads nowhere new."""
        distance = self._distance(branch.standing)
        if branch.standing.has_ended or distance >= _FAR or len(branch.scenario.steps) >= _LONGEST:
            return
        if options is None:
            places = sorted(point.element for point in branch.standing.points)
            mark = f"{places}{branch.standing.now}{json_text(branch.case.variables)}"
            if mark in self.known:
                return
            self.known.add(mark)
        options = self.options.next(branch.standing) if options is None else options
        heappush(self.queue, (distance, -len(branch.scenario.steps), next(self._numbers), branch, options))

    def _gain(self, branch: _Branch) -> None:
        """Keep what a branch adds as a proposal, if its scenario from the start adds it as well."""
        short = replace(branch.scenario, services=_short(branch.scenario.services))
        try:
            scenario = with_expectation(self.release, short, is_over=self.is_over)
        except GivenUp:
            return
        case = ScenarioCase(self.release, scenario, self.is_over)
        if case.run() or not self._is_new(case.walk):
            return
        nodes, flows, rules = _difference(case.walk, self.covered)
        named = replace(scenario, names=_names(self.release.outline, nodes, flows))
        self.found.append(Proposal(named, nodes, flows, rules))
        self.covered.add(case.walk)
        self._measure()

    def _is_new(self, walk: Walk) -> bool:
        return self._newness(walk) > 0

    def _newness(self, walk: Walk) -> int:
        return sum(map(len, _difference(walk, self.covered)))

    def _distance(self, standing: Standing) -> int:
        return min((self._near.get(point.element, _FAR) for point in standing.points), default=_FAR)

    def _measure(self) -> None:
        """Note how far it is from each element to what is missing."""
        self._near = distances(self.release.outline, missing_places(self.release, self.covered))


def _known_answer(point: Any, answers: Mapping[str, deque[Any]]) -> Option:
    given = answers.get(point.call.service, deque([None]))
    return Option(None, point.token, point.call.service, given.popleft() if len(given) > 1 else given[0])


def _other_starts(outline: Outline, scenarios: Sequence[Scenario], options: Options) -> Iterator[Scenario]:
    """Yield beginnings that no scenario has: other start events, other values."""
    if not scenarios:
        return
    first = replace(scenarios[0], steps=(), services={}, expect=Expectation())
    everything = {name: value for scenario in reversed(scenarios) for name, value in scenario.start.items()}
    begun = {scenario.start_event for scenario in scenarios}
    for start in outline.starts(outline.process):
        if start.trigger is not None and start.id not in begun:
            yield replace(first, start=everything, start_event=start.id)
    seen: set[str] = set()
    for scenario in scenarios:
        plain = replace(scenario, steps=(), services={}, expect=Expectation())
        for other in options.of_start(plain):
            mark = f"{other.start_event}{json_text(other.start)}"
            if mark not in seen:
                seen.add(mark)
                yield other


def _difference(walk: Walk, covered: Walk) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    nodes, flows = walk.nodes - covered.nodes, walk.flows - covered.flows
    return tuple(sorted(nodes)), tuple(sorted(flows)), tuple(sorted(walk.rules - covered.rules))


def _short(services: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """Leave out answers at the end that only repeat the one before: the last answer repeats anyway."""
    short: dict[str, Sequence[Any]] = {}
    for name, answers in services.items():
        kept = list(answers)
        while len(kept) > 1 and repr(kept[-1]) == repr(kept[-2]):
            kept.pop()
        short[name] = tuple(kept)
    return short


def _names(outline: Outline, nodes: Sequence[str], flows: Sequence[str]) -> dict[str, str]:
    """Return what happens in a proposal, by what is new in it."""
    names: list[Mapping[str, str]] = [
        outline.elements[name].names for name in nodes if outline.elements[name].names.get("id")
    ]
    ways = [outline.flows[name] for name in flows if name in outline.flows]
    names += [outline.elements[way.target].names for way in ways]
    said = next((one for one in names if one.get("id")), None)
    if said is None:
        return {"id": "Usulan: aturan yang belum diuji", "en": "Proposed: rules not tried yet"}
    return {"id": f"Usulan: lewat “{said['id']}”", "en": f"Proposed: by way of “{said.get('en', said['id'])}”"}
