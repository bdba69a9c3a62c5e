"""The logic of decisions and knowledge models, compiled: what is within an element, not what it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.dmn.compiling import compile_logic, define
from engine.dmn.defining import Definition
from engine.dmn.model import DecisionNode, Definitions, Element, KnowledgeModel
from engine.dmn.problems import Problem
from engine.dmn.scope import Scope
from engine.dmn.steps import Step, converting, nothing
from engine.dmn.types import Types
from engine.dmn.wording import names_of_parts, spelled
from engine.feel import TypeName


@dataclass(frozen=True, slots=True)
class CompiledDecision:
    """A decision ready to be asked, and the names it reads without requiring them."""

    step: Step
    free: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CompiledKnowledge:
    """A knowledge model ready to be made a function."""

    definition: Definition
    problems: tuple[Problem, ...]


def compile_decision(element: DecisionNode, scope: Scope) -> CompiledDecision:
    """Return a decision's logic, compiled within a scope, which gathers what is wrong with it."""
    if element.language:
        scope.report(element.id, "language", found=element.language)
        step = nothing("language", element.name, found=element.language)
    else:
        step = converting(compile_logic(element.logic, scope), scope.declared(element.type_ref), element.name)
    return CompiledDecision(step, frozenset(scope.free), tuple(scope.problems))


def compile_knowledge(element: KnowledgeModel, scope: Scope) -> CompiledKnowledge:
    """Return a knowledge model's function, compiled within a scope, which gathers what is wrong with it."""
    if element.language:
        scope.report(element.id, "language", found=element.language)
    logic = replace(element.logic, kind=element.language) if element.language else element.logic
    return CompiledKnowledge(define(element.name, logic, scope), tuple(scope.problems))


class Surroundings:
    """The names and types that the expressions of one file have in common.

    :param imported: names of parts of imported files, which text alone would take apart.
    :param reads_case: whether expressions may read what was never declared.
    """

    def __init__(self, definitions: Definitions, types: Types, imported: frozenset[str], *, reads_case: bool) -> None:
        own = spelled(element.name for element in definitions.elements)
        self._types = types
        self._shapes: Mapping[str, TypeName] = types.shapes()
        self._parts: frozenset[str] = spelled(names_of_parts(definitions)) | imported
        self._case = own if reads_case else frozenset[str]()
        self.names: frozenset[str] = self._parts | own

    def of(self, element: Element, names: frozenset[str]) -> Scope:
        """Return the names and types around an element's logic. :param names: of what it requires."""
        return Scope(element.id, element.name, self._types, self._shapes, names, self._parts, case=self._case)
