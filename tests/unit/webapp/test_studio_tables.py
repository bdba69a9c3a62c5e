"""What people paste from a spreadsheet becomes FEEL or is refused; and dmn-js speaks Indonesian throughout."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, g

from engine.dmn.editing import Column, NewColumn, Part, Row, Sheet, new_table, read_sheet
from tests.unit.engine.scenarios.ways import release_of, scenarios_of
from webapp.studio.tables.changing import acted
from webapp.studio.tables.covering import questions_in
from webapp.studio.tables.decisions import read_table_files
from webapp.studio.tables.findings import faults_of
from webapp.studio.tables.pasting import as_feel, read_pasted, with_pasted

FRONTEND = Path(__file__).parents[3] / "webapp" / "frontend"
SHOWN = re.compile(r"""ranslate\(\s*(['"])((?:(?!\1)[^\\]|\\.)*)\1""")
LISTED = re.compile(r"""(?:label|explanation|title|Duration): (['"])([^'"]*)\1""")
#: So many are there at least; fewer would mean that dmn-js was not found.
LEAST = 190


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    with Flask("pasting").app_context():
        g.language = "id"
        yield


@pytest.fixture
def sheet() -> Sheet:
    """A table of a text, a number and a day that gives yes or no."""
    inputs = [NewColumn("Jenis", "kind", "string"), NewColumn("Nilai", "score", "number")]
    return read_sheet(new_table("t", "T", [*inputs, NewColumn("Tanggal", "day", "date")], [_output()]), "t")


def _output() -> NewColumn:
    return NewColumn("Lolos", "passes", "boolean")


@pytest.mark.parametrize(
    ("kind", "typed", "cell"),
    [
        ("string", "PNS", '"PNS"'),
        ("string", '"PNS", "PPPK"', '"PNS", "PPPK"'),
        ("string", "PNS, PPPK", '"PNS", "PPPK"'),
        ("string", "Lulus, dengan catatan", '"Lulus, dengan catatan"'),
        ("string", "", "-"),
        ("number", "7,5", "7.5"),
        ("number", "≥ 90", ">= 90"),
        ("number", "[1..5]", "[1..5]"),
        ("number", "NULL", "null"),
        ("boolean", "Ya", "true"),
        ("boolean", "SALAH", "false"),
        ("date", "< 31/12/2026", '< date("2026-12-31")'),
        ("Any", "a.b > 3", "a.b > 3"),
    ],
)
def test_a_cell_of_a_spreadsheet_becomes_feel(kind: str, typed: str, cell: str) -> None:
    assert as_feel(typed, Column(Part.INPUT, "c", type=kind, allowed='"PNS", "PPPK"')) == cell


def test_cells_that_no_column_can_hold_are_named_with_their_line(sheet: Sheet) -> None:
    pasted = read_pasted("Jenis\tNilai\tTanggal\tLolos\n\nPNS\t1.500\t32/01/2026\tmungkin\nPNS\t1", sheet)

    assert [(fault.line, fault.column) for fault in pasted.faults] == [
        (4, ""),
        (3, "Nilai"),
        (3, "Tanggal"),
        (3, "Lolos"),
    ]


def test_rules_that_are_there_already_keep_their_ids_when_all_are_replaced(sheet: Sheet) -> None:
    row = Row("kept", ('"PNS"', "7.5", "-", "true", ""))
    pasted = read_pasted("PPPK\t1\t\ttidak\nPNS\t7,5\t\tya", sheet)

    after = with_pasted(Sheet("t", "T", "UNIQUE", "", sheet.columns, (row,)), pasted.rows, replaces=True)

    assert not pasted.faults
    assert [row.id for row in after.rows] == ["", "kept"]


def test_a_file_that_cannot_be_read_says_why_and_hides_no_other() -> None:
    good = new_table("t", "T", [], [_output()])

    found = read_table_files({"a.dmn": b"<x/>", "t.dmn": good, "p.bpmn": b""})

    assert [fault.code for fault in faults_of(found["a.dmn"])] == ["dmn_unreadable"]
    assert [fault.code for fault in faults_of(found["t.dmn"])] == ["empty_output"]


def test_every_text_of_the_drawn_editor_is_indonesian() -> None:
    known = json.loads((FRONTEND / "js" / "studio" / "tables" / "indonesian.json").read_text())

    shown = _translated()

    assert len(shown) > LEAST
    assert shown - known.keys() == set()


def test_a_button_that_names_nothing_changes_nothing(sheet: Sheet) -> None:
    actions = ("", "hapus nobody", "turun", "kolom description", "kiri nobody", "buang description", "x rule_1")

    assert [acted(sheet, action)[0] for action in actions] == [sheet] * len(actions)


def _translated() -> set[str]:
    """Return every text that dmn-js may translate: where it is shown, or in lists of what it names by a variable."""
    modules = FRONTEND / "node_modules"
    found: set[str] = set()
    for path in (path for part in modules.glob("dmn-js*") for path in (part / "lib").rglob("*.js")):
        source = path.read_text()
        found |= {text for _, text in SHOWN.findall(source)}
        if path.name in ("HitPolicies.js", "ReplaceOptions.js", "DataTypes.js", "DrillDown.js", "DurationInput.js"):
            found |= {
                text for _, text in re.findall(r"""(?:label|explanation|title|Duration): (['"])([^'"]*)\1""", source)
            }
            found |= set(re.findall(r"'(\w+)'", "".join(re.findall(r"DATA_TYPES = \[(.*?)\]", source))))
    return {text.replace('\\"', '"') for text in found}


def test_scenarios_for_which_there_is_no_time_are_counted() -> None:
    release, scenarios = release_of("training_nomination"), scenarios_of("training_nomination")
    questions, unplayed = questions_in(release, scenarios, lambda: False)
    assert questions
    assert unplayed == 0

    assert questions_in(release, scenarios, lambda: True) == ((), len(scenarios))
