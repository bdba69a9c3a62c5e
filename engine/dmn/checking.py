"""Finds what is wrong with a table without running it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from engine.dmn.boxes import DecisionTable, Input, Output, Rule
from engine.dmn.problems import Problem
from engine.feel import FeelSyntaxError

HIT_POLICIES = ("UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT")
AGGREGATIONS = ("SUM", "MIN", "MAX", "COUNT")


class Compiles(Protocol):
    """What compiles the cells of a table: it knows the names and types around it."""

    @property
    def owner(self) -> str:
        """Id of the decision that the table belongs to."""
        ...

    def check_expression(self, text: str) -> None:
        """Compile an expression strictly. :raise FeelSyntaxError: when a part of it can mean nothing, or only null."""
        ...

    def check_tests(self, text: str) -> None:
        """Compile unary tests as strictly. :raise FeelSyntaxError: as for expressions."""
        ...

    def type_problems(self, ref: str, element: str) -> Iterator[Problem]:
        """Yield what is wrong with a type that an element names."""
        ...


def check_table(table: DecisionTable, words: Compiles) -> Iterator[Problem]:
    """Yield everything wrong with a table, in the order a reader meets it."""
    yield from _policy(table, words)
    if not table.outputs:
        yield _problem(words, words.owner, "no_outputs")
    if not table.rules:
        yield _problem(words, words.owner, "no_rules")
    for column in table.inputs:
        yield from _column(column, column.expression or " ", words)
    for output in table.outputs:
        yield from _column(output, output.default, words)
    yield from _output_names(table.outputs, words)
    for rule in table.rules:
        yield from _rule(rule, table, words)


def _policy(table: DecisionTable, words: Compiles) -> Iterator[Problem]:
    if table.hit_policy not in HIT_POLICIES:
        yield _problem(words, words.owner, "hit_policy", found=table.hit_policy)
    if table.aggregation and (table.aggregation not in AGGREGATIONS or table.hit_policy != "COLLECT"):
        yield _problem(words, words.owner, "aggregation", found=table.aggregation)
    elif table.aggregation and len(table.outputs) > 1:
        yield _problem(words, words.owner, "aggregation_outputs", found=table.aggregation)


def _column(column: Input | Output, expression: str, words: Compiles) -> Iterator[Problem]:
    if expression:
        yield from _compiles(words.check_expression, expression, column.id, "header", words, column=column.title)
    if column.allowed:
        yield from _compiles(words.check_tests, column.allowed, column.id, "header", words, column=column.title)
    yield from words.type_problems(column.type_ref, column.id)


def _output_names(outputs: tuple[Output, ...], words: Compiles) -> Iterator[Problem]:
    seen: set[str] = set()
    for output in outputs if len(outputs) > 1 else ():
        if not output.name or output.name in seen:
            yield _problem(words, output.id, "output_names", found=output.name)
        seen.add(output.name)


def _rule(rule: Rule, table: DecisionTable, words: Compiles) -> Iterator[Problem]:
    for part, cells, columns in (("input", rule.tests, table.inputs), ("output", rule.results, table.outputs)):
        if len(cells) != len(columns):
            counts = {"found": str(len(cells)), "expected": str(len(columns))}
            yield _problem(words, rule.id, "column_count", rule=rule.id, part=part, **counts)
    for column, text in zip(table.inputs, rule.tests, strict=False):
        where = {"rule": rule.id, "column": column.title}
        yield from _compiles(words.check_tests, text or "-", rule.id, "cell", words, **where)
    for output, text in zip(table.outputs, rule.results, strict=False):
        where = {"rule": rule.id, "column": output.title}
        if text:
            yield from _compiles(words.check_expression, text, rule.id, "cell", words, **where)
        else:
            yield _problem(words, rule.id, "empty_output", **where)


def _compiles(
    compiled: Callable[[str], None], text: str, element: str, code: str, words: Compiles, **where: str
) -> Iterator[Problem]:
    try:
        compiled(text)
    except FeelSyntaxError as error:
        params: Mapping[str, str] = {"decision": words.owner, "text": text[:80], **where}
        yield Problem(element, code, params, error)


def _problem(words: Compiles, element: str, code: str, **params: str) -> Problem:
    return Problem(element, code, {"decision": words.owner, **params})
