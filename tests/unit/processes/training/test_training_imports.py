"""Imports of training: the catalogue, its sessions, and what people learnt before."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from processes.people.careers import competency
from processes.training.records import training_course, training_record, training_session, training_target
from tests.unit.processes.people.office import CITY, GURU, Office

COURSE = ("PBJ", "Pengadaan", "", "Manajerial", "16", "Klasikal", "PBJ:3", "LKPP", "", "", "", "")
SESSION = ("PBJ-1", "PBJ", "2026-10-10", "2026-11-02", "2026-11-03", "Aula", "20", "750000", "", "")
HISTORY = (GURU, "Kurikulum", "Pedagogik", "12", "2026-03-04", "S-1", "BPMP", "")


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    """A city with staff and one competency."""
    made = Office(tmp_path)
    made.load_staff()
    row = {"tenant": CITY, "code": "PBJ", "name": "Pengadaan", "kind": "technical"}
    with made.database.writing() as connection:
        connection.execute(competency.insert(), row)
    yield made
    made.database.dispose()


def test_courses_with_their_levels_then_sessions_and_history_are_imported(office: Office) -> None:
    for kind, row in (("courses", COURSE), ("training-sessions", SESSION), ("training-history", HISTORY)):
        assert office.load(kind, row).new > 0

    (course,), (target,) = office.rows(training_course), office.rows(training_target)
    assert (course["hours"], course["method"], course["is_open"], target["level"]) == (16, "classical", False, 3)
    assert len(office.rows(training_session)) == len(office.rows(training_record)) == 1


def test_the_same_files_again_change_nothing(office: Office) -> None:
    files = (("courses", COURSE), ("training-sessions", SESSION), ("training-history", HISTORY))
    for kind, row in files:
        office.load(kind, row)

    again = [office.load(kind, row) for kind, row in files]

    assert [(summary.new, summary.changed) for summary in again] == [(0, 0)] * 3


@pytest.mark.parametrize(
    ("kind", "row", "expected"),
    [
        ("courses", (*COURSE[:6], "TIDAK-ADA:3", *COURSE[7:]), {"not_choice"}),
        ("courses", (*COURSE[:6], "PBJ:9", *COURSE[7:]), {"not_choice"}),
        ("training-sessions", ("X", "TIDAK-ADA", *SESSION[2:]), {"not_choice"}),
        ("training-sessions", (*SESSION[:2], "2026-11-05", *SESSION[3:]), {"ends_before_start"}),
        ("training-sessions", (*SESSION[:4], "2026-11-01", *SESSION[5:]), {"ends_before_start"}),
        ("training-history", ("198001012005011901", *HISTORY[1:]), {"unknown_employee"}),
        ("training-history", (*HISTORY[:7], "TIDAK-ADA"), {"not_choice"}),
    ],
)
def test_what_does_not_fit_is_named(office: Office, kind: str, row: Any, expected: set[str]) -> None:
    office.load("courses", COURSE)

    assert {problem.code for problem in office.problems(kind, row)} == expected
