"""Runs a decision table: which rules apply, and what they give."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.dmn.errors import DecisionConflict
from engine.dmn.model import DecisionTable, Rule
from engine.feel import (
    Environment,
    Expression,
    Frame,
    Note,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    guarded,
)

_AGGREGATES = {name: compile_expression(f"{name.lower()}(results)") for name in ("SUM", "MIN", "MAX", "COUNT")}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision gives, and why.

    :param value: a FEEL value; of a table with several outputs, a context by their names.
    :param fired: ids of the rules that made it, in table order.
    :param inputs: what the input expressions gave, by their text.
    :param notes: why parts became null; ``where`` names rule and column.
    """

    value: object | None  # "object" alone would let pyright believe that it is never None
    fired: tuple[str, ...] = ()
    inputs: Mapping[str, object] = field(default_factory=dict[str, object], hash=False)
    notes: tuple[Note, ...] = ()


class CompiledTable:
    """A decision table ready to run; safe to share between threads.

    :param decision: id of the decision, for messages.
    :param names: names in scope that text alone would take apart.
    """

    def __init__(self, decision: str, table: DecisionTable, names: frozenset[str]) -> None:
        self._decision, self._table = decision, table
        self._inputs = [_Column(column.title, column.expression, column.allowed, names) for column in table.inputs]
        self._outputs = [
            _Column(column.title, column.default or "null", column.allowed, names) for column in table.outputs
        ]
        self._rows = [_Row(rule, table, names) for rule in table.rules]

    def decide(self, scope: Mapping[str, object], environment: Environment) -> Outcome:
        """Return what the rules give for some variables.

        :raise DecisionConflict: when several rules of a UNIQUE table apply.
        :raise FeelBudgetExceeded: when all cells together take more than the environment's budget.
        """
        frame = Frame.open(scope, environment)
        return guarded(frame, lambda: self._decide(_Session(frame), environment))

    def _decide(self, session: "_Session", environment: Environment) -> Outcome:
        values = [session.value(column.expression, column.title) for column in self._inputs]
        inputs = {column.expression.source: value for column, value in zip(self._inputs, values, strict=True)}
        allowed = [session.allows(column, value) for column, value in zip(self._inputs, values, strict=True)]
        if not all(allowed):
            return Outcome(None, (), inputs, tuple(session.notes))
        fired = self._fired(session, values, inputs)
        value = self._value(session, fired, environment)
        return Outcome(value, tuple(row.id for row in fired), inputs, tuple(session.notes))

    def _fired(self, session: "_Session", values: list[object], inputs: Mapping[str, object]) -> list["_Row"]:
        fired: list[_Row] = []
        for row in self._rows:
            if row.applies(session, values):
                fired.append(row)
                if self._table.hit_policy == "FIRST":
                    break
        if self._table.hit_policy == "UNIQUE" and len(fired) > 1:
            raise DecisionConflict(self._decision, tuple(row.id for row in fired), inputs)
        return fired

    def _value(self, session: "_Session", fired: list["_Row"], environment: Environment) -> object:
        results = [self._named(row.give(session, self._outputs)) for row in fired]
        if self._table.hit_policy != "COLLECT":
            return results[0] if results else self._default(session)
        if not self._table.aggregation:
            return results
        return _AGGREGATES[self._table.aggregation].evaluate({"results": results}, environment).value

    def _default(self, session: "_Session") -> object:
        if not any(output.default for output in self._table.outputs):
            return None
        return self._named([session.value(column.expression, column.title) for column in self._outputs])

    def _named(self, values: list[object]) -> object:
        if len(values) == 1:
            return values[0]
        return {output.name: value for output, value in zip(self._table.outputs, values, strict=True)}


class _Column:
    """An input or output column: its expression (of an output, the default) and what its values must pass."""

    def __init__(self, title: str, expression: str, allowed: str, names: frozenset[str]) -> None:
        self.title = title
        self.expression = compile_expression(expression, names)
        self.allowed = compile_unary_tests(allowed, names) if allowed else None


class _Row:
    """A rule: its tests by the place of their input, those that let everything pass left out, and its results."""

    def __init__(self, rule: Rule, table: DecisionTable, names: frozenset[str]) -> None:
        self.id = rule.id
        self._tests = [
            (place, compile_unary_tests(text, names), f"{rule.id}, {column.title}")
            for place, (column, text) in enumerate(zip(table.inputs, rule.tests, strict=True))
            if text not in ("", "-")
        ]
        self._results = [
            (compile_expression(text, names), f"{rule.id}, {column.title}")
            for column, text in zip(table.outputs, rule.results, strict=True)
        ]

    def applies(self, session: "_Session", values: list[object]) -> bool:
        """Return whether every input passes its test."""
        for place, test, where in self._tests:  # noqa: SIM110 - all() with a generator takes twice as long
            if not session.passes(test, values[place], where):
                return False
        return True

    def give(self, session: "_Session", columns: list[_Column]) -> list[object]:
        """Return the results in column order; one that its column does not allow is null."""
        values = [session.value(expression, where) for expression, where in self._results]
        return [value if session.allows(column, value) else None for column, value in zip(columns, values, strict=True)]


class _Session:
    """One decision under way: the frame all its cells share, and the notes they leave."""

    def __init__(self, frame: Frame) -> None:
        self._frame, self._run = frame, frame.run
        self.notes: list[Note] = []

    def value(self, expression: Expression, where: str) -> object:
        """Return what an expression gives."""
        value = expression.value_in(self._frame)
        self.notes += self._run.take_notes(expression.source, where)
        return value

    def passes(self, test: UnaryTests, value: object, where: str) -> bool:
        """Return whether a value surely passes."""
        truth = test.passes_in(self._frame, value)
        if truth is not True:
            self.notes += self._run.take_notes(test.source, where)
        return truth is True

    def allows(self, column: _Column, value: object) -> bool:
        """Return whether a column allows a value, and note it if not."""
        if column.allowed is None or self.passes(column.allowed, value, column.title):
            return True
        params = {"value": f"'{value}'"[:80], "allowed": column.allowed.source[:80]}
        self.notes.append(Note("not_allowed", params, 1, 1, column.title))
        return False
