"""The requirement graph: decisions, knowledge, services and imports see what they require, and nothing else."""

import pytest

from engine.dmn import read_models
from engine.dmn.requirements import find_problems
from tests.unit.engine.dmn.models import ask, decision, file, given, item, knowledge, literal, model, needs, service
from tests.unit.engine.feel.expressions import ENVIRONMENT


def codes(outcome: object) -> list[str]:
    return [note.code for note in outcome.notes]  # type: ignore[attr-defined]  # an Outcome


def test_a_decision_gets_what_it_requires_by_name() -> None:
    body = given("i1") + decision("d1", "i1 * 2", needs("i1")) + decision("d", "d1 + 1", needs("d1"))

    outcome = ask(body, i1=4)

    assert (outcome.value, outcome.decided) == (9, {"d1": 8, "d": 9})


def test_what_is_not_required_is_not_seen() -> None:
    outcome = ask(given("i1") + decision("d1", "1") + decision("d", "[i1, d1]"), i1=4)

    assert outcome.value == [None, None]
    assert codes(outcome) == ["unknown_name", "unknown_name"]


def test_a_decision_that_many_require_is_asked_once() -> None:
    table = "<decisionTable><input><inputExpression><text>1</text></inputExpression></input><output/><rule id='r'>"
    body = (
        decision(
            "d1",
            f"{table}<inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>",
        )
        + decision("d2", "d1", needs("d1"))
        + decision("d3", "d1", needs("d1"))
        + decision("d", "d2 + d3", needs("d2", "d3"))
    )

    outcome = ask(body)

    assert (outcome.value, len(outcome.tables)) == (2, 1)


def test_a_circle_of_requirements_gives_null_with_a_reason() -> None:
    outcome = ask(decision("d", "d1", needs("d1")) + decision("d1", "d", needs("d")))

    assert (outcome.value, codes(outcome)) == (None, ["circle"])


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("k(2, 3)", 8),
        ("k(b: 3, a: 2)", 8),
        ("k(2)", None),
        ("k(2, 3, 4)", None),
        ("k(a: 2, c: 3)", None),
        ('k("2", 3)', None),
        ("k([2], 3)", 8),
        ("k(2, null)", None),
    ],
)
def test_knowledge_is_called_by_position_or_name_with_values_of_its_types(call: str, value: int | None) -> None:
    assert ask(knowledge("k", "a: number, b", "a + b * 2") + decision("d", call, needs("k"))).value == value


def test_knowledge_sees_its_parameters_and_what_it_requires_only() -> None:
    body = given("i1") + knowledge("k2", "a", "a * 10") + knowledge("k", "a", "k2(a) + i1", needs("k2"))

    assert ask(body + decision("d", "k(2)", needs("k", "i1")), i1=1).value is None
    assert ask(body.replace("+ i1", "+ 1") + decision("d", "k(2)", needs("k", "i1"))).value == 21


def test_knowledge_may_call_itself() -> None:
    body = knowledge("k", "n", "if n <= 1 then 1 else n * k(n - 1)")

    assert ask(body + decision("d", "k(20)", needs("k"))).value == 2432902008176640000


def test_knowledge_is_a_value_that_functions_may_be_given() -> None:
    body = knowledge("k", "a: number, b: number", "a > b")

    assert ask(body + decision("d", "sort([1, 3, 2], k)", needs("k"))).value == [3, 2, 1]


SERVICE = (
    given("i1", "number")
    + decision("d1", '"never"', type_ref="string")
    + decision("d2", 'd1 + "!" + string(i1)', needs("d1", "i1"))
    + decision("d3", "i1 + 1", needs("i1"))
)


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ('s(1, "a")', "a!1"),
        ('s(d1: "a", i1: 1)', "a!1"),
        ("s(1, 5) = null", True),
        ("s(1)", None),
        ('s(x: 1, d1: "a")', None),
    ],
)
def test_a_service_is_a_function_of_its_input_data_and_then_its_input_decisions(call: str, value: object) -> None:
    body = SERVICE + service("s", "d2", data="i1", decisions="d1") + decision("d", call, needs("s"))

    assert ask(body).value == value


def test_a_service_with_several_output_decisions_gives_a_context() -> None:
    body = SERVICE + service("s", "d2 d3", data="i1", decisions="d1") + decision("d", 's(1, "a")', needs("s"))

    assert ask(body).value == {"d2": "a!1", "d3": 2}


def test_a_service_neither_sees_nor_changes_what_is_around_it() -> None:
    body = SERVICE + service("s", "d3", data="i1") + decision("d", "[s(10), d3, i1]", needs("s", "d3", "i1"))

    assert ask(body, i1=1).value == [11, 2, 1]


