from datetime import date
from decimal import Decimal

import pytest

from engine.dmn import DecisionConflict, DecisionInvalid
from engine.dmn.reading import NAMESPACES, read_decisions
from engine.feel import Budget, Environment, FeelBudgetExceeded
from tests.unit.engine.dmn.tables import column, definitions, read_one, table
from tests.unit.engine.feel.expressions import CALENDAR, ENVIRONMENT, NOW

GRADES = [([">= 91"], ['"A"']), (["[76..91)"], ['"B"']), (["< 76"], ['"C"'])]
OVERLAPPING = [([">= 50"], ["1"]), ([">= 70"], ["2"]), ([">= 90"], ["3"])]


@pytest.mark.parametrize(
    ("score", "grade", "rule"), [(95, "A", "r1"), (91, "A", "r1"), (76, "B", "r2"), (10, "C", "r3")]
)
def test_the_rule_that_applies_gives_the_value_and_its_name(score: int, grade: str, rule: str) -> None:
    outcome = read_one(table(*GRADES)).decide({"score": score}, ENVIRONMENT)

    assert (outcome.value, outcome.fired) == (grade, (rule,))
    assert outcome.inputs == {"score": Decimal(score)}


def test_overlapping_rules_of_a_unique_table_are_a_conflict() -> None:
    decision = read_one(table(*OVERLAPPING))

    with pytest.raises(DecisionConflict) as caught:
        decision.decide({"score": 80}, ENVIRONMENT)

    assert caught.value.rules == ("r1", "r2")
    assert "aturan r1, r2 berlaku bersamaan" in caught.value.message("id")
    assert "rules r1, r2 apply at the same time" in caught.value.message("en")


def test_first_takes_the_first_rule_that_applies() -> None:
    outcome = read_one(table(*OVERLAPPING, policy="FIRST")).decide({"score": 95}, ENVIRONMENT)

    assert (outcome.value, outcome.fired) == (1, ("r1",))


def test_collect_gives_what_all_applying_rules_give() -> None:
    decision = read_one(table(*OVERLAPPING, policy="COLLECT"))

    assert decision.decide({"score": 80}, ENVIRONMENT).value == [1, 2]
    assert decision.decide({"score": 80}, ENVIRONMENT).fired == ("r1", "r2")
    assert decision.decide({"score": 1}, ENVIRONMENT).value == []


@pytest.mark.parametrize(
    ("aggregation", "of_three", "of_none"), [("SUM", 6, None), ("MIN", 1, None), ("MAX", 3, None), ("COUNT", 3, 0)]
)
def test_collect_can_aggregate(aggregation: str, of_three: int, of_none: int | None) -> None:
    decision = read_one(table(*OVERLAPPING, policy="COLLECT", extra=f'aggregation="{aggregation}"'))

    assert decision.decide({"score": 95}, ENVIRONMENT).value == of_three
    assert decision.decide({"score": 1}, ENVIRONMENT).value == of_none


def test_several_outputs_make_a_context() -> None:
    decision = read_one(table((["-"], ['"A"', "score * 2"]), outputs=("grade", "bonus")))

    assert decision.decide({"score": 5}, ENVIRONMENT).value == {"grade": "A", "bonus": 10}


def test_without_an_applying_rule_the_defaults_or_null_are_given() -> None:
    with_default = table((["> 90"], ['"A"']), outputs=("grade|" + column("defaultOutputEntry", '"C"'),))

    assert read_one(with_default).decide({"score": 5}, ENVIRONMENT).value == "C"
    assert read_one(table((["> 90"], ['"A"']))).decide({"score": 5}, ENVIRONMENT).value is None


def test_inputs_are_expressions_and_an_empty_cell_lets_everything_pass() -> None:
    rules = [(["true", ""], ['"dekat"']), (["false", "-"], ['"jauh"'])]
    decision = read_one(table(*rules, inputs=('deadline < today() + @"P3D"', "unit")))

    assert decision.decide({"deadline": NOW.date(), "unit": None}, ENVIRONMENT).value == "dekat"
    assert decision.needs == {"deadline", "unit"}


def test_names_with_symbols_are_known_from_the_input_data_of_the_file() -> None:
    body = table((["> 3"], ["pre-test * 2"]), inputs=("pre-test",)) + '<inputData id="i" name="pre-test"/>'

    assert read_one(body).decide({"pre-test": 4}, ENVIRONMENT).value == 8


def test_a_missing_input_is_noted_with_rule_and_column() -> None:
    outcome = read_one(table(([">= 91"], ['"A"']))).decide({}, ENVIRONMENT)

    assert [(note.code, note.where) for note in outcome.notes] == [
        ("unknown_name", "score"),
        ("null_operand", "r1, score"),
    ]
    assert outcome.notes[1].message("id").startswith("r1, score: baris 1, kolom 1: Operator '>=' mendapat nilai kosong")


def test_a_value_an_input_does_not_allow_is_noted_and_decides_nothing() -> None:
    body = table((["-"], ["1"])).replace("</input>", column("inputValues", "[0..100]") + "</input>")

    outcome = read_one(body).decide({"score": 101}, ENVIRONMENT)

    assert (outcome.value, outcome.fired) == (None, ())
    assert [note.code for note in outcome.notes] == ["not_allowed"]


@pytest.mark.parametrize(("value", "shown"), [(None, "null"), ([1, 2], "[1, 2]"), (date(2026, 1, 2), "2026-01-02")])
def test_a_value_that_is_not_allowed_is_shown_as_feel_writes_it(value: object, shown: str) -> None:
    body = table((["-"], ["1"])).replace("</input>", column("inputValues", "[0..100]") + "</input>")

    outcome = read_one(body).decide({"score": value}, ENVIRONMENT)

    assert f"Nilai {shown} tidak termasuk" in outcome.notes[-1].message("id")


def test_a_value_an_output_does_not_allow_becomes_null_with_a_note() -> None:
    body = table((["-"], ['"D"']), outputs=("grade|" + column("outputValues", '"A", "B"'),))

    outcome = read_one(body).decide({"score": 1}, ENVIRONMENT)

    assert (outcome.value, outcome.fired) == (None, ("r1",))
    assert '"D" tidak termasuk yang diizinkan' in outcome.notes[0].message("id")


def test_a_literal_expression_is_a_decision_too() -> None:
    decision = read_one(f'<decision id="d" name="Jumlah">{column("literalExpression", "a + b")}</decision>')

    assert decision.decide({"a": 1, "b": 2}, ENVIRONMENT).value == 3
    assert decision.needs == {"a", "b"}


def test_all_cells_of_a_table_share_one_budget() -> None:
    rules = [([f"count(for i in 1..100 return i) = {row}"], ["1"]) for row in range(50)]
    tight = Environment(NOW, CALENDAR, Budget(steps=2_000))

    with pytest.raises(FeelBudgetExceeded):
        read_one(table(*rules)).decide({"score": 1}, tight)


def test_a_decision_with_problems_does_not_decide() -> None:
    with pytest.raises(DecisionInvalid) as caught:
        read_one(table(*GRADES, policy="UNIK")).decide({"score": 1}, ENVIRONMENT)

    assert "hit policy 'UNIK' tidak dikenal. Pilih UNIQUE, ANY, FIRST" in caught.value.message("id")
    assert caught.value.problems[0].code == "hit_policy"


def test_files_of_dmn_11_to_15_are_read_alike() -> None:
    for namespace in NAMESPACES:
        assert list(read_decisions(definitions(table(*GRADES), namespace))) == ["d"]
