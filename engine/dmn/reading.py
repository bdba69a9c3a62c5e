"""Reads decisions from DMN files, without letting the file reach anything outside itself."""

from collections.abc import Iterator

from lxml import etree

from engine.dmn.decision import Decision
from engine.dmn.errors import DmnUnreadable
from engine.dmn.model import DecisionTable, Input, LiteralExpression, Logic, Output, Requirement, Rule, UnknownLogic
from engine.dmn.prolog import has_doctype

MAX_BYTES = 2 * 1024 * 1024
"""Largest accepted file."""

NAMESPACES = (
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
)
"""DMN 1.3, 1.4 and 1.5."""

_LOGIC = {
    "decisionTable", "literalExpression", "context", "list", "relation", "invocation", "functionDefinition",
    "conditional", "filter", "for", "some", "every",
}  # fmt: skip
_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement")
_REQUIRED = ("requiredDecision", "requiredKnowledge")
_NAMED = ("inputData", "decision", "businessKnowledgeModel")


def read_decisions(xml: bytes) -> dict[str, Decision]:
    """Return the decisions of a DMN 1.3, 1.4 or 1.5 file by their ids.

    A decision that cannot be used is returned as well; ``check_decision`` says what is wrong with it.

    :raise DmnUnreadable: when the bytes are no DMN file or hold what a safe reader refuses.
    """
    root = _parse(xml)
    names = frozenset(name for tag in _NAMED for name in _names(root, tag))
    decisions: dict[str, Decision] = {}
    for element in _children(root, "decision"):
        decision = _decision(element, root, names)
        if decision.id in decisions:
            raise DmnUnreadable("duplicate_id", found=decision.id)
        decisions[decision.id] = decision
    return decisions


def _parse(xml: bytes) -> etree._Element:
    if len(xml) > MAX_BYTES:
        raise DmnUnreadable("too_large", found=str(len(xml)), limit=str(MAX_BYTES))
    try:
        text = xml.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DmnUnreadable("encoding") from None
    if has_doctype(text):
        raise DmnUnreadable("doctype")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DmnUnreadable("not_xml", found=str(error)) from None
    if etree.QName(root).localname != "definitions" or etree.QName(root).namespace not in NAMESPACES:
        raise DmnUnreadable("not_dmn", found=str(root.tag))
    return root


def _decision(element: etree._Element, root: etree._Element, names: frozenset[str]) -> Decision:
    name = element.get("name", "")
    decision_id = element.get("id", name)
    if not decision_id:
        raise DmnUnreadable("no_id")
    languages = {root.get("expressionLanguage", ""), *(part.get("expressionLanguage", "") for part in element.iter())}
    foreign = sorted(language for language in languages if language and "feel" not in language.lower())
    needed = tuple(_requirements(element, root))
    return Decision(decision_id, name, _logic(element), names, foreign[0] if foreign else "", needed)


def _requirements(decision: etree._Element, root: etree._Element) -> Iterator[Requirement]:
    """Yield what a decision asks of others; what it asks of input data is given by the case."""
    known = {child.get("id", ""): child.get("name", "") or child.get("id", "") for child in root}
    for need in decision:
        for child in need if etree.QName(need).localname in _REQUIREMENTS else ():
            kind, leads_to = etree.QName(child).localname, child.get("href", "")
            if kind in _REQUIRED:
                name = leads_to.removeprefix("#")
                yield Requirement(kind, known.get(name, name), is_known=leads_to.startswith("#") and name in known)


def _logic(decision: etree._Element) -> Logic:
    for child in decision:
        kind = etree.QName(child).localname
        if kind == "decisionTable":
            return _table(child)
        if kind == "literalExpression":
            return LiteralExpression(_text(child))
        if kind in _LOGIC:
            return UnknownLogic(kind)
    return UnknownLogic("")


def _table(table: etree._Element) -> DecisionTable:
    return DecisionTable(
        hit_policy=table.get("hitPolicy", "UNIQUE"),
        aggregation=table.get("aggregation", ""),
        inputs=tuple(_input(element, place) for place, element in enumerate(_children(table, "input"), 1)),
        outputs=tuple(_output(element, place) for place, element in enumerate(_children(table, "output"), 1)),
        rules=tuple(_rule(element, place) for place, element in enumerate(_children(table, "rule"), 1)),
    )


def _input(element: etree._Element, place: int) -> Input:
    expression = "".join(_text(part) for part in _children(element, "inputExpression"))
    allowed = "".join(_text(part) for part in _children(element, "inputValues"))
    return Input(element.get("id", f"input {place}"), element.get("label", ""), expression, allowed)


def _output(element: etree._Element, place: int) -> Output:
    default = "".join(_text(part) for part in _children(element, "defaultOutputEntry"))
    allowed = "".join(_text(part) for part in _children(element, "outputValues"))
    id_, name, label = element.get("id", f"output {place}"), element.get("name", ""), element.get("label", "")
    return Output(id_, name, label, default, allowed)


def _rule(element: etree._Element, place: int) -> Rule:
    tests = tuple(_text(cell) for cell in _children(element, "inputEntry"))
    results = tuple(_text(cell) for cell in _children(element, "outputEntry"))
    return Rule(element.get("id", f"rule {place}"), tests, results)


def _names(root: etree._Element, tag: str) -> Iterator[str]:
    return (element.get("name", "") for element in _children(root, tag))


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    return (child for child in element if etree.QName(child).localname == tag)


def _text(element: etree._Element) -> str:
    return "".join(child.text or "" for child in _children(element, "text")).strip()
