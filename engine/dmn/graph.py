"""A DMN file ready to be asked: its requirement graph, with what it imports (DMN 1.5, 6 and 10.4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.dmn.analysis import Analysis, analyse
from engine.dmn.boxes import BoxedFunction, DecisionTable
from engine.dmn.compiling import compile_logic, converting, define, nothing
from engine.dmn.defining import Definition
from engine.dmn.hearing import Hearing
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
from engine.dmn.tables import Step
from engine.dmn.types import Kind, Types
from engine.dmn.wording import names_of_parts, spelled
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
    """One DMN file, its elements compiled when they are first asked for.

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
        self._reads_case = reads_case
        self._parts: frozenset[str] = spelled(names_of_parts(definitions)).union(*(file.names for _, file in imports))
        self._shapes = self.types.shapes()
        self._by_id = {element.id: element for element in definitions.elements}
        self._decisions: dict[str, _Compiled] = {}
        self._models: dict[str, _Knowledge] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names that may stand behind the name of this file in another, and that text alone would take apart."""
        return self._parts | spelled(element.name for element in self.definitions.elements)

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
        return self._compiled(element).free

    def problems(self, element: Element) -> tuple[Problem, ...]:
        """Return what is wrong with the logic of a decision or a knowledge model."""
        if isinstance(element, DecisionNode):
            return self._compiled(element).problems
        return self._defined(element).problems if isinstance(element, KnowledgeModel) else ()

    def analysis(self, element: Element) -> Analysis | None:
        """Return what the table of a decision or knowledge model leaves open; None when its logic is no table."""
        logic = getattr(element, "logic", None)
        table = logic.body if isinstance(logic, BoxedFunction) else logic
        if not isinstance(table, DecisionTable):
            return None
        needs = self.needs(getattr(element, "requires", ()))
        types = {one.element.name: one.element.type_ref for one in needs if not one.prefix}
        types |= {one.name: one.type_ref for one in logic.parameters} if isinstance(logic, BoxedFunction) else {}
        inputs = (replace(one, type_ref=one.type_ref or types.get(one.expression, "")) for one in table.inputs)
        scope = self._scope(element, needs, *types)
        return analyse(replace(table, inputs=tuple(inputs)), scope, scope.names | scope.spelled)

    def accept(self, element: Element, value: object, hearing: Hearing) -> object:
        """Return a given value as one of an element's type; null, with a reason, when it is none."""
        kind = self.types.kind(element.type_ref) if element.type_ref else None
        return value if kind is None else _converted(value, kind, element.name, hearing)

    def decide(self, element: DecisionNode, session: Session) -> object:
        """Return what a decision gives."""
        compiled = self._compiled(element)
        return compiled.step(session.frame(compiled.needs))

    def function(self, element: Element, session: Session) -> Function:
        """Return the function of a knowledge model or a decision service."""
        if isinstance(element, DecisionService):
            return self._service(element, session)
        assert isinstance(element, KnowledgeModel)
        return self._knowledge(element, session)

    def _compiled(self, element: DecisionNode) -> "_Compiled":
        if element.id not in self._decisions:
            self._decisions[element.id] = self._compile(element)
        return self._decisions[element.id]

    def _compile(self, element: DecisionNode) -> "_Compiled":
        needs = tuple(needed for needed in self.needs(element.requires) if not self._is_read_in_place(needed))
        scope = self._scope(element, needs)
        if element.language:
            scope.report(element.id, "language", found=element.language)
            step = nothing("language", element.name, found=element.language)
        else:
            step = converting(compile_logic(element.logic, scope), scope.declared(element.type_ref), element.name)
        return _Compiled(step, needs, frozenset(scope.free), tuple(scope.problems))

    def _is_read_in_place(self, needed: Needed) -> bool:
        return self._reads_case and isinstance(needed.element, InputData) and not needed.element.type_ref

    def _scope(self, element: Element, needs: Iterable[Needed], *more: str) -> Scope:
        names = frozenset(needed.prefix or needed.element.name for needed in needs).union(more)
        return Scope(
            element.id, element.name, self.types, self._shapes, names, self.names if self._reads_case else self._parts
        )

    def _knowledge(self, element: KnowledgeModel, session: Session) -> Function:
        model = self._defined(element)
        needs = (Needed("", self, element), *model.needs)
        function = model.definition.function(lambda: session.frame(needs))
        return _giving(function, self.types.result(element.type_ref), element.name)

    def _defined(self, element: KnowledgeModel) -> "_Knowledge":
        if element.id not in self._models:
            needs = self.needs(element.requires)
            scope = self._scope(element, needs, element.name)
            if element.language:
                scope.report(element.id, "language", found=element.language)
            logic = replace(element.logic, kind=element.language) if element.language else element.logic
            definition = define(element.name, logic, scope)
            self._models[element.id] = _Knowledge(definition, needs, tuple(scope.problems))
        return self._models[element.id]

    def _service(self, element: DecisionService, session: Session) -> Function:
        given = (*self.needs(element.input_data), *self.needs(element.input_decisions))

        def call(run: Run, arguments: list[object]) -> object:
            outputs = self.serve(
                element, dict(zip((one.key for one in given), arguments, strict=True)), session.hearing
            )
            return next(iter(outputs.values())) if len(outputs) == 1 else dict(outputs)

        return Function(element.name, tuple(one.element.name for one in given), call)

    def serve(self, element: DecisionService, given: Mapping[Key, object], hearing: Hearing) -> Mapping[str, object]:
        """Return what each output decision of a service gives, by name; nothing of what is not of the service's type.

        :param given: values of its input data and input decisions, by namespace and id.
        """
        data, decisions = self.needs(element.input_data), self.needs(element.input_decisions)
        inputs = {(one.key[0], one.element.name): given[one.key] for one in data if one.key in given}
        decided = {one.key: one.file.accept(one.element, given.get(one.key), hearing) for one in decisions}
        session = Session(hearing, inputs, decided)
        outputs = {one.element.name: session.decision(one) for one in self.needs(element.outputs)}
        return self._of_its_type(element, outputs, hearing)

    def _of_its_type(
        self, element: DecisionService, outputs: dict[str, object], hearing: Hearing
    ) -> Mapping[str, object]:
        kind = self.types.result(element.type_ref)
        if kind is None:
            return outputs
        if len(outputs) == 1:
            return {name: _converted(value, kind, element.name, hearing) for name, value in outputs.items()}
        converted = _converted(outputs, kind, element.name, hearing)
        return outputs if isinstance(converted, dict) else dict.fromkeys(outputs)


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A decision ready to be asked, what it requires, and the names it reads without requiring them."""

    step: Step
    needs: tuple[Needed, ...]
    free: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Knowledge:
    """A knowledge model ready to be made a function, what it requires, and what is wrong with it."""

    definition: Definition
    needs: tuple[Needed, ...]
    problems: tuple[Problem, ...]


def _giving(function: Function, kind: Kind | None, element: str) -> Function:
    """Return a function whose result becomes one of a type."""
    if kind is None:
        return function

    def call(run: Run, arguments: list[object]) -> object:
        value = function.call(run, arguments)
        assert isinstance(run, Hearing)
        return _converted(value, kind, element, run)

    return replace(function, call=call)


def _converted(value: object, kind: Kind, element: str, hearing: Hearing) -> object:
    converted, is_right = kind.convert(value, Frame(hearing, {}, None))
    if not is_right:
        hearing.wrong_type(value, kind.name, element)
    return converted
