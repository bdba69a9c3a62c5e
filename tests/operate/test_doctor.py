"""`alur doctor` says of each thing how it is and what to do, and ends with 1 when something is wrong."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.manager import Cities
from tests.operate.conftest import Run, restore_recorded
from webapp.wiring import Alur
from webapp.wiring.examination import Finding, State, examine_installation
from webapp.wiring.examination.clock import examine_clock
from webapp.wiring.examination.database import examine_database
from webapp.wiring.examination.disk import examine_disk
from webapp.wiring.examination.web import examine_web
from webapp.wiring.examination.work import examine_work

Look = Callable[[Alur], Iterator[Finding]]


def of_topic(alur: Alur, look: Look = examine_installation) -> dict[str, Finding]:
    """Return the findings of one look, or of all, by their topic."""
    return {finding.topic: finding for finding in look(alur)}


def wrong(alur: Alur, look: Look = examine_installation) -> dict[str, State]:
    """Return the topics that are not well."""
    return {topic: found.state for topic, found in of_topic(alur, look).items() if found.state is not State.GOOD}


def change(home: Path, statement: str) -> None:
    """Change the database behind the back of Alur."""
    with closing(sqlite3.connect(home / "alur.db")) as connection, connection:
        connection.execute(statement)


def test_of_a_well_installation_only_the_server_that_does_not_run_is_mentioned(office: Alur) -> None:
    assert wrong(office) == {"work.workers": State.WARNING}


def test_every_line_has_something_to_do_or_is_well(office: Alur, home: Path) -> None:
    change(home, "UPDATE timer SET due = due - 86400000000 * 30")

    findings = [*examine_work(office), *examine_disk(office), *examine_database(office)]

    assert all(bool(finding.advice) == (finding.state is not State.GOOD) for finding in findings)
    assert all(finding.what and finding.found for finding in findings)


@pytest.mark.parametrize(
    ("damage", "look", "topic", "state"),
    [
        ("UPDATE audit SET at = at + 86400000000", examine_clock, "clock.records", State.ERROR),
        ("UPDATE audit SET at = at - 86400000000 * 500", examine_clock, "clock.records", State.WARNING),
        (
            "INSERT INTO case_state (case_id, version, content) VALUES (1, 1, x'00')",
            examine_database,
            "database.references",
            State.ERROR,
        ),
        ("UPDATE timer SET due = due - 86400000000 * 30", examine_work, "work.timers", State.WARNING),
        (
            "INSERT INTO outbox (id, tenant, kind, payload, created_at) VALUES (1, 'serang', 'message', x'01', 0)",
            examine_work,
            "work.damaged",
            State.ERROR,
        ),
        (
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, changed_at) "
            "VALUES ('default', 'fire_timer', 0, '{}', 'failed', 0)",
            examine_work,
            "work.failed",
            State.WARNING,
        ),
        (
            "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status, changed_at, worker_id) "
            "VALUES ('default', 'fire_timer', 0, '{}', 'doing', 0, 7)",
            examine_work,
            "work.stalled",
            State.WARNING,
        ),
    ],
)
def test_what_is_wrong_in_the_records_is_found(
    office: Alur, home: Path, damage: str, look: Look, topic: str, state: State
) -> None:
    change(home, damage)

    assert wrong(office, look)[topic] is state


def test_secrets_and_database_that_others_may_read_are_errors(office: Alur, home: Path) -> None:
    (home / "alur.db").chmod(0o640)

    found = of_topic(office, examine_disk)["disk.private"]

    assert (found.state, found.found) == (State.ERROR, "640")
    assert f"chmod 600 {home / 'alur.db'}" in found.advice


def test_a_city_whose_plugin_is_gone_is_an_error_and_the_rest_is_looked_at(office: Alur) -> None:
    found = wrong(replace(office, cities=Cities.installed(only=())))

    assert found["cities.missing"] is State.ERROR
    assert "work.workers" in found


@pytest.mark.parametrize(
    ("address", "proxy", "expected"),
    [
        ("http://kinerja.example", None, {"web.address": State.ERROR}),
        ("https://kinerja.example/alur", None, {"web.proxy": State.WARNING}),
        ("https://kinerja.example/alur", "127.0.0.1", {}),
        ("http://127.0.0.1:8420", None, {}),
        ("http://localhost:8420", None, {}),
    ],
)
def test_passwords_go_over_tls_and_through_a_proxy_that_is_named(
    office: Alur, address: str, proxy: str | None, expected: dict[str, State]
) -> None:
    settings = replace(office.settings, base_url=address, is_secure=address.startswith("https"), trusted_proxy=proxy)

    found = wrong(replace(office, settings=settings), examine_web)

    assert found == expected


def test_the_command_ends_with_one_on_an_error_and_says_what_to_do(office: Alur, run: Run, home: Path) -> None:
    change(home, "INSERT INTO case_state (case_id, version, content) VALUES (1, 1, x'00')")

    code, out, _ = run("doctor")

    assert code == 1
    assert "GALAT      Rujukan antarbaris" in out and "alur restore" in out
    assert "baik       Bentuk basis data" in out and "1 galat" in out


def test_the_doctor_says_it_to_programs_as_well(run: Run, home: Path) -> None:
    restore_recorded(home)

    code, out, _ = run("doctor", "--json")

    (row,) = json.loads(out)
    assert code == 1
    assert (row["topic"], row["state"]) == ("tables", "error")
    assert set(row) == {"topic", "what", "state", "found", "advice"}


def test_before_an_upgrade_the_doctor_asks_for_it_first(run: Run, home: Path) -> None:
    restore_recorded(home)

    code, out, _ = run("doctor")

    assert code == 1
    assert "Jalankan: alur upgrade" in out and out.count("GALAT") == 1


def test_a_database_that_cannot_be_read_is_said_in_words(run: Run, home: Path) -> None:
    restore_recorded(home)
    change(home, "DROP TABLE alembic_version")
    change(home, "CREATE TABLE alembic_version (something_else TEXT)")

    code, out, _ = run("doctor")

    assert code == 1
    assert "GALAT      Bentuk basis data: tidak terbaca" in out and "alur restore" in out


def test_where_nothing_is_installed_the_doctor_begins_nothing(run: Run, home: Path) -> None:
    code, _, err = run("doctor")

    assert code == 1
    assert "belum ada instalasi Alur" in err and not home.exists()
