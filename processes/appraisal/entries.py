"""What employees and appraisers entered, as it is kept: numbers, reasons, notes and behaviour marks by indicator."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from engine.records.packing import pack
from processes.appraisal.records import FROM_APPRAISER
from processes.appraisal.rules import read_rating_inputs, read_realisation
from processes.people.city import Indicator

#: The content of a realisation or assessment row: `measured`, `not_measurable`, `notes`, `behaviour`; no empty parts.
Content = dict[str, Any]

#: The relation of the feedback that the appraiser gives together with his marks.
APPRAISER = FROM_APPRAISER


def entered_realisation(indicators: Sequence[Indicator], answers: Mapping[str, Any], before: Content) -> Content:
    """Return the employee's answers over what was known before; for each indicator the newer word counts.

    A number takes back an earlier "not measurable", and the other way round.
    """
    entered = read_realisation(indicators, answers)
    known_numbers = {
        code: value for code, value in before.get("measured", {}).items() if code not in entered.not_measurable
    }
    known_reasons = {
        code: why for code, why in before.get("not_measurable", {}).items() if code not in entered.measured
    }
    return _content(
        measured={**known_numbers, **entered.measured},
        not_measurable={**known_reasons, **entered.not_measurable},
        notes={**before.get("notes", {}), **entered.notes},
    )


def entered_assessment(indicators: Sequence[Indicator], answers: Mapping[str, Any]) -> Content:
    """Return the appraiser's rubric levels and behaviour marks."""
    entered = read_rating_inputs(indicators, answers)
    return _content(
        measured=entered.measured,
        notes={str(name): text for name, text in entered.notes.items()},
        behaviour={str(value): [mark.mark, mark.evidence_days] for value, mark in entered.behaviour.items()},
    )


def write_content(
    measured: Mapping[str, Mapping[str, Decimal]],
    not_measurable: Mapping[str, str] | None = None,
    notes: Mapping[str, str] | None = None,
) -> bytes:
    """Return the stored content of numbers, reasons and notes that come from elsewhere, such as an import."""
    return pack(_content(measured=measured, not_measurable=not_measurable or {}, notes=notes or {}))


def _content(**parts: Mapping[str, Any]) -> Content:
    return {name: dict(part) for name, part in parts.items() if part}
