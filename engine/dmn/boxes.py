"""Expressions as they are written in a DMN file, before anything is compiled (DMN 1.5, 7.3 and 8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn.labels import called


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """Any expression.

    :param type_ref: the type its value must have, as written; empty for any.
    """

    id: str = ""
    type_ref: str = ""


@dataclass(frozen=True, slots=True)
class LiteralExpression(Boxed):
    """One FEEL expression."""

    text: str


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """A named value of a context; one without a name is the context's result."""

    name: str
    type_ref: str
    value: "Logic"


@dataclass(frozen=True, slots=True)
class BoxedContext(Boxed):
    """Named values, each of which sees those before it."""

    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class BoxedList(Boxed):
    """A list of expressions."""

    items: tuple["Logic", ...]


@dataclass(frozen=True, slots=True)
class Relation(Boxed):
    """A list of contexts with the same names, written as columns and rows."""

    columns: tuple["Variable", ...]
    rows: tuple[tuple["Logic", ...], ...]


@dataclass(frozen=True, slots=True)
class Invocation(Boxed):
    """A call of a function with its arguments by name."""

    callee: "Logic"
    bindings: tuple[tuple[str, "Logic"], ...]


@dataclass(frozen=True, slots=True)
class BoxedFunction(Boxed):
    """A function; ``kind`` is FEEL, or what cannot be executed: Java, PMML."""

    kind: str
    parameters: tuple["Variable", ...]
    body: "Logic"


@dataclass(frozen=True, slots=True)
class Conditional(Boxed):
    """``if``, ``then`` and ``else`` in boxes of their own."""

    condition: "Logic"
    consequence: "Logic"
    alternative: "Logic"


@dataclass(frozen=True, slots=True)
class BoxedFilter(Boxed):
    """The items of a list that match."""

    values: "Logic"
    match: "Logic"


@dataclass(frozen=True, slots=True)
class Iterator(Boxed):
    """``for``, ``some`` or ``every``, by ``kind``: a body for each value of a list."""

    kind: str
    variable: str
    values: "Logic"
    body: "Logic"


@dataclass(frozen=True, slots=True)
class Input:
    """An input column: its expression, its type, and the unary tests its values must pass (empty for any).

    :param labels: what it is called by language, where the file says so.
    """

    id: str
    label: str
    expression: str
    allowed: str = ""
    type_ref: str = ""
    labels: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)

    @property
    def title(self) -> str:
        """What a reader calls the column."""
        return self.label or self.expression or self.id

    def title_in(self, language: str) -> str:
        """Return what a reader of a language calls the column."""
        return called(self.title, self.labels, language)


@dataclass(frozen=True, slots=True)
class Output:
    """An output column: its name in the result, what is allowed in it, and its value when no rule applies.

    :param ranked_by: a type whose allowed values say what is more important, when the column itself does not.
    :param labels: what it is called by language, where the file says so.
    """

    id: str
    name: str
    label: str
    default: str = ""
    allowed: str = ""
    type_ref: str = ""
    ranked_by: str = ""
    labels: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)

    @property
    def title(self) -> str:
        """What a reader calls the column."""
        return self.label or self.name or self.id

    def title_in(self, language: str) -> str:
        """Return what a reader of a language calls the column."""
        return called(self.title, self.labels, language)


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: unary tests of the inputs, expressions of the outputs, and remarks by their column."""

    id: str
    tests: tuple[str, ...]
    results: tuple[str, ...]
    annotations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A column of remarks, which decides nothing."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)

    def title_in(self, language: str) -> str:
        """Return what a reader of a language calls the column; empty where it has no name."""
        return called(self.name, self.labels, language)


@dataclass(frozen=True, slots=True)
class DecisionTable(Boxed):
    """Inputs, outputs and rules, and which of the rules that apply counts."""

    hit_policy: str
    aggregation: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class UnknownLogic(Boxed):
    """Logic of a kind that cannot be executed: the name of its XML element, empty when there is none."""

    element: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A name and the type of its value, as written."""

    name: str
    type_ref: str = ""


Logic = (
    LiteralExpression | BoxedContext | BoxedList | Relation | Invocation | BoxedFunction | Conditional | BoxedFilter
    | Iterator | DecisionTable | UnknownLogic
)  # fmt: skip
