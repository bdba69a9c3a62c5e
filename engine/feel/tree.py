"""The syntax tree of FEEL: what the grammar builds and the compiler reads.

Chains (``a + b - c``, ``a and b and c``, ``a.b.c``) are flat, so that a long one is not a deep one.
Offsets point into the source.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """Any expression; ``offset`` is where a message about it points."""

    offset: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, string, boolean, null, or temporal ``@"…"`` value."""

    value: object


@dataclass(frozen=True, slots=True)
class Invalid(Node):
    """What is well formed and has no value, such as ``@"yesterday"``: null, for a reason."""

    code: str
    params: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable; spaces inside the name are single."""

    name: str


@dataclass(frozen=True, slots=True)
class TestedValue(Node):
    """``?``, the value a unary test looks at."""


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``base.name.name``; each step carries its own offset."""

    base: Node
    steps: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``base[condition]``, where the condition may be an index."""

    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call: of a function by its name, or of what an expression gives; each argument may carry a parameter's name."""

    callee: Node
    arguments: tuple[tuple[str | None, Node], ...]


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """``function(a, b: number) body``; one of another language (``external``) has no body that could be run."""

    parameters: tuple[tuple[str, "TypeName | None"], ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """Arithmetic minus of one operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """A left-to-right chain of operators of one precedence: ``first (op operand)…``; each operator has its offset."""

    first: Node
    rest: tuple[tuple[str, int, Node], ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``left op right`` with ``= != < <= > >=``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``value between low and high``."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``value instance of type``."""

    value: Node
    type: "TypeName"


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """A chain of ``and`` or of ``or``."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if condition then consequence else alternative``."""

    condition: Node
    consequence: Node
    alternative: Node


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for name in domain, … return body``."""

    iterators: tuple[tuple[str, Node], ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some`` or ``every`` name in domain, … satisfies condition."""

    quantifier: str
    iterators: tuple[tuple[str, Node], ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """``start..end`` as the domain of an iterator, counting up or down."""

    start: Node
    end: Node


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """``[item, …]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """``{key: value, …}``; later entries see earlier ones."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """``[start..end]`` with open or closed ends."""

    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class OpenTest(Node):
    """``< operand`` and its kin: a test of ``?``, and a range open on one side as a value."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class AnyValue(Node):
    """``-`` in a table cell: every value passes, null too."""


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Alternatives, one of which must pass.

    :param negated: for ``not(…)``, :param is_inside: whether another test is around, whose ``?`` these may be about.
    """

    alternatives: tuple[Node, ...]
    negated: bool = False
    is_inside: bool = False


@dataclass(frozen=True, slots=True)
class In(Node):
    """``value in tests``."""

    value: Node
    tests: Tests


@dataclass(frozen=True, slots=True, eq=False)
class TypeName(Node):
    """A type: a basic name, or list, range, context and function with what they hold.

    Each is equal to itself only: types may stand in each other so often that to compare them part by part never ends.

    :param parameters: of a function, the types of its parameters, :param result: what it gives; None for any type.
    """

    name: str
    element: "TypeName | None" = None
    fields: tuple[tuple[str, "TypeName"], ...] = ()
    parameters: tuple["TypeName", ...] = ()
    result: "TypeName | None" = None
