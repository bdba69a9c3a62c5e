"""Imports of targets, realisations and unit figures: checked by the city's own rules, joined to what is there."""

from collections.abc import Generator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from engine.records.case import case
from engine.records.changes import Write, apply_writes
from engine.records.release import release
from processes.appraisal.facts import plan_targets, read_content, unit_figures
from processes.appraisal.records import evaluation, realisation, target
from processes.people.imports import ImportSummary
from processes.people.records import unit
from tests.unit.processes.people.office import CITY, GURU, KEPSEK, PEOPLE, Office


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    office = Office(tmp_path)
    office.load_staff()
    yield office
    office.database.dispose()


def content(office: Office) -> dict[str, object]:
    (row,) = office.rows(realisation)
    return read_content(row["content"])


def test_the_targets_of_a_plan_are_kept_by_indicator(office: Office) -> None:
    office.load("targets", (GURU, "2026", "G1", "", "21,5"), (GURU, "2026", "G5", "", "24"))

    with office.reading() as read:
        plan = plan_targets(read, CITY, office.person(GURU), 2026)
    assert {code: item.target for code, item in plan.items()} == {"G1": Decimal("21.5"), "G5": Decimal(24)}


def test_a_target_that_is_imported_again_is_changed(office: Office) -> None:
    office.load("targets", (GURU, "2026", "G1", "", "21,5"), (GURU, "2026", "G5", "", "24"))

    again = office.load("targets", (GURU, "2026", "G1", "", "22"), (GURU, "2026", "G5", "", "24"))

    assert again == ImportSummary(new=0, changed=1, unchanged=1)
    assert len(office.rows(target)) == 2


def test_an_indicator_of_another_post_is_answered_with_ones_own(office: Office) -> None:
    (problem,) = office.problems("targets", (GURU, "2026", "G1", "", "20"), (GURU, "2026", "K1", "68", "71"))

    assert (problem.row, problem.column, problem.code) == (3, "Kode Indikator", "unknown_indicator")
    assert "G1, G2, G3, G4, G5" in problem.text_id


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(KEPSEK, "2026", "K1", "71", "71")], "K1"),
        ([(GURU, "2026", "G1", "", "0")], "G1"),
        ([(GURU, "2026", "G1", "", "20", "90")], "100"),
    ],
)
def test_a_plan_that_could_not_be_scored_is_refused(office: Office, rows: list[tuple[str, ...]], said: str) -> None:
    problems = office.problems("targets", *rows)

    assert {problem.code for problem in problems} == {"plan"}
    assert any(said in problem.text_id for problem in problems)


def test_numbers_join_those_that_are_there(office: Office) -> None:
    office.load("realisations", (GURU, "2026", "3", "G4", "in_time", "18"))

    office.load("realisations", (GURU, "2026", "3", "G4", "entries", "20"), (GURU, "2026", "3", "G5", "", "12,5"))

    measured = {"G4": {"in_time": Decimal(18), "entries": Decimal(20)}, "G5": {"hours": Decimal("12.5")}}
    assert content(office)["measured"] == measured


def test_the_same_numbers_again_are_unchanged_and_not_written(office: Office) -> None:
    office.load("realisations", (GURU, "2026", "3", "G5", "", "12,5"))

    assert office.load("realisations", (GURU, "2026", "3", "G5", "hours", "12,5")) == ImportSummary(0, 0, 1)
    assert office.load("realisations", (GURU, "2026", "3", "G5", "hours", "13")) == ImportSummary(0, 1, 0)


