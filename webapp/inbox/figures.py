"""The figures of a unit in words: those every city imports, and those that its indicators ask of units."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Final

from forms import Text
from processes.people.city import (
    City,
    CityError,
    Indicator,
    MeasureField,
    Period,
    PositionFacts,
    PositionLevel,
    UnitKind,
    Who,
)
from webapp.amounts import show_amount
from webapp.inbox.lines import show_number_of
from webapp.task_forms import FormContext
from webapp.texts import gettext as _

#: The figures that the import has columns for: their words, and their unit.
FIGURES: Final[Mapping[str, tuple[Text, str]]] = {
    "ikm": (Text("Indeks Kepuasan Masyarakat (IKM)", "Public satisfaction index"), ""),
    "n": (Text("Jumlah responden survei", "Answers to the survey"), ""),
    "attendance": (Text("Kehadiran", "Attendance"), "%"),
}

Asked = Mapping[str, tuple[Indicator, MeasureField]]


def name_figures(
    context: FormContext, kind: UnitKind, period: Period, figures: Mapping[str, Decimal]
) -> tuple[tuple[str, str], ...]:
    """Return the figures of a unit, the general ones first: each in words, and its number with its unit."""
    general = [name for name in FIGURES if name in figures]
    others = sorted(figures.keys() - FIGURES.keys())
    asked = _asked_of_units(context.city, kind, period) if others else {}
    return tuple(_named(context, name, figures[name], asked) for name in (*general, *others))


def _named(context: FormContext, name: str, value: Decimal, asked: Asked) -> tuple[str, str]:
    if name in FIGURES:
        text, measure = FIGURES[name]
        return text.to(context.language), show_amount(value, measure)
    if name not in asked:
        # Whoever imported it gave it this name; no indicator in force asks for it.
        return _("Angka lain yang diimpor: “%(name)s”", name=name.replace("_", " ").strip()), show_amount(value, "")
    indicator, field = asked[name]
    label = field.label_id if context.language == "id" else field.label_en
    return f"{label} ({indicator.code})", show_number_of(field, value, indicator.unit)


def _asked_of_units(city: City, kind: UnitKind, period: Period) -> Asked:
    """Return the numbers that any position in a unit of that kind takes from it, by both names they may come under."""
    asked: dict[str, tuple[Indicator, MeasureField]] = {}
    families = [family.code for family in city.info.families] or [""]
    for family, level in product(families, PositionLevel):
        for indicator in _indicators(city, PositionFacts(family, level, kind), period):
            for field in indicator.fields_for(Who.UNIT):
                asked.setdefault(f"{indicator.code}__{field.name}", (indicator, field))
                asked.setdefault(field.name, (indicator, field))
    return asked


def _indicators(city: City, position: PositionFacts, period: Period) -> tuple[Indicator, ...]:
    try:
        return city.indicators(position, period)
    except CityError:
        return ()
