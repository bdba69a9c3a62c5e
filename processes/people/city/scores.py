"""A question for a city's score rule and its answer, employee-free: the rule never learns whose numbers they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from processes.people.city.plain import InvalidPlain, Plain
from processes.people.city.positions import Period, PositionFacts
from processes.people.city.ratings import CoreValue, Rating, Recommendation
from processes.people.city.texts import Message

LARGEST = Decimal("1e12")
SMALLEST = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class Target(Plain):
    """What the plan agreed for one indicator; None keeps the city's default."""

    baseline: Decimal | None = None
    target: Decimal | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Feedback(Plain):
    """Feedback from others about the work: the positive share 0..1, and how many gave it."""

    positive: Decimal | None = None
    count: int = 0


@dataclass(frozen=True, slots=True)
class BehaviourMark(Plain):
    """A mark -1, 0 or +1 for one value, and on how many different days its evidence is dated."""

    mark: int
    evidence_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRequest(Plain):
    """Everything a score rule may know: position, period, plan, numbers, marks.

    `measured` holds numbers by indicator code and field name. `not_measurable` (re-weighted) and `not_delivered`
    (counts as 0) hold the reasons by code. `unit_figures` are the unit's own numbers: `ikm`, `n`, `attendance`, ...
    """

    position: PositionFacts
    period: Period
    targets: Mapping[str, Target] = field(default_factory=dict)
    measured: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    not_measurable: Mapping[str, str] = field(default_factory=dict)
    not_delivered: Mapping[str, str] = field(default_factory=dict)
    unit_figures: Mapping[str, Decimal] = field(default_factory=dict)
    feedback: Feedback = Feedback()
    behaviour: Mapping[CoreValue, BehaviourMark] = field(default_factory=dict)

    def check(self) -> None:
        """Make sure that the request can mean something: its numbers are what they are said to be.

        What an employee measured may be as odd as it is (a rule leaves it out with a reason), and a target that cannot
        be scored is found when the plan is made; but a share of 7, a mark of 3 or a period that ends before it starts
        is a mistake of who asks. Numbers are bounded so that no quotient can leave the precision rules compute in.

        :raise InvalidPlain: naming the first such value.
        """
        for path, number in self._numbers():
            if abs(number) > LARGEST or 0 < abs(number) < SMALLEST:
                raise InvalidPlain(path, "angka terlalu besar atau terlalu kecil", "number too large or too small")
        if self.period.end < self.period.start:
            raise InvalidPlain("period.end", "lebih awal daripada period.start", "is before period.start")
        for path, given, low, high in self._bounded():
            if given is not None and not (low <= given and (high is None or given <= high)):
                raise _outside(path, low, high)

    def _bounded(self) -> Iterator[tuple[str, Decimal | int | None, int, int | None]]:
        """Yield each value that has bounds by its own meaning, with the bounds."""
        yield "feedback.positive", self.feedback.positive, 0, 1
        yield "feedback.count", self.feedback.count, 0, None
        for code, plan in self.targets.items():
            yield f"targets.{code}.weight", plan.weight, 0, 100
        for value, mark in self.behaviour.items():
            yield f"behaviour.{value}.mark", mark.mark, -1, 1
            yield f"behaviour.{value}.evidence_days", mark.evidence_days, 0, None
        # How many answered; the other figures are measured, and may be odd like everything measured.
        yield "unit_figures.n", self.unit_figures.get("n"), 0, None

    def _numbers(self) -> Iterator[tuple[str, Decimal]]:
        for code, fields in self.measured.items():
            yield from ((f"measured.{code}.{name}", number) for name, number in fields.items())
        for code, plan in self.targets.items():
            given = (("baseline", plan.baseline), ("target", plan.target), ("weight", plan.weight))
            yield from ((f"targets.{code}.{name}", number) for name, number in given if number is not None)
        yield from ((f"unit_figures.{name}", number) for name, number in self.unit_figures.items())
        if self.feedback.positive is not None:
            yield "feedback.positive", self.feedback.positive


def _outside(path: str, low: int, high: int | None) -> InvalidPlain:
    if high is None:
        return InvalidPlain(path, f"sedikitnya {low}", f"must be at least {low}")
    return InvalidPlain(path, f"harus antara {low} dan {high}", f"must be between {low} and {high}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRule(Plain):
    """Names one published version of a rule; a running case stores it and is scored by exactly it."""

    id: str
    version: str
    content_hash: str
    valid_from: date
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the rule applies to a period ending on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Cap(Plain):
    """A limit: the recommended result is at most `limit`, because of `reason`."""

    limit: Rating
    reason: Message


class MeasureStatus(StrEnum):
    """Why an indicator does or does not count."""

    MEASURED = "measured"
    NOT_MEASURABLE = "not_measurable"
    NOT_DELIVERED = "not_delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorScore(Plain):
    """One line of the score: what was realised and which achievement (0..cap) it makes; None if it does not count."""

    code: str
    name_id: str
    name_en: str
    weight: Decimal
    is_main: bool
    status: MeasureStatus
    realised: Decimal | None
    target: Decimal | None
    achievement: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Plain):
    """A node of the tree that shows how a number or rating came about: formula, inputs, value, and their own causes."""

    label_id: str
    label_en: str
    value: str
    formula: str = ""
    inputs: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Explanation, ...] = ()

    @property
    def number(self) -> Decimal | None:
        """The value as an exact number; None if it is a rating or nothing."""
        try:
            return Decimal(self.value)
        except InvalidOperation:
            return None

    def walk(self) -> Iterator[Explanation]:
        """Yield this node and everything below it, top down."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreResult(Plain):
    """The indicative value (unrounded, 0..120; None if nothing was measured) and recommended ratings, with reasons."""

    value: Decimal | None
    measured_weight: Decimal
    main_share_below: Decimal
    result: Recommendation
    behaviour: Recommendation
    reasons: tuple[Message, ...]
    caps: tuple[Cap, ...]
    lines: tuple[IndicatorScore, ...]
    rule: ScoreRule
    explanation: Explanation
