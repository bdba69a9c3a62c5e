"""Files of attendance, parameters and money: what they bring, and what they may not change."""

import io
from datetime import date, time
from decimal import Decimal

from openpyxl import Workbook

from processes.incentive.imports import ATTENDANCE
from processes.incentive.records import attendance, external_deduction
from processes.people.imports import ImportPlan, read_import
from processes.people.records import parameter_set
from tests.unit.processes.incentive.treasury import Treasury, amounts
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KEPSEK, TODAY, as_csv

SPLIT = ("incentive.split", "2026.1", "2026-01-01", "Perwal 1/2026")


def test_a_day_keeps_times_minutes_and_the_name_of_its_file(treasury: Treasury) -> None:
    treasury.load("attendance", (GURU, "03/06/2026", "hadir", "07.45", "15:50", "15", "10", "ya"))

    row = treasury.rows(attendance)[-1]

    assert (row["day"], row["check_in"], row["check_out"]) == (date(2026, 6, 3), 465, 950)
    assert (row["late"], row["early"], row["assembly_missed"]) == (15, 10, True)
    assert (row["source"], row["no_check_in"]) == ("attendance.csv", False)


def test_an_empty_time_is_a_missing_check_in_only_if_the_file_has_times(treasury: Treasury) -> None:
    header = "NIP;Tanggal;Status Kehadiran"
    found = treasury.plan("attendance", (GURU_2, "2026-06-03", "H"), header=header)
    assert isinstance(found, ImportPlan)
    treasury.load("attendance", (GURU, "2026-06-03", "H", "", "16:00"))

    row = treasury.rows(attendance)[-1]

    assert (row["no_check_in"], row["no_check_out"]) == (True, False)


def test_the_same_file_twice_changes_nothing(treasury: Treasury) -> None:
    before = treasury.rows(attendance)

    treasury.attend(GURU)

    assert treasury.rows(attendance) == before


def test_a_real_time_cell_of_a_workbook_is_a_time(treasury: Treasury) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["NIP", "Tanggal", "Status", "Jam Masuk", "Jam Pulang"])
    sheet.append([GURU, date(2026, 6, 3), "Hadir", time(7, 32), time(16, 5, 30)])
    content = io.BytesIO()
    workbook.save(content)

    found = treasury.plan_file("attendance", content.getvalue(), "kehadiran.xlsx")

    assert isinstance(found, ImportPlan)
    assert (found.rows[0]["check_in"], found.rows[0]["check_out"]) == (7 * 60 + 32, 16 * 60 + 5)


def test_nobody_changes_his_own_day_by_a_file(treasury: Treasury) -> None:
    content = as_csv("attendance", (KEPSEK, "2026-05-04", "Dinas Luar"), (GURU, "2026-05-04", "Dinas Luar"))
    with treasury.reading() as read:
        actor = treasury.person(KEPSEK)
        found = read_import(ATTENDANCE, content, read, CITY, TODAY, name="kehadiran.csv", actor=actor)

    assert isinstance(found, list)
    assert [(problem.row, problem.code) for problem in found] == [(2, "own_row")]


def test_a_time_that_is_none_is_named_with_its_cell(treasury: Treasury) -> None:
    (problem,) = treasury.problems("attendance", (GURU, "2026-06-03", "H", "25:00"))

    assert problem.line() == "Baris 2, kolom Jam Masuk: '25:00' bukan jam. Tulis seperti 07:32."


def test_a_locked_month_takes_no_other_attendance_but_the_same_again(treasury: Treasury) -> None:
    treasury.lock()

    treasury.attend(GURU)
    (problem,) = treasury.problems("attendance", (GURU, "2026-05-04", "TK"))

    assert "sudah dikunci" in problem.line()


def test_a_locked_month_takes_no_further_deduction(treasury: Treasury) -> None:
    treasury.load("allowance-deductions", (GURU, "2026-05", "PPh 21", "100000"))
    treasury.lock()

    (problem,) = treasury.problems("allowance-deductions", (GURU, "2026-05", "IWP", "5000"))

    assert "sudah dikunci" in problem.line()
    assert len(treasury.rows(external_deduction)) == 1


def test_parameters_come_as_whole_sets_with_their_source(treasury: Treasury) -> None:
    treasury.load("parameters", (*SPLIT, "productivity", "0,65"), (*SPLIT, "discipline", "0,35"))

    kept = {row["name"]: (row["valid_from"], row["source"]) for row in treasury.rows(parameter_set)}

    assert kept["incentive.split"] == (date(2026, 1, 1), "Perwal 1/2026")
    assert treasury.compute().basis.number("incentive.split", "productivity") == Decimal("0.65")


def test_a_productivity_part_below_sixty_percent_is_refused(treasury: Treasury) -> None:
    (problem,) = treasury.problems("parameters", (*SPLIT, "productivity", "0,50"), (*SPLIT, "discipline", "0,50"))

    assert "paling sedikit 0,60" in problem.line()


def test_a_rate_written_as_a_percentage_is_refused(treasury: Treasury) -> None:
    row = ("incentive.attendance", "2026.1", "2026-01-01", "Perwal 1/2026", "absent.rate", "3")

    (problem,) = treasury.problems("parameters", row)

    assert "tulis 0,03 untuk 3%" in problem.line()


def test_a_key_that_nobody_reads_is_refused(treasury: Treasury) -> None:
    (problem,) = treasury.problems("parameters", ("incentive.bonus", "1", "2026-01-01", "x", "a", "1"))

    assert problem.code == "not_choice"


def test_the_order_of_the_rows_of_a_set_does_not_matter(treasury: Treasury) -> None:
    rows = amounts({"11.beban_kerja": "9000000", "8.beban_kerja": "5000000"})

    found = treasury.plan("parameters", *rows)

    assert isinstance(found, ImportPlan)
    assert (found.summary.unchanged, found.summary.changed) == (1, 0)


def test_a_later_set_holds_from_its_day_on(treasury: Treasury) -> None:
    classes = {"8.beban_kerja": "6000000", "11.beban_kerja": "9000000"}
    treasury.load("parameters", *amounts(classes, "2026-06-01", "2026.2"))

    assert treasury.compute().basis.amounts_of(8) == {"beban_kerja": 5_000_000}
    assert treasury.compute(date(2026, 6, 1)).basis.amounts_of(8) == {"beban_kerja": 6_000_000}
