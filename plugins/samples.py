"""Makes score requests for any city, plain ones and random ones full of holes, and what they would leave stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

from plugins.manager import CityPlugin
from processes.appraisal.rules import (
    BehaviourMark,
    CoreValue,
    Direction,
    Feedback,
    Indicator,
    MeasureField,
    Period,
    PositionFacts,
    PositionLevel,
    ScoreRequest,
    ScoreRule,
    Target,
    UnitKind,
)
from processes.appraisal.rules.fields import RATING_INPUTS, REALISATION
from processes.appraisal.variables import employee_variables
from processes.people.city import Rating, to_plain

ODD_NUMBERS = tuple(Decimal(text) for text in ("0", "-1", "0.0001", "1", "99.995", "100", "1e9", "-1e9", "1e-12"))


def all_positions(city: CityPlugin) -> Iterator[PositionFacts]:
    """Yield every combination of the city's families (and an unknown one), levels and unit kinds."""
    families = [*(family.code for family in city.info.families), "unheard_of"]
    for family, level, unit_kind in product(families, PositionLevel, UnitKind):
        yield PositionFacts(family, level, unit_kind)


def periods_of(rule: ScoreRule) -> tuple[Period, Period]:
    """Return a quarter and a year in which the rule is in force."""
    last = rule.valid_to or rule.valid_from.replace(year=rule.valid_from.year + 1)
    year = max(rule.valid_from.year, last.year - 1 if last.month < 12 else last.year)
    return Period.quarter(year, 4), Period.year(year)


def plain_request(city: CityPlugin, position: PositionFacts, period: Period) -> ScoreRequest:
    """Return a request in which every number is there and ordinary."""
    indicators = city.indicators(position, period)
    return ScoreRequest(
        position=position,
        period=period,
        measured={item.code: {field.name: ordinary(item, field) for field in item.inputs} for item in indicators},
        unit_figures={"ikm": Decimal(82), "n": Decimal(200), "attendance": Decimal(97)},
        feedback=Feedback(Decimal("0.7"), 20),
        behaviour=dict.fromkeys(CoreValue, BehaviourMark(0)),
    )


def ordinary(indicator: Indicator, field: MeasureField) -> Decimal:
    """Return an unremarkable number for a field: as the target says if it has one, else the middle of its bounds."""
    if indicator.direction is Direction.RUBRIC:
        return Decimal(3)
    if len(indicator.inputs) == 1 and indicator.target is not None:
        return indicator.target
    return (field.maximum + (field.minimum or 0)) / 2 if field.maximum is not None else Decimal(40)


def stored_values(city: CityPlugin) -> Iterator[object]:
    """Yield what cases of nobody in particular would keep under the newest rule: variables, scores, answers."""
    rule = city.info.rules[-1]
    period, _ = periods_of(rule)
    yield {"variables": _variables_of(period, rule)}
    for position in _typical_positions(city, period):
        yield to_plain(city.score(plain_request(city, position, period)))
        for task in (REALISATION, RATING_INPUTS):
            form = city.form(task, position, period)
            yield {"data": {field["name"]: _usual_answer(field) for field in form["fields"]} if form else {}}
    yield {"unit_figures": [[0, dict.fromkeys(("attendance", "ikm", "n"), "0")]]}
    yield {"behaviour": {value.value: [0, 0] for value in CoreValue}}
    usual = Rating.SESUAI_EKSPEKTASI.value
    yield {"data": {"work": usual, "work_note": None, "behaviour": usual, "behaviour_note": None}}
    yield {"results": [["appraisal.recommend_ratings", {"work": usual, "behaviour": usual}]]}
    yield {"results": [["appraisal.record_signature", {"person": 0, "rater": 0}]]}
    unchanged = {"person": 0, "is_final": False, "is_replaced": False, "is_last": False}
    yield {"results": [["appraisal.find_superior", unchanged], ["appraisal.record_hand_over", unchanged]]}


def _usual_answer(field: Mapping[str, Any]) -> str | None:
    """Return what most people choose: the middle; nobody has to write anything."""
    choices = field.get("choices") or ()
    return choices[len(choices) // 2]["value"] if choices and field["type"] == "radio" else None


def _variables_of(period: Period, rule: ScoreRule) -> dict[str, object]:
    position = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.OTHER)
    return employee_variables(
        employee=0,
        unit=0,
        year=period.end.year,
        quarter=1,
        week=5,
        position=position,
        rule=rule,
        rater=0,
        realisation_due=period.end,
        window_end=period.end,
    )


def _typical_positions(city: CityPlugin, period: Period) -> Iterator[PositionFacts]:
    """Yield one position for each set of indicators, the most common set last."""
    found: dict[tuple[str, ...], PositionFacts] = {}
    for position in all_positions(city):
        found.setdefault(tuple(item.code for item in city.indicators(position, period)), position)
    yield from reversed(found.values())


def random_requests(city: CityPlugin, count: int, seed: int) -> Iterator[ScoreRequest]:
    """Yield requests with missing, extreme and contradictory numbers; the same ones for the same seed."""
    # Not for secrets: the seed makes failures repeatable.
    random = Random(seed)  # noqa: S311
    positions = list(all_positions(city))
    periods = [period for rule in city.info.rules for period in periods_of(rule)]
    for _ in range(count):
        yield random_request(city, random, random.choice(positions), random.choice(periods))


def random_request(city: CityPlugin, random: Random, position: PositionFacts, period: Period) -> ScoreRequest:
    """Return one random request for a position."""
    indicators = city.indicators(position, period)
    codes = [item.code for item in indicators]
    measured = {item.code: _numbers(random, item) for item in indicators if random.random() < 0.9}
    targets = {code: _target(random) for code in codes if random.random() < 0.2}
    figures = {name: _number(random, 0, 100) for name in ("ikm", "n", "attendance") if random.random() < 0.7}
    positive = None if random.random() < 0.1 else _number(random, 0, 1)
    return ScoreRequest(
        position=position,
        period=period,
        targets=targets,
        measured=measured,
        not_measurable={code: "alasan" for code in codes if random.random() < 0.1},
        not_delivered={code: "alasan" for code in codes if random.random() < 0.1},
        unit_figures=figures,
        feedback=Feedback(positive, random.randint(0, 50)),
        behaviour={value: _mark(random) for value in CoreValue if random.random() < 0.95},
    )


def with_number(request: ScoreRequest, code: str, field: str, value: Decimal) -> ScoreRequest:
    """Return the request with one number replaced."""
    numbers = {**request.measured.get(code, {}), field: value}
    return replace(request, measured={**request.measured, code: numbers})


def _numbers(random: Random, indicator: Indicator) -> dict[str, Decimal]:
    return {
        field.name: random.choice(ODD_NUMBERS)
        if random.random() < 0.15
        else _number(random, int(field.minimum or 0), int(field.maximum or 500))
        for field in indicator.inputs
        if random.random() < 0.9
    }


def _number(random: Random, low: int, high: int) -> Decimal:
    return Decimal(random.randint(low * 100, high * 100)) / 100


def _target(random: Random) -> Target:
    numbers = (None, Decimal(0), Decimal(-5), _number(random, 1, 200))
    return Target(random.choice(numbers), random.choice(numbers), None)


def _mark(random: Random) -> BehaviourMark:
    return BehaviourMark(random.choice((-1, 0, 0, 1, 1)), random.randint(0, 3))
