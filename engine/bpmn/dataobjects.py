"""Checks data objects: each is a variable of the case named by its id, and the lines to steps must tell the truth."""

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.bpmn.model import Element, Kind, Outline
from engine.bpmn.read import NAMES, problem
from engine.bpmn.references import is_variable
from engine.bpmn.vocabulary import BPMN
from engine.errors import Problem
from engine.feel import FeelSyntaxError, compile_expression

_B = f"{{{BPMN}}}"


def check_data_objects(root: etree._Element, outline: Outline) -> Iterator[Problem]:
    """Yield lines between steps and data objects that lead nowhere, or say what the step does not do."""
    objects = {node.get("id", ""): node for node in root.iter(f"{_B}dataObject")}
    references = list(root.iter(f"{_B}dataObjectReference"))
    for node in references:
        if node.get("dataObjectRef") not in objects:
            yield _leads_nowhere(node.get("id", ""), node.get("dataObjectRef") or "-")
    places = {node.get("id", ""): node for node in (*objects.values(), *references)}
    for line in root.iter(f"{_B}dataInputAssociation", f"{_B}dataOutputAssociation"):
        owner = line.getparent()
        element = outline.elements.get(owner.get("id", "")) if owner is not None else None
        if element is not None:
            yield from _line(line, element, places, objects)


def _line(
    line: etree._Element,
    element: Element,
    places: Mapping[str, etree._Element],
    objects: Mapping[str, etree._Element],
) -> Iterator[Problem]:
    reads = line.tag == f"{_B}dataInputAssociation"
    named = (line.findtext("bpmn:sourceRef" if reads else "bpmn:targetRef", namespaces=NAMES) or "").strip()
    place = places.get(named)
    if place is None or place.getparent() not in [*line.iterancestors()]:
        yield _leads_nowhere(element.id, named or "-")
        return
    variable = place.get("dataObjectRef") or named
    if variable not in objects:
        return
    if not is_variable(variable):
        yield _no_variable(variable)
    elif reads and not _may_read(element, variable):
        yield _not_read(element, variable)
    elif not reads and variable not in _written_by(element):
        yield _not_written(element, variable)


def _may_read(element: Element, variable: str) -> bool:
    """Say whether a step can see a variable: where all it sees is written in the diagram, it must be named there."""
    if element.kind is Kind.CALL_ACTIVITY:
        expressions = [*element.inputs.values()]
    elif element.kind is Kind.SCRIPT_TASK:
        expressions = [element.script or ""]
    else:
        return True
    return any(_names(expression, variable) for expression in expressions)


def _names(expression: str, variable: str) -> bool:
    try:
        # What a filter reads is not among the names of an expression.
        return variable in compile_expression(expression).names or ("[" in expression and variable in expression)
    except FeelSyntaxError:
        return True  # said elsewhere


def _written_by(element: Element) -> set[str | None]:
    found = {element.result, element.event.result if element.event else None, *element.outputs}
    return found | ({element.loop.output} if element.loop else set())


def _leads_nowhere(where: str, name: str) -> Problem:
    return problem(
        where,
        "data_reference",
        f"objek data '{name}' tidak ada di sini atau di sekelilingnya; sambungkan ke objek data yang ada atau hapus.",
        f"there is no data object '{name}' here or around; connect to one that exists, or delete this.",
    )


def _no_variable(name: str) -> Problem:
    return problem(
        name,
        "variable_name",
        f"id objek data '{name}' adalah nama variabelnya, tetapi ungkapan tidak dapat menyebut nama itu; "
        "pakai huruf, angka, dan garis bawah.",
        f"the id of the data object, '{name}', is the name of its variable, but no expression can name that; "
        "use letters, digits and underscores.",
    )


def _not_read(element: Element, variable: str) -> Problem:
    return problem(
        element.id,
        "data_input",
        f"garis dari objek data berarti langkah ini membaca variabel '{variable}', padahal tidak ada ungkapannya yang "
        "menyebutnya; sebutkan, atau hapus garisnya.",
        f"the line from the data object says that this step reads the variable '{variable}', but none of its "
        "expressions names it; name it, or delete the line.",
    )


def _not_written(element: Element, variable: str) -> Problem:
    written = ", ".join(sorted(name for name in _written_by(element) if name)) or "-"
    return problem(
        element.id,
        "data_output",
        f"garis ke objek data berarti langkah ini mengisi variabel '{variable}', padahal hasilnya disimpan di "
        f"'{written}'; samakan namanya, atau hapus garisnya.",
        f"the line to the data object says that this step sets the variable '{variable}', but what it gives is kept in "
        f"'{written}'; make the names agree, or delete the line.",
    )
