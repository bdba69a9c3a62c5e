"""The same on PostgreSQL: a dump of one moment, restored into an empty database, and what the doctor asks a server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command

from engine.records.backup import Contents, count_rows
from engine.records.database import Database
from engine.records.presence import alone, present
from processes.people.records import role_grant
from tests.functional.town import settle
from tests.operate.conftest import RECORDED, Run
from tests.postgresql import PostgreSQL, binary
from webapp.commands.shell import at_any_step, installation
from webapp.migrations import newest_step
from webapp.migrations.steps import _config
from webapp.wiring import Alur
from webapp.wiring.backups import read_manifest
from webapp.wiring.examination import State, examine_installation

Use = Callable[[str], None]


def contents(address: str) -> Contents:
    """Return what a database holds."""
    database = Database(address)
    try:
        with database.reading() as read:
            return count_rows(read)
    finally:
        database.dispose()


@pytest.fixture
def use(home: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Points the command line to a database; PostgreSQL's own programs are there."""
    monkeypatch.setenv("PATH", f"{binary('pg_dump').parent}:{os.environ['PATH']}")

    def use(address: str) -> None:
        monkeypatch.setenv("ALUR_DATABASE_URL", address)

    return use


@pytest.fixture
def town(use: Use, postgresql_server: PostgreSQL) -> Iterator[Alur]:
    """An installation with a small town."""
    with postgresql_server.empty() as address:
        use(address)
        with installation(needs=at_any_step) as alur:
            settle(alur)
            with alur.database.writing() as connection:  # those of the town were given by nobody, which a check finds
                connection.execute(role_grant.delete())
            yield alur


def test_a_backup_is_restored_into_an_empty_database(
    town: Alur, run: Run, use: Use, home: Path, tmp_path: Path, postgresql_server: PostgreSQL
) -> None:
    backup = run("backup", "alur.zip")
    home.rename(tmp_path / "before")

    with postgresql_server.empty() as address:
        use(address)
        restored = run("restore", "alur.zip")
        after = contents(address)

    assert after == contents(town.settings.database_url)
    assert (backup[0], restored[0]) == (0, 0), (backup, restored)
    assert "dipulihkan" in restored[1] and (home / "secrets.json").exists()


def test_a_database_that_holds_something_is_not_restored_into(town: Alur, run: Run, home: Path, tmp_path: Path) -> None:
    run("backup", "alur.zip")
    home.rename(tmp_path / "before")

    code, _, err = run("restore", "alur.zip")

    assert code == 1
    assert "sudah berisi tabel" in err
    assert not (home / "secrets.json").exists()


def test_a_backup_of_one_file_is_not_restored_into_a_server(town: Alur, run: Run, home: Path, tmp_path: Path) -> None:
    home.rename(tmp_path / "before")

    code, _, err = run("restore", RECORDED)

    assert code == 1
    assert "berasal dari sqlite" in err
    assert not home.exists()


def test_without_its_programs_one_is_told_what_to_install(
    town: Alur, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    code, _, err = run("backup", "alur.zip")

    assert code == 1
    assert "pg_dump" in err and "postgresql-client" in err
    assert not list(tmp_path.glob("*alur.zip*"))


def test_an_upgrade_of_earlier_tables_makes_a_dump_first(
    run: Run, use: Use, home: Path, postgresql_server: PostgreSQL
) -> None:
    with postgresql_server.empty() as address:
        use(address)
        with installation(needs=at_any_step) as alur, alur.database.writing() as connection:
            command.upgrade(_config(connection), "0001")
        refused = run("worker", "--once")

        code, out, _ = run("upgrade")

        (backup,) = (home / "backups").iterdir()
        assert (code, refused[0]) == (0, 1) and "alur upgrade" in refused[2]
        assert f"0001 -> {newest_step()}" in out
        assert (read_manifest(backup).database, read_manifest(backup).step) == ("postgresql", "0001")
        assert contents(address).step == newest_step()


def test_an_upgrade_on_a_server_says_that_nothing_is_to_be_done(town: Alur, run: Run) -> None:
    code, out, _ = run("upgrade")

    assert code == 0
    assert f"sudah sesuai (langkah {newest_step()})" in out


def test_the_doctor_names_the_settings_of_a_server_that_may_lose_work(town: Alur) -> None:
    found = {finding.topic: finding.state for finding in examine_installation(town)}

    wrong = {topic for topic, state in found.items() if topic.startswith("database.") and state is State.ERROR}

    # The server of these tests waits for no disk.
    assert wrong == {"database.fsync", "database.full_page_writes", "database.synchronous_commit"}
    assert found["database.isolation"] is State.GOOD
    assert found["database.idle_in_transaction_session_timeout"] is State.GOOD
    assert found["clock.database"] is State.GOOD


def test_while_another_process_serves_nothing_is_upgraded(town: Alur, run: Run) -> None:
    with present(town.database):
        code, _, err = run("upgrade")

    assert (code, "Hentikan di semua komputer" in err) == (1, True)
    assert run("upgrade")[0] == 0


def test_while_the_tables_are_changed_nobody_begins_to_serve(town: Alur, run: Run) -> None:
    with alone(town.database):
        code, _, err = run("worker", "--once")

    assert (code, "sedang diperbarui" in err) == (1, True)
    assert run("worker", "--once")[0] == 0


def test_those_who_serve_do_not_mind_each_other(town: Alur, run: Run) -> None:
    with present(town.database), present(town.database):
        assert run("worker", "--once")[0] == 0
