"""The page of a case copes with every diagram that the check lets through: links, called processes, many choices."""

from datetime import UTC, datetime

from engine.bpmn.release import compile_release
from engine.casework import CaseSubject
from engine.queries.case import CaseView, HistoryStep, WaitingTask
from engine.records.case import CaseStatus
from tests.unit.engine.bpmn.drawings import CATALOGUE, call, event, inside, process, whole
from tests.unit.engine.diagrams import end, flow, gateway, path, start, user
from webapp.cases.counting import human_steps
from webapp.cases.page import _marks
from webapp.cases.reading import SeenCase
from webapp.cases.steps import text_steps
from webapp.cases.story import tell_story

NOW = datetime(2026, 10, 5, tzinfo=UTC)
LINKED = (
    *(start(), user("x", "1"), event("intermediateThrowEvent", "away", "link", _name="n")),
    *(event("intermediateCatchEvent", "back", "link", _name="n"), call("more", "other"), end()),
    path("begin", "x", "away") + path("back", "more", "done"),
)
OTHER = process("other", *inside("other", "z", user("z", "1")))


def seen(*parts: str, passed: tuple[str, ...], waits: str, beside: str = "") -> SeenCase:
    """A case that has passed some elements and waits at a task."""
    outline = compile_release({"a.bpmn": whole(*parts, beside=beside).encode()}, CATALOGUE).outline
    case = CaseSubject(1, "serang", "test", "1", 1, 1, "Judul", CaseStatus.OPEN, 1, None, "", 1)
    history = (HistoryStep(NOW, None, "start", None, passed),)
    return SeenCase(CaseView(case, outline, history, (WaitingTask(2, waits, 1, None, None),), ()), {}, False, False, 1)


def test_the_way_through_a_link_into_a_called_process_is_told() -> None:
    case = seen(*LINKED, passed=("begin", "x", "away", "back"), waits="z", beside=OTHER)

    names = [step.name for step in text_steps(case, str)]

    assert {"x", "z"} <= set(names)
    assert tell_story(case, str) and human_steps(case)[1] >= 1


def test_only_flows_that_are_drawn_are_marked_on_the_drawing() -> None:
    case = seen(*LINKED, passed=("begin", "x", "away", "back"), waits="z", beside=OTHER)

    assert _marks(case)["flows"] == ["begin-x", "x-away"]


def test_behind_sixty_choices_the_steps_are_counted_at_once() -> None:
    parts = [start(), user("x", "1"), end(), path("begin", "x", "g0"), path("g60", "done"), gateway("exclusive", "g60")]
    for n in range(60):
        parts += [gateway("exclusive", f"g{n}", default=f"g{n}-a{n}"), user(f"a{n}", "1"), user(f"b{n}", "1")]
        parts += [flow(f"g{n}", f"a{n}"), flow(f"g{n}", f"b{n}", "n > 1"), path(f"a{n}", f"g{n + 1}")]
        parts += [path(f"b{n}", f"g{n + 1}")]

    assert human_steps(seen(*parts, passed=("begin",), waits="x")) == (0, 61)
