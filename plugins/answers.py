"""Checks what a city answers before anybody uses it: types, bounds, weights, and that it is plain data."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from forms.spec import check_spec
from processes.appraisal.rules import Finding, Indicator, ScoreResult, ScoreRule, from_plain, to_plain
from processes.people.city import CityInfo, FormSpec, ParameterSet

T = TypeVar("T")

API_VERSION = 1
FULL_WEIGHT = Decimal(100)
HIGHEST_VALUE = Decimal(120)


class PluginRefused(Exception):
    """The plugin cannot be used at all."""


class WrongAnswer(Exception):
    """A hook answered with something it may not answer."""


def check_info(code: str, answer: object) -> CityInfo:
    """Return the city's description.

    :raise PluginRefused: it is missing, of another city, for another api, or names an unknown zone or no colours.
    """
    if not isinstance(answer, CityInfo):
        raise PluginRefused(f"asn_city_info gave {type(answer).__name__}, not CityInfo")
    if answer.code != code:
        raise PluginRefused(f"asn_city_info says {answer.code!r}, but the entry point is {code!r}")
    if answer.api != API_VERSION:
        raise PluginRefused(f"it is written for api {answer.api}; this Alur speaks {API_VERSION}")
    try:
        ZoneInfo(answer.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise PluginRefused(f"time zone {answer.zone!r} does not exist") from None
    # They are written into a style sheet as they are.
    if answer.colours is not None and (malformed := answer.colours.malformed()):
        raise PluginRefused(f"colours must be #rrggbb in small letters: {', '.join(malformed)}")
    return from_plain(CityInfo, to_plain(answer))


def check_indicators(answer: object) -> tuple[Indicator, ...]:
    """Return the set.

    :raise WrongAnswer: not a tuple of indicators with unique codes whose weights sum to 100.
    """
    items = _tuple_of(Indicator, answer)
    twice = [code for code, count in Counter(item.code for item in items).items() if count > 1]
    if twice:
        raise WrongAnswer(f"codes used twice: {', '.join(twice)}")
    total = sum((item.weight for item in items), Decimal(0))
    if total != FULL_WEIGHT:
        raise WrongAnswer(f"the weights sum to {total}, not 100")
    without_inputs = [item.code for item in items if not item.inputs]
    if without_inputs:
        raise WrongAnswer(f"nobody enters a number for {', '.join(without_inputs)}")
    return items


def result_check(rule: ScoreRule) -> Callable[[object], ScoreResult]:
    """Return a check that the answer is a score by this rule, within 0..120, and plain data through and through."""

    def check(answer: object) -> ScoreResult:
        if not isinstance(answer, ScoreResult):
            raise WrongAnswer(f"gave {type(answer).__name__}, not ScoreResult")
        copy = from_plain(ScoreResult, to_plain(answer))
        if copy.rule != rule:
            raise WrongAnswer(f"scored by rule {copy.rule.version}, asked for {rule.version}")
        if copy.value is not None and not 0 <= copy.value <= HIGHEST_VALUE:
            raise WrongAnswer(f"the value {copy.value} is outside 0..120")
        return copy

    return check


def check_form(answer: object) -> FormSpec | None:
    """Return a copy of the form's data.

    :raise WrongAnswer: not JSON, or not a form that forms/spec can build.
    """
    if answer is None:
        return None
    form: FormSpec = json.loads(json.dumps(answer))
    problems = check_spec(form)
    if problems:
        raise WrongAnswer("; ".join(problem.message("en") for problem in problems))
    return form


def check_parameters(answer: Sequence[object]) -> list[tuple[ParameterSet, ...]]:
    """Return the sets of each plugin that answered.

    :raise WrongAnswer: something else than parameter sets.
    """
    return [_tuple_of(ParameterSet, sets) for sets in answer]


def check_findings(answer: Sequence[object]) -> list[tuple[Finding, ...]]:
    """Return the findings of each plugin that answered.

    :raise WrongAnswer: something else than findings.
    """
    return [_tuple_of(Finding, findings) for findings in answer]


def _tuple_of(kind: type[T], answer: object) -> tuple[T, ...]:
    if not isinstance(answer, tuple) or not all(isinstance(item, kind) for item in answer):
        raise WrongAnswer(f"gave {type(answer).__name__}, not a tuple of {kind.__name__}")
    # The round trip copies it and refuses anything hidden inside that is not plain data.
    return tuple(from_plain(kind, to_plain(item)) for item in answer)
