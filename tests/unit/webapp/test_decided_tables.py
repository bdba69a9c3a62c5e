"""A decision table on its page: as drawn, with what it looked at and why rules did not apply, in both languages."""

from collections.abc import Iterator

import pytest
from flask import Flask, g

from engine.dmn import Outcome
from tests.unit.engine.dmn.tables import read_one, table
from tests.unit.engine.feel.expressions import ENVIRONMENT
from webapp.cases.decided_tables import ShownTable, show_table
from webapp.spoken import spoken, spoken_cell

REMARKS = '<annotation name="Dasar"/>'
RULES = [([">= 76", "-"], ['"B"']), (["< 76", '"cuti"'], ['"C"']), (["-", "-"], ['"D"'])]


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Let the reader of a test read Indonesian."""
    with Flask("tables").app_context():
        g.language = "id"
        yield


def asked(policy: str = "FIRST", extra: str = "", **values: object) -> Outcome:
    body = table(*RULES, inputs=("score", "reason"), policy=policy, extra=extra)
    return read_one(body).decide(values, ENVIRONMENT)


def shown(outcome: Outcome, under: str = "Nilai") -> ShownTable:
    return show_table(outcome.tables[-1], read_one(table(*RULES).replace('name="Nilai"', f'name="{under}"')))


def test_columns_say_what_they_looked_at_and_rules_what_kept_them_from_applying() -> None:
    found = shown(asked(score=70, reason="cuti"))

    assert [(column.title, column.value) for column in found.columns] == [
        ("score", "70"),
        ("reason", "cuti"),
        ("grade", ""),
    ]
    assert [(rule.number, rule.has_applied, bool(rule.why)) for rule in found.rules] == [
        (1, False, True),
        (2, True, False),
        (3, False, True),
    ]
    assert (found.letter, found.applied, found.rules[1].cells) == ("F", "2", ("kurang dari 76", "cuti", "C"))


def test_an_english_reader_reads_the_reasons_in_english() -> None:
    g.language = "en"

    found = shown(asked(score=70, reason="cuti"))

    assert found.policy.startswith("The first rule that applies counts")
    assert found.rules[0].why == "“score” is “70”, but this rule asks for “at least 76”."


@pytest.mark.parametrize(
    ("policy", "extra", "letter"),
    [("RULE ORDER", "", "R"), ("COLLECT", "", "C"), ("COLLECT", 'aggregation="COUNT"', "C#")],
)
def test_the_corner_has_the_letter_of_the_hit_policy_and_a_sentence_says_it(
    policy: str, extra: str, letter: str
) -> None:
    found = shown(asked(policy, extra, score=70, reason="cuti"))

    assert (found.letter, found.applied) == (letter, "2, 3")
    assert found.policy.endswith(".")


def test_remarks_are_columns_of_the_drawing() -> None:
    body = table((["-"], ['"A"']), (["> 5"], ['"B"']), policy="FIRST")
    body = body.replace("<rule ", f"{REMARKS}<rule ", 1)
    body = body.replace("</rule>", "<annotationEntry><text>Pasal 5</text></annotationEntry></rule>", 1)

    found = shown(read_one(body).decide({"score": 1}, ENVIRONMENT))

    assert [column.title for column in found.remarks] == ["Dasar"]
    assert [rule.cells[-1] for rule in found.rules] == ["Pasal 5", ""]


def test_a_table_of_something_that_the_decision_requires_says_whose_it_is() -> None:
    outcome = asked(score=70, reason="cuti")

    assert (shown(outcome).owner, shown(outcome, "Predikat").owner) == ("", "Nilai")


def test_two_columns_of_one_title_each_say_what_they_looked_at() -> None:
    body = table((["-", "> 5"], ['"A"']), inputs=("score", "reason")).replace('label="reason"', 'label="score"')

    found = shown(read_one(body).decide({"score": 1, "reason": 2}, ENVIRONMENT))

    assert found.looked_at == (("score", "1"), ("score", "2"))
    assert found.rules[0].why == "“score” bernilai “2”, sedangkan aturan ini meminta “lebih dari 5”."


def test_two_remarks_of_one_name_both_stand_there() -> None:
    body = table((["-"], ['"A"'])).replace("<rule ", f"{REMARKS}{REMARKS}<rule ", 1)
    remarks = "".join(f"<annotationEntry><text>Pasal {number}</text></annotationEntry>" for number in (5, 6))

    found = shown(read_one(body.replace("</rule>", f"{remarks}</rule>")).decide({"score": 1}, ENVIRONMENT))

    assert [column.title for column in found.remarks] == ["Dasar", "Dasar"]
    assert found.rules[0].cells[-2:] == ("Pasal 5", "Pasal 6")


def test_an_english_reader_reads_the_titles_in_english_where_the_file_says_them() -> None:
    g.language = "en"
    label = (
        '<extensionElements><alur:label xmlns:alur="urn:alur:bpmn:1" lang="en">Score</alur:label></extensionElements>'
    )
    body = table((["> 5"], ['"A"'])).replace("<inputExpression>", f"{label}<inputExpression>")

    found = shown(read_one(body).decide({"score": 1}, ENVIRONMENT))

    assert [column.title for column in found.columns] == ["Score", "grade"]
    assert found.rules[0].why.startswith("“Score” is “1”")


def test_nothing_is_said_to_apply_where_no_rule_did() -> None:
    found = shown(read_one(table(([">= 91"], ['"A"']))).decide({"score": 1}, ENVIRONMENT))

    assert (found.applied, found.rules[0].has_applied) == ("", False)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("SANGAT_BAIK", "Sangat Baik"),
        ({"predikat": "BAIK", "poin": 3}, "predikat: Baik; poin: 3"),
        (["BAIK", "lain"], "Baik; lain"),
        (None, "kosong"),
        ([], "kosong"),
    ],
)
def test_a_result_is_said_in_words(value: object, words: str) -> None:
    assert spoken(value) == words


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('"DIATAS_EKSPEKTASI"', "Di atas ekspektasi"),
        ('"SANGAT_BAIK", "BAIK"', "Sangat Baik atau Baik"),
        ("-", "apa pun"),
        ("true", "ya"),
        ("<= 2.5", "paling banyak 2,5"),
        ('not("BAIK")', "not(Baik)"),
        ("[1..5]", "[1..5]"),
    ],
)
def test_a_simple_cell_is_said_in_words(cell: str, words: str) -> None:
    assert spoken_cell(cell) == words
