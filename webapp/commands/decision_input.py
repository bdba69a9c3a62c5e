"""What `alur decide` says about its input: names that no file has, and input data that nobody gave."""

from collections.abc import Iterable, Iterator, Mapping

from engine.dmn.graph import GraphFile, Needed
from engine.dmn.model import DecisionService, InputData
from engine.dmn.requirements import gather


def notes_on_input(asked: Iterable[Needed], given: Mapping[str, object], source: str) -> Iterator[str]:
    """Yield what is given and not known, and what is asked for and not given.

    :param source: name of the file that the values are from.
    """
    required = frozenset(name for needed in asked for name in _required(needed))
    known = required.union(*(_declared(needed.file) for needed in asked))
    for name in given if known else ():  # a file that declares no input data reads whatever is given
        if name not in known:
            names = ", ".join(sorted(known))
            yield f"'{name}' dalam {source} tidak dipakai: tidak ada data masukan bernama itu. Yang ada: {names}."
    for name in sorted(required.difference(given)):
        yield f"data masukan '{name}' tidak diberikan, sehingga nilainya kosong (null)."


def with_requirements(needed: Needed) -> Iterator[Needed]:
    """Yield a decision and all that it requires; of a service, its output decisions and what these require."""
    service = needed.element
    outputs = needed.file.needs(service.outputs) if isinstance(service, DecisionService) else (needed,)
    return (one for output in outputs for one in gather(output).values())


def _required(needed: Needed) -> frozenset[str]:
    service = needed.element
    if isinstance(service, DecisionService):
        given = needed.file.needs((*service.input_data, *service.input_decisions))
        return frozenset(one.element.name for one in given)
    return frozenset(one.element.name for one in with_requirements(needed) if isinstance(one.element, InputData))


def _declared(file: GraphFile) -> frozenset[str]:
    """Return the names of all input data of a file, and of those that it imports."""
    waiting, seen = [file], dict[int, GraphFile]()
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen[id(one)] = one
            waiting += [imported for _, imported in one.imports]
    elements = (element for one in seen.values() for element in one.definitions.elements)
    return frozenset(element.name for element in elements if isinstance(element, InputData))
