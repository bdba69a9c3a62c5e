"""An installation of an earlier release is brought up to date with its running cases; the way back is a backup."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.records.backup import examine
from engine.records.locks import serve_lock
from tests.functional.quarter_world import MORNING, Quarter, assessment
from tests.operate.conftest import Run, restore_recorded
from tests.operate.recorded import open_installation, persona_ids
from webapp.migrations import newest_step
from webapp.wiring import Alur
from webapp.wiring.backups import read_manifest


def quarter_of(alur: Alur) -> Quarter:
    """Return the recorded city with its open quarter."""
    return Quarter(alur, persona_ids(alur), [MORNING])


def test_an_upgrade_backs_up_first_and_says_where(run: Run, home: Path) -> None:
    restore_recorded(home)

    code, out, _ = run("upgrade")

    (backup,) = (home / "backups").iterdir()
    assert code == 0
    assert f"Cadangan: {backup}" in out and f"0001 -> {newest_step()}" in out
    assert read_manifest(backup).step == "0001"
    noted = json.loads((home / "upgrades.jsonl").read_text())
    assert (noted["from"], noted["to"], noted["backup"]) == ("0001", newest_step(), str(backup))


def test_running_cases_of_the_earlier_release_go_on(run: Run, home: Path) -> None:
    restore_recorded(home)
    run("upgrade")

    with closing(open_installation(home)) as alur:
        quarter = quarter_of(alur)
        rater = quarter.people["appraiser"]
        subject = quarter.team_of(rater)[-1]
        quarter.does(subject, "record_realisation", subject)
        quarter.does(rater, "assess_behaviour", subject, **assessment())
        ratings = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
        quarter.does(rater, "confirm_ratings", subject, **ratings)
        after = quarter.tasks(rater)

    assert [row.element for row in after if row.case_id == quarter.case_of(subject)] == ["sign"]


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(run: Run, home: Path, upgraded: Path) -> None:
    restore_recorded(home)
    new = set(examine(upgraded / "alur.db").tables) - set(examine(home / "alur.db").tables)
    with closing(sqlite3.connect(home / "alur.db")) as connection, connection:
        connection.execute(f"CREATE TABLE {max(new)} (in_the_way INTEGER)")
    before = examine(home / "alur.db")

    code, _, err = run("upgrade")

    assert code == 1
    assert "tetap seperti semula" in err
    assert examine(home / "alur.db") == before
    assert not (home / "upgrades.jsonl").exists()


def test_an_upgrade_without_a_backup_notes_why(run: Run, home: Path) -> None:
    restore_recorded(home)

    code, out, _ = run("upgrade", "--no-backup", "diuji")

    assert code == 0
    assert "Cadangan" not in out and not (home / "backups").exists()
    assert json.loads((home / "upgrades.jsonl").read_text())["no_backup"] == "diuji"


def test_the_backup_before_an_upgrade_is_the_way_back(
    run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore_recorded(home)
    run("upgrade", "--backup", tmp_path / "before.zip")
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "back"))

    code, _, _ = run("restore", tmp_path / "before.zip")

    before, after = examine(tmp_path / "back" / "alur.db"), examine(home / "alur.db")
    assert code == 0
    assert (before.step, after.step) == ("0001", newest_step())
    assert before.tables["open_task"] == after.tables["open_task"] > 0


def test_an_upgrade_without_a_backup_needs_a_reason(run: Run, home: Path) -> None:
    restore_recorded(home)

    code, _, err = run("upgrade", "--no-backup", " ")

    assert code == 1
    assert "memerlukan ALASAN" in err


def test_while_a_worker_lives_anywhere_nothing_is_upgraded(run: Run, home: Path) -> None:
    restore_recorded(home)
    with closing(sqlite3.connect(home / "alur.db")) as connection, connection:
        alive = int((datetime.now(UTC) + timedelta(hours=1)).timestamp() * 1_000_000)
        connection.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (?)", (alive,))

    code, _, err = run("upgrade")

    assert code == 1
    assert "Hentikan Alur di semua komputer" in err
    assert not (home / "backups").exists()


def test_while_alur_serves_nothing_is_upgraded(run: Run, home: Path) -> None:
    restore_recorded(home)
    with serve_lock(home / "alur.db"):
        code, _, err = run("upgrade")

    assert code == 1
    assert "Hentikan dahulu proses itu" in err


def test_a_second_upgrade_has_nothing_to_do(run: Run, home: Path) -> None:
    restore_recorded(home)
    run("upgrade")

    code, out, _ = run("upgrade")

    assert code == 0
    assert "sudah sesuai" in out
    assert len((home / "upgrades.jsonl").read_text().splitlines()) == 1


WORKING = ("serve", "worker --once", "init tebingtinggi", "import units x.csv --city serang")


@pytest.mark.parametrize("command", [*WORKING, "upgrade"])
def test_a_database_of_a_newer_alur_is_refused_in_plain_words(
    office: Alur, run: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "x.csv").touch()
    with office.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    code, _, err = run(*command.split())

    assert code == 1
    assert "dibuat oleh Alur yang lebih baru" in err
    with office.database.reading() as read:
        assert read.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"


@pytest.mark.parametrize("command", WORKING)
def test_a_database_of_an_older_alur_is_not_touched_before_its_upgrade(
    run: Run, home: Path, tmp_path: Path, command: str
) -> None:
    (tmp_path / "x.csv").touch()
    restore_recorded(home)

    code, _, err = run(*command.split())

    assert code == 1
    assert "Jalankan: alur upgrade" in err


def test_a_command_in_an_empty_installation_says_how_to_begin(run: Run, home: Path) -> None:
    code, _, err = run("worker", "--once")

    assert code == 1
    assert "alur init KOTA" in err
