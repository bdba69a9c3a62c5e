"""A DMN file ready to be asked: its requirement graph, with what it imports (DMN 1.5, 6 and 10.4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.dmn.conversion import converted
from engine.dmn.elements import (
    CompiledDecision,
    CompiledKnowledge,
    Surroundings,
    compile_decision,
    compile_knowledge,
)
from engine.dmn.hearing import Hearing
from engine.dmn.kinds import Kind
from engine.dmn.model import (
    DecisionNode,
    DecisionService,
    Definitions,
    Element,
    InputData,
    KnowledgeModel,
    Requirement,
)
from engine.dmn.problems import Problem
from engine.dmn.scope import Scope
from engine.dmn.types import Types
from engine.feel import Frame, Function
from engine.feel.run import Run

Key = tuple[str, str]
"""Namespace and id of an element."""


@dataclass(frozen=True, slots=True)
class Needed:
    """An element that another requires: under which import's name it is known there, and in which file it stands."""

    prefix: str
    file: "GraphFile"
    element: Element

    @property
    def key(self) -> Key:
        """Namespace and id, which no two elements share."""
        return self.file.definitions.namespace, self.element.id


class Session:
    """What one question knows: values given from outside, and decisions already made.

    :param inputs: values of input data, by namespace and name, or by name alone.
    :param decided: values of decisions that are given, not computed.
    """

    def __init__(self, hearing: Hearing, inputs: Mapping[Key, object], decided: Mapping[Key, object]) -> None:
        self.hearing = hearing
        self.decided = dict(decided)
        self._inputs = inputs
        self._functions: dict[Key, Function] = {}
        self._under_way: set[Key] = set()
        self._names: dict[Key, str] = {}

    def named_decisions(self) -> Mapping[str, object]:
        """Return what every decision gave that was asked, by name."""
        return {name: self.decided[key] for key, name in self._names.items()}

    def value(self, needed: Needed) -> object:
        """Return the value of input data or a decision, or the function of knowledge or a service."""
        if isinstance(needed.element, InputData):
            return self._input(needed)
        if isinstance(needed.element, DecisionNode):
            return self.decision(needed)
        if needed.key not in self._functions:
            self._functions[needed.key] = needed.file.function(needed.element, self)
        return self._functions[needed.key]

    def decision(self, needed: Needed) -> object:
        """Return what a decision gives, asked once."""
        key = needed.key
        if key in self.decided:
            return self.decided[key]
        assert isinstance(needed.element, DecisionNode)
        if key in self._under_way:
            self.hearing.say("circle", needed.element.name)
            return None
        self._under_way.add(key)
        value = self.decided[key] = needed.file.decide(needed.element, self)
        self._under_way.discard(key)
        self._names[key] = needed.element.name
        return value

    def frame(self, needs: Iterable[Needed]) -> Frame:
        """Return the frame of what an element requires, by the names that it has there."""
        names: dict[str, object] = {}
        for needed in needs:
            self.hearing.charge(1)
            if needed.prefix:
                inside = names.setdefault(needed.prefix, {})
                assert isinstance(inside, dict)
                inside[needed.element.name] = self.value(needed)
            else:
                names[needed.element.name] = self.value(needed)
        return Frame(self.hearing, names, None)

    def _input(self, needed: Needed) -> object:
        namespace, name = needed.file.definitions.namespace, needed.element.name
        given = self._inputs.get((namespace, name), self._inputs.get(("", name)))
        value = self.hearing.within("", name, lambda: self.hearing.admit(given, name, 0))
        return needed.file.accept(needed.element, value, self.hearing)


