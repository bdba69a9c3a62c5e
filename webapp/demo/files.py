"""Writes a made-up city as the very files that `alur import` reads."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
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
from webapp.demo.figures import Row, position_of, realisation_rows, result_rows, target_rows, unit_figure_rows
from webapp.demo.places import FORTY
from webapp.demo.town import RETIRED_ON, SINCE, Town, build_town

#: Every kind of file, in the order in which an empty city takes them.
KINDS: dict[str, ImportKind] = {**PEOPLE_KINDS, **APPRAISAL_KINDS}
#: Written as spreadsheets, so that people see one; the others as text with semicolons, as Excel in Indonesia saves it.
SPREADSHEETS = frozenset({"units", "employees", "acting", "example"})
#: The employees' own numbers of one school, left for the tour: it is written, but not imported.
EXAMPLE = "example"

# Test data, not an official calendar: the joint decree of three ministers is what a real city imports.
_HOLIDAYS = {
    date(2026, 1, 1): "Tahun Baru",
    date(2026, 2, 16): "Libur uji satu",
    date(2026, 2, 17): "Tahun Baru Imlek",
    date(2026, 3, 19): "Hari Suci Nyepi",
    date(2026, 3, 20): "Idul Fitri hari pertama",
    date(2026, 3, 21): "Idul Fitri hari kedua",
    date(2026, 4, 3): "Wafat Isa Almasih",
    date(2026, 5, 1): "Hari Buruh",
    date(2026, 5, 14): "Kenaikan Isa Almasih",
    date(2026, 5, 27): "Idul Adha",
    date(2026, 6, 1): "Hari Lahir Pancasila",
    date(2026, 6, 16): "Tahun Baru Islam",
    date(2026, 8, 17): "Hari Kemerdekaan",
    date(2026, 8, 25): "Maulid Nabi",
    date(2026, 12, 25): "Hari Natal",
}
_LEAVE = (
    (LeaveKind.ANNUAL, date(2026, 9, 7), date(2026, 9, 11)),
    (LeaveKind.ANNUAL, date(2026, 10, 5), date(2026, 10, 7)),
    (LeaveKind.SICK, date(2026, 8, 3), date(2026, 8, 5)),
    (LeaveKind.MATERNITY, date(2026, 9, 1), date(2026, 11, 30)),
    (LeaveKind.IMPORTANT_REASON, date(2026, 9, 21), date(2026, 9, 24)),
)


def generate(code: str, folder: Path, rules: City | None = None) -> dict[str, Path]:
    """Write the files of a demonstration city into a folder that exists, and return them by kind.

    :param rules: the city's rules, by which indicators and families are chosen; the installed plugin's if left out.
    :raise KeyError: no such demonstration city.
    """
    city = rules or Cities.installed(only=[code]).city(code)
    town = build_town(code)
    files: dict[str, Path] = {}
    for name, rows in _contents(town, city).items():
        if not rows:
            continue  # a city without numbers from systems has no such file
        kind = KINDS["realisations" if name == EXAMPLE else name]
        write = _write_sheet if name in SPREADSHEETS else _write_text
        files[name] = write(folder / f"{code}-{name}", kind, rows)
    return files


def _contents(town: Town, city: City) -> Mapping[str, Sequence[Row]]:
    everywhere = frozenset(unit.code for unit in town.plan.units)
    contents: Mapping[str, Iterable[Row]] = {
        "units": _units(town),
        "posts": _posts(town, city),
        "employees": _employees(town),
        "lines": _lines(town),
        "acting": _heads(town),
        "leave": _leave(town),
        "holidays": ((day, f"{name} (data uji)") for day, name in _HOLIDAYS.items()),
        "results": ((*row, None) for row in result_rows(town, _chance(town, "results"))),
        "targets": target_rows(town, city, _chance(town, "targets")),
        "unit-figures": unit_figure_rows(town, city, _chance(town, "figures")),
        "realisations": _realisations(town, city, Who.SYSTEM, everywhere),
        EXAMPLE: _realisations(town, city, Who.EMPLOYEE, frozenset({FORTY})),
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


def _employees(town: Town) -> Iterator[Row]:
    for one in town.people:
        own = (one.nip, None, one.name, one.kind.value, one.grade)
        yield *own, one.unit.code, one.post_code, SINCE, one.active_from, one.active_to


def _lines(town: Town) -> Iterator[Row]:
    for person in town.people:
        appraiser = town.appraiser(person)
        if appraiser is not None:
            yield person.nip, appraiser.nip, SINCE, None


def _heads(town: Town) -> Iterator[Row]:
    for person in town.people:
        if person.is_head:
            yield person.unit.code, HeadKind.DEFINITIVE.value, person.nip, SINCE, person.active_to, None
    acting = town.at(town.plan.vacant_unit, "secretary")
    first = date(RETIRED_ON.year, RETIRED_ON.month + 1, 1)
    yield acting.unit.code, HeadKind.ACTING.value, acting.nip, first, None, "SK Plt 821/2026 (data uji)"


def _leave(town: Town) -> Iterator[Row]:
    staff = [person for person in town.people if not person.is_head and person.unit.code != town.plan.tour_unit]
    chosen = _chance(town, "leave").sample(staff, 3 * len(_LEAVE))
    for number, person in enumerate(chosen):
        kind, first, last = _LEAVE[number % len(_LEAVE)]
        if kind is LeaveKind.MATERNITY and person.nip[14] == "1":
            kind = LeaveKind.LONG_SERVICE
        yield person.nip, kind.value, first, last


def _realisations(town: Town, city: City, who: Who, units: frozenset[str]) -> Iterator[Row]:
    chance = _chance(town, f"realisations of {who}")
    for row in realisation_rows(town, city, chance, who, units):
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
