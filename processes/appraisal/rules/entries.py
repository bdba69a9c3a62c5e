"""What was typed into the forms of `fields`, back as measured values, reasons and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from processes.appraisal.rules.fields import MARKS, behaviour_prefix, evidence_names
from processes.people.city import BehaviourMark, CoreValue, Indicator, InvalidPlain, Who, from_plain


@dataclass(frozen=True, slots=True)
class Realisation:
    """What an employee entered: numbers by code and field, reasons why not measurable, notes by code."""

    measured: dict[str, dict[str, Decimal]]
    not_measurable: dict[str, str]
    notes: dict[str, str]


@dataclass(frozen=True, slots=True)
class RatingInputs:
    """What an appraiser entered: numbers by code and field, behaviour marks, notes by core value."""

    measured: dict[str, dict[str, Decimal]]
    behaviour: dict[CoreValue, BehaviourMark]
    notes: dict[str, str]


def read_realisation(indicators: Sequence[Indicator], data: Mapping[str, object]) -> Realisation:
    """Return what the employee's form says, typed or as JSON; with a reason "not measurable" there are no numbers.

    :raise InvalidPlain: a value is not a number.
    """
    measured: dict[str, dict[str, Decimal]] = {}
    reasons: dict[str, str] = {}
    notes: dict[str, str] = {}
    for indicator in indicators:
        code = indicator.code
        if note := _text(data, f"{code}__note"):
            notes[code] = note
        if reason := _text(data, f"{code}__not_measurable"):
            reasons[code] = reason
        elif numbers := _numbers(indicator, Who.EMPLOYEE, data):
            measured[code] = numbers
    return Realisation(measured, reasons, notes)


def read_rating_inputs(indicators: Sequence[Indicator], data: Mapping[str, object]) -> RatingInputs:
    """Return what the appraiser's form says, typed or as JSON; evidences dated the same day count once.

    :raise InvalidPlain: a value is not a number, a mark or a date.
    """
    numbers = {indicator.code: _numbers(indicator, Who.APPRAISER, data) for indicator in indicators}
    behaviour = {value: mark for value in CoreValue if (mark := _mark(value, data)) is not None}
    notes = {value.value: note for value in CoreValue if (note := _text(data, f"{behaviour_prefix(value)}__note"))}
    return RatingInputs({code: given for code, given in numbers.items() if given}, behaviour, notes)


def _numbers(indicator: Indicator, who: Who, data: Mapping[str, object]) -> dict[str, Decimal]:
    names = [(field.name, f"{indicator.code}__{field.name}") for field in indicator.fields_for(who)]
    return {name: _number(data[key], key) for name, key in names if _answered(data.get(key))}


def _number(value: object, path: str) -> Decimal:
    try:
        return from_plain(Decimal, value)
    except InvalidPlain as problem:
        raise InvalidPlain(path, problem.reason_id, problem.reason_en) from None


def _mark(value: CoreValue, data: Mapping[str, object]) -> BehaviourMark | None:
    name = behaviour_prefix(value)
    given = data.get(f"{name}__mark")
    if not _answered(given):
        return None
    if str(given) not in MARKS:
        raise InvalidPlain(f"{name}__mark", "harus -1, 0 atau 1", "must be -1, 0 or 1")
    days = {_date(data[key], key) for key in evidence_names(value) if _answered(data.get(key))}
    return BehaviourMark(int(str(given)), len(days))


def _date(value: object, path: str) -> date:
    try:
        return from_plain(date, value)
    except InvalidPlain as problem:
        raise InvalidPlain(path, problem.reason_id, problem.reason_en) from None


def _answered(value: object) -> bool:
    return value is not None and value != ""


def _text(data: Mapping[str, object], name: str) -> str:
    return str(data.get(name) or "").strip()
