"""Changes what a step does: who, by when, with which form, service, decision or script, and how often."""

from collections.abc import Mapping

from lxml import etree

from engine.bpmn.model import LoopKind
from engine.bpmn.vocabulary import LOOPS
from engine.designs.editing.diagram import A, add_child, children, remove
from engine.designs.editing.saying import add_extension, drop_extension, extension, set_attribute, set_extension
from engine.designs.trees import Node

_MULTI = "multiInstanceLoopCharacteristics"
_STANDARD = "standardLoopCharacteristics"


def assign(node: Node, values: Mapping[str, str]) -> None:
    """Say who does a task and by when: `assignee` or `candidate`, `due`, `followUp`, `priority`."""
    set_extension(node, "assignment", values)


def set_calendar(node: Node, name: str) -> None:
    """Say by which calendar a step counts working days; no name leaves that to the unit of the case."""
    set_extension(node, "calendar", {"name": name})


def set_form(node: Node, key: str, result: str) -> None:
    """Say by which form a task asks, and which variable takes the answers; no key takes the form away."""
    set_extension(node, "form", {"key": key, "result": result if key else ""})


def set_service(node: Node, name: str, result: str, inputs: Mapping[str, str]) -> None:
    """Say which service a step calls, what it is given, and which variable takes its answer."""
    set_parameters(node, "service", "input", {})
    if set_extension(node, "service", {"name": name, "result": result if name else ""}) is not None:
        set_parameters(node, "service", "input", inputs)


def set_decision(node: Node, ref: str, result: str) -> None:
    """Say which decision table a step asks, and which variable takes its answer."""
    set_extension(node, "decision", {"ref": ref, "result": result if ref else ""})


def set_script(node: Node, feel: str, result: str) -> None:
    """Say what a step computes, and which variable takes it."""
    set_text(node, "script", feel)
    set_extension(node, "script", {"result": result})


def set_call(node: Node, process: str, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> None:
    """Say which process of the file a step runs, what it is given, and what is taken over from it."""
    set_attribute(node, "calledElement", process)
    set_parameters(node, "call", "input", inputs)
    set_parameters(node, "call", "output", outputs)


def set_case_words(node: Node, subject: str, title: str) -> None:
    """Say whom or what a case is about that a start event begins, and what it is called."""
    set_extension(node, "case", {"subject": subject, "title": title})


def set_parameters(node: Node, tag: str, part: str, values: Mapping[str, str]) -> None:
    """Write the values that an element of ours hands over by name, in the order given."""
    found = extension(node, tag)
    filled = {name: value for name, value in values.items() if name and value}
    if found is None and filled:
        found = add_extension(node, tag)
    if found is None:
        return
    for old in found.findall(f"{A}{part}"):
        found.remove(old)
    for name, value in filled.items():
        etree.SubElement(found, f"{A}{part}", {"name": name, "value": value})
    if not found.attrib and len(found) == 0:
        drop_extension(found)


def set_loop(node: Node, kind: LoopKind | None, values: Mapping[str, str]) -> None:
    """Say how often a step runs: not again, as long as a condition holds, or once for each item of a list.

    :param values: `condition`, `most` and `before` (of a standard loop), `times`, `collection`, `item`, `output`,
        `gives`.
    """
    wanted = {None: "", LoopKind.STANDARD: _STANDARD}.get(kind, _MULTI)
    for tag in LOOPS:
        for found in list(children(node, tag)):
            if tag != wanted:
                remove(found)
    if not wanted:
        return
    loop = next(children(node, wanted), None)
    loop = add_child(node, wanted) if loop is None else loop
    if wanted == _STANDARD:
        set_attribute(loop, "loopMaximum", values.get("most", ""))
        set_attribute(loop, "testBefore", values.get("before", ""))
        set_text(loop, "loopCondition", values.get("condition", ""))
        return
    set_attribute(loop, "isSequential", "true" if kind is LoopKind.SEQUENTIAL else "")
    set_text(loop, "loopCardinality", values.get("times", ""))
    set_text(loop, "completionCondition", values.get("condition", ""))
    set_extension(loop, "items", {name: values.get(name, "") for name in ("collection", "item", "output", "gives")})


def set_text(node: Node, tag: str, text: str) -> None:
    """Write what stands in a BPMN child; nothing takes the child away."""
    found = next(children(node, tag), None)
    if not text.strip():
        if found is not None:
            remove(found)
    elif found is not None:
        found.text = text
    else:
        add_child(node, tag, text)
