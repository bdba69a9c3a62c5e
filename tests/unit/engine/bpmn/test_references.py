"""What a diagram refers to exists: people, roles, variables, services and forms."""

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_parts, check_release
from tests.unit.engine.bpmn.drawings import around, call, found, inside, instances, manual, process, whole
from tests.unit.engine.diagrams import script, service, user

ROLES = Catalogue(forms=frozenset({"any"}), roles=frozenset({"hr_verifier", "unit_hr_officer"}))


def with_group(group: str) -> set[str]:
    """The problems of a task that waits for a group."""
    drawn = whole(*around(user("x", "", candidate=group))).encode()
    return {item.code for item in check_release({"a.bpmn": drawn}, ROLES)}


def test_a_task_of_nobody_is_refused_even_if_it_is_manual() -> None:
    nobody = manual("x").replace('<alur:assignment assignee="1" />', "")

    assert found(*around(nobody)) == {("x", "assignment")}


@pytest.mark.parametrize("group", ['"hr_verifier"', '"unit_hr_officer:17"', "group", '"unit_" + part'])
def test_a_group_of_a_role_that_exists_or_may_exist_passes(group: str) -> None:
    assert with_group(group) == set()


@pytest.mark.parametrize("group", ['"hr_verifer"', '"verifikator"', '"verif" + "ier"'])
def test_a_group_of_no_role_is_refused(group: str) -> None:
    assert with_group(group) == {"unknown_role"}


@pytest.mark.parametrize(
    ("calendar", "due", "codes"),
    [
        ("six_days", "working days after(today(), 3)", set[str]()),
        ("shift", "working days after(today(), 3)", {"unknown_calendar"}),
        ("five_days", "today()", {"unused_calendar"}),
        ("", "today()", {"missing_attribute"}),
    ],
)
def test_a_calendar_exists_and_is_counted_by(calendar: str, due: str, codes: set[str]) -> None:
    said = f'<alur:calendar name="{calendar}" /><alur:assignment' if calendar else "<alur:calendar /><alur:assignment"
    task = user("x", "1", due=due).replace("<alur:assignment", said)

    assert {code for _, code in found(*around(task))} == codes


@pytest.mark.parametrize("name", ["1x", "true", "if", "a.b", "a-b", "today()", "a b-c"])
def test_a_result_that_no_expression_could_name_is_refused(name: str) -> None:
    step = user("x", "1").replace('result="x"', f'result="{name}"')

    assert found(*around(step)) == {("x", "variable_name")}


def test_variables_of_rounds_and_calls_can_be_named() -> None:
    rounds = manual("x", instances(collection="list", item="1st", output="n", gives="1"))
    called = call("x", "other", '<alur:input name="a-b" value="1" /><alur:output name="c.d" value="1" />')
    other = process("other", *inside("other"))

    assert found(*around(rounds)) == {("x", "variable_name")}
    assert found(*around(called), beside=other) == {("x", "variable_name")}
    assert found(*around(service("x", "known.service", "r", **{"any name": "1"}))) == set()


def test_of_many_names_the_nearest_are_said() -> None:
    known = Catalogue(frozenset({f"area{n}.do" for n in range(40)} | {"appraisal.recommend"}))
    drawn = whole(*around(service("x", "appraisal.recomend"))).encode()

    texts = [item.texts["en"] for item in check_release({"a.bpmn": drawn}, known)]

    assert len(texts) == 1 and "appraisal.recommend" in texts[0] and "and 35 more" in texts[0]


def test_a_form_is_looked_at_by_whoever_makes_forms() -> None:
    strict = Catalogue(check_form=lambda form: [{"id": "salah", "en": "wrong"}] if "bad" in form else [])

    problems = check_parts({"forms/a.json": b'{"bad": 1}', "forms/b.json": b"{}"}, strict)

    assert [(item.element, item.code, item.texts["en"]) for item in problems] == [("forms/a.json", "form", "wrong")]


def test_a_form_file_of_many_megabytes_is_refused() -> None:
    problems = check_parts({"forms/a.json": b'"' + b"x" * 3_000_000 + b'"'}, Catalogue())

    assert [item.code for item in problems] == ["too_large"]


def test_a_problem_says_what_its_element_is_and_how_it_is_called() -> None:
    named = script("x", "", "1").replace('name="x"', 'name="Hitung nilai"')

    found_in = check_release({"a.bpmn": whole(*around(named)).encode()}, ROLES)

    assert found_in[0].message("id").startswith("tugas skrip 'Hitung nilai' (x): ")
    assert found_in[0].message("en").startswith("script task 'Hitung nilai' (x): ")


def test_a_flow_without_a_name_is_said_by_its_ends() -> None:
    drawn = whole(*around(user("x", "1"))).replace(
        'targetRef="done">', 'targetRef="done"><bpmn:conditionExpression>1 +</bpmn:conditionExpression>'
    )

    texts = [
        item.message("id") for item in check_release({"a.bpmn": drawn.encode()}, ROLES) if item.element == "x-done"
    ]

    assert texts[0].startswith("alur dari tugas pengguna 'x' ke peristiwa akhir (x-done): ")