def test_what_cannot_be_measured_is_kept_with_its_reason_until_a_number_comes(office: Office) -> None:
    office.load("realisations", (GURU, "2026", "3", "G5", "", "", "Tidak ada pelatihan.", "Surat 12/2026"))
    before = content(office)

    office.load("realisations", (GURU, "2026", "3", "G5", "", "8"))

    assert before == {"not_measurable": {"G5": "Tidak ada pelatihan."}, "notes": {"G5": "Surat 12/2026"}}
    assert content(office) == {"measured": {"G5": {"hours": Decimal(8)}}, "notes": {"G5": "Surat 12/2026"}}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("G2", "level", "4"), "appraiser_field"),
        (("G4", "", "4"), "unknown_field"),
        (("G4", "on_time", "4"), "unknown_field"),
        (("K1", "", "4"), "unknown_indicator"),
        (("G5", "hours", "1001"), "out_of_range"),
        (("G5", "hours", "-1"), "out_of_range"),
        (("G5", "hours"), "nothing_given"),
        (("G5", "hours", "4", "Tidak ada pelatihan."), "value_and_reason"),
        (("G5", "hours", "1.234"), "ambiguous_number"),
    ],
)
def test_a_number_that_cannot_be_taken_is_refused(office: Office, cells: tuple[str, ...], code: str) -> None:
    (problem,) = office.problems("realisations", (GURU, "2026", "3", *cells))

    assert problem.code == code


def test_a_field_given_once_by_name_and_once_without_is_one_number(office: Office) -> None:
    (problem,) = office.problems(
        "realisations", (GURU, "2026", "3", "G5", "", "12"), (GURU, "2026", "3", "G5", "hours", "13")
    )

    assert (problem.row, problem.code) == (3, "duplicate")


def test_a_realisation_of_a_locked_evaluation_is_not_changed(office: Office) -> None:
    _lock_evaluation(office)

    (problem,) = office.problems("realisations", (GURU, "2026", "3", "G5", "", "12"))

    assert problem.code == "locked"


def _lock_evaluation(office: Office) -> None:
    now = datetime(2026, 9, 1, tzinfo=UTC)
    place = next(row["id"] for row in office.rows(unit) if row["code"] == "SMP-1")
    person = office.person(GURU)
    of_release = {
        "id": 1,
        "tenant": CITY,
        "process": "p",
        "number": 1,
        "digest": "d",
        "content": b"",
        "deployed_at": now,
    }
    of_case = {"id": 2, "tenant": CITY, "process": "p", "business_key": "k", "release_id": 1, "subject": person}
    of_case |= {"title": "t", "status": 2, "version": 1, "started_at": now}
    of_evaluation = {"case_id": 2, "version": 1, "tenant": CITY, "employee_id": person, "unit_id": place}
    of_evaluation |= {"year": 2026, "quarter": 3, "is_final": False, "locked_at": now}
    rows = ((release, of_release), (case, of_case), (evaluation, of_evaluation))
    with office.database.writing() as connection:
        apply_writes(connection, [Write(table.insert(), (row,)) for table, row in rows])


def test_the_figures_of_a_unit_come_in_columns_or_by_name(office: Office) -> None:
    office.load(
        "unit-figures",
        ("SMP-1", "2026", "3", "82,4", "120", "97,5"),
        ("SMP-1", "2026", "3", "", "", "", "K1__value", "70,25"),
    )

    place = next(row["id"] for row in office.rows(unit) if row["code"] == "SMP-1")
    with office.reading() as read:
        figures = unit_figures(read, CITY, place, 2026, 3)
    assert figures == {
        "ikm": Decimal("82.4"),
        "n": Decimal(120),
        "attendance": Decimal("97.5"),
        "K1__value": Decimal("70.25"),
    }


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("SMP-1", "2026", "3")], "nothing_given"),
        ([("SMP-1", "2026", "3", "101")], "out_of_range"),
        ([("SMP-1", "2026", "5", "80")], "out_of_range"),
        ([("SMP-7", "2026", "3", "80")], "unknown_unit"),
        ([("SMP-1", "2026", "3", "80"), ("SMP-1", "2026", "3", "", "", "", "ikm", "81")], "duplicate"),
    ],
)
def test_a_figure_that_cannot_be_taken_is_refused(office: Office, rows: list[tuple[str, ...]], code: str) -> None:
    assert {problem.code for problem in office.problems("unit-figures", *rows)} == {code}


def test_somebody_who_retired_in_the_year_keeps_his_targets(office: Office) -> None:
    office.load("employees", (*PEOPLE[4], "", "2026-06-30"))

    assert office.load("targets", (GURU, "2026", "G1", "", "20")).new == 1
