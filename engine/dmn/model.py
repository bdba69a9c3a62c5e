"""A decision as it is written in a DMN file, before anything is compiled."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Input:
    """An input column: its expression, and the unary tests its values must pass (empty for any)."""

    id: str
    label: str
    expression: str
    allowed: str = ""

    @property
    def title(self) -> str:
        """What a reader calls the column."""
        return self.label or self.expression or self.id


@dataclass(frozen=True, slots=True)
class Output:
    """An output column: its name in the result, what is allowed in it, and its value when no rule applies."""

    id: str
    name: str
    label: str
    default: str = ""
    allowed: str = ""

    @property
    def title(self) -> str:
        """What a reader calls the column."""
        return self.label or self.name or self.id


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: unary tests of the inputs, and expressions of the outputs."""

    id: str
    tests: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Inputs, outputs and rules, and which of the rules that apply counts."""

    hit_policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class LiteralExpression:
    """One FEEL expression."""

    text: str


@dataclass(frozen=True, slots=True)
class UnknownLogic:
    """Logic of a kind that cannot be executed: the name of its XML element, empty when there is none."""

    element: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a decision needs that is not input data: `requiredDecision` or `requiredKnowledge`.

    :param name: what the other one is called, or what the requirement says where it leads nowhere.
    """

    kind: str
    name: str
    is_known: bool


Logic = DecisionTable | LiteralExpression | UnknownLogic
