"""Reads what a DMN file defines: types, input data, decisions, knowledge models, services, and their requirements."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from engine.dmn.boxes import BoxedFunction, DecisionTable, Logic, Variable
from engine.dmn.boxreading import read_function, read_logic, read_variable, type_ref
from engine.dmn.errors import DmnUnreadable
from engine.dmn.labels import read_labels
from engine.dmn.model import (
    DecisionNode,
    DecisionService,
    Definitions,
    Element,
    FunctionItem,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    Requirement,
)
from engine.dmn.parsing import children, name_of, parse, tag, text_of

_KINDS = ("requiredInput", "requiredDecision", "requiredKnowledge")


def read_definitions(xml: bytes) -> Definitions:
    """Return what a file of DMN 1.1 to 1.5 defines. :raise DmnUnreadable: when it is none, or is not safe to read."""
    root = parse(xml)
    return Definitions(
        root.get("namespace", ""),
        root.get("name", ""),
        tuple(Import(name_of(child), child.get("namespace", "")) for child in children(root, "import")),
        tuple(_item(child) for child in children(root, "itemDefinition")),
        tuple(_elements(root)),
    )


def _elements(root: etree._Element) -> Iterator[Element]:
    seen: set[str] = set()
    for child in children(root, *_READERS):
        element = _READERS[tag(child)](child, root)
        if isinstance(element, DecisionNode) and not element.id:
            raise DmnUnreadable("no_id")
        if element.id and element.id in seen:
            raise DmnUnreadable("duplicate_id", found=element.id)
        seen.add(element.id)
        yield element


def _input_data(element: etree._Element, root: etree._Element) -> Element:
    return InputData(_id(element), name_of(element), _variable(element).type_ref)


def _decision(element: etree._Element, root: etree._Element) -> Element:
    needs = tuple(_requirements(element, root))
    kind, language = _variable(element).type_ref, _foreign_language(element, root)
    logic, said = _ranked(read_logic(element), kind), text_of(element, "description")
    return DecisionNode(_id(element), name_of(element), kind, logic, language, needs, said, read_labels(element))


def _knowledge(element: etree._Element, root: etree._Element) -> Element:
    functions = [read_function(child) for child in children(element, "encapsulatedLogic")]
    kind, language = _variable(element).type_ref, _foreign_language(element, root)
    logic = functions[0] if functions else BoxedFunction("", (), read_logic(element))
    logic = replace(logic, body=_ranked(logic.body, kind))
    needs = tuple(_requirements(element, root))
    return KnowledgeModel(_id(element), name_of(element), kind, logic, language, needs)


def _service(element: etree._Element, root: etree._Element) -> Element:
    def leads(kind: str) -> tuple[Requirement, ...]:
        return tuple(_requirement(child, kind, root) for child in children(element, kind))

    return DecisionService(
        _id(element),
        name_of(element),
        _variable(element).type_ref,
        outputs=leads("outputDecision"),
        input_decisions=leads("inputDecision"),
        input_data=leads("inputData"),
        encapsulated=leads("encapsulatedDecision"),
    )


def _ranked(logic: Logic, kind: str) -> Logic:
    """Return a table whose only column names no type as one of the type of the whole, which says what ranks higher."""
    if not isinstance(logic, DecisionTable) or len(logic.outputs) != 1:
        return logic
    return replace(logic, outputs=(replace(logic.outputs[0], ranked_by=logic.type_ref or kind),))


_READERS: Mapping[str, Callable[[etree._Element, etree._Element], Element]] = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _service,
}


def _id(element: etree._Element) -> str:
    return element.get("id", "") or name_of(element)


def _variable(element: etree._Element) -> Variable:
    return next((read_variable(child) for child in children(element, "variable")), Variable(name_of(element)))


def _foreign_language(element: etree._Element, root: etree._Element) -> str:
    """Return the language other than FEEL of an element's expressions; the file's where they say none."""
    own = sorted({language for part in element.iter() if (language := part.get("expressionLanguage"))})
    languages = own or [root.get("expressionLanguage", "")]
    return next((name for name in languages if name and "feel" not in name.lower()), "")


def _requirements(element: etree._Element, root: etree._Element) -> Iterator[Requirement]:
    for need in children(element, "informationRequirement", "knowledgeRequirement"):
        for child in children(need, *_KINDS):
            yield _requirement(child, tag(child), root)


def _requirement(element: etree._Element, kind: str, root: etree._Element) -> Requirement:
    namespace, mark, id_ = element.get("href", "").rpartition("#")
    own = root.get("namespace", "")
    return Requirement(kind, "" if namespace == own else namespace, id_ if mark else element.get("href", ""))


def _item(element: etree._Element) -> ItemDefinition:
    functions = [_function_item(child) for child in children(element, "functionItem")]
    return ItemDefinition(
        name_of(element),
        type_ref(element),
        is_collection=element.get("isCollection") in ("true", "1"),
        allowed="".join(text_of(child) for child in children(element, "allowedValues")),
        constraint="".join(text_of(child) for child in children(element, "typeConstraint")),
        components=tuple(_item(child) for child in children(element, "itemComponent")),
        function=functions[0] if functions else None,
    )


def _function_item(element: etree._Element) -> FunctionItem:
    parameters = tuple(read_variable(child) for child in children(element, "parameters"))
    return FunctionItem(parameters, element.get("outputTypeRef", ""))
