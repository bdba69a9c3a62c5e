"""Finds what is wrong with a decision without running it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.dmn.model import DecisionTable, Input, LiteralExpression, Logic, Output, Requirement, Rule
from engine.dmn.problems import Problem
from engine.feel import FeelSyntaxError, compile_expression, compile_unary_tests

HIT_POLICIES = ("UNIQUE", "FIRST", "COLLECT")
AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")

_Compile = Callable[[str, frozenset[str]], object]


def find_problems(decision: str, logic: Logic, names: frozenset[str], foreign_language: str) -> list[Problem]:
    """Return everything wrong with a decision's logic, in the order a reader meets it."""
    return list(_Check(decision, names).problems(logic, foreign_language))


def check_requirements(decision: str, requirements: Iterable[Requirement]) -> Iterator[Problem]:
    """Yield what a decision requires and would not be given: it is asked alone, with what the case has."""
    for need in requirements:
        code = need.kind if need.is_known else "required_nowhere"
        yield Problem(decision, code, {"decision": decision, "found": need.name})


class _Check:
    def __init__(self, decision: str, names: frozenset[str]) -> None:
        self._decision = decision
        self._names = names

    def problems(self, logic: Logic, foreign_language: str) -> Iterator[Problem]:
        if foreign_language:
            yield self._problem(self._decision, "language", found=foreign_language)
        elif isinstance(logic, DecisionTable):
            yield from self._table(logic)
        elif isinstance(logic, LiteralExpression):
            yield from self._compiles(compile_expression, logic.text, self._decision, "expression")
        elif logic.element:
            yield self._problem(self._decision, "unsupported_logic", found=logic.element)
        else:
            yield self._problem(self._decision, "no_logic")

    def _table(self, table: DecisionTable) -> Iterator[Problem]:
        yield from self._policy(table)
        if not table.outputs:
            yield self._problem(self._decision, "no_outputs")
        if not table.rules:
            yield self._problem(self._decision, "no_rules")
        for column in table.inputs:
            yield from self._column(column, column.expression or " ")
        for output in table.outputs:
            yield from self._column(output, output.default)
        yield from self._output_names(table.outputs)
        for rule in table.rules:
            yield from self._rule(rule, table)

    def _policy(self, table: DecisionTable) -> Iterator[Problem]:
        if table.hit_policy not in HIT_POLICIES:
            yield self._problem(self._decision, "hit_policy", found=table.hit_policy)
        if not table.aggregation:
            return
        if table.aggregation not in AGGREGATIONS or table.hit_policy != "COLLECT":
            yield self._problem(self._decision, "aggregation", found=table.aggregation)
        elif len(table.outputs) > 1:
            yield self._problem(self._decision, "aggregation_outputs", found=table.aggregation)

    def _column(self, column: Input | Output, expression: str) -> Iterator[Problem]:
        if expression:
            yield from self._compiles(compile_expression, expression, column.id, "header", column=column.title)
        if column.allowed:
            yield from self._compiles(compile_unary_tests, column.allowed, column.id, "header", column=column.title)

    def _output_names(self, outputs: tuple[Output, ...]) -> Iterator[Problem]:
        seen: set[str] = set()
        for output in outputs if len(outputs) > 1 else ():
            if not output.name or output.name in seen:
                yield self._problem(output.id, "output_names", found=output.name)
            seen.add(output.name)

    def _rule(self, rule: Rule, table: DecisionTable) -> Iterator[Problem]:
        for part, cells, columns in (("input", rule.tests, table.inputs), ("output", rule.results, table.outputs)):
            if len(cells) != len(columns):
                counts = {"found": str(len(cells)), "expected": str(len(columns))}
                yield self._problem(rule.id, "column_count", rule=rule.id, part=part, **counts)
        for column, text in zip(table.inputs, rule.tests, strict=False):
            where = {"rule": rule.id, "column": column.title}
            yield from self._compiles(compile_unary_tests, text or "-", rule.id, "cell", **where)
        for output, text in zip(table.outputs, rule.results, strict=False):
            where = {"rule": rule.id, "column": output.title}
            if text:
                yield from self._compiles(compile_expression, text, rule.id, "cell", **where)
            else:
                yield self._problem(rule.id, "empty_output", **where)

    def _compiles(self, compiled: _Compile, text: str, element: str, code: str, **where: str) -> Iterator[Problem]:
        try:
            compiled(text, self._names)
        except FeelSyntaxError as error:
            params: Mapping[str, str] = {"decision": self._decision, "text": text[:80], **where}
            yield Problem(element, code, params, error)

    def _problem(self, element: str, code: str, **params: str) -> Problem:
        return Problem(element, code, {"decision": self._decision, **params})
