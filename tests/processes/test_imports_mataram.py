"""Imports by Mataram's rules: a quarter looks at other numbers than the year, and at none of one clinician."""

from collections.abc import Generator
from pathlib import Path

import pytest

from plugins.manager import Cities
from processes.appraisal.imports import APPRAISAL_KINDS
from processes.people.imports import CellProblem, ImportPlan, read_import
from tests.unit.processes.people.office import CITY, GURU, GURU_2, TODAY, Office, as_csv

RULES = Cities.installed(only=["mataram"]).city("mataram")
CLERK, NURSE = GURU, GURU_2


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    """A clerk of the social office and a nurse of a health centre."""
    office = Office(tmp_path)
    office.load(
        "units", ("DINSOS", "Dinas Sosial", "", "social_office", "5"), ("PKM", "Puskesmas", "", "health_centre", "6")
    )
    office.load("posts", *((f"P-{unit}", "Pelaksana", unit, "Pelaksana", "", "7") for unit in ("DINSOS", "PKM")))
    since = "2025-01-01"
    office.load("employees", (CLERK, "", "Siti", "PNS", "III/a", "DINSOS", "P-DINSOS", since))
    office.load("employees", (NURSE, "", "Nina", "PNS", "III/a", "PKM", "P-PKM", since))
    yield office
    office.database.dispose()


def plan(office: Office, kind: str, *rows: tuple[str, ...]) -> ImportPlan | list[CellProblem]:
    with office.reading() as read:
        return read_import(APPRAISAL_KINDS[kind], as_csv(kind, *rows), read, CITY, TODAY, city=RULES)


def codes(outcome: ImportPlan | list[CellProblem]) -> set[str]:
    return set() if isinstance(outcome, ImportPlan) else {problem.code for problem in outcome}


def test_the_targets_of_a_quarters_own_indicators_are_taken(office: Office) -> None:
    found = plan(office, "targets", (CLERK, "2026", "M1I", "", "4"), (CLERK, "2026", "M1E", "", "3"))

    assert isinstance(found, ImportPlan), found
    assert found.summary.new == 2


def test_the_targets_of_the_years_indicators_are_taken_as_before(office: Office) -> None:
    assert codes(plan(office, "targets", (CLERK, "2026", "M1", "8,6", "8"))) == set()


def test_the_target_of_a_foreign_indicator_is_answered_with_those_of_year_and_quarters(office: Office) -> None:
    found = plan(office, "targets", (CLERK, "2026", "M9", "", "4"))

    assert isinstance(found, list)
    assert codes(found) == {"unknown_indicator"}
    assert all(code in found[0].text_id for code in ("M1,", "M1I", "M1E"))


def test_a_target_that_only_a_quarter_cannot_be_scored_by_is_refused(office: Office) -> None:
    assert codes(plan(office, "targets", (CLERK, "2026", "M1I", "", "0"))) == {"plan"}


@pytest.mark.parametrize(
    "cells", [("M1", "value", "9"), ("M1", "", "9"), ("M1", "", "", "Tidak ada bayi"), ("M1", "provisional", "1")]
)
def test_a_number_of_the_city_is_never_one_clinicians(office: Office, cells: tuple[str, ...]) -> None:
    found = plan(office, "realisations", (NURSE, "2026", "3", *cells))

    assert isinstance(found, list)
    assert codes(found) == {"unit_field"}
    assert f"M1__{cells[1] or 'value'}" in found[0].text_id


def test_what_a_clinician_did_himself_is_taken(office: Office) -> None:
    assert codes(plan(office, "realisations", (NURSE, "2026", "3", "M5", "", "20"))) == set()
