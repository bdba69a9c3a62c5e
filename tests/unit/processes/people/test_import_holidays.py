"""Holidays that were wrong or moved: the file that brings them also takes them back."""

from datetime import date

from processes.people.imports import ImportPlan, report_lines
from processes.people.records import holiday
from tests.unit.processes.people.office import Office

MAWLID = ("25/08/2026", "Maulid Nabi")


def days(office: Office) -> dict[date, str]:
    return {row["day"]: row["name"] for row in office.rows(holiday)}


def test_a_holiday_that_moved_is_removed_and_put_on_its_new_day(office: Office) -> None:
    office.load("holidays", MAWLID, ("17/08/2026", "Kemerdekaan"))

    summary = office.load("holidays", (*MAWLID, "Ya"), ("26/08/2026", "Maulid Nabi"))

    assert (summary.new, summary.changed) == (1, 1)
    assert days(office) == {date(2026, 8, 17): "Kemerdekaan", date(2026, 8, 26): "Maulid Nabi"}


def test_the_dry_run_names_what_will_be_removed_and_what_stays_as_it_is(office: Office) -> None:
    office.load("holidays", MAWLID)

    found = office.plan("holidays", (*MAWLID, "ya"))

    assert isinstance(found, ImportPlan)
    said = "\n".join(report_lines(found))
    assert "Hari libur yang dihapus: 25/08/2026 Maulid Nabi." in said
    assert "Tenggat yang sudah berjalan baru berubah setelah Anda menyetujuinya." in said
    assert days(office) == {date(2026, 8, 25): "Maulid Nabi"}


def test_a_day_that_is_no_holiday_cannot_be_removed(office: Office) -> None:
    office.load("holidays", MAWLID)

    (problem,) = office.problems("holidays", ("24/08/2026", "Maulid Nabi", "Ya"))

    assert (problem.row, problem.column, problem.code) == (2, "Tanggal", "no_holiday")


def test_a_file_without_the_column_removes_nothing(office: Office) -> None:
    office.load("holidays", MAWLID)

    office.load("holidays", ("17/08/2026", "Kemerdekaan", "Tidak"))

    assert len(days(office)) == 2


def test_a_day_is_not_removed_and_named_in_one_file(office: Office) -> None:
    office.load("holidays", MAWLID)

    (problem,) = office.problems("holidays", (*MAWLID, "Ya"), MAWLID)

    assert problem.code == "duplicate"
