"""Asks a DMN model: a decision, a decision service or a knowledge model by name, with what is given."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from engine.dmn.calling import invoked
from engine.dmn.definitions import read_definitions
from engine.dmn.errors import DmnUnreadable
from engine.dmn.graph import GraphFile, Key, Needed, Session
from engine.dmn.hearing import Hearing, TableTrace
from engine.dmn.model import DecisionNode, DecisionService, Definitions, InputData, KnowledgeModel
from engine.dmn.parsing import MAX_DEPTH
from engine.feel import Environment, Frame, Note, guarded


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision gives, and why.

    :param value: a FEEL value; of a table with several outputs, a context by their names.
    :param fired: ids of the rules of its own table that made it, in table order.
    :param inputs: what the input expressions of its own table gave, by their text.
    :param notes: why parts became null; ``where`` names the element, rule or column.
    :param tables: every table that was asked on the way, in the order of the answers.
    :param decided: what every decision on the way gave, by name.
    """

    value: object | None  # "object" alone would let pyright believe that it is never None
    fired: tuple[str, ...] = ()
    inputs: Mapping[str, object] = field(default_factory=dict[str, object], hash=False)
    notes: tuple[Note, ...] = ()
    tables: tuple[TableTrace, ...] = ()
    decided: Mapping[str, object] = field(default_factory=dict[str, object], hash=False)


class Model:
    """A DMN file with what it imports, asked as the standard says: an element sees only what it requires."""

    def __init__(self, file: GraphFile) -> None:
        self.file = file
        self.definitions = file.definitions

    def decide(self, name: str, inputs: Mapping[Key, object], environment: Environment) -> Outcome:
        """Return what a decision gives.

        :param name: its name or id.
        :param inputs: values of input data, by namespace (empty for any) and name.
        :raise LookupError: when no decision is called so.
        :raise FeelBudgetExceeded: when all its expressions together take more than the environment's budget.
        """
        found = self._find(name, DecisionNode)
        hearing = Hearing(self._undeclared(inputs), environment)
        session = Session(hearing, inputs, {})
        return answer(hearing, lambda: session.decision(found), found, session)

    def serve(self, name: str, inputs: Mapping[Key, object], environment: Environment) -> Outcome:
        """Return what the output decisions of a service give, in a context by name.

        :param inputs: values of its input data and input decisions, by namespace (empty for any) and name.
        :raise LookupError: when no decision service is called so.
        """
        found = self._find(name, DecisionService)
        assert isinstance(found.element, DecisionService)
        service, hearing = found.element, Hearing({}, environment)
        needs = (*self.file.needs(service.input_data), *self.file.needs(service.input_decisions))
        given = {one.key: _admitted(one, inputs, hearing) for one in needs}
        session = self.file.service_session(service, given, hearing)
        return answer(hearing, lambda: dict(self.file.serve(service, session)), found, session)

    def invoke(self, name: str, arguments: Mapping[str, object], environment: Environment) -> Outcome:
        """Return what a knowledge model or decision service gives as a function, its arguments by name.

        :raise LookupError: when none is called so.
        """
        found = self._find(name, KnowledgeModel, DecisionService)
        hearing = Hearing({}, environment)
        session = Session(hearing, {}, {})

        def call() -> object:
            function = self.file.function(found.element, session)
            values = [hearing.admit(value, key, 0) for key, value in arguments.items()]
            return invoked(function, values, list(arguments), hearing)

        return answer(hearing, lambda: hearing.within("", name, call), found, session)

    def _undeclared(self, inputs: Mapping[Key, object]) -> Mapping[str, object]:
        # A file that declares no input data is a table alone: what it reads can only be what is given.
        declares = any(isinstance(element, InputData) for element in self.definitions.elements)
        return {} if declares or self.definitions.imports else {name: value for (_, name), value in inputs.items()}

    def _find(self, name: str, *kinds: type[DecisionNode | DecisionService | KnowledgeModel]) -> Needed:
        found = self.file.find(name, *kinds)
        if found is None:
            raise LookupError(name)
        return found


def read_models(files: Iterable[bytes], *, reads_case: bool = False) -> list[GraphFile]:
    """Return DMN files ready to be asked, each with those of the others that it imports, in the order given.

    :raise DmnUnreadable: when one of them is no DMN file, or is not safe to read.
    """
    return link([read_definitions(xml) for xml in files], reads_case=reads_case)


def link(definitions: Iterable[Definitions], *, reads_case: bool = False) -> list[GraphFile]:
    """Return files ready to be asked; an import that leads nowhere, or back to its own file, brings nothing."""
    all_files = list(definitions)
    by_namespace = {file.namespace: file for file in reversed(all_files)}
    made: dict[int, GraphFile] = {}

    def make(file: Definitions, above: tuple[Definitions, ...]) -> GraphFile:
        if id(file) not in made:
            found = ((item.name, by_namespace.get(item.namespace)) for item in file.imports)
            imports = [(name, make(other, (*above, file))) for name, other in found if other and other not in above]
            made[id(file)] = GraphFile(file, imports, reads_case=reads_case)
        return made[id(file)]

    try:
        return [make(file, (file,)) for file in all_files]
    except RecursionError:
        # A thousand files, or types, each of which stands on the next; within a file, parsing limits depth.
        raise DmnUnreadable("too_deep", limit=str(MAX_DEPTH)) from None


def answer(hearing: Hearing, ask: Callable[[], object], found: Needed, session: Session | None = None) -> Outcome:
    """Return what a question gives, with what was noted on the way."""
    frame = Frame(hearing, {}, None)
    value = guarded(frame, lambda _frame: hearing.release(ask()))
    tables = tuple(hearing.traces)
    own = next((trace for trace in reversed(tables) if trace.table is getattr(found.element, "logic", None)), None)
    decided = {} if session is None else session.named_decisions()
    return Outcome(value, own.fired if own else (), own.inputs if own else {}, tuple(hearing.notes), tables, decided)


def _admitted(needed: Needed, inputs: Mapping[Key, object], hearing: Hearing) -> object:
    namespace, name = needed.key[0], needed.element.name
    given = inputs.get((namespace, name), inputs.get(("", name)))
    return hearing.within("", name, lambda: hearing.admit(given, name, 0))
