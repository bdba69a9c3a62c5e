"""Imports of people and their organisation: all problems in one pass, nothing by halves, again is an update."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from processes.appraisal.imports import APPRAISAL_KINDS
from processes.people.imports import PEOPLE_KINDS, ImportPlan, ImportSummary, read_import, report_lines
from processes.people.records import employee, holiday, leave, placement, reporting_line, result, unit, unit_head
from tests.unit.processes.people.office import (
    GURU,
    GURU_2,
    KABID,
    KADIS,
    KEPSEK,
    KINDS,
    LINES,
    PEOPLE,
    POSTS,
    SEKDA,
    UNITS,
    Office,
    as_csv,
)

OTHER = "198001012005011901"
ACTING_PROBLEMS = {"not_choice", "unknown_unit", "unknown_employee", "ends_before_start"}
LEAVE_PROBLEMS = {"not_choice", "unknown_employee", "ends_before_start"}
RESULT_PROBLEMS = {"out_of_range", "unknown_employee", "quarter_not_over"}
NUMBER_PROBLEMS = {"out_of_range", "unknown_employee", "value_and_reason"}


def test_every_bad_cell_of_a_file_is_reported_in_one_pass(office: Office) -> None:
    problems = office.problems(
        "employees",
        ("123", "", "Salah NIP", "", "", "SMP-1"),
        (OTHER, "", "", "Honorer", "", "SMP-9", "GURU", "32/01/2026"),
        (GURU, "", "Gita", "", "", "SMP-1"),
        (GURU, "", "Gita", "", "", "SMP-1"),
    )

    assert [(problem.row, problem.column, problem.code) for problem in problems] == [
        (2, "NIP", "plan"),
        (3, "Nama", "required"),
        (3, "Jenis", "not_choice"),
        (3, "TMT Jabatan", "no_such_day"),
        (3, "Kode Unit", "unknown_unit"),
        (5, "NIP", "duplicate"),
    ]


@pytest.mark.parametrize(
    ("kind", "row", "expected"),
    [
        ("units", ("X", "Unit X", "TIDAK-ADA", "Sekolah", "9"), {"not_choice", "unknown_unit"}),
        ("posts", ("X", "Pos X", "TIDAK-ADA", "Honorer", "nelayan"), {"not_choice", "unknown_unit", "unknown_family"}),
        ("lines", (OTHER, OTHER, "32/13/2026"), {"no_such_day", "unknown_employee", "own_appraiser"}),
        ("acting", ("TIDAK-ADA", "Pjs", OTHER, "2026-03-01", "2026-02-01"), ACTING_PROBLEMS),
        ("leave", (OTHER, "Libur", "2026-03-02", "2026-03-01"), LEAVE_PROBLEMS),
        ("results", (GURU, "2026", "1", "121", "Sesuai", "Sesuai", "Kurang"), {"out_of_range", "predicate_differs"}),
        ("results", (OTHER, "2026", "3", "121", "Sesuai", "Sesuai", "Baik"), RESULT_PROBLEMS),
        ("realisations", (GURU, "2026", "3", "K1", "", "abc"), {"not_number", "unknown_indicator"}),
        ("realisations", (OTHER, "2026", "5", "K1", "", "4", "Banjir"), NUMBER_PROBLEMS),
        ("targets", (GURU, "2026", "K1", "", "abc"), {"not_number", "unknown_indicator"}),
        ("unit-figures", ("TIDAK-ADA", "2026", "3", "101"), {"out_of_range", "unknown_unit"}),
    ],
)
def test_a_row_with_an_unreadable_cell_is_compared_as_far_as_it_goes(
    office: Office, kind: str, row: tuple[str, ...], expected: set[str]
) -> None:
    assert {problem.code for problem in office.problems(kind, row)} == expected


def test_a_unit_with_an_unreadable_cell_is_still_the_parent_of_others(office: Office) -> None:
    problems = office.problems(
        "units", ("BARU", "Dinas Baru", "", "Dinas", "9"), ("BARU-1", "Bidang Baru", "BARU", "Sekolah", "5")
    )

    assert {(problem.row, problem.column) for problem in problems} == {(2, "Jenis Unit"), (2, "Hari Kerja")}


def test_a_plan_with_an_unreadable_target_is_not_blamed_for_its_sum(office: Office) -> None:
    problems = office.problems("targets", (GURU, "2026", "G1", "", "20", "10"), (GURU, "2026", "G2", "", "", "abc"))

    assert [(problem.row, problem.code) for problem in problems] == [(3, "not_number")]


def test_a_reference_to_nothing_names_what_is_not_there(office: Office) -> None:
    (unknown_post, unknown_unit) = office.problems("employees", (OTHER, "", "Oki", "", "", "SMP-9", "GURU-9"))[::-1]

    assert "'SMP-9'" in unknown_unit.text_id
    assert "'GURU-9'" in unknown_post.text_id


def test_nothing_is_imported_when_one_cell_is_bad(office: Office) -> None:
    before = office.rows(employee)

    office.problems("employees", (OTHER, "", "Oki", "", "", "SMP-1"), ("123", "", "Salah", "", "", "SMP-1"))

    assert office.rows(employee) == before


def test_a_dry_run_counts_and_writes_nothing(office: Office) -> None:
    plan = office.plan("employees", *PEOPLE[:2], (OTHER, "", "Oki", "", "", "SMP-1", "GURU"))

    assert isinstance(plan, ImportPlan)
    assert plan.summary == ImportSummary(new=1, changed=0, unchanged=2)
    assert len(office.rows(employee)) == len(PEOPLE)


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    for kind, rows in (("units", UNITS), ("posts", POSTS), ("employees", PEOPLE), ("lines", LINES)):
        assert office.load(kind, *rows) == ImportSummary(0, 0, len(rows))


def test_columns_may_stand_in_any_order_and_in_english(office: Office) -> None:
    header = "no;name;unit code;catatan;nip;grade"

    plan = office.plan("employees", ("1", "Oki", "SMP-1", "?", OTHER, "III/a"), header=header)

    assert isinstance(plan, ImportPlan)
    assert plan.rows[0]["grade"] == "III/a"
    assert plan.ignored == ("catatan",)


def test_a_missing_column_is_named_with_the_known_ones(office: Office) -> None:
    (problem,) = office.problems("employees", (OTHER, "SMP-1"), header="NIP;Kode Unit")

    assert problem.code == "column_missing"
    assert "'Nama'" in problem.text_id


def test_a_move_ends_the_placement_before(office: Office) -> None:
    office.load("employees", (GURU, "", "Gita Guru", "PNS", "III/c", "DISDIK", "KABID", "2026-07-01"))

    places = [row for row in office.rows(placement) if row["employee_id"] == office.person(GURU)]
    assert [(row["valid_from"], row["valid_to"]) for row in places] == [
        (date(2025, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), None),
    ]


def test_a_column_that_the_file_does_not_have_keeps_its_values(office: Office) -> None:
    office.plan("employees", (GURU, "Gita Baru", "SMP-1", "GURU"), header="NIP;Nama;Kode Unit;Kode Jabatan")
    office.load("employees", (GURU, "", "Gita Baru", "", "III/d", "SMP-1", "GURU"))

    (row,) = [row for row in office.rows(employee) if row["nip"] == GURU]
    assert (row["name"], row["kind"], row["grade"]) == ("Gita Baru", "PNS", "III/d")


def test_a_new_work_agreement_gives_the_same_person_a_new_number(office: Office) -> None:
    first, second = "199009132022212914", "199009132025242914"
    office.load("employees", (first, "", "Pia", "PPPK", "IX", "SMP-1"))
    person = office.person(first)

    office.load("employees", (second, first, "Pia", "PPPK", "IX", "SMP-1"))

    assert office.person(second) == person


def test_the_kind_of_employee_must_be_what_the_number_says(office: Office) -> None:
    (problem,) = office.problems("employees", (OTHER, "", "Oki", "PPPK", "", "SMP-1"))

    assert (problem.code, problem.column) == ("kind_differs", "Jenis")


def test_units_may_come_in_any_order(empty_office: Office) -> None:
    empty_office.load("units", *UNITS)

    parents = {row["code"]: row["parent_id"] for row in empty_office.rows(unit)}
    ids = {row["code"]: row["id"] for row in empty_office.rows(unit)}
    assert parents == {"SETDA": None, "DISDIK": ids["SETDA"], "SMP-1": ids["DISDIK"]}


def test_a_circle_of_units_is_refused_also_through_stored_ones(office: Office) -> None:
    (problem,) = office.problems("units", ("SETDA", "Sekretariat Daerah", "SMP-1", "Sekretariat Daerah", "5"))

    assert problem.code == "unit_circle"
    assert "SETDA → SMP-1 → DISDIK → SETDA" in problem.text_id


@pytest.mark.parametrize("week", ["4", "7", "senin"])
def test_a_week_has_five_or_six_days(office: Office, week: str) -> None:
    (problem,) = office.problems("units", ("X", "Unit X", "SETDA", "Sekolah", week))

    assert (problem.code, problem.column) == ("not_choice", "Hari Kerja")


def test_a_job_family_that_the_city_does_not_know_is_refused(office: Office) -> None:
    (problem,) = office.problems("posts", ("X", "Pos X", "SMP-1", "Pelaksana", "nelayan"))

    assert "teacher" in problem.text_id


def test_a_new_line_ends_the_one_before_and_reaches_to_the_next(office: Office) -> None:
    office.load("lines", (GURU, KADIS, "2026-09-01"))
    office.load("lines", (GURU, KABID, "2026-07-01"))

    lines = sorted(
        (row["valid_from"], row["valid_to"], row["appraiser_id"])
        for row in office.rows(reporting_line)
        if row["employee_id"] == office.person(GURU)
    )
    assert lines == [
        (date(2025, 1, 1), date(2026, 6, 30), office.person(KEPSEK)),
        (date(2026, 7, 1), date(2026, 8, 31), office.person(KABID)),
        (date(2026, 9, 1), None, office.person(KADIS)),
    ]


def test_nobody_appraises_himself(office: Office) -> None:
    (problem,) = office.problems("lines", (GURU, GURU, "2026-09-01"))

    assert problem.code == "own_appraiser"


def test_lines_that_form_a_circle_on_some_day_are_refused(office: Office) -> None:
    (problem,) = office.problems("lines", (KADIS, GURU, "2027-01-01"))

    assert problem.code == "line_circle"
    assert f"{KADIS} → {GURU} → {KEPSEK} → {KADIS}" in problem.text_id


def test_lines_that_follow_each_other_form_no_circle(office: Office) -> None:
    swapped = office.load(
        "lines", (GURU, GURU_2, "2026-09-01", "2026-09-10"), (GURU_2, GURU, "2026-09-11", "2026-09-20")
    )

    assert swapped.new == 2


def test_leave_does_not_overlap(office: Office) -> None:
    office.load("leave", (GURU, "Cuti Tahunan", "2026-09-01", "2026-09-10"))

    (problem,) = office.problems("leave", (GURU, "Cuti Sakit", "2026-09-10", "2026-09-12"))

    assert problem.code == "overlaps"


def test_leave_that_is_prolonged_stays_one_row(office: Office) -> None:
    office.load("leave", (GURU, "Cuti Tahunan", "2026-09-01", "2026-09-10"))

    again = office.load("leave", (GURU, "Cuti Tahunan", "01/09/2026", "15/09/2026"))

    assert again == ImportSummary(0, 1, 0)
    assert [row["last_day"] for row in office.rows(leave)] == [date(2026, 9, 15)]


def test_a_unit_has_one_head_of_each_kind(office: Office) -> None:
    office.load(
        "acting", ("SMP-1", "Plt", GURU, "2026-09-01", "", "SK 1"), ("SMP-1", "Definitif", GURU_2, "2026-09-15")
    )

    heads = {(row["kind"], row["valid_from"]): row["valid_to"] for row in office.rows(unit_head)}
    assert heads["definitif", date(2025, 1, 1)] in (None, date(2026, 9, 14))
    assert heads["plt", date(2026, 9, 1)] is None
    assert heads["definitif", date(2026, 9, 15)] is None


def test_a_holiday_that_is_renamed_stays_one_row(office: Office) -> None:
    office.load("holidays", ("17/08/2026", "Kemerdekaan"))

    assert office.load("holidays", ("2026-08-17", "Hari Kemerdekaan")) == ImportSummary(0, 1, 0)
    assert [row["name"] for row in office.rows(holiday)] == ["Hari Kemerdekaan"]


def test_a_changed_result_is_a_new_version_and_the_old_one_stays(office: Office) -> None:
    row = (GURU, "2026", "1", "101,25", "Sesuai", "Di atas", "Baik", KEPSEK)
    office.load("results", row)

    again = office.load("results", (*row[:3], "112,5", "di atas", *row[5:6], "Sangat Baik", KEPSEK))

    kept = [(item["version"], item["value"], item["predicate"], item["source"]) for item in office.rows(result)]
    assert again == ImportSummary(0, 1, 0)
    assert kept == [
        (1, Decimal("101.25"), "BAIK", "results.csv"),
        (2, Decimal("112.5"), "SANGAT_BAIK", "results.csv"),
    ]


def test_a_result_is_kept_with_the_unit_of_that_quarter(office: Office) -> None:
    office.load("employees", (GURU, "", "Gita Guru", "PNS", "III/c", "DISDIK", "KABID", "2026-07-01"))

    office.load("results", (GURU, "2026", "2", "", "di bawah", "Sesuai", "Cukup"))

    units = {row["id"]: row["code"] for row in office.rows(unit)}
    assert [units[row["unit_id"]] for row in office.rows(result)] == ["SMP-1"]


def test_the_result_of_a_quarter_that_is_not_over_is_refused(office: Office) -> None:
    (problem,) = office.problems("results", (GURU, "2026", "3", "", "Sesuai", "Sesuai", "Baik"))

    assert problem.code == "quarter_not_over"


def test_a_predicate_that_the_ratings_do_not_make_is_refused_with_the_one_they_make(office: Office) -> None:
    row = (GURU, "2026", "1", "", "di bawah", "Sesuai")

    (problem,) = office.problems("results", (*row, "Baik"))

    assert (problem.column, problem.code) == ("Predikat", "predicate_differs")
    assert "berarti predikat 'Butuh Perbaikan', bukan 'Baik'" in problem.text_id
    assert "makes the predicate 'Needs improvement', not 'Good'" in problem.text_en
    assert office.load("results", (*row, "Cukup")).new == 1


def test_the_report_says_where_what_and_what_to_do(office: Office) -> None:
    lines = report_lines(office.problems("lines", (GURU, GURU, "2026-09-01")))

    assert lines == [
        "Baris 2, kolom NIP Penilai: Pegawai tidak dapat menjadi penilai dirinya sendiri.",
        "1 masalah ditemukan. Tidak ada yang diimpor; perbaiki berkas lalu ulangi.",
    ]


def test_the_report_of_a_good_file_counts_its_rows(office: Office) -> None:
    plan = office.plan("lines", (GURU, KADIS, "2026-09-01"), LINES[0])

    assert isinstance(plan, ImportPlan)
    assert report_lines(plan) == [
        "Garis penilaian: 2 baris (1 baru, 0 berubah, 1 tetap).",
        "Uji coba: belum ada yang diimpor.",
    ]
    assert report_lines(plan, is_done=True, language="en")[-1] == "Imported."


def test_progress_is_told_up_to_the_last_row(office: Office) -> None:
    seen: list[tuple[int, int]] = []
    rows = [(f"2{number:03}-01-01", "Libur") for number in range(90, 100)] * 60
    with office.reading() as read:
        content = as_csv("holidays", *rows)
        read_import(
            KINDS["holidays"], content, read, "tebingtinggi", date(2026, 9, 28), progress=lambda *at: seen.append(at)
        )

    assert seen == [(500, 602), (601, 601)]


def test_the_head_of_the_city_is_a_person_without_a_line(office: Office) -> None:
    people = {row["employee_id"] for row in office.rows(reporting_line)}

    assert office.person(SEKDA) not in people


@pytest.mark.parametrize("kind", sorted(PEOPLE_KINDS | APPRAISAL_KINDS))
def test_the_readme_names_the_columns_of_every_file(kind: str) -> None:
    readme = (Path(__file__).parents[4] / "processes/people/README.md").read_text()

    (line,) = [line for line in readme.splitlines() if line.startswith(f"| `{kind}` |")]

    columns = line.split("|")[2].replace(" (Definitif, Plt, Plh)", "")
    assert [title.strip() for title in columns.split(",")] == KINDS[kind].template()
