"""`alur verify` on an installation with running cases: what it prints, and the exit code that scripts rely on."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from engine.records.case import open_task
from processes.appraisal.records import recommendation
from tests.functional.quarter_world import assessment
from tests.operate.conftest import Run, home, restore_recorded, run
from tests.operate.recorded import open_installation
from tests.operate.test_upgrade import quarter_of
from webapp.migrations import upgrade
from webapp.wiring import Alur

__all__ = ["home", "run"]


@pytest.fixture
def office(home: Path) -> Iterator[Alur]:
    """The recorded installation with today's tables."""
    restore_recorded(home)
    with closing(open_installation(home)) as alur:
        upgrade(alur.database)
        yield alur


def recommend(alur: Alur) -> int:
    """Let somebody be recommended a rating, and return the case."""
    quarter = quarter_of(alur)
    rater = quarter.people["appraiser"]
    subject = quarter.team_of(rater)[-1]
    quarter.does(subject, "record_realisation", subject)
    quarter.does(rater, "assess_behaviour", subject, **assessment())
    return int(quarter.case_of(subject))


def test_sound_records_are_said_to_be_sound(office: Alur, run: Run) -> None:
    case = recommend(office)

    code, out, _ = run("verify")

    assert (code, "Semua catatan cocok satu sama lain." in out) == (0, True)
    code, out, _ = run("verify", "--case", case)
    assert (code, out.startswith("Diperiksa: 1 kasus, ")) == (0, True)


def test_what_is_wrong_is_named_with_its_case_and_ends_with_one(office: Alur, run: Run) -> None:
    case = recommend(office)
    with office.database.writing() as connection:
        connection.execute(delete(recommendation).where(recommendation.c.case_id == case))
        connection.execute(delete(open_task).where(open_task.c.case_id == case))

    code, out, _ = run("verify")

    assert code == 1
    assert f"galat: kasus {case}: Layanan appraisal.recommend_ratings pernah berjalan" in out
    assert f"galat: kasus {case}: Kasus menunggu di confirm_ratings" in out
    assert "Ditemukan 2 galat." in out


def test_programs_read_a_finding_a_line(office: Alur, run: Run) -> None:
    with office.database.writing() as connection:
        task = connection.execute(select(open_task).limit(1)).one()
        connection.execute(
            delete(open_task).where(open_task.c.case_id == task.case_id, open_task.c.token == task.token)
        )

    code, out, _ = run("verify", "--json")

    finding, counted = (json.loads(line) for line in out.splitlines())
    assert (code, finding["code"], finding["case"]) == (1, "row_missing", task.case_id)
    assert set(finding["texts"]) == {"id", "en"}
    assert counted["counts"]["errors"] == 1
