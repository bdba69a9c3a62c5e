"""The forms of employee and appraiser, made from indicators: plain data in the format of forms/spec.

Field names are `<CODE>__<field>`; `entries` reads what was typed back by the same names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from processes.appraisal.rules.ratings import label
from processes.appraisal.rules.units import unit_in
from processes.people.city import (
    CoreValue,
    Direction,
    FormSpec,
    Indicator,
    MeasureField,
    Text,
    Who,
    show_number,
)

REALISATION = "appraisal.realisation"
RATING_INPUTS = "appraisal.rating_inputs"
SPEC_VERSION = 1
NOTE_LENGTH = 2000
REASON_LENGTH = 500
#: How many dated evidences of one behaviour the form asks for; two different days are needed for a -1.
EVIDENCE_DATES = 2

Field = dict[str, Any]

RUBRIC_ANCHORS: tuple[Text, ...] = (
    Text("1 - Sangat kurang: hampir tidak ada hasil", "1 - Very poor: hardly any result"),
    Text("2 - Kurang: banyak yang harus diulang", "2 - Poor: much has to be redone"),
    Text("3 - Memadai: sesuai yang disepakati", "3 - Adequate: as agreed"),
    Text("4 - Baik: melebihi yang disepakati", "4 - Good: beyond what was agreed"),
    Text("5 - Istimewa: menjadi contoh bagi unit lain", "5 - Outstanding: an example for other units"),
)
MARKS: dict[str, Text] = {
    "1": Text("+1 - Konsisten dan menjadi penjaga nilai", "+1 - Consistent and a guardian of the value"),
    "0": Text("0 - Konsisten untuk diri sendiri", "0 - Consistent for oneself"),
    "-1": Text("-1 - Belum konsisten", "-1 - Not yet consistent"),
}


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields under one heading."""

    title: Text
    fields: tuple[Field, ...]


def form_spec(title: Text, sections: Sequence[FormSection], intro: Text | None = None) -> FormSpec:
    """Return the sections as a form in the format of forms/spec."""
    spec: FormSpec = {"version": SPEC_VERSION, "title": _text(title)}
    if intro is not None:
        spec["intro"] = _text(intro)
    spec["sections"] = [
        {"title": _text(section.title), "fields": [field["name"] for field in section.fields]} for section in sections
    ]
    spec["fields"] = [field for section in sections for field in section.fields]
    return spec


def standard_form(task: str, indicators: Sequence[Indicator]) -> FormSpec | None:
    """Return the standard form of a task key; None for a key whose form does not depend on indicators."""
    if task == REALISATION:
        title = Text("Realisasi hasil kerja", "Realised work results")
        intro = Text(
            "Isi angka realisasi Anda. Angka dari unit dan sistem masuk otomatis.",
            "Fill in what you realised. Figures of the unit and of the system come in by themselves.",
        )
        return form_spec(title, realisation_sections(indicators), intro)
    if task == RATING_INPUTS:
        title = Text("Penilaian hasil dan perilaku kerja", "Rating of work results and behaviour")
        intro = Text(
            "Bila Anda memilih tanda -1, isian bukti dari dua hari berbeda ikut ditanyakan.",
            "If you choose the mark -1, evidence from two different days is asked for as well.",
        )
        return form_spec(title, rating_input_sections(indicators), intro)
    return None


def realisation_sections(indicators: Sequence[Indicator]) -> list[FormSection]:
    """Return a section for each indicator the employee enters numbers for: numbers, note, or why not measurable."""
    sections = [
        FormSection(_heading(indicator), _realisation_fields(indicator))
        for indicator in indicators
        if indicator.fields_for(Who.EMPLOYEE)
    ]
    note = long_text("general_note", Text("Catatan umum", "General note"))
    return [*sections, FormSection(Text("Catatan", "Note"), (note,))]


def rating_input_sections(indicators: Sequence[Indicator]) -> list[FormSection]:
    """Return the numbers and rubric levels the appraiser enters, then the marks of the seven BerAKHLAK values.

    The values are one section: each is a question of its own, and a heading over it would only say it twice.
    """
    judged = [
        FormSection(_heading(indicator), tuple(number_field(indicator, field) for field in fields))
        for indicator in indicators
        if (fields := indicator.fields_for(Who.APPRAISER))
    ]
    marks = tuple(field for value in CoreValue for field in _behaviour_fields(value))
    return [*judged, FormSection(Text("Perilaku kerja BerAKHLAK", "Behaviour by the BerAKHLAK values"), marks)]


def number_field(indicator: Indicator, field: MeasureField) -> Field:
    """Return the required form field of one number; a choice of five anchored levels for a rubric.

    Target and weight are said with the first number of the indicator that the same person enters, not again.
    """
    made: Field = {
        "name": f"{indicator.code}__{field.name}",
        "type": "integer" if field.decimals == 0 else "decimal",
        "label": {"id": field.label_id, "en": field.label_en},
        "required": True,
    }
    if field == indicator.fields_for(field.who)[0]:
        made["hint"] = _hint(indicator)
    if indicator.direction is Direction.RUBRIC:
        levels = [_choice(str(level), anchor) for level, anchor in enumerate(RUBRIC_ANCHORS, start=1)]
        return {**made, "type": "radio", "choices": levels}
    if field.decimals:
        made["decimals"] = field.decimals
    if field.unit:
        made["unit"] = {"id": field.unit, "en": unit_in(field.unit, "en")}
    for key, bound in (("min", field.minimum), ("max", field.maximum)):
        if bound is not None:
            made[key] = str(bound) if field.decimals else int(bound)
    return made


