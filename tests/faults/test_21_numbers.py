"""Fault 21: numbers that the other installation has given to something else are given anew, wherever they stand."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select

from engine.queries.verification import verify
from engine.records.case import case
from engine.records.history import audit
from engine.records.outbox import notice
from engine.records.release import release
from engine.records.tenant import insert_tenant
from engine.records.wordbook import wordbook
from processes.people.records import employee
from tests.faults.history import check_history
from tests.faults.one_city import OTHER, Place, begin_city, finish, member, open_place, task, trail
from tests.unit.engine.world import CITY, MONDAY
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive.rules import city_tables, numbered


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Place]:
    """A city at work."""
    with open_place(tmp_path / "one") as place:
        begin_city(place)
        place.export()
        yield place


@pytest.fixture
def two(kind: str, tmp_path: Path) -> Iterator[Place]:
    """Another installation."""
    with open_place(tmp_path, hours=1) as place:
        with place.world.engine.database.writing() as connection:
            connection.execute(insert_tenant, {"code": OTHER, "created_at": MONDAY})
        yield place


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try everything on both kinds of database."""
    metafunc.parametrize("kind", ["sqlite", "postgresql"], indirect=True)


def employ(place: Place, *numbers: int) -> None:
    """Give numbers to people of the other city."""
    with place.world.engine.database.writing() as connection:
        for number in numbers:
            row = {"id": number, "tenant": OTHER, "nip": f"{number % 10**18:018}", "name": "Orang Lain", "kind": "pns"}
            connection.execute(employee.insert(), row)


def note(place: Place, *numbers: int) -> None:
    """Give numbers to lines of the other city's audit trail."""
    with place.world.engine.database.writing() as connection:
        for number in numbers:
            connection.execute(audit.insert(), {"id": number, "tenant": OTHER, "at": MONDAY, "command": "Import"})


def with_room(place: Place) -> list[int]:
    """Return the numbers of audit lines that have room behind them for another number."""
    own = {row[0] for row in trail(place)}
    every = [row["id"] for table in city_tables() if numbered(table) is not None for row in all_rows(place, table)]
    return [number for number, behind in pairwise(sorted(every)) if number in own and behind - number > 2]


def people(place: Place) -> list[int]:
    """Return the numbers of the city's people."""
    mine = select(employee.c.id).where(employee.c.tenant == CITY).order_by(employee.c.name)
    found: list[int] = place.read(lambda read: list(read.execute(mine).scalars()))
    return found


def all_rows(place: Place, table: Table) -> list[Any]:
    """Return the rows of a table."""
    found: list[Any] = place.read(lambda read: read.execute(select(table)).mappings().all())
    return found


def test_somebody_whose_number_is_taken_has_another_one_everywhere(one: Place, two: Place) -> None:
    employ(two, one.ann)

    given = two.take_in(one.folder / "city.zip")

    ann, bob = people(two)
    assert (given, ann > one.ann, bob) == (1, True, one.bob)
    assert _stands_nowhere(two, one.ann)
    assert task(two.world, ann, "step3").element == "step3" and not two.world.tasks(one.ann)


def test_everything_goes_on_under_new_numbers(one: Place, two: Place) -> None:
    cases = one.read(lambda read: list(read.execute(select(case.c.id)).scalars()))
    employ(two, one.ann, one.bob, one.ann + 1, *cases)

    # That somebody has the number of a case takes nothing from the case.
    assert two.take_in(one.folder / "city.zip") == 2

    check_history(two.world)
    two.ann, two.bob = people(two)
    assert {two.ann, two.bob}.isdisjoint({one.ann, one.bob, one.ann + 1})
    finish(two)
    check_history(two.world)


