"""Fault 21: a city that works elsewhere now is taken away, wholly, and only if its archive holds what is here."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import exists, select

from engine.command import Job
from engine.commands.close_outbox import CloseOutbox
from engine.errors import TenantClosed, TenantMoved
from engine.jobs.tables import jobs
from engine.policy.actor import system_actor
from engine.queries.verification import verify
from engine.records.case import timer
from engine.records.history import audit_seal
from engine.records.tenant import Standing, insert_tenant, tenant
from engine.sealing import seal_audit
from engine.worker import sweep_timers
from processes.appraisal.records import evidence
from processes.people.records import employee
from tests.faults.history import check_history
from tests.faults.one_city import DRAFTED_NAME, NAME, OTHER, Place, begin_city, finish, open_place, task
from tests.faults.test_21_damage import ROOT
from tests.unit.engine.world import CITY, MONDAY
from webapp.auth.records import sign_in_session
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive import close_city, import_city, remove_city, reopen_city, sha256_of
from webapp.wiring.city_archive.rules import belongs, city_tables
from webapp.wiring.city_archive.standing import one_at_a_time


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try everything on both kinds of database."""
    metafunc.parametrize("kind", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def one(kind: str, tmp_path: Path) -> Iterator[Place]:
    """A city at work beside another one; the audit trails of both are sealed."""
    with open_place(tmp_path) as place:
        begin_city(place)
        with place.world.engine.database.writing() as connection:
            connection.execute(insert_tenant, {"code": OTHER, "created_at": MONDAY})
            nip = {"nip": "199105052020121001", "name": "Orang Lain", "kind": "pns"}
            connection.execute(employee.insert(), {"id": place.world.engine.new_id(), "tenant": OTHER, **nip})
        place.world.engine.run(CloseOutbox(1), system_actor(OTHER))
        place.world.engine.defer([Job("deliver_message", {"tenant": CITY, "message": "news", "key": "nobody"})])
        place.world.clock.forward(hours=2)
        seal_audit(place.world.engine, timedelta(0))
        yield place


def close(place: Place) -> Path:
    """Close the city and take it out."""
    close_city(place.world.engine.database, CITY, place.world.clock())
    place.export()
    return place.folder / "city.zip"


def left_of(place: Place) -> set[str]:
    """Return the tables in which there is a row of the city."""
    mine = {table.name: select(exists().where(belongs(table, CITY))) for table in city_tables()}
    mine["audit_seal"] = select(exists().where(audit_seal.c.tenant == CITY))
    with place.world.engine.database.reading() as read:
        return {name for name, query in mine.items() if read.execute(query).scalar_one()}


def test_nothing_is_left_but_the_word_that_it_has_moved(one: Place) -> None:
    archive = close(one)

    removed = remove_city(one.target, CITY, archive)

    assert (left_of(one), removed.files) == ({"tenant"}, 2)
    row = one.read(lambda read: read.execute(select(tenant).where(tenant.c.code == CITY)).one())
    assert (row.standing, row.archive, row.since) == (Standing.MOVED, sha256_of(archive), one.world.clock())
    assert one.read(lambda read: read.execute(select(jobs.c.id)).first()) is None
    assert not one.files.exists(NAME) and not one.files.exists(DRAFTED_NAME)


def test_the_other_city_goes_on_and_its_seals_hold(one: Place) -> None:
    remove_city(one.target, CITY, close(one))

    one.world.engine.run(CloseOutbox(2), system_actor(OTHER))
    one.world.clock.forward(hours=2)
    seal_audit(one.world.engine, timedelta(0))

    assert check_history(one.world).cases == 0
    with one.world.engine.database.reading() as read:
        run = verify(read, one.world.directory, files=one.files)
        assert [finding.code for finding in run.findings()] == []
        assert list(run.seals.last) == [OTHER] and run.tally.sealed == 2
    with pytest.raises(TenantMoved):
        one.world.engine.run(CloseOutbox(1), system_actor(CITY))


def test_the_other_city_is_worked_in_while_one_goes_and_comes(one: Place) -> None:
    archive, said = close(one), list[str]()

    def work(table: str, _rows: int) -> None:
        one.world.engine.run(CloseOutbox(len(said)), system_actor(OTHER))
        said.append(table)

    remove_city(one.target, CITY, archive, work)
    import_city(one.target, archive, work)

    assert said.count("journal") == 2 and len(said) > 80
    check_history(one.world)


def test_a_file_that_another_city_names_as_well_stays(one: Place) -> None:
    file = {"sha256": NAME, "filename": "surat.pdf", "media_type": "application/pdf", "size": 70}
    with one.world.engine.database.writing() as connection:
        person = connection.execute(select(employee.c.id).where(employee.c.tenant == OTHER)).scalar_one()
        of = {"id": one.world.engine.new_id(), "tenant": OTHER, "employee_id": person, "year": 2026, "quarter": 3}
        connection.execute(evidence.insert(), {**of, **file, "added_at": MONDAY, "added_by": person})

    removed = remove_city(one.target, CITY, close(one))

    assert (removed.files, one.files.exists(NAME), one.files.exists(DRAFTED_NAME)) == (1, True, False)
    assert list(one.files.names()) == [NAME]


def test_a_city_that_has_changed_since_is_not_taken_away(one: Place) -> None:
    archive = close(one)
    reopen_city(one.world.engine.database, CITY)
    one.world.complete(one.ann, task(one.world, one.ann, "step3"), note="later")
    close_city(one.world.engine.database, CITY, one.world.clock())
    before = one.rows()

    with pytest.raises(ArchiveError, match=r"sudah berubah sejak .*journal"):
        remove_city(one.target, CITY, archive)

    assert one.rows() == before


def test_a_city_that_is_open_is_not_taken_away(one: Place) -> None:
    one.export()

    with pytest.raises(ArchiveError, match="masih dibuka"):
        remove_city(one.target, CITY, one.folder / "city.zip")

    assert task(one.world, one.ann, "step3")


def test_another_citys_archive_and_none_are_refused(one: Place) -> None:
    close(one)
    one.export("other.zip", OTHER)

    with pytest.raises(ArchiveError, match="bukan 'serang'"):
        remove_city(one.target, CITY, one.folder / "other.zip")
    with pytest.raises(ArchiveError, match="tanpa arsip"):
        remove_city(one.target, CITY, None)
    with pytest.raises(ArchiveError, match="Yang ada: mataram, serang"):
        remove_city(one.target, "kupang", None)


def test_nothing_is_done_for_a_closed_city_and_everything_when_it_is_open_again(one: Place) -> None:
    close_city(one.world.engine.database, CITY, one.world.clock())
    one.world.clock.forward(hours=3)

    sweep_timers(one.world.engine)
    with pytest.raises(TenantClosed):
        one.world.complete(one.ann, task(one.world, one.ann, "step3"), note="late")

    assert one.read(lambda read: read.execute(select(timer.c.case_id)).first()) is not None
    assert one.read(lambda read: read.execute(select(sign_in_session)).first()) is None
    reopen_city(one.world.engine.database, CITY)
    finish(one)
    check_history(one.world)


@pytest.mark.parametrize(
    "killed_after",
    [
        "process_case",
        *(pytest.param(table, marks=pytest.mark.long) for table in ("incident_data", "journal", "employee", "audit")),
    ],
)
def test_killed_in_the_middle_it_is_finished_with_the_same_archive(one: Place, killed_after: str) -> None:
    archive = close(one)
    command = [sys.executable, "-m", "tests.faults.taking_away", str(one.folder), str(archive), killed_after]
    ended = subprocess.run(command, cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    one.export("other.zip", OTHER)
    with pytest.raises(ArchiveError, match="bukan arsip yang dimaksud"):
        remove_city(one.target, CITY, one.folder / "other.zip")

    remove_city(one.target, CITY, archive)

    assert left_of(one) == {"tenant"}
    assert not one.files.exists(NAME)
    check_history(one.world)


def test_a_city_that_had_moved_comes_back(one: Place) -> None:
    archive = close(one)
    remove_city(one.target, CITY, archive)

    one.take_in(archive)

    assert check_history(one.world).completions == 3
    finish(one)


def test_a_way_in_that_was_broken_off_is_given_up_without_an_archive(one: Place) -> None:
    archive = close(one)
    remove_city(one.target, CITY, archive)
    command = [sys.executable, "-m", "tests.faults.taking_in", str(one.folder), str(archive), "journal"]
    subprocess.run(command, cwd=ROOT, check=False)

    removed = remove_city(one.target, CITY, None)

    assert (removed.manifest, left_of(one)) == (None, set())


def test_two_cannot_move_cities_at_once(one: Place) -> None:
    archive = close(one)

    with one_at_a_time(one.files), pytest.raises(ArchiveError, match="Tunggu sampai selesai"):
        remove_city(one.target, CITY, archive)

    assert "journal" in one.rows()