class GraphFile:
    """One DMN file: its elements, and what each of them leads to, here or in a file that it imports.

    :param imports: the files it imports, each with the name by which it knows it.
    :param reads_case: whether expressions may read what was never declared: a case has more variables than a file
        declares. Input data without a type is then read in place, not copied.
    """

    def __init__(
        self, definitions: Definitions, imports: "Sequence[tuple[str, GraphFile]]" = (), *, reads_case: bool = False
    ) -> None:
        self.definitions = definitions
        self.imports = tuple(imports)
        self.types: Types = Types(definitions, [(prefix, file.types) for prefix, file in imports])
        names = frozenset[str]().union(*(file.names for _, file in imports))
        self._surroundings: Surroundings = Surroundings(definitions, self.types, names, reads_case=reads_case)
        self._reads_case = reads_case
        self._by_id = {element.id: element for element in definitions.elements}
        self._decisions: dict[str, tuple[CompiledDecision, tuple[Needed, ...]]] = {}
        self._models: dict[str, tuple[CompiledKnowledge, tuple[Needed, ...]]] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names that may stand behind the name of this file in another, and that text alone would take apart."""
        return self._surroundings.names

    def find(self, name: str, *kinds: type[object]) -> Needed | None:
        """Return the first element by its id or name; of some kinds, if any are named."""
        for element in self.definitions.elements:
            if name in (element.id, element.name) and (not kinds or isinstance(element, kinds)):
                return Needed("", self, element)
        return None

    def lead(self, requirement: Requirement) -> Needed | None:
        """Return what a requirement leads to; None when it leads nowhere."""
        if not requirement.namespace:
            element = self._by_id.get(requirement.id)
            return Needed("", self, element) if element else None
        for prefix, file in self.imports:
            if file.definitions.namespace == requirement.namespace and requirement.id in file._by_id:
                return Needed(prefix, file, file._by_id[requirement.id])
        return None

    def needs(self, requirements: Iterable[Requirement]) -> tuple[Needed, ...]:
        """Return what requirements lead to, without those that lead nowhere."""
        return tuple(needed for requirement in requirements if (needed := self.lead(requirement)) is not None)

    def free_names(self, element: DecisionNode) -> frozenset[str]:
        """Return the names that a decision's expressions read and that it does not require."""
        return self._compiled(element)[0].free

    def problems(self, element: Element) -> tuple[Problem, ...]:
        """Return what is wrong with the logic of a decision or a knowledge model."""
        if isinstance(element, DecisionNode):
            return self._compiled(element)[0].problems
        return self._defined(element)[0].problems if isinstance(element, KnowledgeModel) else ()

    def scope(self, element: Element, needs: Iterable[Needed], *more: str) -> Scope:
        """Return the names and types around the logic of an element that has some needs, and more names."""
        names = frozenset(needed.prefix or needed.element.name for needed in needs)
        return self._surroundings.of(element, names.union(more))

    def accept(self, element: Element, value: object, hearing: Hearing) -> object:
        """Return a given value as one of an element's type; null, with a reason, when it is none."""
        kind = self.types.kind(element.type_ref) if element.type_ref else None
        return value if kind is None else converted(value, kind, element.name, Frame(hearing, {}, None))

    def decide(self, element: DecisionNode, session: Session) -> object:
        """Return what a decision gives."""
        decision, needs = self._compiled(element)
        return decision.step(session.frame(needs))

    def function(self, element: Element, session: Session) -> Function:
        """Return the function of a knowledge model or a decision service."""
        if isinstance(element, DecisionService):
            return self._service(element, session.hearing)
        assert isinstance(element, KnowledgeModel)
        return self._knowledge(element, session)

    def service_session(self, element: DecisionService, given: Mapping[Key, object], hearing: Hearing) -> Session:
        """Return the session in which a service decides: it sees nothing but its input data and input decisions.

        :param given: values of these, by namespace and id.
        """
        data, decisions = self.needs(element.input_data), self.needs(element.input_decisions)
        inputs = {(one.key[0], one.element.name): given[one.key] for one in data if one.key in given}
        decided = {one.key: one.file.accept(one.element, given.get(one.key), hearing) for one in decisions}
        return Session(hearing, inputs, decided)

    def serve(self, element: DecisionService, session: Session) -> Mapping[str, object]:
        """Return what each output decision of a service gives, by name; null what is not of the service's type."""
        outputs = {one.element.name: session.decision(one) for one in self.needs(element.outputs)}
        kind = self.types.result(element.type_ref)
        if kind is None:
            return outputs
        frame = Frame(session.hearing, {}, None)
        if len(outputs) == 1:
            return {name: converted(value, kind, element.name, frame) for name, value in outputs.items()}
        return outputs if isinstance(converted(outputs, kind, element.name, frame), dict) else dict.fromkeys(outputs)

    def _compiled(self, element: DecisionNode) -> tuple[CompiledDecision, tuple[Needed, ...]]:
        """Return a decision, compiled when it is first asked for, and what it requires."""
        if element.id not in self._decisions:
            needs = tuple(needed for needed in self.needs(element.requires) if not self._is_read_in_place(needed))
            self._decisions[element.id] = compile_decision(element, self.scope(element, needs)), needs
        return self._decisions[element.id]

    def _is_read_in_place(self, needed: Needed) -> bool:
        return self._reads_case and isinstance(needed.element, InputData) and not needed.element.type_ref

    def _defined(self, element: KnowledgeModel) -> tuple[CompiledKnowledge, tuple[Needed, ...]]:
        """Return a knowledge model, compiled when it is first asked for, and what it requires."""
        if element.id not in self._models:
            needs = self.needs(element.requires)
            self._models[element.id] = compile_knowledge(element, self.scope(element, needs, element.name)), needs
        return self._models[element.id]

    def _knowledge(self, element: KnowledgeModel, session: Session) -> Function:
        model, needs = self._defined(element)
        seen = (Needed("", self, element), *needs)
        function = model.definition.function(lambda: session.frame(seen))
        return _giving(function, self.types.result(element.type_ref), element.name)

    def _service(self, element: DecisionService, hearing: Hearing) -> Function:
        given = (*self.needs(element.input_data), *self.needs(element.input_decisions))

        def call(run: Run, arguments: list[object]) -> object:
            values = dict(zip((one.key for one in given), arguments, strict=True))
            outputs = self.serve(element, self.service_session(element, values, hearing))
            return next(iter(outputs.values())) if len(outputs) == 1 else dict(outputs)

        return Function(element.name, tuple(one.element.name for one in given), call)


def _giving(function: Function, kind: Kind | None, element: str) -> Function:
    """Return a function whose result becomes one of a type."""
    if kind is None:
        return function

    def call(run: Run, arguments: list[object]) -> object:
        return converted(function.call(run, arguments), kind, element, Frame(run, {}, None))

    return replace(function, call=call)
