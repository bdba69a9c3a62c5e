"""How the numbers people enter become one realised value: single figures, shares, medians, satisfaction indices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from processes.appraisal.rules.achievement import HUNDRED
from processes.appraisal.rules.survey import ENOUGH_ANSWERS, INDEX_FACTOR, SHRINKAGE, published, shrink
from processes.people.city import Explanation, Indicator, IndicatorLevel, Message, ScoreRequest, Who, message


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was realised (None: cannot be measured, `reasons` say why), what opens the gate, and how it was computed."""

    realised: Decimal | None = None
    gate_figure: Decimal | None = None
    reasons: tuple[Message, ...] = ()
    children: tuple[Explanation, ...] = ()


#: Turns the numbers of one indicator into a measurement. Pure: looks at nothing but its arguments.
Measure = Callable[[Indicator, ScoreRequest], Measurement]


@dataclass(frozen=True, slots=True)
class ServiceIndex:
    """A satisfaction index 25..100 to judge by, and why it is this one."""

    value: Decimal
    reasons: tuple[Message, ...]
    explanation: Explanation


def figure(indicator: Indicator, request: ScoreRequest, name: str) -> Decimal | None:
    """Return one entered number; what the unit enters falls back to its figures (`CODE__name`, then `name`)."""
    entered = request.measured.get(indicator.code, {}).get(name)
    if entered is not None or not any(field.name == name for field in indicator.fields_for(Who.UNIT)):
        return entered
    return request.unit_figures.get(f"{indicator.code}__{name}", request.unit_figures.get(name))


def single(name: str = "value") -> Measure:
    """Return a measure that takes one number as it is."""

    def measure(indicator: Indicator, request: ScoreRequest) -> Measurement:
        value = figure(indicator, request, name)
        if value is None:
            return missing(indicator, name)
        return Measurement(realised=value, reasons=_unit_figure_used(indicator, request, name))

    return measure


def share(part: str, whole: str, less: str | None = None) -> Measure:
    """Return a measure of `part` in `whole` as a percentage; what `less` counts is taken off the part."""

    def measure(indicator: Indicator, request: ScoreRequest) -> Measurement:
        names = [part, whole] if less is None else [part, whole, less]
        values = {name: figure(indicator, request, name) for name in names}
        absent = [name for name, value in values.items() if value is None]
        if absent:
            return missing(indicator, *absent)
        numbers = {name: value for name, value in values.items() if value is not None}
        if numbers[whole] <= 0:
            return nothing_to_measure(indicator, whole)
        counted = max(numbers[part] - (numbers[less] if less else 0), Decimal(0))
        value = HUNDRED * counted / numbers[whole]
        formula = f"100 * {part} / {whole}" if less is None else f"100 * max({part} - {less}, 0) / {whole}"
        return Measurement(realised=value, children=(realised_node(formula, numbers, value),))

    return measure


def middle(prefix: str, count: int) -> Measure:
    """Return a measure of the median of `prefix_1` ... `prefix_count`: one extreme voice does not move it."""

    def measure(indicator: Indicator, request: ScoreRequest) -> Measurement:
        names = [f"{prefix}_{number}" for number in range(1, count + 1)]
        given = {name: value for name in names if (value := figure(indicator, request, name)) is not None}
        if not given:
            return missing(indicator, *names)
        value = Decimal(median(given.values()))
        return Measurement(realised=value, children=(realised_node(f"median({', '.join(given)})", given, value),))

    return measure


def shrunk_index() -> Measure:
    """Return a measure of a counter's IKM from its `mean` (1..4) of `n` answers, shrunk towards the unit's `ikm`."""

    def measure(indicator: Indicator, request: ScoreRequest) -> Measurement:
        index = shrunk_service_index(indicator, request)
        if index is None:
            return missing(indicator, "mean", "n")
        return Measurement(realised=index.value, reasons=index.reasons, children=(index.explanation,))

    return measure


def own_index() -> Measure:
    """Return a measure of a counter's own IKM, or the unit's if it has fewer than 30 answers."""

    def measure(indicator: Indicator, request: ScoreRequest) -> Measurement:
        index = own_service_index(indicator, request)
        if index is None:
            return missing(indicator, "ikm")
        return Measurement(realised=index.value, reasons=index.reasons, children=(index.explanation,))

    return measure


def shrunk_service_index(indicator: Indicator, request: ScoreRequest) -> ServiceIndex | None:
    """Return 25 times the shrunk mean; without own answers the unit's index, without either None."""
    unit = request.unit_figures.get("ikm")
    mean = figure(indicator, request, "mean")
    answers = figure(indicator, request, "n") or Decimal(0)
    if mean is None or answers <= 0:
        return _unit_index(indicator, unit, reasons=())
    if unit is None:
        return _unshrunk_index(mean, answers)
    value = published(INDEX_FACTOR * shrink(answers, mean, unit / INDEX_FACTOR))
    inputs = {"n": answers, "m": mean, "M": unit / INDEX_FACTOR, "k": SHRINKAGE}
    reasons = () if answers >= ENOUGH_ANSWERS else (_small_sample(indicator, answers),)
    return ServiceIndex(value, reasons, realised_node("round(25 * (n * m + k * M) / (n + k), 2)", inputs, value))


