"""A small real installation for tests about people: a SQLite file, the real policy, one city with three units."""

import csv
import io
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from engine.calendar import WorkCalendar
from engine.command import Command, Job, Receipt
from engine.engine import Engine
from engine.policy.actor import Actor, system_actor
from engine.policy.rules import Policy
from engine.records.asking import Persons
from plugins.manager import Cities
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import CellProblem, ImportPlan, ImportSummary, read_import
from processes.people.permissions import RULES
from processes.people.queries import employee_by_nip
from tests.cities import cities_of
from tests.sqlite import open_database
from webapp.wiring.parts import import_kinds, import_records

KINDS = import_kinds()
CITY = "tebingtinggi"
TODAY = date(2026, 9, 28)
NOW = datetime(2026, 9, 28, 3, tzinfo=UTC)

# Synthetic numbers, named by whom they stand for.
SEKDA = "196801011994031901"
KADIS = "197001011996031901"
KABID = "197501012000032901"
KEPSEK = "197201011998031901"
GURU = "198501012010012901"
GURU_2 = "199001012015011901"

UNITS = (
    ("SMP-1", "SMP Negeri 1", "DISDIK", "Sekolah", "6"),
    ("SETDA", "Sekretariat Daerah", "", "Sekretariat Daerah", "5"),
    ("DISDIK", "Dinas Pendidikan", "SETDA", "Dinas Pendidikan", "5"),
)
POSTS = (
    ("SEKDA", "Sekretaris Daerah", "SETDA", "JPT", "", "16"),
    ("KADIS", "Kepala Dinas", "DISDIK", "JPT", "", "14"),
    ("KABID", "Kepala Bidang", "DISDIK", "Administrator", "", "11"),
    ("KEPSEK", "Kepala Sekolah", "SMP-1", "Fungsional", "principal", "11"),
    ("GURU", "Guru", "SMP-1", "Fungsional", "teacher", "8"),
)
PEOPLE = (
    (SEKDA, "", "Sari Sekda", "PNS", "IV/d", "SETDA", "SEKDA", "2025-01-01"),
    (KADIS, "", "Dodi Kadis", "PNS", "IV/c", "DISDIK", "KADIS", "2025-01-01"),
    (KABID, "", "Bela Kabid", "PNS", "IV/a", "DISDIK", "KABID", "2025-01-01"),
    (KEPSEK, "", "Karim Kepsek", "PNS", "IV/a", "SMP-1", "KEPSEK", "2025-01-01"),
    (GURU, "", "Gita Guru", "PNS", "III/c", "SMP-1", "GURU", "2025-01-01"),
    (GURU_2, "", "Gani Guru", "PNS", "III/b", "SMP-1", "GURU", "2025-01-01"),
)
LINES = (
    (KADIS, SEKDA, "2025-01-01"),
    (KABID, KADIS, "2025-01-01"),
    (KEPSEK, KADIS, "2025-01-01"),
    (GURU, KEPSEK, "2025-01-01"),
    (GURU_2, KEPSEK, "2025-01-01"),
)
HEADS = (
    ("SETDA", "Definitif", SEKDA, "2025-01-01"),
    ("DISDIK", "Definitif", KADIS, "2025-01-01"),
    ("SMP-1", "Definitif", KEPSEK, "2025-01-01"),
)


@dataclass
class Surrounding:
    """What lies around the engine: no services, the rules of one installed city."""

    cities: Cities = field(default_factory=lambda: cities_of(CITY))
    services: Mapping[str, Any] = field(default_factory=dict)
    persons: Persons | None = None

    def zone(self, tenant: str) -> tzinfo:
        return ZoneInfo("Asia/Jakarta")

    def calendar(self, read: Connection, tenant: str, variables: Mapping[str, Any]) -> WorkCalendar:
        return WorkCalendar("none", frozenset(), 5)

    def samples(self, tenant: str) -> tuple[object, ...]:
        return ()

    def city(self, tenant: str) -> Any:
        return self.cities.city(CITY)

    def unit_calendars(self, read: Connection, tenant: str) -> Mapping[int, WorkCalendar]:
        return {}

    def counted_days(self, process: str, started_on: date, calendar: WorkCalendar) -> Mapping[str, date]:
        return {}

    def delegates(self, read: Connection, tenant: str, task: Any, now: datetime) -> frozenset[int]:
        return frozenset()


