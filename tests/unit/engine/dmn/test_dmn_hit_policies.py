"""What a table gives when no rule, one or several apply, by its hit policy."""

import pytest

from engine.dmn import Model, Outcome, read_models
from tests.unit.engine.dmn.models import ask, file, given, item, needs
from tests.unit.engine.dmn.tables import column, table
from tests.unit.engine.feel.expressions import ENVIRONMENT

RULES = [([">= 50"], ['"B"']), ([">= 70"], ['"A"']), ([">= 90"], ['"B"'])]
ORDER = "grade|" + column("outputValues", '"A", "B", "C"')
DEFAULT = "grade|" + column("defaultOutputEntry", '"C"')


def decide(body: str, **inputs: object) -> Outcome:
    model = Model(read_models([file(body)])[0])
    return model.decide("d", {("", name): value for name, value in inputs.items()}, ENVIRONMENT)


@pytest.mark.parametrize(
    ("policy", "of_none", "of_one", "of_three"),
    [
        ("UNIQUE", None, "B", None),
        ("ANY", None, "B", None),
        ("FIRST", None, "B", "B"),
        ("PRIORITY", None, "B", "A"),
        ("RULE ORDER", None, ["B"], ["B", "A", "B"]),
        ("OUTPUT ORDER", None, ["B"], ["A", "B", "B"]),
        ("COLLECT", [], ["B"], ["B", "A", "B"]),
    ],
)
def test_each_hit_policy_has_its_way_with_rules(policy: str, of_none: object, of_one: object, of_three: object) -> None:
    body = table(*RULES, outputs=(ORDER,), policy=policy)

    assert [decide(body, score=score).value for score in (10, 50, 95)] == [of_none, of_one, of_three]


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"])
def test_defaults_stand_in_for_rules_under_every_policy(policy: str) -> None:
    assert decide(table(*RULES, outputs=(DEFAULT,), policy=policy), score=1).value == "C"


@pytest.mark.parametrize(("policy", "code"), [("UNIQUE", "conflict"), ("ANY", "any_differs")])
def test_rules_that_contradict_give_null_with_the_rules_in_the_reason(policy: str, code: str) -> None:
    outcome = decide(table(*RULES, policy=policy), score=80)

    assert (outcome.value, outcome.fired, [note.code for note in outcome.notes]) == (None, ("r1", "r2"), [code])
    assert all("r1, r2" in note.message(language) for note in outcome.notes for language in ("id", "en"))


def test_any_takes_rules_that_agree() -> None:
    assert decide(table((["> 1"], ["[1, 2]"]), (["> 2"], ["[1.0, 2]"]), policy="ANY"), score=3).value == [1, 2]


def test_priority_of_several_outputs_goes_column_by_column() -> None:
    outputs = ("a|" + column("outputValues", '"hi", "lo"'), "b|" + column("outputValues", "1, 2, 3"))
    rules = [(["-"], ['"lo"', "1"]), (["-"], ['"hi"', "3"]), (["-"], ['"hi"', "2"])]

    assert decide(table(*rules, outputs=outputs, policy="PRIORITY"), score=1).value == {"a": "hi", "b": 2}
    assert decide(table(*rules, outputs=outputs, policy="OUTPUT ORDER"), score=1).value == [
        {"a": "hi", "b": 2},
        {"a": "hi", "b": 3},
        {"a": "lo", "b": 1},
    ]


@pytest.mark.parametrize("policy", ["UNIQUE", "PRIORITY", "OUTPUT ORDER"])
@pytest.mark.parametrize("allowed", ["-", '? != "x"', 'not("x")', "string length(?) = 1"])
def test_output_values_that_are_no_list_of_values_limit_and_rank_nothing(policy: str, allowed: str) -> None:
    body = table(*RULES, outputs=("grade|" + column("outputValues", allowed),), policy=policy)

    outcome = decide(body, score=60)

    assert (outcome.value, outcome.notes) == (["B"] if policy == "OUTPUT ORDER" else "B", ())


def test_priority_follows_the_type_when_the_column_lists_nothing() -> None:
    kind = item("tGrade", column("allowedValues", '"A", "B"'), type_ref="string")
    body = kind + table(*RULES, policy="PRIORITY").replace('name="grade"', 'name="grade" typeRef="tGrade"')

    assert decide(body, score=95).value == "A"


