"""Moves between random releases: what is carried over goes on as if it had begun there, and nothing else is moved."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.migrate import Moved, Verdict, move_case
from engine.bpmn.model import Flow, Kind, Trigger
from engine.bpmn.notes import DUE
from engine.bpmn.plan import Plan
from engine.bpmn.release import Release, check_release
from engine.bpmn.run import CaseRun
from engine.bpmn.state import decode_state
from engine.bpmn.waiting import Waiting, waiting_tokens
from tests.unit.engine.bpmn.enclosing import redrawn
from tests.unit.engine.bpmn.relocation import release_of
from tests.unit.engine.bpmn.story import Around
from tests.unit.engine.diagrams import flow, gateway, path, user
from tests.unit.engine.random_diagrams import random_release
from tests.unit.engine.random_happenings import eventful_release

MOST_STEPS = 60
_REFERENCES = re.compile(r'(\bid|Ref|default)="([^"]*)"')


@dataclass
class Walker:
    """One case on its way, stored and loaded at every step.

    :param by_name: what happens does not depend on the order in which it came to wait.
    """

    release: Release
    random: Random
    around: Around = field(default_factory=lambda: Around(services={"risky": 1}))
    by_name: bool = False
    state: bytes | None = None
    incidents: int = 0

    def __post_init__(self) -> None:
        """Begin the case."""
        self._take(CaseRun(self.release, self.around, None, {"x": 1}))

    def _take(self, run: CaseRun) -> None:
        outcome = run.outcome()
        self.state = outcome.state
        self.incidents += len(outcome.incidents)

    @property
    def waiting(self) -> Waiting:
        """What the case waits for."""
        return waiting_tokens(decode_state(self.state).tokens if self.state is not None else ())

    def step(self) -> None:
        """Let anything happen for which the case waits."""
        run, waits = CaseRun(self.release, self.around, self.state), self.waiting
        ways: list[tuple[Callable[..., object], int]] = [(run.complete, token) for token in waits.tasks]
        ways += [(run.wake, token) for token in (*waits.timers, *waits.subscriptions)]
        ways += [(run.retry, token) for token in waits.incidents if token not in waits.tasks]
        if self.by_name:
            at = {token.number: token.element for token in decode_state(self.state or b"").tokens}
            ways.sort(key=lambda way: at[way[1]])
        act, token = self.random.choice(ways)
        number = self.random.randint(0, 5)
        self.around.now += timedelta(hours=number)
        act(token, *([] if act == run.retry else [{"n": number}]))
        self._take(run)

    def move(self, plan: Plan) -> Moved:
        """Move the case; if it can be moved it goes on there."""
        assert self.state is not None
        moved = move_case(plan, self.state, self.around)
        if moved.verdict is not Verdict.STUCK:
            self.release = plan.pair.new
        if moved.outcome is not None:
            self.state = moved.outcome.state
            assert moved.waiting == self.waiting
        return moved


def renamed(release: Release) -> tuple[Release, dict[str, tuple[str, ...]]]:
    """Return the same diagram with other ids, and what stands for what."""
    names = {name: f"{name}_2" for name in (*release.outline.elements, *release.outline.flows)}
    diagram = release.diagram.decode()
    text = _REFERENCES.sub(lambda found: f'{found[1]}="{names.get(found[2], found[2])}"', diagram)
    return release_of(text), {name: (names[name],) for name in release.outline.elements}


def walks(seeds: range) -> Iterator[tuple[int, Random, Release]]:
    for seed in seeds:
        yield seed, Random(seed), random_release(Random(seed))


def eventful_walks(seeds: range) -> Iterator[tuple[int, Random, Release]]:
    """Yield walks over diagrams of both kinds: in the second more happens, and things fail."""
    yield from walks(seeds)
    for seed in seeds:
        yield seed, Random(seed), eventful_release(Random(seed))


def test_a_move_to_the_same_diagram_changes_nothing() -> None:
    for seed, random, release in eventful_walks(range(20)):
        plan = Plan(release, release_of(release.diagram.decode() + " "), {})
        walker = Walker(release, random)
        for _ in range(MOST_STEPS):
            if walker.state is None:
                break
            before = walker.state
            assert walker.move(plan).verdict is Verdict.SAME, seed
            assert walker.state == before
            walker.release = release
            walker.step()


def test_a_case_that_was_moved_is_the_one_that_would_have_begun_in_the_new_release() -> None:
    for seed, random, release in eventful_walks(range(20)):
        new, pairs = renamed(release)
        turn = random.randint(0, 8)
        moving, begun = Walker(release, Random(seed)), Walker(new, Random(seed))
        for step in range(MOST_STEPS):
            if moving.state is None or begun.state is None:
                break
            if step == turn:
                assert moving.move(Plan(release, new, pairs)).verdict is Verdict.MAPPED, seed
            if step >= turn:
                assert decode_state(moving.state or b"") == decode_state(begun.state), seed
            moving.step()
            begun.step()
        assert (moving.state is None) == (begun.state is None), seed


def is_refused(diagram: bytes) -> bool:
    """Say whether nobody can deploy a diagram; a warning stops nobody."""
    found = check_release({"test.bpmn": diagram}, Catalogue(forms=frozenset({"any"})))
    return any(item.severity == "error" for item in found)


def surface(walker: Walker) -> list[object]:
    """Return what people and clocks see of a case: who waits where, until when, and the variables."""
    if walker.state is None:
        return []
    state, waits = decode_state(walker.state), walker.waiting
    tokens = {token.number: token for token in state.tokens}
    listed = [*waits.tasks, *waits.timers, *waits.subscriptions, *waits.incidents]
    return [state.variables, sorted((tokens[number].element, str(tokens[number].notes.get(DUE))) for number in listed)]


def redraw(seeds: range) -> Counter[str]:
    """Move cases to diagrams with other sub-processes and back, at every step; they go on as those that stay."""
    found: Counter[str] = Counter()
    for seed, random, release in eventful_walks(seeds):
        new = redrawn(release, random)
        if is_refused(new.diagram):
            continue  # somebody throws what was inside a sub-process that is gone
        staying, going = (Walker(release, Random(seed), by_name=True) for _ in range(2))
        plans = {id(release): Plan(release, new, {}), id(new): Plan(new, release, {})}
        for step in range(MOST_STEPS):
            if staying.state is None:
                break
            moved = going.move(plans[id(going.release)])
            found.update({moved.verdict, *(reason.code for reason in (*moved.reasons, *moved.remarks))})
            assert surface(staying) == surface(going), (seed, step)
            staying.step()
            going.step()
    return found


def test_sub_processes_around_steps_change_nothing_for_whoever_works() -> None:
    found = redraw(range(30))

    assert found["migration.put_around"] > 20
    assert found["migration.taken_away"] > 20


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_sub_processes_around_steps_change_nothing_in_many_diagrams() -> None:
    assert redraw(range(2000, 3000))["migration.put_around"] > 200


def revised(release: Release, random: Random) -> Release | None:
    """Return the diagram with a few changes that leave it sound: steps put in, beside others, and limits taken away.

    Sometimes sub-processes are put around steps as well, or taken away. None if nobody can deploy what comes out.
    """
    diagram, outline = release.diagram.decode(), release.outline
    for number in range(random.randint(1, 4)):
        element = random.choice(list(outline.elements.values()))
        if element.kind is Kind.BOUNDARY and element.trigger is Trigger.TIMER:
            flows = "|".join(re.escape(f'id="{flow}"') for flow in element.outgoing)
            diagram = re.sub(rf'<bpmn:boundaryEvent id="{element.id}".*?</bpmn:boundaryEvent>', "", diagram)
            diagram = re.sub(rf"<bpmn:sequenceFlow (?:{flows}).*?</bpmn:sequenceFlow>", "", diagram)
        elif element.is_human and element.outgoing and not element.is_handler:
            put_in = behind if random.random() < 0.5 else beside
            diagram = put_in(diagram, outline.flows[element.outgoing[0]], f"more{number}")
    if is_refused(diagram.encode()):
        return None
    other = release_of(diagram)
    return redrawn(other, random) if random.random() < 0.4 else other


def behind(diagram: str, way: Flow, name: str) -> str:
    """Put a task into a flow."""
    return _led_to(diagram, way, name, user(name, "9") + flow(name, way.target))


def beside(diagram: str, way: Flow, name: str) -> str:
    """Let a task be done beside another one, the source of a flow."""
    split, join = f"{name}_split", f"{name}_join"
    diagram = diagram.replace(f'targetRef="{way.source}"', f'targetRef="{split}"')
    parts = gateway("parallel", split) + gateway("parallel", join) + user(name, "9")
    return _led_to(
        diagram, way, join, parts + path(split, way.source) + path(split, name, join) + flow(join, way.target)
    )


def _led_to(diagram: str, way: Flow, target: str, parts: str) -> str:
    """Lead a flow to another element, and write more beside it, in the same place."""
    head = f'<bpmn:sequenceFlow id="{way.id}" sourceRef="{way.source}"'
    return diagram.replace(f'{head} targetRef="{way.target}"', f'{parts}{head} targetRef="{target}"', 1)


def move_between(seeds: range) -> Counter[str]:
    """Move cases to a diagram that was changed; what is moved must come to its end."""
    found: Counter[str] = Counter()
    for seed, random, release in walks(seeds):
        other, walker = revised(release, random), Walker(release, random)
        for _ in range(random.randint(0, 6)):
            if walker.state is not None:
                walker.step()
        if walker.state is None or other is None or is_refused(other.diagram):
            continue  # it has ended, or the change made a diagram that nobody can deploy
        moved = walker.move(Plan(release, other, {}))
        found[moved.verdict] += 1
        found.update(reason.code for reason in moved.reasons)
        if moved.verdict is not Verdict.STUCK:
            _walk_on(walker, f"{seed}: {moved.remarks}")
    return found


def _walk_on(walker: Walker, note: str) -> None:
    for _ in range(MOST_STEPS * 2):
        if walker.state is None:
            return
        walker.step()
        assert walker.incidents == 0, note


def test_nothing_is_moved_that_could_not_go_on() -> None:
    found = move_between(range(80))

    assert found[Verdict.SAME] > 10
    assert found["migration.impossible"] > 0


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nothing_is_moved_that_could_not_go_on_between_many_diagrams() -> None:
    assert sum(move_between(range(1000, 2500)).values()) > 900
