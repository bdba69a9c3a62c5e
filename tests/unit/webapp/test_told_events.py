"""The story of a case calls a deadline only what is one."""

from dataclasses import replace

import pytest

from engine.queries.case import HistoryStep
from tests.unit.engine.bpmn.drawings import edge
from tests.unit.engine.diagrams import end, path, start, user
from tests.unit.webapp.test_case_words import NOW, seen
from webapp.cases.story import tell_story


@pytest.mark.parametrize(
    ("trigger", "told"), [("timer", "Batas waktu lewat: Kabar"), ("message", "Kabar"), ("signal", "Kabar")]
)
def test_what_ends_a_task_is_a_deadline_only_if_it_is_a_time(trigger: str, told: str) -> None:
    ends = edge("news", "x", trigger).replace("<bpmn:boundaryEvent ", '<bpmn:boundaryEvent name="Kabar" ', 1)
    ways = path("begin", "x", "done"), path("news", "y", "done")
    case = seen(start(), user("x", "1"), ends, user("y", "1"), end(), *ways, passed=("begin",), waits="y")
    step = HistoryStep(NOW, None, "wake", None, ("news",))

    story = tell_story(replace(case, view=replace(case.view, history=(*case.view.history, step))), str)

    assert story[-1].title == told
