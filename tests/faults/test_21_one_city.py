"""Fault 21: a city is taken out of one installation and into another. It is the same there, and its work goes on.

Damaged archives are in test_21_damage.py, numbers that are taken in test_21_numbers.py, the commands in
tests/operate/test_city.py.
"""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from engine.command import Job
from engine.folding import fold_city
from engine.jobs.tables import jobs
from engine.records.tenant import insert_tenant
from processes.people.records import employee, unit
from tests.faults.history import check_history
from tests.faults.one_city import (
    CODE,
    DRAFTED_NAME,
    LETTER,
    NAME,
    OTHER,
    PASSWORD,
    SESSION,
    WAYS,
    Place,
    begin_city,
    finish,
    member,
    on,
    open_place,
    same,
    task,
    trail,
)
from tests.unit.engine.world import CITY, MONDAY
from webapp.auth.records import account
from webapp.wiring.backups import ArchiveError


@pytest.fixture(params=WAYS, ids="-".join)
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """A city at work in one installation, and another installation that is empty."""
    with ExitStack() as stack:
        there, here = (
            stack.enter_context(on(kind, lambda: request.getfixturevalue("postgresql_server")))
            for kind in request.param
        )
        one = stack.enter_context(open_place(tmp_path / "one", there))
        begin_city(one)
        yield one, stack.enter_context(open_place(tmp_path / "two", here, hours=1))


def test_the_audit_trail_is_the_same_to_the_last_byte(places: tuple[Place, Place]) -> None:
    one, two = places
    was = one.export()

    two.take_in(one.folder / "city.zip")

    assert trail(two) == trail(one) and len(trail(one)) > 10
    again = two.export()
    assert again.audit == was.audit
    assert member(two.folder / "city.zip", "audit.jsonl") == member(one.folder / "city.zip", "audit.jsonl")


def test_taken_out_again_it_is_the_same_archive(places: tuple[Place, Place]) -> None:
    one, two = places
    was = one.export()

    assert two.take_in(one.folder / "city.zip") == 0

    assert same(two.export(), was)
    assert two.rows() == one.rows() == {name: count for name, count in was.tables.items() if count}
    assert {"draft", "timer", "subscription", "journal", "evidence", "account"} < two.rows().keys()


def test_everything_that_runs_goes_on_there(places: tuple[Place, Place]) -> None:
    one, two = places
    one.export()

    two.take_in(one.folder / "city.zip")

    check_history(two.world)
    two.ann, two.bob = one.ann, one.bob
    finish(two)
    assert check_history(two.world).completions == 3 + 3 + 2 + 1 + 2
    assert two.rows().keys().isdisjoint({"open_task", "timer", "subscription", "case_state"})
    assert fold_city(two.world.engine, CITY)
    assert "element_standing" in one.rows() and "element_standing" not in two.rows()
    check_history(two.world)  # the figures go on from where they were, and are still what the journals add up to


def test_the_files_come_along_and_those_of_drafts_still_wait(places: tuple[Place, Place]) -> None:
    one, two = places
    assert one.export().missing == ()

    two.take_in(one.folder / "city.zip")

    with two.files.open(NAME) as letter:
        assert letter.read() == LETTER
    assert sorted(path.name for path in (two.folder / "files" / "waiting").iterdir()) == [DRAFTED_NAME]


def test_another_city_neither_comes_along_nor_changes(places: tuple[Place, Place]) -> None:
    one, two = places
    for place in places:
        with place.world.engine.database.writing() as connection:
            connection.execute(insert_tenant, {"code": OTHER, "created_at": MONDAY})
            number = place.world.engine.new_id()
            nip = {"nip": f"1991{number % 10**14:014}", "name": "Orang Lain", "kind": "pns"}
            connection.execute(employee.insert(), {"id": number, "tenant": OTHER, **nip})
    before = two.rows()
    one.export()

    two.take_in(one.folder / "city.zip")

    assert b"Orang Lain" not in member(one.folder / "city.zip", "tables/employee")
    assert (before["employee"], two.rows()["employee"]) == (1, 3)
    two.export("other.zip", OTHER)
    assert b"Ann" not in member(two.folder / "other.zip", "tables/employee")


def test_jobs_that_wait_come_along(places: tuple[Place, Place]) -> None:
    one, two = places
    with one.world.engine.database.reading() as read:
        assert read.execute(select(jobs.c.task_name)).first() is None
    one.world.engine.defer([_job(CITY), _job(OTHER)])
    one.export()

    two.take_in(one.folder / "city.zip")

    found = two.read(lambda read: read.execute(select(jobs.c.task_name, jobs.c.args)).all())
    assert [(name, args["tenant"]) for name, args in found] == [("deliver_message", CITY)]
    two.world.work()


def test_no_way_in_comes_along(places: tuple[Place, Place]) -> None:
    one, two = places
    one.export()

    two.take_in(one.folder / "city.zip")

    with zipfile.ZipFile(one.folder / "city.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert not any(secret in everything for secret in (PASSWORD.encode(), CODE, SESSION))
    row = two.read(lambda read: read.execute(select(account)).one())
    assert (row.password, row.code_hash, row.code_until, row.code_tries) == (None, None, None, 0)
    assert row.employee_id == one.ann and row.active


def test_a_unit_may_stand_before_the_one_above_it(places: tuple[Place, Place]) -> None:
    one, two = places
    one.export()

    two.take_in(one.folder / "city.zip")

    below, above = two.read(lambda read: read.execute(select(unit).order_by(unit.c.id)).all())
    assert (below.code, below.parent_id) == ("1.1", above.id)


def test_what_is_taken_out_while_people_work_is_one_moment(places: tuple[Place, Place]) -> None:
    one, two = places
    work = Thread(target=finish, args=(one,))
    work.start()
    one.export()
    work.join()

    two.take_in(one.folder / "city.zip")

    done = check_history(two.world).completions
    assert 3 <= done <= check_history(one.world).completions


def test_a_city_that_is_here_already_is_refused(places: tuple[Place, Place]) -> None:
    one, _ = places
    one.export()
    before = one.rows()

    with pytest.raises(ArchiveError, match="sudah ada di instalasi ini"):
        one.take_in(one.folder / "city.zip")

    assert one.rows() == before


def test_only_its_owner_may_read_an_archive_and_none_is_replaced(tmp_path: Path) -> None:
    with open_place(tmp_path / "one") as one:
        begin_city(one)
        one.export()

        assert stat.S_IMODE((one.folder / "city.zip").stat().st_mode) == 0o600
        with pytest.raises(ArchiveError, match="tidak ditimpa"):
            one.export()
        with pytest.raises(ArchiveError, match="tidak ada di instalasi ini"):
            one.export("other.zip", OTHER)
        assert sorted(path.name for path in one.folder.glob("*.zip*")) == ["city.zip"]


def test_a_file_that_is_gone_is_named_and_the_archive_is_made(tmp_path: Path) -> None:
    with open_place(tmp_path / "one") as one, open_place(tmp_path / "two", hours=1) as two:
        begin_city(one)
        next((one.folder / "files").glob(f"*/*/{NAME}")).unlink()

        assert one.export().missing == (NAME,)

        two.take_in(one.folder / "city.zip")
        assert task(two.world, one.ann, "step3")


def _job(city: str) -> Job:
    return Job("deliver_message", {"tenant": city, "message": "news", "key": "nobody"}, unique=f"message:{city}")
