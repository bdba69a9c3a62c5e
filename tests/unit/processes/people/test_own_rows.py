"""Whoever imports for a city does not change his own record by it: others propose that, and others approve."""

import pytest

from processes.people.commands.import_rows import ImportRows
from processes.people.imports import CellProblem, ImportPlan, ImportRefused, read_import, report_lines
from processes.people.records import reporting_line
from tests.unit.processes.people.office import CITY, GURU, KABID, KADIS, KEPSEK, KINDS, LINES, TODAY, Office, as_csv

OWN = [
    ("lines", (KABID, KEPSEK, "2026-10-01"), "NIP"),
    ("acting", ("SMP-1", "Plt", KABID, "2026-10-01", "", "SK 7"), "NIP"),
    ("results", (KABID, "2026", "2", "110", "Di atas", "Di atas", "Sangat Baik"), "NIP"),
    ("posts", ("KABID", "Kepala Bidang", "DISDIK", "JPT", "", "15"), "Kode Jabatan"),
    ("employees", (KABID, "", "Bela Kabid", "PNS", "IV/a", "SETDA", "SEKDA", "2026-10-01"), "NIP"),
]


def plan(office: Office, kind: str, *rows: tuple[str, ...]) -> ImportPlan | list[CellProblem]:
    """What the head of division, who is verifier as well, is told of a file."""
    with office.reading() as read:
        rules, bela = office.engine.directory.city(CITY), office.person(KABID)
        return read_import(KINDS[kind], as_csv(kind, *rows), read, CITY, TODAY, city=rules, actor=bela)


@pytest.mark.parametrize(("kind", "row", "column"), OWN)
def test_a_row_that_changes_the_importers_own_record_is_refused(
    office: Office, kind: str, row: tuple[str, ...], column: str
) -> None:
    found = plan(office, kind, row)

    assert isinstance(found, list)
    assert [(problem.row, problem.column, problem.code) for problem in found] == [(2, column, "own_row")]
    assert "minta verifikator atau admin lain" in report_lines(found)[0]


@pytest.mark.parametrize(("kind", "row", "column"), OWN)
def test_the_same_row_may_be_imported_by_somebody_else(
    office: Office, kind: str, row: tuple[str, ...], column: str
) -> None:
    del column

    assert office.load(kind, row).unchanged == 0


def test_a_list_of_everybody_may_hold_the_importer_as_things_stand(office: Office) -> None:
    found = plan(office, "lines", *LINES, (GURU, KADIS, "2026-10-01"))

    assert isinstance(found, ImportPlan)
    assert (found.summary.new, found.summary.unchanged) == (1, len(LINES))


def test_a_file_that_was_checked_for_another_is_refused_when_it_is_imported(office: Office) -> None:
    checked = office.plan("lines", (KABID, KEPSEK, "2026-10-01"))
    assert isinstance(checked, ImportPlan)

    with pytest.raises(ImportRefused) as caught:
        office.run(ImportRows(checked), office.actor(KABID, "hr_verifier"))

    assert {problem.code for problem in caught.value.problems} == {"own_row"}
    assert len(office.rows(reporting_line)) == len(LINES)
