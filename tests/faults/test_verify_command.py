"""`alur verify` on an installation with running cases: what it prints, and the exit code that scripts rely on."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from engine.records.case import open_task
from engine.sealing import seal_audit
from processes.appraisal.records import evidence, recommendation
from processes.people.records import employee, role_grant
from tests.functional.quarter_world import assessment
from tests.operate.conftest import Run, home, restore_recorded, run
from tests.operate.recorded import open_installation
from tests.operate.test_upgrade import quarter_of
from webapp.migrations import upgrade
from webapp.wiring import Alur

__all__ = ["home", "run"]

ROW = {
    "id": 1, "tenant": "serang", "year": 2026, "quarter": 3, "filename": "bukti.pdf", "media_type": "application/pdf",
    "size": 7, "added_at": datetime(2026, 10, 1, tzinfo=UTC),
}  # fmt: skip


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

    *found, counted = (json.loads(line) for line in out.splitlines())
    (finding,) = (item for item in found if item["weight"] == "error")
    assert (code, finding["code"], finding["case"]) == (1, "row_missing", task.case_id)
    assert set(finding["texts"]) == {"id", "en"}
    assert counted["counts"]["errors"] == 1


def test_a_file_that_is_gone_is_named_and_one_that_nobody_names_is_no_error(office: Alur, run: Run) -> None:
    (unused,) = office.files.names()
    gone = "0" * 64
    with office.database.writing() as connection:
        person = connection.execute(select(employee.c.id).limit(1)).scalar_one()
        connection.execute(insert(evidence).values(ROW | {"employee_id": person, "sha256": gone}))

    code, out, _ = run("verify")

    assert code == 1
    assert f"galat: Berkas {gone} yang diserahkan orang tidak ada lagi." in out
    assert f"catatan: Berkas {unused} tersimpan, tetapi tidak ada catatan yang menyebutnya." in out
    assert "Ditemukan 2 galat." in out  # it is in no journal either


def test_the_last_seal_is_printed_and_can_be_asked_for_later(office: Alur, run: Run) -> None:
    seal_audit(office.engine, margin=-timedelta(days=3650))  # whatever the clock of the recording was
    _, out, _ = run("verify")
    (line,) = (line for line in out.splitlines() if line.startswith("Segel terakhir serang: "))

    seal = line.removeprefix("Segel terakhir serang: ").split()[0]

    assert run("verify", "--seal", seal)[0] == 0
    code, out, _ = run("verify", "--seal", "0" * 32)
    assert (code, f"galat: Segel {'0' * 32} tidak ada pada jejak audit ini." in out) == (1, True)


def test_a_seal_is_not_asked_for_with_one_case(office: Alur, run: Run) -> None:
    code, _, err = run("verify", "--case", "1", "--seal", "0" * 32)

    assert (code, "jalankan --seal tanpa --case" in err) == (1, True)


def test_a_role_that_nobody_granted_is_named(office: Alur, run: Run) -> None:
    with office.database.writing() as connection:
        row = connection.execute(select(role_grant).limit(1)).one()
        connection.execute(insert(role_grant).values({**row._mapping, "id": row.id + 1}))

    code, out, _ = run("verify")

    assert (code, f"galat: Orang {row.employee_id} memegang" in out) == (1, True)
