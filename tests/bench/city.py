"""A whole Alur: wiring, the plugin of a real city, people with appraisers, every shipped service."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert

from engine.commands.deploy_release import DeployRelease
from engine.commands.start_case import NewCase
from engine.policy.actor import system_actor
from engine.records.schema import metadata
from engine.records.tenant import insert_tenant
from plugins.samples import ordinary
from processes.appraisal.definitions import PROCESSES, release_files
from processes.appraisal.opening import CHUNK, employee_cases
from processes.appraisal.records import org_predicate
from processes.appraisal.rules.fields import behaviour_prefix
from processes.appraisal.schedule import Quarter
from processes.people.city import CoreValue, Indicator, PositionFacts, PositionLevel, UnitKind, Who
from processes.people.figures import unit_figure
from processes.people.records import employee, holiday, placement, post, reporting_line, unit, unit_head
from tests.bench.story import NOTE, Story, appraisal
from tests.bench.world import OPENING, World, approval_files, bench_clock
from webapp.wiring import Alur, Settings, build

CODE = "tebingtinggi"
QUARTER = Quarter(CODE, 2026, 3, OPENING.date())
SINCE = date(2024, 1, 1)
TOP = 1  # the top official, who appraises the heads and decides objections
UNIT_SIZE = 40
FIRST_UNIT = 1_000_000
POSITION = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.OTHER)


@dataclass(frozen=True, slots=True)
class City:
    """One city with its staff: the first of each unit heads it and appraises the others."""

    alur: Alur
    staff: int

    def new_cases(self) -> Iterator[NewCase]:
        """Yield the cases with which the quarter is opened, of those whose appraiser has a superior."""
        rules = self.alur.cities.city(CODE)
        for offset in range(0, self.staff, CHUNK):
            with self.alur.database.reading() as read:
                chunk = employee_cases(read, rules, QUARTER, offset, offset + CHUNK)
            yield from (item for item in chunk if appraiser_of(item.subject) != TOP)

    def story(self, *, is_objected: bool) -> Story:
        """Return the appraisal with every number that the city's forms ask of a general employee."""
        indicators = self.alur.cities.city(CODE).indicators(POSITION, QUARTER.period)
        realisation, assessment = _numbers(indicators, Who.EMPLOYEE), _numbers(indicators, Who.APPRAISER)
        marks = {
            f"{behaviour_prefix(value)}__{part}": given
            for value in CoreValue
            for part, given in (("mark", "0"), ("evidence_1", None), ("evidence_2", None), ("note", None))
        }
        feedback = {"feedback_tone": "positive", "feedback_text": NOTE}
        notes = {f"{item.code}__note": NOTE for item in indicators if item.fields_for(Who.EMPLOYEE)}
        entered: dict[str, Any] = {**realisation, **notes, "general_note": None, "evidence": []}
        return appraisal({}, entered, {**assessment, **marks, **feedback}, is_objected=is_objected)

    @property
    def world(self) -> World:
        """The same as a world for the contenders."""
        return World(self.alur.engine, CODE)


@contextmanager
def open_city(folder: Path, staff: int) -> Generator[City]:
    """Give a city on a fresh file in an existing folder."""
    alur = build(settings_for(folder), clock=bench_clock())
    metadata.create_all(alur.database.write)
    try:
        with alur.database.writing() as connection:
            connection.execute(insert_tenant, {"code": CODE, "created_at": OPENING})
            _add_people(connection, staff)
        for files in (*(release_files(process) for process in PROCESSES), approval_files()):
            alur.engine.run(DeployRelease(files, alur.catalogue), system_actor(CODE))
        yield City(alur, staff)
    finally:
        alur.close()


def settings_for(folder: Path) -> Settings:
    """Return settings whose secrets are worth nothing: nobody outside this process sees the records."""
    return Settings(
        home=folder, database_url=f"sqlite:///{folder / 'alur.db'}", secret_key="bench" * 8, pepper="bench" * 8
    )


