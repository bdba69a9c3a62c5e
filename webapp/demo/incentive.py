"""The made-up cities' allowances: last month's attendance, amounts and ceilings, and one office's slips."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

from procrastinate import App

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.engine import Engine
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.queries.case import view_case
from processes.incentive.commands.open_month import OpenMonth
from processes.incentive.imports import ATTENDANCE, CEILINGS, PARAMETERS
from processes.incentive.months import read_run
from processes.incentive.opening import last_of
from processes.incentive.rules.basis import CLASSES
from processes.people.commands.grant_role import GrantRole
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportKind, ImportPlan, ImportRefused, read_import
from processes.people.queries import calendar_of_unit, employee_by_nip, groups_on, placement_on, roles_on, unit_head_on
from processes.people.records import Role
from webapp.demo.personas import personas
from webapp.demo.places import AGENCY, TOP
from webapp.demo.town import SINCE, Person, Town, build_town

Row = tuple[object, ...]

#: Rupiah a month by class: workload and working conditions. Made up, as everything here.
AMOUNTS: Final = {
    5: (1_900_000, 350_000),
    6: (2_300_000, 400_000),
    7: (2_900_000, 500_000),
    8: (3_600_000, 600_000),
    9: (4_900_000, 800_000),
    10: (5_600_000, 900_000),
    11: (6_900_000, 1_000_000),
    12: (8_400_000, 1_300_000),
    14: (12_800_000, 2_000_000),
    16: (24_000_000, 3_500_000),
}
#: How many days out of a hundred somebody is late, and by how many minutes at most.
LATE_SHARE, MOST_LATE = 4, 75
#: On these working days of the month, counted from 0, the tour's employee was late by so many minutes.
TOUR_LATE: Final = {2: 25, 7: 42, 12: 18}
#: Work begins and ends at these minutes after midnight.
START, END = 450, 960
#: So many people of the tour's office come and go in the same minutes: a signal that somebody should look at.
PAIR: Final = 2
SOURCE: Final = "Perwal TPP (data uji)"
_CHECKED: Final = {"discipline": True, "leave": True, "moves": True, "double": True}


def show_allowances(engine: Engine, jobs: App, city: str) -> None:
    """Import last month, open it for every unit, and take the office of the tour's employee up to its slips."""
    town, actor = build_town(city), system_actor(city)
    today = engine.clock().astimezone(engine.directory.zone(city)).date()
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    _import_month(engine, town, actor, month)
    _grant(engine, actor, town.at(TOP, "staff1"), Role.TREASURER)
    _grant(engine, actor, town.at(AGENCY), Role.HR_HEAD)
    engine.run(OpenMonth(month.year, month.month), actor)
    run_until_idle(jobs)
    _Approval(engine, jobs, town, month).until_slips()


def _import_month(engine: Engine, town: Town, actor: Actor, month: date) -> None:
    files: tuple[tuple[ImportKind, Iterable[Row]], ...] = (
        (PARAMETERS, _amounts()),
        (CEILINGS, _ceilings(town, month)),
        (ATTENDANCE, _attendance(engine, town, month)),
    )
    with TemporaryDirectory(prefix="alur-demo-") as folder:
        for kind, rows in files:
            _import(engine, kind, _write(Path(folder) / f"{kind.title_id} {month:%Y-%m}.csv", kind, rows), actor)


def _import(engine: Engine, kind: ImportKind, path: Path, actor: Actor) -> None:
    today = engine.clock().astimezone(engine.directory.zone(actor.tenant)).date()
    with engine.database.reading() as read:
        plan = read_import(kind, path, read, actor.tenant, today, city=engine.directory.city(actor.tenant))
    if not isinstance(plan, ImportPlan):
        raise ImportRefused(tuple(plan))
    engine.run(ImportRows(plan), actor)


