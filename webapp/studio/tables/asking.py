"""What a decision reads, as fields of a form: typed by the columns, whole variables or the parts that are read."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.dmn import Decision, DecisionTable
from engine.dmn.boxes import Input
from engine.dmn.model import InputData
from engine.feel import Environment, FeelError, compile_expression
from forms import AlurForm, ChoiceField, DateField, DecimalField, Option, Text, TextAreaField, TextField
from webapp.texts import language
from webapp.values import show_value

_PATH: Final = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_WORDS: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_DIGITS: Final = 15
_MOST_TYPED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a decision reads.

    :param path: the variable, or a part of it: `attendance.share`.
    :param type: as the columns have it; empty for any value, which is typed as FEEL.
    :param choices: the texts that a column allows; none for anything.
    """

    path: str
    title: str
    type: str
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"v_{self.path.replace('.', '__')}"


def asks_of(decision: Decision) -> list[Ask]:
    """Return what a decision reads, variable by variable; of a variable of which only parts are read, these."""
    if decision.problems:
        return []
    typed = _typed_columns(decision)
    return [ask for name in sorted(decision.needs) for ask in _asks(name, typed, _texts(decision), decision)]


def try_form(asks: list[Ask]) -> type[AlurForm]:
    """Return the form that takes a value for each; what is left empty is null."""
    return type("TryForm", (AlurForm,), {ask.field: _FIELDS.get(ask.type, _feel_field)(ask) for ask in asks})


def values_of(form: AlurForm, asks: list[Ask], now: datetime) -> dict[str, Any] | None:
    """Return the variables that were typed; None, with the errors in the form, when a value cannot be read."""
    values: dict[str, Any] = {}
    for ask in asks:
        typed = form[ask.field].data
        try:
            _put(values, ask.path.split("."), _read(ask, typed, now))
        except FeelError as error:
            form.add_error(ask.field, error.message(language()))
    return values if not form.errors else None


def typed_values(asks: list[Ask], variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return variables as the form takes them."""
    found = ((ask, _part(variables, ask.path.split("."))) for ask in asks)
    return {ask.field: _as_typed(ask, value) for ask, value in found}


def _typed_columns(decision: Decision) -> Mapping[str, Ask]:
    """Return what is known of the values that are read whole, by path: from columns, else from declared input data."""
    found: dict[str, Ask] = {}
    for element in decision.file.definitions.elements:
        if isinstance(element, InputData):
            found[element.name] = Ask(element.name, element.name, _plain_type(element.type_ref))
    columns = (column for table in decision.tables.values() for column in table.inputs)
    for column in columns:
        if _PATH.fullmatch(column.expression):
            found[column.expression] = _known(column, found.get(column.expression))
    return found


def _known(column: Input, declared: Ask | None) -> Ask:
    kind = _plain_type(column.type_ref) or (declared.type if declared else "")
    choices = tuple(word[1:-1] for word in _WORDS.findall(column.allowed)) if kind == "string" else ()
    is_whole = bool(choices) and not _WORDS.sub("", column.allowed).strip(" ,\n\t")
    return Ask(column.expression, column.title_in(language()), kind, choices if is_whole else ())


def _plain_type(ref: str) -> str:
    return ref if ref in _FIELDS else ""


def _texts(decision: Decision) -> list[str]:
    """Return every expression of the decision and of what it requires: tables cell by cell."""
    nodes = [node for node in decision.file.definitions.decisions if node.id in {decision.id, *decision.tables}]
    found: list[str] = []
    for node in nodes:
        if isinstance(node.logic, DecisionTable):
            cells = (cell for rule in node.logic.rules for cell in (*rule.tests, *rule.results))
            found += [*(column.expression for column in node.logic.inputs), *cells]
    return found


def _asks(name: str, typed: Mapping[str, Ask], texts: list[str], decision: Decision) -> Iterator[Ask]:
    """Yield what is asked for one variable: its parts if nothing else of it is read, else the whole of it."""
    parts = [path for path in typed if path.startswith(f"{name}.")]
    is_alone = all(isinstance(node.logic, DecisionTable) for node in decision.file.definitions.decisions)
    reading = [text for text in texts if re.search(rf"\b{re.escape(name)}\b", _WORDS.sub("", text))]
    if parts and is_alone and all(text in typed for text in reading):
        yield from (typed[path] for path in parts)
    else:
        yield typed.get(name, Ask(name, name, ""))


def _both(words: str) -> Text:
    return Text(words, words)


def _titled(ask: Ask) -> Text:
    return _both(ask.title if ask.title == ask.path else f"{ask.title} ({ask.path})")


def _string_field(ask: Ask) -> TextField | ChoiceField:
    if ask.choices:
        return ChoiceField(_titled(ask), options=[Option(choice, _both(choice)) for choice in ask.choices])
    return TextField(_titled(ask), max_length=500)


def _number_field(ask: Ask) -> DecimalField:
    return DecimalField(_titled(ask), decimals=_DIGITS)


def _boolean_field(ask: Ask) -> ChoiceField:
    return ChoiceField(_titled(ask), options=[Option("true", Text("ya", "yes")), Option("false", Text("tidak", "no"))])


def _date_field(ask: Ask) -> DateField:
    return DateField(_titled(ask))


def _feel_field(ask: Ask) -> TextAreaField:
    return TextAreaField(
        _titled(ask),
        max_length=_MOST_TYPED,
        rows=3,
        hint=Text(
            'Nilai FEEL: 12.5, "teks", true, date("2026-08-17"), [1, 2] atau {nama: "Ani"}.',
            'A FEEL value: 12.5, "text", true, date("2026-08-17"), [1, 2] or {name: "Ani"}.',
        ),
    )


_FIELDS: Final[Mapping[str, Callable[[Ask], Any]]] = {
    "string": _string_field,
    "number": _number_field,
    "boolean": _boolean_field,
    "date": _date_field,
}


def _read(ask: Ask, typed: Any, now: datetime) -> Any:
    """Return the value that was typed; null for nothing. :raise FeelSyntaxError: it is none."""
    if typed in (None, ""):
        return None
    if ask.type == "boolean":
        return typed == "true"
    return typed if ask.type else compile_expression(typed).evaluate({}, Environment(now=now)).value


def _as_typed(ask: Ask, value: Any) -> Any:
    if value is None:
        return None
    if ask.type == "boolean":
        return "true" if value is True else "false"
    return value if ask.type else show_value(value)


def _put(values: dict[str, Any], path: list[str], value: Any) -> None:
    *outer, last = path
    for name in outer:
        values = values.setdefault(name, {})
    values[last] = value


def _part(value: Any, path: list[str]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