def test_priority_follows_the_type_of_the_decision_when_its_one_column_names_none() -> None:
    kind = item("tGrade", column("allowedValues", '"A", "B"'), type_ref="string")
    many = item("tGrades", type_ref="tGrade", attributes='isCollection="true"')

    def asked(policy: str, type_ref: str) -> object:
        variable = f'<variable name="d" typeRef="{type_ref}"/><decisionTable'
        body = table(*RULES, policy=policy).replace("<decisionTable", variable)
        return decide(kind + many + body, score=95).value

    assert asked("PRIORITY", "tGrade") == "A"
    assert asked("OUTPUT ORDER", "tGrades") == ["A", "B", "B"]


def test_priority_follows_a_type_of_an_imported_file() -> None:
    other = file(item("tGrade", column("allowedValues", '"A", "B"'), type_ref="string"), "urn:other")
    body = '<import name="o" namespace="urn:other"/>' + given("i1") + table(*RULES, policy="PRIORITY", inputs=("i1",))
    typed = body.replace('name="grade"', 'name="grade" typeRef="o.tGrade"')

    outcome = ask(typed.replace("<decisionTable", needs("i1") + "<decisionTable"), "d", other, i1=95)

    assert outcome.value == "A"


@pytest.mark.parametrize(
    ("aggregation", "values", "expected"),
    [
        ("SUM", ["1", "2", "3"], 6),
        ("MIN", ["3", "1", "2"], 1),
        ("MAX", ["3", "1", "2"], 3),
        ("COUNT", ["3", "1", "3"], 3),
        ("MIN", ['"b"', '"a"', '"c"'], "a"),
        ("MAX", ['date("2026-01-01")', 'date("2026-02-01")', "null"], None),
        ("SUM", ["1", '"2"', "3"], None),
    ],
)
def test_collect_aggregates(aggregation: str, values: list[str], expected: object) -> None:
    rules = [(["-"], [value]) for value in values]

    assert decide(table(*rules, policy="COLLECT", extra=f'aggregation="{aggregation}"'), score=1).value == expected


def test_an_aggregate_that_does_not_work_has_a_reason() -> None:
    outcome = decide(table((["-"], ['"x"']), policy="COLLECT", extra='aggregation="SUM"'), score=1)

    assert (outcome.value, outcome.notes[-1].code) == (None, "aggregate")


@pytest.mark.parametrize("aggregation", ["SUM", "COUNT"])
@pytest.mark.parametrize("score", [1, 9])
def test_an_aggregate_of_several_columns_is_null_with_a_reason(aggregation: str, score: int) -> None:
    rules = [(["< 5"], ["1", "2"]), (["< 3"], ["3", "4"])]
    body = table(*rules, outputs=("a", "b"), policy="COLLECT", extra=f'aggregation="{aggregation}"')

    outcome = decide(body, score=score)

    assert (outcome.value, [note.code for note in outcome.notes]) == (None, ["aggregation_outputs"])


def test_a_column_converts_to_its_type_before_it_is_tested() -> None:
    body = table(([">= 50"], ["1"])).replace("<inputExpression>", '<inputExpression typeRef="number">')

    assert decide(body, score=[60]).value == 1
    assert [note.code for note in decide(body, score="60").notes] == ["wrong_type", "null_operand"]


def test_an_output_is_of_its_type_or_null() -> None:
    body = table((["-"], ["[5]"]), (["-"], ['"x"']), policy="COLLECT").replace(
        'name="grade"', 'name="g" typeRef="number"'
    )

    assert decide(body, score=1).value == [5, None]


def test_a_table_needs_no_input() -> None:
    assert decide(table(([], ["1"]), inputs=())).value == 1


def test_a_cell_may_ask_what_the_decision_requires() -> None:
    requires = needs("i1", "i2") + "<decisionTable"
    body = given("i1") + given("i2") + table((["> i2"], ["i1 - i2"]), inputs=("i1",))

    assert ask(body.replace("<decisionTable", requires), i1=5, i2=3).value == 2


def test_annotations_are_read_with_their_rule() -> None:
    body = table((["-"], ["1"])).replace("<rule", '<annotation name="Dasar"/><rule').replace(
        "</rule>", column("annotationEntry", "Pasal 5") + "</rule>")  # fmt: skip

    (trace,) = decide(body, score=1).tables

    assert trace.table.rules[0].annotations == (("Dasar", "Pasal 5"),)


def test_a_table_whose_rows_do_not_fit_its_columns_gives_null() -> None:
    outcome = decide(table((["-", "-"], ["1"])), score=1)

    assert (outcome.value, [note.code for note in outcome.notes]) == (None, ["columns"])