def _write(path: Path, kind: ImportKind, rows: Iterable[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(column.title for column in kind.columns)
        writer.writerows(rows)
    return path


def _amounts() -> Iterator[Row]:
    for job_class, amounts in AMOUNTS.items():
        for criterion, amount in zip(("beban_kerja", "kondisi_kerja"), amounts, strict=True):
            yield CLASSES, "1", SINCE.isoformat(), SOURCE, f"{job_class}.{criterion}", amount


def _ceilings(town: Town, month: date) -> Iterator[Row]:
    """Yield a ceiling a unit a little above what its people can get at most."""
    for unit in town.plan.units:
        most = sum(sum(AMOUNTS[person.seat.job_class]) for person in town.people if person.unit.code == unit.code)
        yield unit.code, f"{month:%Y-%m}", int(Decimal(most) * Decimal("1.02"))


def _attendance(engine: Engine, town: Town, month: date) -> Iterator[Row]:
    """Yield the days of three offices; the others show what a month without attendance looks like."""
    chance = Random(f"alur {town.plan.code} attendance")  # noqa: S311  # the same data on every machine, no secret
    tour = next(persona for persona in personas(town.plan.code) if persona.key == "employee")
    people = [person for person in town.people if person.unit.code in {AGENCY, TOP, tour.unit}]
    days = {week: _workdays(engine, town, month, week) for week in {person.unit.week for person in people}}
    pair = [person.nip for person in people if person.unit.code == tour.unit][-PAIR:]
    for person in people:
        minutes = Random(f"alur {pair[0] if person.nip in pair else person.nip} minutes")  # noqa: S311  # as above
        for number, day in enumerate(days[person.unit.week]):
            late = chance.randint(5, MOST_LATE) if chance.randrange(100) < LATE_SHARE else 0
            if person.nip == tour.nip:
                late = TOUR_LATE.get(number, 0)
            early, stays = minutes.randrange(25), minutes.randrange(25)
            came = START + late if late else START - 1 - early
            yield person.nip, day.isoformat(), "Hadir", _clock(came), _clock(END + stays), late, 0, "Tidak"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _workdays(engine: Engine, town: Town, month: date, week: int) -> list[date]:
    """Return the working days of the units with a week of so many days."""
    person = next(person for person in town.people if person.unit.week == week)
    with engine.database.reading() as read:
        found = employee_by_nip(read, town.plan.code, person.nip)
        assert found is not None, "people of the town are employees"
        place = placement_on(read, town.plan.code, found.id, month)
        assert place is not None, "who have posts"
        calendar = calendar_of_unit(read, town.plan.code, place.unit_id)
    days = (month + timedelta(days=number) for number in range(last_of(month).day))
    return [day for day in days if calendar.is_working_day(day)]


def _grant(engine: Engine, actor: Actor, person: Person, role: Role) -> None:
    with engine.database.reading() as read:
        found = employee_by_nip(read, actor.tenant, person.nip)
        assert found is not None, "people of the town are employees"
        held = {grant.role for grant in roles_on(read, actor.tenant, found.id, SINCE)}
    if role not in held:
        engine.run(GrantRole(found.id, role, SINCE), actor)


class _Approval:
    """Lets the people of the tour's office approve its month, each as himself."""

    def __init__(self, engine: Engine, jobs: App, town: Town, month: date) -> None:
        self._engine, self._jobs, self._town, self._month = engine, jobs, town, month
        self._day = engine.clock().astimezone(engine.directory.zone(town.plan.code)).date()
        self._parts = {persona.key: persona.nip for persona in personas(town.plan.code)}

    def until_slips(self) -> None:
        """Check, sign, verify and request the payment; the slips are out then."""
        unit, head, officer = self._office()
        self._does(officer, unit, "check", outcome="pass", note="Temuan sudah dicocokkan dengan catatan unit.")
        self._does(head, unit, "sign", confirmed=True, note=None)
        self._does(self._key(self._parts["verifier"]), unit, "verify", outcome="approve", **_CHECKED)
        request = f"SPP-LS/{self._month:%m}/001"
        self._does(self._key(self._parts["treasurer"]), unit, "order", outcome="approve", number=request)

    def _office(self) -> tuple[int, int, int]:
        """Return the unit of the tour's employee, who heads it, and an officer whose queue its month is in."""
        city = self._town.plan.code
        with self._engine.database.reading() as read:
            place = placement_on(read, city, self._key(self._parts["employee"]), self._day)
            assert place is not None, "the tour's employee has a post"
            head = unit_head_on(read, city, place.unit_id, self._day)
        assert head is not None, "the tour's unit has a head"
        return place.unit_id, head.person, self._key(self._parts["unit_hr"])

    def _key(self, nip: str) -> int:
        with self._engine.database.reading() as read:
            found = employee_by_nip(read, self._town.plan.code, nip)
        assert found is not None, "people of the town are employees"
        return found.id

    def _does(self, person: int, unit: int, element: str, **answers: Any) -> None:
        city = self._town.plan.code
        with self._engine.database.reading() as read:
            run = read_run(read, city, unit, self._month)
            assert run is not None, "the month of every unit has been computed"
            assert run.case_id is not None, "by its case"
            actor = Actor(city, person, groups_on(read, city, person, self._day), self._day)
            view = view_case(read, actor, run.case_id)
        task = next((task for task in view.waiting if task.element == element), None)
        if task is None:
            return  # what was found keeps the month with the unit
        if task.assignee is None:
            self._engine.run(ClaimTask(run.case_id, task.token), actor)
        self._engine.run(CompleteTask(run.case_id, task.token, answers), actor)
        run_until_idle(self._jobs)