def own_service_index(indicator: Indicator, request: ScoreRequest) -> ServiceIndex | None:
    """Return the counter's own index if 30 answered, else the unit's; None if that is not known either."""
    own = figure(indicator, request, "ikm")
    answers = figure(indicator, request, "n") or Decimal(0)
    if own is not None and answers >= ENOUGH_ANSWERS:
        return ServiceIndex(own, (), realised_node("ikm", {"ikm": own, "n": answers}, own))
    reasons = () if own is None else (_small_sample(indicator, answers),)
    return _unit_index(indicator, request.unit_figures.get("ikm"), reasons)


def quality_index(indicator: Indicator, request: ScoreRequest) -> Decimal | None:
    """Return the index that gate and cap go by: the shrunk one from 30 answers, else the unit's."""
    answers = figure(indicator, request, "n") or Decimal(0)
    if answers < ENOUGH_ANSWERS:
        return request.unit_figures.get("ikm")
    index = shrunk_service_index(indicator, request)
    return None if index is None else index.value


def missing(indicator: Indicator, *names: str) -> Measurement:
    """Return that numbers are missing: the indicator is left out and its weight redistributed."""
    labels = {field.name: field for field in indicator.inputs}
    absent = [labels[name] for name in names if name in labels]
    reason = message(
        "figure_missing",
        "Indikator {code} tidak dihitung: {names_id} belum ada. Bobotnya dibagi ke indikator lain.",
        "Indicator {code} does not count: {names_en} is missing. Its weight goes to the others.",
        code=indicator.code,
        names_id=", ".join(field.label_id for field in absent) or "angka",
        names_en=", ".join(field.label_en for field in absent) or "a number",
    )
    return Measurement(reasons=(reason,))


def nothing_to_measure(indicator: Indicator, name: str) -> Measurement:
    """Return that the denominator is zero: there was nothing to measure in this period."""
    labels = {field.name: field for field in indicator.inputs}
    reason = message(
        "nothing_to_measure",
        "Indikator {code} tidak dihitung: {name_id} pada periode ini nol. Bobotnya dibagi ke indikator lain.",
        "Indicator {code} does not count: {name_en} is zero in this period. Its weight goes to the others.",
        code=indicator.code,
        name_id=labels[name].label_id if name in labels else name,
        name_en=labels[name].label_en if name in labels else name,
    )
    return Measurement(reasons=(reason,))


def realised_node(formula: str, inputs: dict[str, Decimal], value: Decimal) -> Explanation:
    """Return the node that shows how a realised value was computed from entered numbers."""
    return Explanation(
        label_id="Realisasi",
        label_en="Realised",
        formula=formula,
        inputs={name: str(number) for name, number in inputs.items()},
        value=str(value),
    )


def _unit_index(indicator: Indicator, unit: Decimal | None, reasons: tuple[Message, ...]) -> ServiceIndex | None:
    if unit is None:
        return None
    used = message(
        "unit_index_used",
        "Untuk {code} dipakai IKM unit ({ikm}).",
        "The unit's IKM ({ikm}) is used for {code}.",
        code=indicator.code,
        ikm=unit,
    )
    return ServiceIndex(unit, (*reasons, used), realised_node("unit_ikm", {"unit_ikm": unit}, unit))


def _unshrunk_index(mean: Decimal, answers: Decimal) -> ServiceIndex | None:
    if answers < ENOUGH_ANSWERS:
        return None
    value = published(INDEX_FACTOR * mean)
    return ServiceIndex(value, (), realised_node("round(25 * m, 2)", {"m": mean, "n": answers}, value))


def _small_sample(indicator: Indicator, answers: Decimal) -> Message:
    return message(
        "small_sample",
        "Survei untuk {code} baru {n} jawaban (kurang dari 30), sehingga angka unit ikut dipakai.",
        "The survey for {code} has only {n} answers (fewer than 30), so the unit's figure is used too.",
        code=indicator.code,
        n=str(answers),
    )


def _unit_figure_used(indicator: Indicator, request: ScoreRequest, name: str) -> tuple[Message, ...]:
    if indicator.level is not IndicatorLevel.EMPLOYEE or name in request.measured.get(indicator.code, {}):
        return ()
    used = message(
        "unit_figure_used",
        "Untuk {code} dipakai angka unit karena angka perorangan belum ada.",
        "The unit's figure is used for {code} because there is no figure of the person.",
        code=indicator.code,
    )
    return (used,)
