"""Writes a made-up city as the very files that `alur import` reads."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from openpyxl import Workbook

from plugins.manager import Cities
from processes.appraisal.imports import APPRAISAL_KINDS
from processes.people.city import City, Who
from processes.people.imports import PEOPLE_KINDS, ImportKind
from processes.people.leaves import LeaveKind
from processes.people.records import HeadKind
from webapp.demo.dates import DemoDates
from webapp.demo.figures import Row, position_of, realisation_rows, result_rows, target_rows, unit_figure_rows
from webapp.demo.town import SINCE, Person, Town, build_town

#: Every kind of file, in the order in which an empty city takes them.
KINDS: dict[str, ImportKind] = {**PEOPLE_KINDS, **APPRAISAL_KINDS}
#: Written as spreadsheets, so that people see one; the others as text with semicolons, as Excel in Indonesia saves it.
SPREADSHEETS = frozenset({"units", "employees", "acting"})
#: The employees' own numbers of one school, left for the tour: it is written, but not imported.
EXAMPLE = "example"


def generate(code: str, folder: Path, today: date, rules: City | None = None) -> dict[str, Path]:
    """Write the files of a demonstration city into a folder that exists, and return them by kind.

    :param today: the quarter that ended last before it gets numbers, and the two before it results.
    :param rules: the city's rules, by which indicators and families are chosen; the installed plugin's if left out.
    :raise KeyError: no such demonstration city.
    """
    city = rules or Cities.installed(only=[code]).city(code)
    town = build_town(code)
    files: dict[str, Path] = {}
    for name, rows in _contents(town, city, DemoDates.on(today)).items():
        if not rows:
            continue  # a city without numbers from systems has no such file
        kind = KINDS["realisations" if name == EXAMPLE else name]
        write = _write_sheet if name in SPREADSHEETS else _write_text
        files[name] = write(folder / f"{code}-{name}", kind, rows)
    return files


def _contents(town: Town, city: City, dates: DemoDates) -> Mapping[str, Sequence[Row]]:
    everywhere = frozenset(unit.code for unit in town.plan.units)
    contents: Mapping[str, Iterable[Row]] = {
        "units": _units(town),
        "posts": _posts(town, city),
        "employees": _employees(town, dates),
        "lines": _lines(town),
        "acting": _heads(town, dates),
        "leave": _leave(town, dates),
        "holidays": ((day, f"{name} (data uji)") for day, name in dates.holidays),
        "results": ((*row, None) for row in result_rows(town, dates, _chance(town, "results"))),
        "targets": target_rows(town, city, dates, _chance(town, "targets")),
        "unit-figures": unit_figure_rows(town, city, dates, _chance(town, "figures")),
        "realisations": _realisations(town, city, dates, Who.SYSTEM, everywhere),
        EXAMPLE: _realisations(town, city, dates, Who.EMPLOYEE, frozenset({town.plan.tour_unit})),
    }
    return {name: list(rows) for name, rows in contents.items()}


def _chance(town: Town, purpose: str) -> Random:
    return Random(f"alur {town.plan.code} {purpose}")  # noqa: S311  # the same data on every machine, no secret


def _units(town: Town) -> Iterator[Row]:
    for unit in reversed(town.plan.units):  # any order will do, and this one shows it
        yield unit.code, unit.name, unit.parent, unit.kind.value, unit.week


def _posts(town: Town, city: City) -> Iterator[Row]:
    posts = {
        person.post_code: (person.seat.title, person.unit.code, position_of(person, city), person.seat.job_class)
        for person in town.people
    }
    for code, (title, unit, position, job_class) in posts.items():
        yield code, title, unit, position.level.value, position.family, job_class


def _employees(town: Town, dates: DemoDates) -> Iterator[Row]:
    for one in town.people:
        own = (one.nip, None, one.name, one.kind.value, one.grade)
        yield *own, one.unit.code, one.post_code, SINCE, one.active_from, _last_day(one, dates)


def _lines(town: Town) -> Iterator[Row]:
    for person in town.people:
        appraiser = town.appraiser(person)
        if appraiser is not None:
            yield person.nip, appraiser.nip, SINCE, None


def _heads(town: Town, dates: DemoDates) -> Iterator[Row]:
    for person in town.people:
        if person.is_head:
            yield person.unit.code, HeadKind.DEFINITIVE.value, person.nip, SINCE, _last_day(person, dates), None
    acting = town.at(town.plan.vacant_unit, "secretary")
    first = dates.retired_on + timedelta(days=1)
    yield acting.unit.code, HeadKind.ACTING.value, acting.nip, first, None, "SK Plt 821/2026 (data uji)"


def _leave(town: Town, dates: DemoDates) -> Iterator[Row]:
    staff = [person for person in town.people if not person.is_head and person.unit.code != town.plan.tour_unit]
    leaves = dates.leaves
    chosen = _chance(town, "leave").sample(staff, 3 * len(leaves))
    for number, person in enumerate(chosen):
        kind, first, last = leaves[number % len(leaves)]
        if kind is LeaveKind.MATERNITY and person.nip[14] == "1":
            kind = LeaveKind.LONG_SERVICE
        yield person.nip, kind.value, first, last


def _last_day(person: Person, dates: DemoDates) -> date | None:
    return dates.retired_on if person.has_retired else None


def _realisations(town: Town, city: City, dates: DemoDates, who: Who, units: frozenset[str]) -> Iterator[Row]:
    chance = _chance(town, f"realisations of {who}")
    for row in realisation_rows(town, city, dates, chance, who=who, units=units):
        yield *row, None, None


def _write_sheet(path: Path, kind: ImportKind, rows: Iterable[Row]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind.title_id)
    sheet.append(kind.template())
    for row in rows:
        sheet.append([_in_sheet(value) for value in row])
    target = path.with_suffix(".xlsx")
    book.save(target)
    return target


def _in_sheet(value: object) -> object:
    # Numbers go as text: a spreadsheet cell would hold them as binary floats.
    return str(value).replace(".", ",") if isinstance(value, Decimal) else value


def _write_text(path: Path, kind: ImportKind, rows: Iterable[Row]) -> Path:
    target = path.with_suffix(".csv")
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerow(kind.template())
        writer.writerows([_in_text(value) for value in row] for row in rows)
    return target


def _in_text(value: object) -> str:
    show: Callable[[object], str] = _SHOWN.get(type(value), str)
    return "" if value is None else show(value)


_SHOWN: dict[type, Callable[[object], str]] = {
    date: lambda value: f"{value:%d/%m/%Y}",
    Decimal: lambda value: f"{value:f}".replace(".", ","),
}
