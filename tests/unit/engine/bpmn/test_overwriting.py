"""Steps that run side by side and set one variable are said, those that run one after another are not."""

from pathlib import Path

import pytest

from engine.bpmn.release import check_release
from tests.unit.engine.bpmn.drawings import CATALOGUE, around, edge, found, instances, sub, whole
from tests.unit.engine.diagrams import end, flow, gateway, path, script, start, user

SAID = {("b", "same_result")}


def side_by_side(one: str, other: str, kind: str = "parallel", *more: str) -> set[tuple[str, str]]:
    """The problems of the steps `a` and `b` between a split and a join."""
    free = kind != "parallel"
    ways = [flow("f", name, f"{name}_asked = true" if free else "") + path(name, "j") for name in ("a", "b")]
    found_here = found(start(), gateway(kind, "f"), one, other, gateway(kind, "j"), end(), path("begin", "f"), *ways,
                       path("j", "done"), *more)  # fmt: skip
    return {item for item in found_here if item[1] != "no_default"}


def test_answers_of_two_branches_in_one_variable_are_a_warning() -> None:
    assert side_by_side(user("a", result="r"), user("b", result="r")) == SAID
    assert side_by_side(user("a", result="r"), user("b", result="r"), "inclusive") == SAID
    assert side_by_side(user("a", result="r"), script("b", "r", "1")) == SAID


def test_of_a_choice_only_one_runs() -> None:
    assert side_by_side(user("a", result="r"), user("b", result="r"), "exclusive") == set()


def test_branches_with_variables_of_their_own_are_fine() -> None:
    assert side_by_side(user("a"), user("b")) == set()


def test_branches_that_both_add_to_a_variable_lose_nothing() -> None:
    assert side_by_side(script("a", "n", "n + 1"), script("b", "n", "n + 2")) == set()
    assert side_by_side(script("a", "n", "n + 1"), script("b", "n", "2")) == SAID


def test_what_comes_one_after_another_is_fine_also_in_a_loop_over_a_split() -> None:
    again = (gateway("exclusive", "again", default="again-done"), flow("again", "done"), flow("again", "meet", "r = 1"))
    steps = user("a"), user("b"), script("sum", "r", "1"), gateway("exclusive", "meet")
    ways = path("begin", "meet", "f", "a", "j", "sum", "again") + path("f", "b", "j")
    before = script("first", "r", "0")

    drawn = (start(), before, *steps, gateway("parallel", "f"), gateway("parallel", "j"), end(), *again)

    assert found(*drawn, ways.replace('"begin-meet" sourceRef="begin"', '"first-meet" sourceRef="first"'),
                 path("begin", "first")) == set()  # fmt: skip


def test_two_flows_out_of_a_step_are_a_split_too() -> None:
    drawn = (start(), user("x"), user("a", result="r"), user("b", result="r"), gateway("parallel", "j"), end())

    assert found(*drawn, path("begin", "x", "a", "j", "done"), path("x", "b", "j")) == SAID


def test_sub_processes_share_their_variables_but_rounds_and_called_processes_do_not() -> None:
    def part(name: str, marker: str = "") -> str:
        inner = start(f"{name}_in"), script(f"{name}_set", "r", "1"), end(f"{name}_out")
        return sub(name, *inner, marker, path(f"{name}_in", f"{name}_set", f"{name}_out"))

    each = instances(collection="people", item="it")

    assert side_by_side(part("a"), part("b")) == {("b_set", "same_result")}
    assert not {item for item in side_by_side(part("a", each), part("b")) if item[1] == "same_result"}


def test_the_first_answer_may_put_an_end_to_the_other() -> None:
    over = end("over", "<bpmn:terminateEventDefinition />")
    drawn = start(), gateway("parallel", "f"), user("a", result="r"), user("b", result="r"), gateway("exclusive", "m")

    assert found(*drawn, over, path("begin", "f", "a", "m", "over"), path("f", "b", "m")) == set()


def test_what_takes_the_place_of_a_step_is_not_beside_it() -> None:
    late = edge("limit", "x", "timer"), script("instead", "r", "1"), end("over"), path("limit", "instead", "over")

    assert found(*around(user("x", result="r")), *late) == set()


def test_the_warning_names_the_other_step_and_the_variable_in_both_languages() -> None:
    drawn = (start(), user("x"), user("a", result="r"), user("b", result="r"), gateway("parallel", "j"), end())
    content = whole(*drawn, path("begin", "x", "a", "j", "done"), path("x", "b", "j"))

    (problem,) = check_release({"test.bpmn": content.encode()}, CATALOGUE)

    assert problem.severity == "warning"
    assert all("'a'" in problem.message(language) and "'r'" in problem.message(language) for language in ("id", "en"))


@pytest.mark.parametrize("name", ["periodic_evaluation", "unit_evaluation"])
def test_no_diagram_of_ours_overwrites_or_loses_what_steps_give(name: str) -> None:
    content = Path(f"processes/appraisal/{name}.bpmn").read_bytes()

    codes = {problem.code for problem in check_release({f"{name}.bpmn": content}, CATALOGUE)}

    assert not codes & {"same_result", "round_lost", "no_result", "endless_echo", "endless_loop"}