def long_text(name: str, text: Text, length: int = NOTE_LENGTH) -> Field:
    """Return an optional field for a few sentences."""
    return {"name": name, "type": "textarea", "label": _text(text), "max_length": length, "rows": 3}


def behaviour_prefix(value: CoreValue) -> str:
    """Return what the names of a core value's fields begin with."""
    return f"berakhlak_{value.value.lower()}"


def evidence_names(value: CoreValue) -> tuple[str, ...]:
    """Return the names of the fields for the days that prove a -1 of a core value."""
    return tuple(f"{behaviour_prefix(value)}__evidence_{number}" for number in range(1, EVIDENCE_DATES + 1))


def _realisation_fields(indicator: Indicator) -> tuple[Field, ...]:
    box = f"{indicator.code}__unmeasured"
    measurable = {"show_when": {"field": box, "equals": False}}
    numbers = [{**number_field(indicator, field), **measurable} for field in indicator.fields_for(Who.EMPLOYEE)]
    unmeasured: Field = {
        "name": box,
        "type": "checkbox",
        "label": {"id": "Tidak dapat diukur pada periode ini", "en": "Cannot be measured in this period"},
        "hint": {
            "id": "Bila dicentang, bobotnya dibagi ke indikator lain dan alasannya wajib ditulis.",
            "en": "If ticked, its weight goes to the other indicators and the reason is required.",
        },
    }
    why = {
        **long_text(f"{indicator.code}__not_measurable", Text("Karena", "Because"), REASON_LENGTH),
        "required": True,
        "show_when": {"field": box, "equals": True},
    }
    note = long_text(f"{indicator.code}__note", Text("Catatan hasil", "Note on the result"))
    return (*numbers, unmeasured, why, note)


def _behaviour_fields(value: CoreValue) -> tuple[Field, ...]:
    name, words = behaviour_prefix(value), label(value)
    when_low = {"field": f"{name}__mark", "equals": "-1"}
    mark: Field = {
        "name": f"{name}__mark",
        "type": "radio",
        "label": _text(words),
        "required": True,
        "choices": [_choice(given, text) for given, text in MARKS.items()],
    }
    dates: list[Field] = [
        {
            "name": field,
            "type": "date",
            "label": {
                "id": f"Tanggal bukti {number} ({words.id})",
                "en": f"Date of evidence {number} ({words.en})",
            },
            "hint": _evidence_hint(number),
            "required": True,
            "max": "today",
            "show_when": when_low,
        }
        for number, field in enumerate(evidence_names(value), start=1)
    ]
    note = {
        **long_text(f"{name}__note", Text(f"Uraian bukti ({words.id})", f"What happened ({words.en})")),
        "hint": {
            "id": "Tuliskan apa yang terjadi pada kedua hari itu.",
            "en": "Write what happened on both days.",
        },
        "required": True,
        "show_when": when_low,
    }
    return (mark, *dates, note)


def _evidence_hint(number: int) -> dict[str, str]:
    if number == 1:
        return {
            "id": "Tanda -1 perlu bukti dari dua hari berbeda. Tulis hari/bulan/tahun, misalnya 17/08/2026.",
            "en": "A -1 needs evidence from two different days. Write day/month/year, for example 17/08/2026.",
        }
    return {
        "id": "Hari lain daripada bukti 1. Tulis hari/bulan/tahun, misalnya 17/08/2026.",
        "en": "Another day than evidence 1. Write day/month/year, for example 17/08/2026.",
    }


def _heading(indicator: Indicator) -> Text:
    return Text(f"{indicator.code} {indicator.name_id}", f"{indicator.code} {indicator.name_en}")


def _hint(indicator: Indicator) -> dict[str, str]:
    return {"id": f"{_agreed(indicator, 'id', 'bobot')}.", "en": f"{_agreed(indicator, 'en', 'weight')}."}


def _agreed(indicator: Indicator, language: str, weight: str) -> str:
    """Return what the plan says, `Target 49% rencana, bobot 42,5%`; without a target its weight alone."""
    share = f"{weight} {_short(indicator.weight, language)}%"
    if indicator.target is None:
        return share.capitalize()
    unit = unit_in(indicator.unit, language, indicator.target)
    space = "" if unit.startswith("%") else " "
    return f"Target {_short(indicator.target, language)}{space}{unit}".rstrip() + f", {share}"


def _short(number: Decimal, language: str) -> str:
    """Return the number for display without zeros that say nothing: `49`, `42,5`."""
    return show_number(number, language).rstrip("0").rstrip(",.")


def _choice(value: str, text: Text) -> Field:
    return {"value": value, "label": _text(text)}


def _text(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}
