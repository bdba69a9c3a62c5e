"""Careers of the made-up people: ranks, education, credit of before, results of two years, potential, awards."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from random import Random

from engine.engine import Engine
from engine.policy.actor import Actor
from engine.records.release import latest_release
from processes.appraisal.imports import RESULTS
from processes.people.city import PositionLevel
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportKind, ImportPlan, ImportRefused, read_import
from processes.people.queries import employee_by_nip
from processes.people.records import EmployeeKind
from processes.promotion.commands.start_promotion import StartPromotion
from processes.promotion.grades import GRADES, grade_number
from processes.promotion.imports import CAREER_KINDS
from processes.promotion.periods import PromotionPeriod, coming_periods
from processes.promotion.variables import PROMOTION_PROCESS
from webapp.demo.figures import Row
from webapp.demo.personas import personas
from webapp.demo.town import Person, Town, build_town

#: Behind the name, what somebody has studied; the first that fits counts.
_DEGREES = (("M.", "S2"), ("dr. ", "PROFESI"), ("Ns.", "PROFESI"), ("Apt.", "PROFESI"), ("S.", "S1"), ("A.Md", "D3"))
_YEARS_IN_GRADE = 4
#: Of whom nobody has an interest of his own as his subordinate.
_FIRST = (PositionLevel.EXECUTOR, PositionLevel.FUNCTIONAL_POSITION)
_KINDS: Mapping[str, ImportKind] = {**CAREER_KINDS, RESULTS.name: RESULTS}


def load_careers(engine: Engine, city: str, actor: Actor) -> None:
    """Import the made-up careers of a demonstration city and begin one promotion; doing it again changes nothing.

    :raise ImportRefused: the generator and the imports do not agree.
    """
    today, rules = engine.clock().astimezone(engine.directory.zone(city)).date(), engine.directory.city(city)
    town = build_town(city)
    for name, rows in career_rows(town, today).items():
        kind = _KINDS[name]
        with engine.database.reading() as read:
            file = f"{city}-{name}.csv"
            plan = read_import(kind, _as_text(kind, rows), read, city, today, name=file, city=rules)
        if not isinstance(plan, ImportPlan):
            raise ImportRefused(tuple(plan))
        engine.run(ImportRows(plan), actor)
    with engine.database.reading() as read:
        person = employee_by_nip(read, city, _shown(town).nip)
        is_deployed = read.execute(latest_release, {"tenant": city, "process": PROMOTION_PROCESS}).first() is not None
    assert person is not None, "everybody of the town has been imported"
    if is_deployed:
        engine.run(StartPromotion(person.id, coming_periods(today)[0]), actor)


def _shown(town: Town) -> Person:
    """Return a colleague of the tour's employee, a civil servant who holds no part in the tour: his promotion runs."""
    parts = {persona.nip for persona in personas(town.plan.code)}
    place = next(persona.unit for persona in personas(town.plan.code) if persona.key == "employee")
    staff = [person for person in town.people if person.kind is EmployeeKind.PNS and person.nip not in parts]
    ranked = [person for person in staff if person.seat.level in _FIRST and grade_number(person.grade) is not None]
    return next((person for person in ranked if person.unit.code == place), ranked[0])


def _as_text(kind: ImportKind, rows: Iterable[Row]) -> bytes:
    text = StringIO()
    sheet = csv.writer(text, delimiter=";", lineterminator="\n")
    sheet.writerow(kind.template())
    sheet.writerows(rows)
    return text.getvalue().encode()


def career_rows(town: Town, today: date) -> Mapping[str, Sequence[Row]]:
    """Return the rows of a made-up city's careers by the kind of file that brings them."""
    ready = {_shown(town).nip, *(persona.nip for persona in personas(town.plan.code) if persona.key == "employee")}
    civil = [person for person in town.people if person.kind is EmployeeKind.PNS and not person.has_retired]
    chance = Random(f"alur {town.plan.code} careers")  # noqa: S311  # the same data on every machine, no secret
    contents = {
        "ranks": [row for person in civil for row in _ranks(person, today, chance, is_ready=person.nip in ready)],
        "education": [_education(person) for person in town.people],
        "credits": [row for person in civil for row in _credits(person, today, chance, is_ready=person.nip in ready)],
        "results": [
            row for person in town.people for row in _results(person, today, chance, is_ready=person.nip in ready)
        ],
        "potential": [_potential(person, today, chance) for person in civil],
        "awards": [row for person in civil for row in _awards(person, today, chance)],
    }
    return {name: rows for name, rows in contents.items() if rows}


def _ranks(person: Person, today: date, chance: Random, *, is_ready: bool) -> Iterator[Row]:
    """Yield the present rank, which is from one to four years old, and the one before it."""
    number = grade_number(person.grade)
    if number is None:
        return
    months = chance.randint(0, 12 * _YEARS_IN_GRADE)
    since = _months_before(today, 12 * _YEARS_IN_GRADE if is_ready else months)
    if number > 1:
        before = _months_before(since, 12 * _YEARS_IN_GRADE)
        yield person.nip, GRADES[number - 2], before, f"823/{chance.randint(10, 900)}/{before.year} (data uji)"
    yield person.nip, person.grade, since, f"823/{chance.randint(10, 900)}/{since.year} (data uji)"


def _education(person: Person) -> Row:
    level = next((level for mark, level in _DEGREES if mark in person.seat.degree), "SMA")
    graduated = max(person.active_from.year - 1, 1980)
    return person.nip, level, None, date(graduated, 7, 15)


def _credits(person: Person, today: date, chance: Random, *, is_ready: bool) -> Iterator[Row]:
    """Yield the credit that functional posts had before the two years whose results are known."""
    level = next((word for word in ("Ahli Pertama", "Ahli Muda", "Terampil") if word in person.seat.title), None)
    if level is not None:
        year = today.year - 3
        credit = 80 if is_ready else chance.choice((10, 15, 20))
        yield person.nip, level, date(year, 1, 1), date(year, 12, 31), credit, "PAK (data uji)"


def _results(person: Person, today: date, chance: Random, *, is_ready: bool) -> Iterator[Row]:
    """Yield the results of the last quarters of the last two years: most are good, some are very good.

    Whoever is ready for the next rank has four years of them, so that his credit is enough as well.
    """
    for year in range(today.year - (4 if is_ready else 2), today.year):
        above = is_ready or chance.random() < 0.3
        behaviour = "DIATAS_EKSPEKTASI" if above else "SESUAI_EKSPEKTASI"
        work = "DIATAS_EKSPEKTASI" if above else "SESUAI_EKSPEKTASI"
        low = not above and chance.random() < 0.06
        work = "DIBAWAH_EKSPEKTASI" if low else work
        predicate = "SANGAT_BAIK" if above else "BUTUH_PERBAIKAN" if low else "BAIK"
        yield person.nip, year, 4, None, work, behaviour, predicate, None, None, None


def _potential(person: Person, today: date, chance: Random) -> Row:
    return person.nip, chance.randint(50, 95), date(today.year - 1, 9, 15), "Uji potensi (data uji)"


def _awards(person: Person, today: date, chance: Random) -> Iterator[Row]:
    if chance.random() < 0.15:  # about every seventh has one
        yield person.nip, "Pegawai teladan (data uji)", date(today.year - 1, 12, 1), None


def _months_before(day: date, months: int) -> date:
    return PromotionPeriod(day.year, day.month).later(-months).effective_on
