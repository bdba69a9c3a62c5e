"""Tables as rows and columns: what is written back, with which ids, and what of the file stays as it was."""

from dataclasses import replace
from difflib import ndiff
from pathlib import Path

import pytest

from engine.dmn import DecisionTable, read_decisions, read_definitions
from engine.dmn.editing import (
    NewColumn,
    Part,
    Sheet,
    copy_file,
    new_table,
    read_sheet,
    write_expression,
    write_sheet,
)
from engine.errors import NotFound

ROOT = Path(__file__).parents[4]
SHIPPED = sorted((ROOT / "processes").glob("*/*.dmn"))
DMN = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="D" namespace="urn:d">
  <decision id="bonus" name="Bonus">
    <decisionTable id="bonus_table">
      <input id="score" label="Nilai">
        <inputExpression id="score_e" typeRef="number">
          <text>score</text>
        </inputExpression>
      </input>
      <output id="amount" name="amount" typeRef="number"/>
      <annotation name="Dasar"/>
      <!-- what most people get -->
      <rule id="low">
        <inputEntry id="low_1">
          <text>&lt; 5</text>
        </inputEntry>
        <outputEntry id="low_2">
          <text>0</text>
        </outputEntry>
        <annotationEntry>
          <text>Pasal 1</text>
        </annotationEntry>
      </rule>
      <rule id="high">
        <inputEntry id="high_1">
          <text>&gt;= 5</text>
        </inputEntry>
        <outputEntry id="high_2">
          <text>1</text>
        </outputEntry>
        <annotationEntry>
          <text>Pasal 2</text>
        </annotationEntry>
      </rule>
    </decisionTable>
  </decision>
  <decision id="twice" name="Twice">
    <informationRequirement id="needs"><requiredDecision href="#bonus"/></informationRequirement>
    <literalExpression id="twice_e"><text>2 * Bonus</text></literalExpression>
  </decision>
</definitions>
"""


@pytest.fixture
def sheet() -> Sheet:
    """The table of the file."""
    return read_sheet(DMN, "bonus")


def changed_lines(after: bytes) -> list[str]:
    """Return the lines that differ from the file, without their indentation."""
    lines = ndiff(DMN.decode().splitlines(), after.decode().splitlines())
    return [f"{line[0]} {line[2:].strip()}" for line in lines if line[0] in "+-"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_table_that_is_not_changed_is_written_as_it_was(path: Path) -> None:
    content = path.read_bytes()

    for decision in read_definitions(content).decisions:
        if isinstance(decision.logic, DecisionTable):
            assert write_sheet(content, read_sheet(content, decision.id)) == content


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_rule_that_is_added_and_taken_out_again_leaves_nothing_behind(path: Path) -> None:
    content = path.read_bytes()
    decision = next(one.id for one in read_definitions(content).decisions if isinstance(one.logic, DecisionTable))

    added = write_sheet(content, read_sheet(content, decision).with_row(1))

    assert write_sheet(added, read_sheet(added, decision).without_row(1)) == content


def test_a_cell_changes_its_own_line_only(sheet: Sheet) -> None:
    after = write_sheet(DMN, sheet.with_cells({("high", "amount"): "2"}))

    assert changed_lines(after) == ["- <text>1</text>", "+ <text>2</text>"]


def test_rules_that_change_places_keep_their_ids_and_cells(sheet: Sheet) -> None:
    after = read_sheet(write_sheet(DMN, sheet.with_row_moved(1, -1)), "bonus")

    assert [(row.id, row.cells[0]) for row in after.rows] == [("high", ">= 5"), ("low", "< 5")]


def test_a_new_rule_is_laid_out_like_the_others_and_has_ids_of_its_own(sheet: Sheet) -> None:
    after = write_sheet(DMN, sheet.with_row(2, sheet.rows[0]))

    assert b'      <rule id="rule_1">\n        <inputEntry id="rule_1_input_1">\n          <text>&lt; 5' in after
    assert not [line for line in changed_lines(after) if line.startswith("-")]


def test_comments_stay_where_they_are(sheet: Sheet) -> None:
    after = write_sheet(DMN, sheet.with_row(0)).decode()

    assert after.index("rule_1") < after.index("what most people get") < after.index('"low"')


def test_a_column_brings_a_cell_to_every_rule_and_takes_it_away_again(sheet: Sheet) -> None:
    wider = write_sheet(DMN, sheet.with_column(Part.OUTPUT))
    there = read_sheet(wider, "bonus")
    back = read_sheet(write_sheet(wider, there.without_column(2)), "bonus")

    assert [column.expression for column in there.columns] == ["score", "amount", "keluaran_1", "Dasar", ""]
    assert [row.cells[2] for row in there.rows] == ["", ""]
    assert back == sheet


def test_columns_move_among_their_own_kind_with_their_cells(sheet: Sheet) -> None:
    two = read_sheet(write_sheet(DMN, sheet.with_column(Part.INPUT)), "bonus")

    moved = read_sheet(write_sheet(DMN, two.with_column_moved(1, -1)), "bonus")

    assert [column.expression for column in moved.columns[:2]] == ["masukan_1", "score"]
    assert [row.cells[:2] for row in moved.rows] == [("-", "< 5"), ("-", ">= 5")]
    assert two.with_column_moved(1, 1) == two


def test_what_a_column_allows_its_default_and_its_type_are_written_and_taken_away(sheet: Sheet) -> None:
    score, amount, *rest = sheet.columns
    told = (replace(score, allowed="[0..10]", type="integer"), replace(amount, default="0", allowed="0, 1"), *rest)

    with_all = write_sheet(DMN, replace(sheet, columns=tuple(told), policy="COLLECT", aggregation="SUM"))
    without = write_sheet(with_all, sheet)

    assert read_sheet(with_all, "bonus").columns == tuple(told)
    assert b'hitPolicy="COLLECT" aggregation="SUM"' in with_all
    assert read_sheet(without, "bonus") == sheet


def test_the_engine_reads_what_was_written(sheet: Sheet) -> None:
    after = write_sheet(DMN, sheet.with_row(2).with_cells({("high", "score"): "[5..8)"}))

    decision = read_decisions(after)["bonus"]

    assert isinstance(decision.logic, DecisionTable)
    assert [rule.id for rule in decision.logic.rules] == ["low", "high", "rule_1"]
    assert [problem.code for problem in decision.problems] == ["empty_output"]


def test_one_expression_is_changed_by_itself() -> None:
    after = write_expression(DMN, "twice", "3 * Bonus")

    assert changed_lines(after) == [line for line in changed_lines(after) if "literalExpression" in line]
    with pytest.raises(NotFound):
        write_expression(DMN, "bonus", "1")


def test_a_new_table_can_be_filled_in_and_asked() -> None:
    content = new_table("bonus", "Bonus", [NewColumn("Nilai", "score", "number")], [NewColumn("", "amount", "number")])

    filled = read_sheet(content, "bonus").with_cells({("rule_1", "output_1"): "7"})
    decision = read_decisions(write_sheet(content, filled))["bonus"]

    assert decision.problems == ()
    assert decision.needs == {"score"}


def test_a_copy_has_decisions_of_its_own_that_require_each_other() -> None:
    content, renamed = copy_file(DMN, "other", "Bonus lain")

    decisions = read_decisions(content)

    assert renamed == {"bonus": "other", "twice": "other_twice_1"}
    assert [decision.problems for decision in decisions.values()] == [(), ()]
    assert decisions.keys().isdisjoint(read_decisions(DMN))
