"""The dated numbers that a process is computed with, as they hold on the days of two versions of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.errors import DiagramRefused
from engine.policy.actor import Actor
from processes.people.city import CityError, ParameterSet
from processes.people.parameters import in_force, keys_here, shipped_on
from webapp.studio.comparing.parameter_words import number_name, number_text, title_of
from webapp.studio.comparing.sheets import Cell, Row, Sheet
from webapp.texts import gettext as _
from webapp.texts import show_day
from webapp.wiring import Alur
from webapp.wiring.parameter_use import keys_read, national_sets

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Moment:
    """On which day numbers are read, and whose: the city's own, or those that Alur ships for everybody."""

    day: date
    is_national: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of two versions.

    :param sheets: the sets that differ, with what stays the same only counted.
    :param same: what the sets are called of which nothing differs.
    :param is_known: not so if the city's rules do not answer.
    """

    moments: tuple[Moment, Moment]
    sheets: tuple[Sheet, ...] = ()
    same: tuple[str, ...] = ()
    is_known: bool = True


def compare_numbers(
    read: Any, actor: Actor, alur: Alur, files: tuple[Files, Files], moments: tuple[Moment, Moment]
) -> Numbers:
    """Return how the numbers differ that the services of two versions read, each on its day."""
    try:
        sides = [_sets_of(read, actor, alur, own, moment) for own, moment in zip(files, moments, strict=True)]
    except CityError:
        return Numbers(moments, is_known=False)
    keys = sorted({*sides[0], *sides[1]}, key=title_of)
    sheets = {key: _sheet(key, sides[0].get(key), sides[1].get(key)) for key in keys}
    same = tuple(title_of(key) for key, sheet in sheets.items() if sheet is None)
    return Numbers(moments, tuple(sheet for sheet in sheets.values() if sheet is not None), same)


def _sets_of(read: Any, actor: Actor, alur: Alur, files: Files, moment: Moment) -> Mapping[str, ParameterSet]:
    """Return the sets that the services of a version read, as they hold; those that do not hold yet are left out."""
    city, services = alur.directory.city(actor.tenant), alur.directory.services
    known = {item.key for item in national_sets()} | {*city.parameters(moment.day)} | keys_here(read, actor.tenant)
    keys = keys_read((services[name] for name in _services_in(files) if name in services), known)
    if moment.is_national:
        found = {key: shipped_on(national_sets(), key, moment.day) for key in keys}
    else:
        shipped = national_sets()
        found = {key: in_force(read, actor.tenant, key, moment.day, city=city, shipped=shipped) for key in keys}
    return {key: held for key, held in found.items() if held is not None}


def _services_in(files: Files) -> Iterator[str]:
    """Yield the services that a diagram calls; none of one that cannot be read."""
    name = next((name for name in files if name.endswith(".bpmn")), "")
    try:
        outline, _problems = read_outline(read_xml(files[name], name), name)
    except (KeyError, DiagramRefused):
        return
    yield from (element.service for element in _elements(outline) if element.service)


def _elements(outline: Any) -> Iterable[Any]:
    return outline.elements.values() if outline is not None else ()


def _sheet(key: str, before: ParameterSet | None, after: ParameterSet | None) -> Sheet | None:
    """Return what differs between two sets of a key; None if they say the same."""
    if before is not None and after is not None and _said(before) == _said(after):
        return None
    cells = [_facts(item) for item in (before, after)]
    names = list(dict.fromkeys([*cells[0], *cells[1]]))
    rows = tuple(_row(name, cells[0].get(name), cells[1].get(name)) for name in names)
    head = _("Angka"), _("Yang tertulis")
    return Sheet(title_of(key), tuple(Cell(text, text) for text in head), tuple(row for row in rows if row.sign))


def _said(found: ParameterSet) -> tuple[object, ...]:
    return found.source, found.valid_from, found.values


def _facts(found: ParameterSet | None) -> dict[str, str]:
    """Return what a set says, by the words for it: where it comes from first."""
    if found is None:
        return {}
    numbers = {
        number_name(found.key, name): number_text(found.key, name, value) for name, value in found.values.items()
    }
    return {_("Dasar hukum"): found.source, _("Berlaku mulai"): show_day(found.valid_from), **numbers}


def _row(name: str, before: str | None, after: str | None) -> Row:
    sign = "+" if before is None else "−" if after is None else "~" if before != after else ""
    return Row(sign, (Cell(name, name), Cell(before, after)))