class NoJobs:
    """A queue for commands that defer nothing."""

    def defer(self, connection: Connection, job: Job) -> None:
        raise AssertionError(job)


class Office:
    """The city, its engine and short ways to use them.

    :param content: gives the SQLite file that a test begins with; without, nothing is in it.
    """

    def __init__(self, folder: Path, content: Callable[[], bytes] | None = None, now: datetime = NOW) -> None:
        import_records()
        self.database = open_database(folder, content)
        self.engine = Engine(
            self.database, directory=Surrounding(), policy=Policy(RULES), jobs=NoJobs(), clock=lambda: now
        )

    @classmethod
    @cache
    def prepared(cls) -> bytes:
        """Return a SQLite file with all that is there before a test."""
        with TemporaryDirectory() as folder:
            # Not at the moment the tests begin: what they make is newer, by its number, too.
            office = cls(Path(folder), now=NOW - timedelta(minutes=1))
            office.prepare()
            office.database.dispose()
            return (Path(folder) / "alur.db").read_bytes()

    def prepare(self) -> None:
        """Let everything be there that a test begins with."""
        self.load_staff()

    @contextmanager
    def reading(self) -> Generator[Connection]:
        with self.database.reading() as read:
            yield read

    def rows(self, table: Any) -> list[dict[str, Any]]:
        with self.reading() as read:
            return [dict(row) for row in read.execute(table.select()).mappings()]

    def person(self, nip: str) -> int:
        with self.reading() as read:
            found = employee_by_nip(read, CITY, nip)
        assert found is not None
        return found.id

    def actor(self, nip: str | None = None, *groups: str, city: str = CITY) -> Actor:
        return Actor(city, self.person(nip) if nip else None, frozenset(groups))

    def run(self, command: Command, actor: Actor | None = None) -> Receipt:
        return self.engine.run(command, actor or system_actor(CITY))

    def plan(self, kind: str, *rows: tuple[str, ...], header: str = "") -> ImportPlan | list[CellProblem]:
        return self.plan_file(kind, as_csv(kind, *rows, header=header), f"{kind}.csv")

    def plan_file(self, kind: str, content: bytes, name: str) -> ImportPlan | list[CellProblem]:
        with self.reading() as read:
            city = self.engine.directory.city(CITY)
            return read_import(KINDS[kind], content, read, CITY, TODAY, name=name, city=city)

    def load(self, kind: str, *rows: tuple[str, ...]) -> ImportSummary:
        plan = self.plan(kind, *rows)
        assert isinstance(plan, ImportPlan), [problem.line() for problem in plan]
        summary = self.run(ImportRows(plan)).value
        assert isinstance(summary, ImportSummary)
        return summary

    def problems(self, kind: str, *rows: tuple[str, ...], header: str = "") -> list[CellProblem]:
        plan = self.plan(kind, *rows, header=header)
        assert isinstance(plan, list), plan.summary
        return plan

    def load_staff(self) -> None:
        for kind, rows in (
            ("units", UNITS),
            ("posts", POSTS),
            ("employees", PEOPLE),
            ("lines", LINES),
            ("acting", HEADS),
        ):
            self.load(kind, *rows)


def as_csv(kind: str, *rows: tuple[str, ...], header: str = "") -> bytes:
    """Return the content of a file whose rows may leave out their last cells."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    titles = header.split(";") if header else KINDS[kind].template()
    writer.writerow(titles)
    writer.writerows([*row, *[""] * (len(titles) - len(row))] for row in rows)
    return text.getvalue().encode("utf-8-sig", "surrogatepass")
