"""What people answer in rounds gets somewhere, or the check says that it does not."""

from pathlib import Path

import pytest

from engine.bpmn.release import check_release
from tests.unit.engine.bpmn.drawings import (
    CATALOGUE,
    around,
    call,
    found,
    inside,
    instances,
    manual,
    process,
    sub,
    whole,
)
from tests.unit.engine.diagrams import end, flow, gateway, path, script, service, start, user

LOST = {("assess", "answers_lost")}
EACH = instances(collection="people", item="person")
COLLECTED = instances(collection="people", item="person", output="marks", gives="assess")


def assess(*inner: str) -> str:
    """A task whose answers go into `assess`."""
    return user("assess").replace("</bpmn:userTask>", f"{''.join(inner)}</bpmn:userTask>")


def in_part(marker: str, *more: str, last: str = "assess") -> tuple[str, ...]:
    """That task in a looped sub-process, with what stands behind it."""
    names = ["in_in", "assess", *([last] if last != "assess" else []), "in_out"]
    inner = start("in_in"), assess(), *more, end("in_out"), path(*names)
    return around(sub("part", *inner, marker), "part")


def test_answers_of_a_task_that_many_are_asked_are_lost_unless_they_are_collected() -> None:
    assert found(*around(assess(EACH), "assess")) == LOST
    assert found(*around(assess(COLLECTED), "assess")) == set()


def test_one_after_another_they_are_lost_as_well() -> None:
    assert found(*around(assess(instances(collection="people", sequential=True)), "assess")) == LOST


def test_answers_that_may_end_the_rounds_are_not_lost() -> None:
    enough = "<bpmn:completionCondition>assess.ok = false</bpmn:completionCondition>"

    assert found(*around(assess(instances(enough, collection="people")), "assess")) == set()


def test_a_standard_loop_keeps_the_last_answers() -> None:
    loop = '<bpmn:standardLoopCharacteristics loopMaximum="3" />'

    assert found(*around(assess(loop), "assess")) == set()


def test_answers_inside_a_looped_sub_process_are_lost_unless_it_collects_them() -> None:
    assert found(*in_part(EACH)) == LOST
    assert found(*in_part(COLLECTED)) == set()


@pytest.mark.parametrize(
    "reader",
    [
        script("next", "x", "assess.mark + 1"),
        user("next", "assess.person", result="x"),
        service("next", "known.service"),
    ],
)
def test_what_is_read_inside_the_round_is_not_lost(reader: str) -> None:
    codes = {code for element, code in found(*in_part(EACH, reader, last="next")) if element == "assess"}

    assert codes == set()


def test_answers_by_which_the_round_goes_one_way_or_another_are_not_lost() -> None:
    fork = gateway("exclusive", "good", default="good-in_out"), end("bad"), flow("good", "bad", "assess.mark = 1")

    assert found(*in_part(EACH, *fork, last="good")) == set()


def test_a_list_that_is_collected_in_a_round_is_lost_with_it() -> None:
    def twice(marker: str) -> set[tuple[str, str]]:
        return found(*around(sub("part", *inside("in", "assess", assess(COLLECTED)), marker), "part"))

    outer = instances(collection="units", item="unit", output="all", gives="marks")

    assert twice(instances(collection="units", item="unit")) == LOST
    assert twice(outer) == set()


def test_the_warning_says_what_to_write_in_both_languages() -> None:
    content = whole(*around(assess(EACH), "assess")).encode()

    (problem,) = check_release({"test.bpmn": content}, CATALOGUE)

    assert problem.severity == "warning"
    assert all(
        'output="' in problem.message(language) and "gives=" in problem.message(language) for language in ("id", "en")
    )


@pytest.mark.parametrize("name", ["periodic_evaluation", "unit_evaluation"])
def test_no_diagram_of_ours_loses_an_answer(name: str) -> None:
    content = Path(f"processes/appraisal/{name}.bpmn").read_bytes()

    codes = {problem.code for problem in check_release({f"{name}.bpmn": content}, CATALOGUE)}

    assert "answers_lost" not in codes


def test_an_activity_with_the_name_of_a_step_in_it_is_told_and_ends_the_search() -> None:
    inner = start("in_in"), assess(), end("in_out"), path("in_in", "assess", "in_out")

    codes = {code for _, code in found(*around(sub("assess", *inner, EACH), "assess"))}

    assert codes - {"answers_lost"}


EACH_IT = instances(collection="people", item="it")


def test_a_form_whose_answers_go_nowhere_is_refused() -> None:
    step = user("x").replace(' result="x"', "")

    assert found(*around(step)) == {("x", "no_result")}
    assert found(*around(manual("x"))) == set()


def counting(value: str, marker: str = EACH_IT) -> set[tuple[str, str]]:
    """The problems of a sum that each round of a sub-process adds to."""
    inner = start("in"), script("add", "total", value), end("out"), path("in", "add", "out")
    parts = start(), script("zero", "total", "0"), sub("part", *inner, marker), end()
    return found(*parts, path("begin", "zero", "part", "done"))


def test_a_sum_that_every_round_adds_to_is_lost_with_the_round() -> None:
    assert counting("total + it") == {("add", "round_lost")}
    assert counting("2 * it", instances(collection="people", item="it", output="parts", gives="total")) == set()


def test_what_a_round_computes_for_itself_is_not_lost() -> None:
    inner = (
        start("in"),
        script("add", "mark", "2 * it"),
        user("ask", "mark"),
        end("out"),
        path("in", "add", "ask", "out"),
    )
    lost = {item for item in found(*around(sub("x", *inner, EACH_IT))) if item[1] == "round_lost"}

    assert lost == set()


def test_a_variable_that_only_rounds_set_and_others_read_is_lost() -> None:
    inner = start("in"), script("add", "mark", "2 * it"), end("out"), path("in", "add", "out")
    drawn = start(), sub("part", *inner, EACH_IT), user("ask", "mark"), end()

    assert found(*drawn, path("begin", "part", "ask", "done")) == {("add", "round_lost")}


def test_a_standard_loop_and_another_process_are_no_rounds_apart() -> None:
    loop = '<bpmn:standardLoopCharacteristics loopMaximum="3" />'
    inner = start("in"), script("add", "total", "total + 1"), end("out"), path("in", "add", "out")
    other = process("other", start("o_in"), script("o_add", "total", "1"), end("o_out"), path("o_in", "o_add", "o_out"))
    alone = start("p_in"), script("p_add", "total", "2 * it"), end("p_out"), path("p_in", "p_add", "p_out")

    assert found(start(), script("zero", "total", "0"), sub("part", *inner, loop), end(),
                 path("begin", "zero", "part", "done")) == set()  # fmt: skip
    assert found(start(), sub("part", *alone, EACH_IT), call("c", "other"), end(),
                 path("begin", "part", "c", "done"), beside=other) == set()  # fmt: skip
