"""What a DMN file defines, as it is written: types, input data, decisions, knowledge, services, requirements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.dmn.boxes import BoxedFunction, Logic, Variable
from engine.dmn.labels import called


@dataclass(frozen=True, slots=True)
class FunctionItem:
    """The type of a function: what it takes and gives."""

    parameters: tuple[Variable, ...]
    output: str


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type of the file's own, or a part of one.

    :param allowed: unary tests of each value (of each item, in a collection); empty for any.
    :param constraint: unary tests of the value as a whole, the collection itself included (DMN 1.5).
    """

    name: str
    type_ref: str = ""
    is_collection: bool = False
    allowed: str = ""
    constraint: str = ""
    components: tuple["ItemDefinition", ...] = ()
    function: FunctionItem | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """Another file whose elements are known here as ``name.element``; with an empty name, as ``element``."""

    name: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """What an element needs: ``requiredInput``, ``requiredDecision`` or ``requiredKnowledge``, and where it stands.

    :param namespace: of the file it stands in; empty for this one.
    """

    kind: str
    namespace: str
    id: str


@dataclass(frozen=True, slots=True)
class InputData:
    """A value that comes from outside."""

    id: str
    name: str
    type_ref: str = ""


@dataclass(frozen=True, slots=True)
class DecisionNode:
    """A decision and what it requires.

    :param language: an expression language other than FEEL that it asks for, or empty.
    :param description: what its author says of it, such as the regulation that it carries out.
    :param labels: what it is called by language, where the file says so; its name is what other decisions know it by.
    """

    id: str
    name: str
    type_ref: str
    logic: Logic
    language: str = ""
    requires: tuple[Requirement, ...] = ()
    description: str = ""
    labels: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)

    def name_in(self, language: str) -> str:
        """Return what a reader of a language calls it."""
        return called(self.name or self.id, self.labels, language)


@dataclass(frozen=True, slots=True)
class KnowledgeModel:
    """A function that decisions call."""

    id: str
    name: str
    type_ref: str
    logic: BoxedFunction
    language: str = ""
    requires: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionService:
    """Decisions asked together, from outside or as a function: its results, and what it is given."""

    id: str
    name: str
    type_ref: str
    outputs: tuple[Requirement, ...]
    input_decisions: tuple[Requirement, ...] = ()
    input_data: tuple[Requirement, ...] = ()
    encapsulated: tuple[Requirement, ...] = ()


Element = InputData | DecisionNode | KnowledgeModel | DecisionService


@dataclass(frozen=True, slots=True)
class Definitions:
    """One DMN file."""

    namespace: str
    name: str
    imports: tuple[Import, ...] = ()
    items: tuple[ItemDefinition, ...] = ()
    elements: tuple[Element, ...] = ()

    @property
    def decisions(self) -> Iterable[DecisionNode]:
        """The decisions, in the order of the file."""
        return (element for element in self.elements if isinstance(element, DecisionNode))