def test_a_service_is_asked_from_outside_by_name() -> None:
    outcome = model(SERVICE + service("s", "d2", data="i1", decisions="d1")).serve(
        "s", {("", "i1"): 3, ("urn:own", "d1"): "a"}, ENVIRONMENT
    )

    assert outcome.value == {"d2": "a!3"}


def test_what_a_service_gives_is_of_its_type_or_null() -> None:
    kind = item("tText", '<functionItem outputTypeRef="string"/>')
    body = kind + SERVICE + service("s", "d3", data="i1", type_ref="tText") + decision("d", "s(1)", needs("s"))

    outcome = ask(body)

    assert (outcome.value, codes(outcome)) == (None, ["wrong_type"])


def test_knowledge_is_called_from_outside() -> None:
    assert model(knowledge("k", "a, b", "a - b")).invoke("k", {"b": 1, "a": 3}, ENVIRONMENT).value == 2


OTHER = file(
    item("tAge", type_ref="number")
    + given("i1", "tAge")
    + decision("d1", "i1 + 1", needs("i1"))
    + knowledge("k-1", "a", "a * 2"),
    "urn:other",
)


def imported(name: str) -> str:
    return (
        f'<import name="{name}" namespace="urn:other" importType="{"https://www.omg.org/spec/DMN/20230324/MODEL/"}"/>'
    )


def test_what_is_imported_is_known_under_the_name_of_the_import() -> None:
    body = imported("the other") + decision("d", "the other.d1 + the other.k-1(5)", needs("d1", "k-1", of="urn:other"))

    assert ask(body, "d", OTHER, i1=7).value == 18


def test_what_is_imported_without_a_name_is_known_by_its_own() -> None:
    body = imported("") + decision("d", "d1 + k-1(5)", needs("d1", "k-1", of="urn:other"), "tAge")

    assert ask(body, "d", OTHER, i1=7).value == 18


def test_input_of_an_imported_file_may_be_given_with_its_namespace() -> None:
    body = imported("o") + given("i1") + decision("d", "[i1, o.i1]", needs("i1") + needs("i1", of="urn:other"))

    outcome = model(body, OTHER).decide("d", {("", "i1"): 1, ("urn:other", "i1"): 2}, ENVIRONMENT)

    assert outcome.value == [1, 2]


def test_types_of_an_imported_file_are_named_with_it() -> None:
    body = imported("o") + decision("d", "1 instance of o.tAge") + decision("d2", '"x"', type_ref="o.tAge")

    assert (ask(body, "d", OTHER).value, ask(body, "d2", OTHER).value) == (True, None)


def test_an_import_that_is_not_there_or_leads_back_brings_nothing() -> None:
    circle = file(f'<import name="own" namespace="urn:own"/>{decision("d1", "1")}', "urn:other")
    body = imported("o") + decision("d", "o.d1", needs("d1", of="urn:other"))

    assert ask(body, "d").value is None
    assert ask(body, "d", circle).value == 1


def test_a_file_that_declares_no_input_data_reads_what_is_given() -> None:
    assert ask(decision("d", "score + 1"), score=1).value == 2


@pytest.mark.parametrize(
    ("logic", "code"),
    [
        ("1 +", "syntax"),
        ('<literalExpression expressionLanguage="python"><text>1</text></literalExpression>', "language"),
        ("<context><contextEntry><variable name='a'/></contextEntry></context>", "no_logic"),
        ('<functionDefinition kind="Java">' + literal("1") + "</functionDefinition>", None),
    ],
)
def test_what_cannot_be_computed_is_null_with_a_reason_in_both_languages(logic: str, code: str | None) -> None:
    outcome = ask(decision("d", logic))

    assert codes(outcome) == ([code] if code else [])
    assert all(note.message("id") != note.message("en") for note in outcome.notes)


def test_what_can_only_be_null_is_null_in_its_place_and_a_mistake_of_the_file() -> None:
    body = decision("d", "[1, abs(), nobody(2), 4]")

    (file_,) = read_models([file(body)])
    found = file_.find("d")

    assert ask(body).value == [1, None, None, 4]
    assert found is not None
    assert [problem.code for problem in find_problems(found)] == ["expression"]


def test_the_reason_stands_in_the_source_that_it_is_about() -> None:
    body = knowledge("k", "a", "// per nol\n a / 0") + decision("d", "k(1) + 1", needs("k"))

    first, second = ask(body).notes

    assert (first.where, first.code, first.line) == ("k", "division_by_zero", 2)
    assert (second.where, second.code, second.line) == ("d", "null_operand", 1)