def test_a_case_whose_number_is_taken_has_another_one_everywhere(one: Place, two: Place) -> None:
    first = one.read(lambda read: read.execute(select(case).order_by(case.c.id)).first())
    with two.world.engine.database.writing() as connection:
        for table in (wordbook, release):
            of = {"tenant": OTHER} if "tenant" in table.c else {}
            rows = [{**row, **of} for row in all_rows(one, table)]
            connection.execute(table.insert(), rows)
        connection.execute(case.insert(), {**first._mapping, "tenant": OTHER})

    given = two.take_in(one.folder / "city.zip")

    assert given > len(all_rows(one, release))
    # Of the other city's case there is nothing but its number; nobody has deployed its releases.
    found = two.read(lambda read: list(verify(read, two.world.directory).findings()))
    assert {item.case for item in found if item.code != "release_unexplained"} == {first.id}
    assert {row.element for row in two.world.tasks(one.ann)} == {row.element for row in one.world.tasks(one.ann)}
    assert first.id not in {row.case_id for row in two.world.tasks(one.ann)}


def test_the_audit_trail_is_the_same_under_new_numbers(one: Place, two: Place) -> None:
    employ(two, one.ann)
    note(two, *with_room(one)[2:5])

    given = two.take_in(one.folder / "city.zip")

    assert given == 4
    assert [row[2:3] + row[4:5] for row in trail(two)] == [row[2:3] + row[4:5] for row in trail(one)]
    assert two.export().audit == one.export("again.zip").audit
    assert member(two.folder / "city.zip", "audit.jsonl") == member(one.folder / "city.zip", "audit.jsonl")


def test_only_the_line_of_a_trail_changes_whose_number_is_taken(one: Place, two: Place) -> None:
    taken = with_room(one)[3]
    note(two, taken, taken + 1)

    two.take_in(one.folder / "city.zip")

    was, now = trail(one), trail(two)
    assert [row[0] for row in was if row not in now] == [taken]
    assert now == [(taken + 2, *row[1:]) if row[0] == taken else row for row in was]
    archives = one.folder / "city.zip", two.folder / "city.zip"
    two.export()
    assert member(archives[0], "tables/journal") == member(archives[1], "tables/journal")


def test_neighbours_move_up_so_that_the_order_stays(tmp_path: Path, kind: str) -> None:
    with open_place(tmp_path / "one") as one, open_place(tmp_path, hours=1) as two:
        first = one.world.engine.new_id()
        rows = [(first + place, f"note {place}") for place in range(5)]
        _tell(one, CITY, rows)
        _tell(two, OTHER, [(first + 1, "another's")])
        one.export()

        two.take_in(one.folder / "city.zip")

        told = two.read(
            lambda read: read.execute(select(notice).where(notice.c.person == 2).order_by(notice.c.id)).all()
        )
        assert [row.code for row in told] == [code for _, code in rows]
        assert [row.id - first for row in told] == [0, 2, 3, 4, 5]


def test_a_number_that_was_not_drawn_is_not_guessed_at(one: Place, two: Place, tmp_path: Path) -> None:
    with one.world.engine.database.writing() as connection:
        row = {"id": 7, "tenant": CITY, "nip": "7" * 18, "name": "Tujuh", "kind": "pns"}
        connection.execute(employee.insert(), row)
    one.export("seven.zip")
    employ(two, 7)

    with pytest.raises(ArchiveError, match="Nomor 7 di tabel employee"):
        two.take_in(one.folder / "seven.zip")


def _tell(place: Place, city: str, notes: list[tuple[int, str]]) -> None:
    """Open a city with one person, and tell that person something."""
    person = 2 if city == CITY else 3
    with place.world.engine.database.writing() as connection:
        connection.execute(insert_tenant, {"code": city, "created_at": MONDAY})
        row = {"id": person, "tenant": city, "nip": str(person) * 18, "name": "Ann", "kind": "pns"}
        connection.execute(employee.insert(), row)
        for number, code in notes:
            told = {"id": number, "person": person, "code": code, "params": b"\x01\x80", "at": MONDAY}
            connection.execute(notice.insert(), told)


def _stands_nowhere(place: Place, number: int) -> bool:
    """Say whether a number stands in no row of the city, neither as it is nor as text."""
    place.export("after.zip")
    everything = member(place.folder / "after.zip", "tables/process_case")
    everything += member(place.folder / "after.zip", "tables/open_task")
    return number.to_bytes(8, "big") not in everything and str(number).encode() not in everything
