"""Turns the boxed expressions of a DMN file into Python closures over a frame of names, the way FEEL itself is.

Each literal expression is compiled once, with the names and types around it. What cannot be read is null with a
reason, so that one bad box does not stop a file.
"""

from collections.abc import Callable, Mapping
from typing import Any

from engine.dmn import boxes
from engine.dmn.calling import compile_call
from engine.dmn.checking import check_table
from engine.dmn.defining import Definition
from engine.dmn.hearing import hearing_of
from engine.dmn.iterating import compile_filter, compile_iterator
from engine.dmn.scope import Scope
from engine.dmn.steps import Step, apart, converting, nothing, unreadable
from engine.dmn.tables import compile_table
from engine.feel import FeelSyntaxError, Frame
from engine.feel.values import kind_of


def compile_logic(logic: boxes.Logic, scope: Scope) -> Step:
    """Return what computes an expression's value, converted to the type it is written with."""
    return converting(_RULES[type(logic)](logic, scope), scope.declared(logic.type_ref), scope.element)


def define(name: str, logic: boxes.BoxedFunction, scope: Scope) -> Definition:
    """Return the compiled definition of a function."""
    parameters = tuple(parameter.name for parameter in logic.parameters)
    kinds = tuple(scope.declared(parameter.type_ref) for parameter in logic.parameters)
    # A function as an argument is judged here, not by FEEL: a lambda seldom says what it gives.
    shapes = tuple(kind.shape if kind and kind.shape.name != "function" else None for kind in kinds)
    result = scope.declared(logic.body.type_ref)
    body = compile_logic(logic.body, scope.inside(*parameters)) if logic.kind == "FEEL" else _refused(logic.kind, scope)
    body = body if isinstance(logic.body, boxes.LiteralExpression) else apart(body, scope.element)
    return Definition(name, parameters, kinds, shapes if any(shapes) else (), result.shape if result else None, body)


def _refused(kind: str, scope: Scope) -> Step:
    if not kind:
        scope.report("", "no_logic")
        return nothing("no_logic", scope.element)
    scope.report("", "unsupported_logic", found=kind)
    return nothing("external", scope.element, found=kind)


def _literal(logic: boxes.LiteralExpression, scope: Scope) -> Step:
    try:
        scope.check_expression(logic.text)
    except FeelSyntaxError as error:
        scope.report(logic.id, "expression", error, text=logic.text[:80])
    try:
        expression = scope.expression(logic.text)
    except FeelSyntaxError as error:
        return unreadable(error, scope.element)
    source, element, value_in = expression.source, scope.element, expression.value_in

    def evaluate(frame: Frame) -> object:
        # Written out instead of within(): a function that calls itself must not use up the stack for nothing.
        hearing = hearing_of(frame)
        outer = hearing.set_aside()
        try:
            return value_in(frame)
        finally:
            hearing.place(source, element, outer)

    return evaluate


def _table(logic: boxes.DecisionTable, scope: Scope) -> Step:
    scope.problems.extend(check_table(logic, scope))
    try:
        return compile_table(scope.element, logic, scope)
    except FeelSyntaxError as error:
        return unreadable(error, scope.element)


def _context(logic: boxes.BoxedContext, scope: Scope) -> Step:
    entries: list[tuple[str, Step]] = []
    for entry in logic.entries:
        step = compile_logic(entry.value, scope)
        entries.append((entry.name, converting(step, scope.declared(entry.type_ref), scope.element)))
        scope = scope.inside(entry.name) if entry.name else scope

    def make(frame: Frame) -> object:
        frame.run.allocate(len(entries))
        context: dict[str, object] = {}
        inner = Frame(frame.run, context, frame)
        for name, step in entries:
            value = step(inner)
            if not name:
                return value
            context[name] = value
        return context

    return make


def _list(logic: boxes.BoxedList, scope: Scope) -> Step:
    steps = [compile_logic(item, scope) for item in logic.items]

    def make(frame: Frame) -> object:
        frame.run.allocate(len(steps))
        return [step(frame) for step in steps]

    return make


def _relation(logic: boxes.Relation, scope: Scope) -> Step:
    if any(len(row) != len(logic.columns) for row in logic.rows):
        return nothing("columns", scope.element)
    rows = [[_cell(cell, column, scope) for column, cell in zip(logic.columns, row, strict=True)] for row in logic.rows]

    def make(frame: Frame) -> object:
        frame.run.allocate(len(rows) * len(logic.columns))
        return [{name: step(frame) for name, step in row} for row in rows]

    return make


def _cell(cell: boxes.Logic, column: boxes.Variable, scope: Scope) -> tuple[str, Step]:
    return column.name, converting(compile_logic(cell, scope), scope.declared(column.type_ref), scope.element)


def _invocation(logic: boxes.Invocation, scope: Scope) -> Step:
    bindings = [(name, compile_logic(value, scope)) for name, value in logic.bindings]
    return compile_call(compile_logic(logic.callee, scope), bindings, scope.element)


def _function(logic: boxes.BoxedFunction, scope: Scope) -> Step:
    definition = define("", logic, scope)
    return lambda frame: definition.function(lambda: frame)


def _conditional(logic: boxes.Conditional, scope: Scope) -> Step:
    condition, element = compile_logic(logic.condition, scope), scope.element
    consequence, alternative = compile_logic(logic.consequence, scope), compile_logic(logic.alternative, scope)

    def choose(frame: Frame) -> object:
        truth = condition(frame)
        if truth is True:
            return consequence(frame)
        if truth is not False and truth is not None:
            hearing_of(frame).say("condition", element, kind=kind_of(truth))
        return alternative(frame)

    return choose


def _filter(logic: boxes.BoxedFilter, scope: Scope) -> Step:
    values = compile_logic(logic.values, scope)
    return compile_filter(values, compile_logic(logic.match, scope.inside_item()), scope.element)


def _iterator(logic: boxes.Iterator, scope: Scope) -> Step:
    values = compile_logic(logic.values, scope)
    body = compile_logic(logic.body, scope.inside(logic.variable, *(("partial",) if logic.kind == "for" else ())))
    return compile_iterator(logic.kind, logic.variable, values, body, element=scope.element)


def _no_logic(logic: boxes.UnknownLogic, scope: Scope) -> Step:
    return _refused(logic.element, scope)


_RULES: Mapping[type, Callable[[Any, Scope], Step]] = {
    boxes.LiteralExpression: _literal,
    boxes.DecisionTable: _table,
    boxes.BoxedContext: _context,
    boxes.BoxedList: _list,
    boxes.Relation: _relation,
    boxes.Invocation: _invocation,
    boxes.BoxedFunction: _function,
    boxes.Conditional: _conditional,
    boxes.BoxedFilter: _filter,
    boxes.Iterator: _iterator,
    boxes.UnknownLogic: _no_logic,
}
