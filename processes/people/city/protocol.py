"""The questions a process may ask of a city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from processes.people.city.indicators import Indicator
from processes.people.city.info import CityInfo, Finding, ParameterSet
from processes.people.city.positions import Period, PositionFacts
from processes.people.city.scores import ScoreRequest, ScoreResult, ScoreRule

#: A declarative form, `{"version": 1, "fields": [...]}`, in the format of forms/spec.py.
FormSpec = dict[str, Any]


class City(Protocol):
    """One city's rules. Every method computes from its arguments alone and may be called anywhere.

    :raise CityUnavailable: the city's plugin is missing or broken.
    :raise CityFailed: the plugin raised or answered nonsense.
    """

    @property
    def info(self) -> CityInfo:
        """The city's labels, zone, families and rule versions."""
        ...

    def rule(self, on: date) -> ScoreRule:
        """Return the rule version for periods ending on that day; a case stores it when it starts."""
        ...

    def indicators(
        self, position: PositionFacts, period: Period, rule: ScoreRule | None = None
    ) -> tuple[Indicator, ...]:
        """Return the position's indicator set, by the given rule version or the one in force at the period's end."""
        ...

    def score(self, request: ScoreRequest, rule: ScoreRule | None = None) -> ScoreResult:
        """Return the indicative value and the recommended ratings.

        :raise RuleMismatch: `rule` is not installed any more, or its content changed.
        :raise InvalidPlain: a value of the request cannot be (see `ScoreRequest.check`).
        """
        ...

    def form(
        self, task: str, position: PositionFacts, period: Period, indicators: Sequence[Indicator] | None = None
    ) -> FormSpec | None:
        """Return the form of a task key such as `appraisal.realisation`; None if the city leaves it to the process.

        `indicators` are the employee's own (with targets from the plan); without them the position's set is used.
        """
        ...

    def parameters(self, on: date) -> Mapping[str, ParameterSet]:
        """Return the parameter sets in force on that day, by key."""
        ...

    def check_plan(
        self, position: PositionFacts, period: Period, indicators: Sequence[Indicator]
    ) -> tuple[Finding, ...]:
        """Return what is wrong with a plan: the national findings first, then the city's own."""
        ...
