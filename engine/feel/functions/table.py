"""What a built-in function is: a name, parameters with types, and a Python function.

A new one is a row in one of the tables beside this module. Parameters are written as in the standard:
``"list: list, position: number, length: number?"``: ``?`` marks what may be left out, ``|`` joins types, a last ``*``
may be repeated, and for a last ``…`` several values may stand where the one list is expected.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values import Function, kind_of

CHARACTERS_A_STEP = 32
"""Characters of text a built-in may look at for the price of one step."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: the types it takes, and whether it may be left out."""

    name: str
    kinds: frozenset[str]
    optional: bool

    def accept(self, value: object, function: str, run: Run) -> object:
        """Return the argument, converted as the standard says (10.3.2.9.4), and pay for its size.

        :raise NoValue: when it is of another type.
        """
        kind = kind_of(value)
        if kind not in self.kinds and "any" not in self.kinds:
            value = self._converted(value, kind, function)
            kind = kind_of(value)
        if kind in ("list", "context"):
            run.charge(len(value))  # type: ignore[arg-type]  # the kind says it has a length
        elif kind == "string":
            run.charge(len(value) // CHARACTERS_A_STEP)  # type: ignore[arg-type]  # as above
        return value

    @property
    def takes_null(self) -> bool:
        """Whether it may be given null."""
        return bool(self.kinds & {"any", "null"})

    def _converted(self, value: object, kind: str, function: str) -> object:
        if isinstance(value, list) and len(value) == 1 and kind_of(value[0]) in self.kinds:
            return value[0]
        if "list" in self.kinds and value is not None:
            return [value]
        expected = "|".join(sorted(self.kinds))
        raise NoValue("argument_kind", function=function, parameter=self.name, expected_kind=expected, kind=kind)


@dataclass(frozen=True)
class Builtin:
    """One form of a built-in function; a function with several forms has several rows of the same name.

    :param call: gets the Run and the arguments in order; those left out are not passed.
    :param cost: steps a call takes, besides those for the size of its arguments.
    """

    name: str
    signature: str
    call: Callable[..., object]
    cost: int = 1

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters in order."""
        return tuple(_parameter(text) for text in self.signature.rstrip("…*").split(",") if text.strip())

    @property
    def gathers(self) -> bool:
        """Whether several values may stand where the one list is expected."""
        return self.signature.endswith("…")

    @property
    def repeats(self) -> bool:
        """Whether the last parameter may be given more than once."""
        return self.signature.endswith("*")

    @property
    def form(self) -> str:
        """How the function is written, for messages and the guide: ``substring(string, start position, length?)``."""
        names = [parameter.name + ("?" if parameter.optional else "") for parameter in self.parameters]
        return f"{self.name}({', '.join(names)}{', …' if self.gathers or self.repeats else ''})"

    @property
    def sums_up(self) -> bool:
        """Whether it stands for the forms behind it in calls by position, and has no names of its own."""
        return any(" or " in parameter.name for parameter in self.parameters)

    def takes(self, count: int) -> bool:
        """Return whether it can be called with so many arguments by position."""
        required = sum(not parameter.optional for parameter in self.parameters)
        return count >= required and (count <= len(self.parameters) or self.gathers or self.repeats)

    def order(self, names: list[str]) -> list[int | None] | None:
        """Return where the argument of each parameter stands among arguments given by name, or None if they do not fit.

        A parameter that takes any value may be missing, and is null then.
        """
        known = [parameter.name for parameter in self.parameters]
        if not names or len(set(names)) != len(names) or not set(names) <= set(known):
            return None
        while known and known[-1] not in names and self.parameters[len(known) - 1].optional:
            known.pop()
        needed = [parameter for parameter in self.parameters[: len(known)] if parameter.name not in names]
        if any(not parameter.takes_null for parameter in needed):
            return None
        return [names.index(name) if name in names else None for name in known]

    def accept(self, values: list[object], run: Run) -> list[object]:
        """Return the arguments as the function takes them. :raise NoValue: when one is of a wrong type."""
        run.charge(self.cost)
        if self.gathers and (len(values) > 1 or not isinstance(values[0], list | None)):
            values = [values]
        last = len(self.parameters) - 1
        return [self.parameters[min(place, last)].accept(value, self.name, run) for place, value in enumerate(values)]


def ways_to_call(forms: tuple[Builtin, ...]) -> str:
    """Return how a function is written with each of its lists of parameters, for messages."""
    return "; ".join(form.form for form in forms if not form.sums_up)


def by_names(forms: tuple[Builtin, ...], names: list[str]) -> tuple[Builtin, list[int | None]] | None:
    """Return the form that takes arguments of such names, and where that of each parameter stands; None without one.

    before(point, range) and before(range, point) have the same names; which of them is meant tells their order.
    """
    orders = ((form, form.order(names)) for form in forms)
    fitting = [(form, order) for form, order in orders if order is not None]
    in_order = (choice for choice in fitting if choice[1] == list(range(len(names))))
    return next(in_order, fitting[0] if fitting else None)


def as_value(forms: tuple[Builtin, ...]) -> Function:
    """Return a built-in function as a value."""

    def call(run: Run, arguments: list[object]) -> object:
        form = next((form for form in forms if form.takes(len(arguments))), None)
        if form is None:
            given = f"({', '.join('…' for _ in arguments)})"
            raise NoValue("call_arguments", function=forms[0].name, given=given, parameters=ways_to_call(forms))
        return form.call(run, *form.accept(arguments, run))

    def arrange(names: Sequence[str], values: Sequence[object]) -> list[object] | None:
        chosen = by_names(forms, list(names))
        return chosen and [None if place is None else values[place] for place in chosen[1]]

    names = tuple(parameter.name for parameter in forms[0].parameters)
    return Function(forms[0].name, names, call, takes_any_count=True, arrange=arrange)


def check_takes(function: Function, count: int, parameter: str) -> None:
    """Say that a function that is an argument cannot be called with so many values, also where there is none to call.

    :param parameter: what it is the argument of, which names it where it has no name.
    :raise NoValue: when it takes another number.
    """
    if not function.takes_any_count and len(function.parameters) != count:
        given, parameters = f"({', '.join('…' * count)})", ", ".join(function.parameters) or "…"
        raise NoValue("call_arguments", function=function.name or parameter, given=given, parameters=parameters)


def argument_error(function: str, parameter: str, value: object, hint: str) -> NoValue:
    """Return the reason why a value of the right type cannot be used."""
    shown = str(value) if isinstance(value, str | Decimal) else kind_of(value)
    return NoValue("argument_value", function=function, parameter=parameter, value=f"'{shown[:60]}'", hint=hint)


def _parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(":")
    bare = kinds.strip().removesuffix("?")
    return Parameter(name.strip(), frozenset(bare.split("|")), kinds.endswith("?"))