def _add_people(connection: Connection, staff: int) -> None:
    numbers = range(1, staff + 1)
    units = sorted({unit_of(n) for n in numbers})
    for table, rows in (
        (unit, [_unit(n) for n in units]),
        (post, [_post(n) for n in units]),
        (employee, [_employee(n) for n in numbers]),
        (placement, [_placement(n) for n in numbers]),
        (reporting_line, [_line(n) for n in numbers if n != TOP]),
        (unit_head, [_head(n) for n in units]),
        (holiday, [_holiday(n) for n in range(1, 17)]),
        (unit_figure, [_figure(n, name, value) for n in units for name, value in (("ikm", "84"), ("n", "300"))]),
        (org_predicate, [_org(n) for n in units]),
    ):
        _insert(connection, table, rows)


def _numbers(indicators: Sequence[Indicator], who: Who) -> dict[str, Decimal]:
    return {
        f"{item.code}__{field.name}": ordinary(item, field) for item in indicators for field in item.fields_for(who)
    }


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(table), [{"tenant": CODE, **row} for row in rows])


def unit_of(number: int) -> int:
    """Return the unit of an employee."""
    return FIRST_UNIT + (number - 1) // UNIT_SIZE


def head_of(number: int) -> int:
    """Return who heads the employee's unit."""
    return (number - 1) // UNIT_SIZE * UNIT_SIZE + 1


def appraiser_of(number: int) -> int:
    """Return who appraises an employee."""
    return head_of(number) if head_of(number) != number else TOP


def _unit(number: int) -> dict[str, Any]:
    parent = FIRST_UNIT if number != FIRST_UNIT else None
    kind = "secretariat" if number == FIRST_UNIT else "other"
    return {"id": number, "code": f"U{number}", "name": f"Unit {number}", "parent_id": parent, "kind": kind, "week": 5}


def _post(unit_id: int) -> dict[str, Any]:
    names = {"code": f"P{unit_id}", "name": f"Pelaksana {unit_id}"}
    return {"id": unit_id, "unit_id": unit_id, "level": "executor", "family": "general", "job_class": 7, **names}


def _employee(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "nip": f"19850101{number:010}",
        "name": f"Pegawai {number}",
        "kind": "PNS",
        "grade": "III/a",
        "active_from": SINCE,
        "active_to": None,
    }


def _placement(number: int) -> dict[str, Any]:
    where = {"unit_id": unit_of(number), "post_id": unit_of(number)}
    return {"id": number, "employee_id": number, **where, "valid_from": SINCE, "valid_to": None}


def _line(number: int) -> dict[str, Any]:
    who = {"employee_id": number, "appraiser_id": appraiser_of(number)}
    return {"id": number, **who, "valid_from": SINCE, "valid_to": None}


def _head(unit_id: int) -> dict[str, Any]:
    who = {"unit_id": unit_id, "employee_id": (unit_id - FIRST_UNIT) * UNIT_SIZE + 1, "kind": "definitif"}
    return {"id": unit_id, **who, "decree": None, "valid_from": SINCE, "valid_to": None}


def _holiday(number: int) -> dict[str, Any]:
    return {"day": OPENING.date() + timedelta(days=23 * number), "name": f"Libur {number}"}


def _figure(unit_id: int, name: str, value: str) -> dict[str, Any]:
    when = {"year": QUARTER.year, "quarter": QUARTER.quarter, "entered_at": OPENING, "source": "angka.csv"}
    return {"unit_id": unit_id, **when, "name": name, "value": Decimal(value)}


def _org(unit_id: int) -> dict[str, Any]:
    when = {"year": QUARTER.year, "quarter": QUARTER.quarter, "set_at": OPENING}
    return {"unit_id": unit_id, **when, "predicate": "BAIK", "basis": "set", "note": "", "set_by": TOP}
