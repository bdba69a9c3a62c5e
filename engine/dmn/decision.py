"""A decision of a release: what is wrong with it, which variables of a case it reads, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.dmn.asking import Outcome, answer
from engine.dmn.boxes import DecisionTable, Logic
from engine.dmn.errors import DecisionInvalid
from engine.dmn.findings import Finding
from engine.dmn.graph import GraphFile, Needed, Session
from engine.dmn.hearing import Hearing
from engine.dmn.model import DecisionNode, InputData
from engine.dmn.problems import Problem
from engine.dmn.requirements import find_problems, gather
from engine.dmn.reviewing import review
from engine.feel import Environment


@dataclass(frozen=True, eq=False)
class Decision:
    """A decision of a DMN file, asked with the variables of a case.

    :param file: the file it stands in, with what that imports.
    """

    file: GraphFile
    node: DecisionNode

    @property
    def id(self) -> str:
        """What diagrams call it."""
        return self.node.id

    @property
    def name(self) -> str:
        """What people call it."""
        return self.node.name

    def name_in(self, language: str) -> str:
        """Return what a reader of a language calls it."""
        return self.node.name_in(language)

    def called(self, name: str, language: str) -> str:
        """Return what a reader of a language calls this decision, or another of its file, by its name."""
        nodes = (node for node in self.file.definitions.decisions if node.name == name)
        return next((node.name_in(language) for node in nodes), name)

    @property
    def logic(self) -> Logic:
        """The table or expression as written."""
        return self.node.logic

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the decision and what it requires, without running it."""
        return tuple(find_problems(self._itself))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What its table leaves open, decides twice or never reaches; nothing while it has problems.

        That texts which no cell names lead to null is left out: of most columns everybody knows what they can be.
        """
        analysis = None if self.problems else review(self._itself)
        return tuple(one for one in analysis.findings if not one.is_of_others) if analysis else ()

    @property
    def needs(self) -> frozenset[str]:
        """The variables that it and the decisions it requires read. :raise DecisionInvalid: as ``decide`` does."""
        self._check()
        return frozenset().union(*(_reads(needed) for needed in self._graph.values()))

    @property
    def tables(self) -> Mapping[str, DecisionTable]:
        """The tables that it may ask, its own and those of the decisions it requires, by their ids."""
        nodes = (needed.element for needed in self._graph.values() if isinstance(needed.element, DecisionNode))
        return {node.id: node.logic for node in nodes if isinstance(node.logic, DecisionTable)}

    def decide(self, scope: Mapping[str, object], environment: Environment) -> Outcome:
        """Return what the decision gives for some variables.

        :raise DecisionInvalid: when it has problems.
        :raise DecisionConflict: when several rules of a UNIQUE table apply.
        :raise FeelBudgetExceeded: when all its expressions together take more than the environment's budget.
        """
        self._check()
        hearing = Hearing(scope, environment, is_strict=True)
        session = Session(hearing, {key: scope[name] for key, name in self._inputs.items() if name in scope}, {})
        return answer(hearing, lambda: session.decision(self._itself), self._itself, session)

    @cached_property
    def _itself(self) -> Needed:
        return Needed("", self.file, self.node)

    @cached_property
    def _graph(self) -> Mapping[tuple[str, str], Needed]:
        """The decision, and all that it requires, directly or not."""
        return gather(self._itself)

    @cached_property
    def _inputs(self) -> Mapping[tuple[str, str], str]:
        return {
            (needed.key[0], needed.element.name): needed.element.name
            for needed in self._graph.values()
            if isinstance(needed.element, InputData)
        }

    def _check(self) -> None:
        if self._all_problems:
            raise DecisionInvalid(self._all_problems)

    @cached_property
    def _all_problems(self) -> tuple[Problem, ...]:
        """What keeps it from being asked: not a type that is not defined or not readable, which takes any value."""
        asked = (needed for needed in self._graph.values() if isinstance(needed.element, DecisionNode))
        problems = (problem for needed in asked for problem in find_problems(needed))
        return tuple(problem for problem in problems if problem.code not in ("unknown_type", "type_limit"))


def _reads(needed: Needed) -> frozenset[str]:
    if isinstance(needed.element, InputData):
        return frozenset({needed.element.name})
    return needed.file.free_names(needed.element) if isinstance(needed.element, DecisionNode) else frozenset()


def check_decision(decision: Decision) -> list[Problem]:
    """Return everything wrong with a decision: an empty list means it can be deployed."""
    return list(decision.problems)
