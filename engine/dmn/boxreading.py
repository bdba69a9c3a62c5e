"""Reads expressions of a DMN file: one function a kind of box."""

from collections.abc import Callable, Mapping
from typing import TypedDict

from lxml import etree

from engine.dmn.boxes import (
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedList,
    Conditional,
    ContextEntry,
    DecisionTable,
    Input,
    Invocation,
    Iterator,
    LiteralExpression,
    Logic,
    Output,
    Relation,
    Remark,
    Rule,
    UnknownLogic,
    Variable,
)
from engine.dmn.labels import read_labels
from engine.dmn.parsing import children, name_of, tag, text_of


class _Shared(TypedDict):
    id: str
    type_ref: str


def read_logic(owner: etree._Element) -> Logic:
    """Return the expression inside an element; of a kind with no name when there is none."""
    for child in children(owner, *_READERS):
        return _READERS[tag(child)](child)
    return UnknownLogic("")


def read_function(element: etree._Element) -> BoxedFunction:
    """Return a function definition, or the encapsulated logic of a business knowledge model."""
    parameters = tuple(read_variable(child) for child in children(element, "formalParameter"))
    kind = element.get("kind", "FEEL").upper()
    return BoxedFunction(kind, parameters, read_logic(element), **_shared(element))


def read_variable(element: etree._Element) -> Variable:
    """Return a name with its type."""
    return Variable(name_of(element), type_ref(element))


def type_ref(element: etree._Element) -> str:
    """Return the type an element asks for, without the prefix of the namespace of FEEL; empty for any.

    DMN 1.1 writes qualified names (``feel:number``); of later ones, a prefix before a dot is an import's.
    """
    name = (element.get("typeRef") or text_of(element, "typeRef")).strip()
    prefix, colon, local = name.partition(":")
    return " ".join((local if colon and prefix in element.nsmap else name).split())


def _shared(element: etree._Element) -> _Shared:
    return {"id": element.get("id", ""), "type_ref": type_ref(element)}


def _part(element: etree._Element, name: str) -> Logic:
    for child in children(element, name):
        return read_logic(child)
    return UnknownLogic("")


def _literal(element: etree._Element) -> Logic:
    if next(children(element, "importedValues"), None) is not None:
        return UnknownLogic("importedValues", **_shared(element))
    return LiteralExpression(text_of(element), **_shared(element))


def _context(element: etree._Element) -> Logic:
    return BoxedContext(tuple(_entry(child) for child in children(element, "contextEntry")), **_shared(element))


def _entry(element: etree._Element) -> ContextEntry:
    for variable in children(element, "variable"):
        return ContextEntry(name_of(variable), type_ref(variable), read_logic(element))
    return ContextEntry("", "", read_logic(element))


def _list(element: etree._Element) -> Logic:
    return BoxedList(_expressions(element), **_shared(element))


def _expressions(element: etree._Element) -> tuple[Logic, ...]:
    return tuple(_READERS[tag(child)](child) for child in children(element, *_READERS))


def _relation(element: etree._Element) -> Logic:
    columns = tuple(read_variable(child) for child in children(element, "column"))
    rows = tuple(_expressions(row) for row in children(element, "row"))
    return Relation(columns, rows, **_shared(element))


def _invocation(element: etree._Element) -> Logic:
    bindings = tuple(
        (name_of(parameter), read_logic(binding))
        for binding in children(element, "binding")
        for parameter in children(binding, "parameter")
    )
    return Invocation(read_logic(element), bindings, **_shared(element))


def _conditional(element: etree._Element) -> Logic:
    return Conditional(*(_part(element, part) for part in ("if", "then", "else")), **_shared(element))


def _filter(element: etree._Element) -> Logic:
    return BoxedFilter(_part(element, "in"), _part(element, "match"), **_shared(element))


def _iterator(element: etree._Element) -> Logic:
    kind, variable = tag(element), " ".join(element.get("iteratorVariable", "").split())
    body = _part(element, "return" if kind == "for" else "satisfies")
    return Iterator(kind, variable, _part(element, "in"), body, **_shared(element))


def _table(table: etree._Element) -> Logic:
    annotations = tuple(name_of(child) for child in children(table, "annotation"))
    rules = enumerate(children(table, "rule"), 1)
    return DecisionTable(
        table.get("hitPolicy", "UNIQUE"),
        table.get("aggregation", ""),
        tuple(_input(element, place) for place, element in enumerate(children(table, "input"), 1)),
        tuple(_output(element, place) for place, element in enumerate(children(table, "output"), 1)),
        tuple(_rule(element, place, annotations) for place, element in rules),
        tuple(Remark(name, read_labels(table, name) if name else {}) for name in annotations),
        **_shared(table),
    )


def _input(element: etree._Element, place: int) -> Input:
    expressions = list(children(element, "inputExpression"))
    text = "".join(text_of(part) for part in expressions)
    allowed = "".join(text_of(part) for part in children(element, "inputValues"))
    kind = "".join(type_ref(part) for part in expressions)
    id_, label = element.get("id", f"input {place}"), element.get("label", "")
    return Input(id_, label, text, allowed, kind, read_labels(element))


def _output(element: etree._Element, place: int) -> Output:
    default = "".join(text_of(part) for part in children(element, "defaultOutputEntry"))
    allowed = "".join(text_of(part) for part in children(element, "outputValues"))
    id_, label = element.get("id", f"output {place}"), element.get("label", "")
    return Output(id_, name_of(element), label, default, allowed, type_ref(element), labels=read_labels(element))


def _rule(element: etree._Element, place: int, annotations: tuple[str, ...]) -> Rule:
    tests = tuple(text_of(cell) for cell in children(element, "inputEntry"))
    results = tuple(text_of(cell) for cell in children(element, "outputEntry"))
    remarks = tuple(text_of(cell) for cell in children(element, "annotationEntry"))
    named = tuple((annotations[at] if at < len(annotations) else "", text) for at, text in enumerate(remarks))
    return Rule(element.get("id", f"rule {place}"), tests, results, named)


_READERS: Mapping[str, Callable[[etree._Element], Logic]] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": read_function,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
    "decisionTable": _table,
}
