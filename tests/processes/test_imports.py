"""Imports of targets, realisations and unit figures: checked by the city's own rules, joined to what is there."""

from collections.abc import Generator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from engine.records.case import CaseStatus, case
from engine.records.changes import Write, apply_writes
from engine.records.release import release
from engine.records.wordbook import wordbook
from processes.appraisal.facts import plan_targets, read_content, unit_figures
from processes.appraisal.imports import APPRAISAL_KINDS
from processes.appraisal.records import evaluation, realisation, target
from processes.appraisal.variables import EMPLOYEE_PROCESS, business_key
from processes.people.figures import unit_figure
from processes.people.imports import ImportPlan, ImportSummary, read_import
from processes.people.records import unit
from tests.processes.city_hall import CITRA, DEWI, CityHall
from tests.processes.office import CITY as HALL
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KEPSEK, PEOPLE, Office, as_csv

_NIP = f"19860926201505100{DEWI}"
OTHERS_RESULT = (GURU_2, "2026", "2", "", "Sesuai", "Sesuai", "Baik")


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    office = Office(tmp_path)
    office.load_staff()
    yield office
    office.database.dispose()


def content(office: Office) -> dict[str, object]:
    (row,) = office.rows(realisation)
    with office.database.reading() as read:
        return read_content(read, row["content"])


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
    assert "Isian" in problem.text_id


def test_two_equal_rows_are_told_of_once(office: Office) -> None:
    (problem,) = office.problems(
        "realisations", (GURU, "2026", "3", "G5", "hours", "12"), (GURU, "2026", "3", "G5", "hours", "13")
    )

    assert (problem.row, problem.code) == (3, "duplicate")


def test_a_realisation_of_a_locked_evaluation_is_not_changed(office: Office) -> None:
    _add_evaluation(office, is_locked=True)

    (problem,) = office.problems("realisations", (GURU, "2026", "3", "G5", "", "12"))

    assert problem.code == "locked"


def test_a_realisation_is_not_changed_once_it_was_scored(office: Office) -> None:
    office.load("realisations", (GURU, "2026", "3", "G5", "", "8"))
    _add_evaluation(office)

    (problem,) = office.problems("realisations", (GURU, "2026", "3", "G5", "", "12"))

    assert problem.code == "recommended"
    assert content(office)["measured"] == {"G5": {"hours": Decimal(8)}}


def test_the_score_of_a_case_that_was_cancelled_stops_no_realisation(office: Office) -> None:
    _add_evaluation(office, CaseStatus.CANCELLED)

    assert office.load("realisations", (GURU, "2026", "3", "G5", "", "12")).new == 1


@pytest.mark.parametrize(("status", "codes"), [(CaseStatus.OPEN, {"case_open"}), (CaseStatus.CANCELLED, set())])
def test_a_result_is_not_imported_while_its_case_is_open(office: Office, status: CaseStatus, codes: set[str]) -> None:
    _add_evaluation(office, status, quarter=2)

    outcome = office.plan("results", (GURU, "2026", "2", "", "Sesuai", "Sesuai", "Baik"), (*OTHERS_RESULT,))

    assert (set() if isinstance(outcome, ImportPlan) else {problem.code for problem in outcome}) == codes


def test_what_a_running_case_has_scored_and_will_decide_is_not_imported_beside_it(hall: CityHall) -> None:
    assert _codes(hall, "results", (_NIP, "2026", "3", "", "Sesuai", "Sesuai", "Baik")) == {"case_open"}
    assert _codes(hall, "realisations", (_NIP, "2026", "3", "N9", "", "1")) == {"unknown_indicator"}

    hall.rate_until_signed()

    assert _codes(hall, "realisations", (_NIP, "2026", "3", "N9", "", "1")) == {"recommended"}


def test_what_a_case_has_decided_is_not_replaced_by_an_import(hall: CityHall) -> None:
    hall.rate_until_signed()
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 2), note="Dialog berjalan baik")
    hall.does(DEWI, "respond", DEWI, answer="accept", reason=None)

    assert _codes(hall, "results", (_NIP, "2026", "3", "", "Sesuai", "Sesuai", "Baik")) == {"result_from_case"}
    assert _codes(hall, "realisations", (_NIP, "2026", "3", "N9", "", "1")) == {"locked"}


def _codes(hall: CityHall, kind: str, row: tuple[str, ...]) -> set[str]:
    file = as_csv(kind, row)
    with hall.engine.database.reading() as read:
        rules = hall.engine.directory.city(HALL)
        found = read_import(APPRAISAL_KINDS[kind], file, read, HALL, hall.now.date(), city=rules)
    return set() if isinstance(found, ImportPlan) else {problem.code for problem in found}


def _add_evaluation(
    office: Office, status: CaseStatus = CaseStatus.OPEN, *, quarter: int = 3, is_locked: bool = False
) -> None:
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
        "wordbook_id": 5,
        "deployed_at": now,
    }
    of_case = {"id": 2, "tenant": CITY, "process": EMPLOYEE_PROCESS, "release_id": 1, "subject": person}
    of_case |= {"title": "t", "status": status, "started_at": now, "business_key": business_key(person, 2026, quarter)}
    of_evaluation = {"case_id": 2, "version": 1, "tenant": CITY, "employee_id": person, "unit_id": place}
    of_evaluation |= {"year": 2026, "quarter": quarter, "is_final": False, "locked_at": now if is_locked else None}
    rows = ((wordbook, {"id": 5, "words": b""}), (release, of_release), (case, of_case), (evaluation, of_evaluation))
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


def test_a_figure_of_a_unit_keeps_the_file_that_brought_it_until_another_number_comes(office: Office) -> None:
    office.load("unit-figures", ("SMP-1", "2026", "3", "82,4", "120"))
    with office.database.writing() as connection:
        connection.execute(unit_figure.update().values(source="lama.csv"))

    summary = office.load("unit-figures", ("SMP-1", "2026", "3", "82,4", "121"))

    sources = {row["name"]: row["source"] for row in office.rows(unit_figure)}
    assert (summary.changed, summary.unchanged) == (1, 1)
    assert sources == {"ikm": "lama.csv", "n": "unit-figures.csv"}


def test_a_figure_given_twice_in_one_way_is_told_of_once(office: Office) -> None:
    (problem,) = office.problems("unit-figures", ("SMP-1", "2026", "3", "80"), ("SMP-1", "2026", "3", "81"))

    assert (problem.row, problem.code) == (3, "duplicate")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("SMP-1", "2026", "3")], "nothing_given"),
        ([("SMP-1", "2026", "3", "101")], "out_of_range"),
        ([("SMP-1", "2026", "5", "80")], "out_of_range"),
        ([("SMP-7", "2026", "3", "80")], "unknown_unit"),
        ([("SMP-1", "2026", "3", "", "", "", "n", "-1")], "out_of_range"),
        ([("SMP-1", "2026", "3", "80"), ("SMP-1", "2026", "3", "", "", "", "ikm", "81")], "duplicate"),
    ],
)
def test_a_figure_that_cannot_be_taken_is_refused(office: Office, rows: list[tuple[str, ...]], code: str) -> None:
    assert {problem.code for problem in office.problems("unit-figures", *rows)} == {code}


def test_somebody_who_retired_in_the_year_keeps_his_targets(office: Office) -> None:
    office.load("employees", (*PEOPLE[4], "", "2026-06-30"))

    assert office.load("targets", (GURU, "2026", "G1", "", "20")).new == 1
