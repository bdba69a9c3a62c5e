"""A decision: what it is made of, what is wrong with it, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.dmn.checking import check_requirements, find_problems
from engine.dmn.errors import DecisionInvalid
from engine.dmn.model import DecisionTable, LiteralExpression, Logic, Requirement
from engine.dmn.problems import Problem
from engine.dmn.table import CompiledTable, Outcome
from engine.feel import Environment, Expression, compile_expression


@dataclass(frozen=True)
class Decision:
    """A decision of a DMN file.

    :param logic: the table or expression as written.
    :param scope_names: names the file declares (input data, decisions), which may hold spaces and symbols.
    :param foreign_language: an expression language other than FEEL that the decision asks for, or empty.
    :param requirements: the decisions and knowledge that it builds on, none of which are asked.
    """

    id: str
    name: str
    logic: Logic
    scope_names: frozenset[str] = frozenset()
    foreign_language: str = ""
    requirements: tuple[Requirement, ...] = ()

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the decision, without running it."""
        found = find_problems(self.id, self.logic, self.scope_names, self.foreign_language)
        return *found, *check_requirements(self.id, self.requirements)

    @property
    def needs(self) -> frozenset[str]:
        """The variables its inputs, or its expression, read. :raise DecisionInvalid: as ``decide`` does."""
        self._check()
        if not isinstance(self.logic, DecisionTable):
            return self._expression.names
        return frozenset().union(
            *(compile_expression(column.expression, self.scope_names).names for column in self.logic.inputs)
        )

    def decide(self, scope: Mapping[str, object], environment: Environment) -> Outcome:
        """Return what the decision gives for some variables.

        :raise DecisionInvalid: when it has problems.
        :raise DecisionConflict: when several rules of a UNIQUE table apply.
        :raise FeelBudgetExceeded: when all its expressions together take more than the environment's budget.
        """
        self._check()
        if isinstance(self.logic, DecisionTable):
            return self._table.decide(scope, environment)
        evaluation = self._expression.evaluate(scope, environment)
        return Outcome(evaluation.value, notes=evaluation.notes)

    def _check(self) -> None:
        if self.problems:
            raise DecisionInvalid(self.problems)

    @cached_property
    def _table(self) -> CompiledTable:
        assert isinstance(self.logic, DecisionTable)
        return CompiledTable(self.id, self.logic, self.scope_names)

    @cached_property
    def _expression(self) -> Expression:
        assert isinstance(self.logic, LiteralExpression)
        return compile_expression(self.logic.text, self.scope_names)


def check_decision(decision: Decision) -> list[Problem]:
    """Return everything wrong with a decision: an empty list means it can be deployed."""
    return list(decision.problems)
