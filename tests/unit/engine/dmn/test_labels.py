"""What decisions and columns are called in English: read, kept when a table is typed over, and there in every file."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine.dmn import DecisionTable, read_decisions
from engine.dmn.boxes import Input, Output, Remark
from engine.dmn.editing import Part, copy_file, read_sheet, write_sheet

ROOT = Path(__file__).parents[4]
SHIPPED = sorted((ROOT / "processes").glob("*/*.dmn"))
FILE = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:alur="urn:alur:bpmn:1" id="d" name="D"
             namespace="urn:d">
  <decision id="bonus" name="bonus_of_all">
    <extensionElements>
      <alur:label lang="id">Bonus</alur:label>
      <alur:label lang="en">Extra pay</alur:label>
    </extensionElements>
    <decisionTable id="bonus_table">
      <extensionElements>
        <alur:label lang="en" for="Dasar">Basis</alur:label>
      </extensionElements>
      <input id="score" label="Nilai">
        <extensionElements><alur:label lang="en">Score</alur:label></extensionElements>
        <inputExpression id="score_e" typeRef="number"><text>score</text></inputExpression>
      </input>
      <output id="amount" label="Jumlah" name="amount" typeRef="number">
        <extensionElements><alur:label lang="en">Amount</alur:label></extensionElements>
      </output>
      <annotation name="Dasar" />
      <rule id="low">
        <inputEntry id="low_1"><text>&lt; 5</text></inputEntry>
        <outputEntry id="low_2"><text>0</text></outputEntry>
        <annotationEntry><text>Pasal 1</text></annotationEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""


def columns_of(table: DecisionTable) -> list[Input | Output | Remark]:
    """Return all columns of a table."""
    return [*table.inputs, *table.outputs, *table.remarks]


def titles(xml: bytes, language: str = "en") -> list[str]:
    """Return what the one decision of a file and its columns are called."""
    (decision,) = read_decisions(xml).values()
    assert isinstance(decision.logic, DecisionTable)
    return [decision.name_in(language), *(column.title_in(language) for column in columns_of(decision.logic))]


def test_a_reader_gets_the_words_of_his_language_and_the_name_where_there_are_none() -> None:
    bare = FILE.replace(b'lang="en"', b'lang="fr"')

    assert titles(FILE) == ["Extra pay", "Score", "Amount", "Basis"]
    assert titles(FILE, "id") == titles(bare) == ["Bonus", "Nilai", "Jumlah", "Dasar"]


def test_cells_and_rules_that_change_leave_the_english_words_alone() -> None:
    sheet = read_sheet(FILE, "bonus").with_cells({("low", "amount"): "7"}).with_row(1)

    assert titles(write_sheet(FILE, sheet)) == titles(FILE)


def test_a_column_of_another_title_is_not_called_by_its_old_one_in_english() -> None:
    sheet = read_sheet(FILE, "bonus")
    renamed = [
        replace(column, label="Angka") if column.part is Part.INPUT
        else replace(column, expression="Alasan") if column.part is Part.ANNOTATION
        else column
        for column in sheet.columns
    ]  # fmt: skip

    after = write_sheet(FILE, replace(sheet, columns=tuple(renamed)))

    assert titles(after) == ["Extra pay", "Angka", "Amount", "Alasan"]
    assert b"Basis" not in after


def test_a_copy_is_called_by_its_own_name() -> None:
    content, _renamed = copy_file(FILE, "other", "Bonus lain")

    assert titles(content)[0] == "Bonus lain"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_decision_and_column_has_an_english_title(path: Path) -> None:
    for decision in read_decisions(path.read_bytes()).values():
        assert decision.node.labels.get("en"), decision.id
        columns = columns_of(decision.logic) if isinstance(decision.logic, DecisionTable) else []
        assert [column for column in columns if not column.labels.get("en")] == []
