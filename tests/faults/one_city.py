"""Two installations, and a city in the midst of its work that moves from one to the other."""

import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, func, select

from engine.commands.save_draft import SaveDraft
from engine.folding import fold_city
from engine.policy.actor import Actor
from engine.records.files import FileStore
from engine.records.history import audit
from engine.records.tenant import insert_tenant
from engine.worker import sweep_timers
from processes.appraisal.records import evidence
from processes.people.records import employee, unit
from tests.postgresql import ADDRESS_FILE, PostgreSQL
from tests.unit.engine import world as worlds
from tests.unit.engine.bpmn.shapes import each, marked
from tests.unit.engine.diagrams import boundary_timer, catch, diagram, end, path, start, throw, user
from tests.unit.engine.world import CITY, MONDAY, World
from webapp.auth.records import account, sign_in_session
from webapp.wiring import import_records
from webapp.wiring.city_archive import CityManifest, Source, Target, export_city, import_city
from webapp.wiring.city_archive.rules import city_tables

import_records()

#: From which kind of database to which.
WAYS: Final = (("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "sqlite"))
OTHER: Final = "mataram"
STEP: Final = "0042"
PASSWORD, CODE, SESSION = "argon2-of-a-password", b"c" * 32, b"s" * 32
LETTER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DRAFTED = LETTER.replace(b"Catalog", b"Catalogue")
NAME, DRAFTED_NAME = sha256(LETTER).hexdigest(), sha256(DRAFTED).hexdigest()


@dataclass
class Place:
    """An installation; `ann` and `bob` work in the city, once it has begun."""

    world: World
    files: FileStore
    folder: Path
    ann: int = 0
    bob: int = 0

    def export(self, name: str = "city.zip", city: str = CITY) -> CityManifest:
        """Take the city out into a file of the folder."""
        source = Source(self.world.engine.database, self.files, self.world.clock(), STEP)
        return export_city(source, city, self.folder / name)

    def take_in(self, archive: Path) -> int:
        """Take a city in, and return how many numbers it got."""
        return import_city(self.target, archive).renumbered

    @property
    def target(self) -> Target:
        """Where a city is taken in."""
        return Target(self.world.engine.database, self.files, self.world.clock(), STEP)

    def read(self, query: Callable[[Connection], Any]) -> Any:
        """Return what a query says."""
        with self.world.engine.database.reading() as read:
            return query(read)

    def rows(self) -> dict[str, int]:
        """Return how many rows there are of all cities, by table, where there are any."""
        counts = {table.name: self.read(_count(table)) for table in city_tables()}
        return {name: count for name, count in counts.items() if count}


def _count(table: Any) -> Callable[[Connection], int]:
    return lambda read: int(read.execute(select(func.count()).select_from(table)).scalar_one())


@contextmanager
def open_place(folder: Path, address: str | None = None, **later: int) -> Iterator[Place]:
    """Give an empty installation.

    :param later: by how much its clock is ahead, so that it draws other numbers.
    """
    folder.mkdir(exist_ok=True)
    if address is not None:
        (folder / ADDRESS_FILE).write_text(address)
    with worlds.open_world(folder) as world:
        world.clock.forward(**later)
        yield Place(world, FileStore(folder / "files", world.clock), folder)


@contextmanager
def on(kind: str, server: Callable[[], PostgreSQL]) -> Iterator[str | None]:
    """Give the address of an empty database with tables, None for a file."""
    if kind == "sqlite":
        yield None
    else:
        with server().with_tables() as address:
            yield address


def begin_city(place: Place) -> None:
    """Open the city with two people, and let cases of every kind begin and go some way."""
    with place.world.engine.database.writing() as connection:
        connection.execute(insert_tenant, {"code": CITY, "created_at": MONDAY})
        place.ann, place.bob = (_employ(connection, place.world, name) for name in ("Ann", "Bob"))
        _add_rows(connection, place)
    place.files.put(LETTER, filename="surat.pdf", limit=1000)
    place.files.claim(NAME)
    place.files.put(DRAFTED, filename="konsep.pdf", limit=1000)
    deploy(place.world, place.folder)
    world, people = place.world, [place.ann, place.bob]
    for process in ("chain", "deadline", "listener"):
        world.start(process, f"2026-3:{place.ann}", place.ann, person=place.ann, other=place.bob)
        pause(world)
    world.start("team", str(place.bob), place.bob, people=people, teams=[[person] * 40 for person in people])
    for number in range(3):
        pause(world)
        world.complete(place.ann, task(world, place.ann, f"step{number}"), note=f"step {number}")
    pause(world)
    row = task(world, place.ann, "write")
    draft = {"letter": {"sha256": DRAFTED_NAME, "filename": "konsep.pdf"}}
    world.engine.run(SaveDraft(row.case_id, row.token, draft), Actor(CITY, place.ann))
    fold_city(world.engine, CITY)


def pause(world: World) -> None:
    """Let a second go by, so that there is room behind the last number that was drawn."""
    world.clock.forward(seconds=1)


def deploy(world: World, folder: Path) -> None:
    """Deploy a chain of tasks, one with a time limit, one that listens and one that tells, and one for many at once."""
    steps = [f"step{number}" for number in range(6)]
    late = boundary_timer("late", "write", "PT1H", interrupting=False)
    ask = marked(user("ask", "who"), each("people", item="who", output="said", gives="ask"))
    hears = catch("hear", "string(person)", "heard")
    chain = diagram(folder, start(), *map(user, steps), end(), path("begin", *steps, "done"), process="chain")
    ways = path("begin", "write", "done"), path("late", "help", "done")
    waits = diagram(folder, start(), user("write"), late, user("help", "other"), end(), *ways, process="deadline")
    listens = path("begin", "hear", "read", "done")
    listener = diagram(folder, start(), hears, user("read"), end(), listens, process="listener")
    tells = path("begin", "say", "done")
    speaker = diagram(folder, start(), throw("say", "string(person)", "{who: person}"), end(), tells, process="speaker")
    team = diagram(folder, start(), ask, end(), path("begin", "ask", "done"), process="team")
    for file in (chain, waits, listener, speaker, team):
        world.deploy(file)


def task(world: World, person: int, element: str) -> Any:
    """Return what waits for somebody at an element."""
    return next(row for row in world.tasks(person) if row.element == element)


def finish(place: Place) -> None:
    """Let everything that runs come to its end: tasks, the time limit, the message, and all that are asked."""
    world = place.world
    world.clock.forward(hours=3)
    sweep_timers(world.engine)
    world.work()
    world.start("speaker", "now", place.ann, person=place.ann)
    world.work()
    assert task(world, place.bob, "help") and task(world, place.ann, "read")
    for person in (place.ann, place.bob):
        while rows := world.tasks(person):
            world.complete(person, rows[0], note="there")


def same(one: CityManifest, other: CityManifest) -> bool:
    """Say whether two archives hold the same, whenever they were made."""
    return _timeless(one) == _timeless(other)


def _timeless(manifest: CityManifest) -> tuple[Any, ...]:
    return manifest.tables, manifest.audit, manifest.members, manifest.missing, manifest.step, manifest.city


def member(archive: Path, name: str) -> bytes:
    """Return a member of an archive."""
    with zipfile.ZipFile(archive) as content:
        return content.read(name)


def rewrite(archive: Path, target: Path, change: Callable[[dict[str, bytes], dict[str, Any]], object]) -> Path:
    """Write an archive anew in which members and manifest were changed."""
    with zipfile.ZipFile(archive) as content:
        members = {name: content.read(name) for name in content.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members, manifest)
    with zipfile.ZipFile(target, "w") as content:
        for name, value in members.items():
            content.writestr(name, value)
        content.writestr("manifest.json", json.dumps(manifest))
    return target


def trust(members: Mapping[str, bytes], manifest: dict[str, Any]) -> None:
    """Let the manifest say of every member what it is now, as somebody who forges one would."""
    for name, value in members.items():
        manifest["members"][name] = {"size": len(value), "sha256": sha256(value).hexdigest()}


def trail(place: Place, city: str = CITY) -> list[tuple[Any, ...]]:
    """Return a city's audit trail as it is stored."""
    wanted = select(audit).where(audit.c.tenant == city).order_by(audit.c.id)
    found: list[tuple[Any, ...]] = place.read(lambda read: [tuple(row) for row in read.execute(wanted)])
    return found


def _employ(connection: Connection, world: World, name: str) -> int:
    number = world.engine.new_id()
    nip = f"19900101{number % 10**10:010}"
    connection.execute(employee.insert(), {"id": number, "tenant": CITY, "nip": nip, "name": name, "kind": "pns"})
    pause(world)
    return number


def _add_rows(connection: Connection, place: Place) -> None:
    """Add a unit that stands before the one above it, an account that is signed in, and evidence."""
    below, above, number = (place.world.engine.new_id() for _ in range(3))
    units = [(above, "1", None), (below, "1.1", above)]
    for key, code, parent in units:
        row = {"id": key, "tenant": CITY, "code": code, "name": code, "parent_id": parent, "kind": "dinas", "week": 5}
        connection.execute(unit.insert(), row)
    connection.execute(
        account.insert(),
        {
            "id": number,
            "tenant": CITY,
            "employee_id": place.ann,
            "fs_uniquifier": "u" * 64,
            "password": PASSWORD,
            "code_hash": CODE,
            "code_until": MONDAY,
            "code_tries": 2,
            "created_at": MONDAY,
        },
    )
    session = {
        "token_hash": SESSION,
        "account_id": number,
        "created_at": MONDAY,
        "seen_at": MONDAY,
        "grants": b"g" * 16,
    }
    connection.execute(sign_in_session.insert(), session)
    file = {"sha256": NAME, "filename": "surat.pdf", "media_type": "application/pdf", "size": len(LETTER)}
    of = {"id": place.world.engine.new_id(), "tenant": CITY, "employee_id": place.ann, "year": 2026, "quarter": 3}
    connection.execute(evidence.insert(), {**of, **file, "added_at": MONDAY, "added_by": place.bob})
