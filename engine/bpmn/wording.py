"""Compares a diagram word by word with what Alur knows, so that nothing in it is silently ignored."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.bpmn import refusals, vocabulary
from engine.bpmn.vocabulary import ALUR, BPMN, COLOURS, DRAWING, EXTENSIONS, FLOW_NODES, WORDS, XSI
from engine.errors import Problem

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def read_boolean(text: str | None, *, default: bool) -> bool:
    """Return what an xs:boolean says: true, 1, false or 0; the default for anything else, which is refused anyway."""
    return _BOOLEANS.get((text or "").strip(), default)


def check_wording(root: etree._Element, name: str) -> list[Problem]:
    """Return every word of a diagram that the engine would ignore or read otherwise than it is meant.

    :param name: the file's name, for what has no id.
    """
    return [*_element(root, name), *_directions(root)]


def _element(node: etree._Element, where: str) -> Iterator[Problem]:
    """Compare an element and all below it; what is refused is said once, not again for each part of it."""
    tag, word = _local(node), WORDS[_local(node)]
    where = where if tag in vocabulary.PARTS else node.get("id") or where
    for missing in (need for need in word.needs if not node.get(need)):
        yield refusals.missing(where, tag, missing)
    for attribute, value in node.attrib.items():
        yield from _attribute(where, tag, str(attribute), str(value))
    if tag in FLOW_NODES:
        yield from _triggers(node, where, tag)
    yield from _text(node, where, tag)
    if tag in vocabulary.FILLED and not (node.text or "").strip():
        yield refusals.empty(where, tag)
    counts = Counter(child.tag for child in node)
    for name in sorted(vocabulary.ONCE):
        if counts[f"{{{BPMN}}}{name}"] > 1:
            yield refusals.twice(where, name)
    if all(counts[f"{{{BPMN}}}{name}"] for name in vocabulary.LOOPS):
        yield refusals.twice(where, "LoopCharacteristics")
    for child in node:
        yield from _child(child, where, tag)


def _child(child: etree._Element, where: str, parent: str) -> Iterator[Problem]:
    namespace, tag = etree.QName(child).namespace, _local(child)
    if namespace in DRAWING:
        yield from _drawing(child, child.get("id") or where)
    elif namespace == BPMN and tag in WORDS[parent].children:
        yield from _extensions(child, where, parent) if tag == "extensionElements" else _element(child, where)
    elif namespace == BPMN and not (parent in FLOW_NODES and tag.endswith("EventDefinition")):
        # A part of a step is mended at the step, which is what a modeller finds by its id.
        is_part = not _is_container(parent)
        yield refusals.not_executed(where if is_part else child.get("id") or where, tag)
    elif namespace == ALUR:
        yield refusals.misplaced(where, tag)


def _is_container(tag: str) -> bool:
    return tag in ("definitions", "process", "collaboration", "subProcess", "transaction")


def _text(node: etree._Element, where: str, tag: str) -> Iterator[Problem]:
    texts = [child.tail for child in node] if tag in vocabulary.HOLD_TEXT else [node.text, *(c.tail for c in node)]
    for text in texts:
        if text and text.strip():
            yield refusals.stray_text(where, tag, text.strip())


def _attribute(where: str, tag: str, attribute: str, value: str) -> Iterator[Problem]:
    rules = WORDS[tag].attributes
    name = etree.QName(attribute)
    if name.namespace in vocabulary.TOOLS and tag == "definitions":
        return
    if attribute not in rules:
        yield (
            refusals.foreign_attribute(where, name)
            if name.namespace
            else refusals.unknown_attribute(where, name.localname, tag)
        )
    elif rules[attribute] == vocabulary.BOOLEAN:
        if value.strip() not in _BOOLEANS:
            yield refusals.no_boolean(where, attribute, value)
    elif not _is_said(rules[attribute], value.strip()):
        yield refusals.other_value(where, name.localname, value)


def _is_said(rule: str | tuple[str, ...], value: str) -> bool:
    if isinstance(rule, tuple):
        return value.rpartition(":")[2] in rule or value in rule
    if rule in (vocabulary.YES, vocabulary.NO):
        return _BOOLEANS.get(value) is (rule == vocabulary.YES)
    if rule == vocabulary.FEEL:
        return not value or "feel" in value.lower()
    return rule in (vocabulary.ANY, value)


def _triggers(node: etree._Element, where: str, tag: str) -> Iterator[Problem]:
    """Say what happens at an event that the engine does not know; nothing or several things are as bad."""
    triggers = [_local(child) for child in node if _local(child).endswith("EventDefinition")]
    if tag not in vocabulary.NEED_TRIGGER and not triggers:
        return
    if len(triggers) != 1 or triggers[0] not in WORDS[tag].children:
        yield refusals.not_executed(where, f"{tag} ({', '.join(triggers)})" if triggers else tag)


def _drawing(node: etree._Element, where: str) -> Iterator[Problem]:
    for part in node.iter():
        if etree.QName(part).namespace in (BPMN, ALUR):
            yield refusals.not_executed(where, _local(part))
        for attribute in part.attrib:
            name = etree.QName(str(attribute))
            if name.namespace and name.namespace not in COLOURS | {XSI}:
                yield refusals.foreign_attribute(where, name)


def _extensions(node: etree._Element, where: str, parent: str) -> Iterator[Problem]:
    for attribute in node.attrib:
        yield refusals.unknown_attribute(where, str(attribute), "extensionElements")
    yield from _text(node, where, "extensionElements")
    for child in node:
        namespace, tag = etree.QName(child).namespace or "", _local(child)
        if namespace == ALUR:
            yield from _extension(child, where, parent)
        elif namespace == BPMN:
            yield refusals.not_executed(where, tag)
        else:
            yield from _foreign(child, where, namespace)
    for tag in sorted(vocabulary.SPOKEN):
        yield from _repeated(node, where, tag, "lang")


def _foreign(node: etree._Element, where: str, namespace: str) -> Iterator[Problem]:
    """Say what another tool has written: a command to an engine, a slip in our own namespace, or a note of its own."""
    tag = _local(node)
    if namespace.startswith(vocabulary.OURS):
        yield refusals.misspelt(where, tag, namespace)
    elif namespace.startswith(vocabulary.EXECUTING_VENDORS):
        yield refusals.vendor(where, tag, namespace)
    else:
        yield refusals.unread(where, tag, namespace)
    inside = (part for part in node.iterdescendants() if etree.QName(part).namespace in (BPMN, ALUR))
    for part in list(inside)[:1]:
        yield refusals.enclosed(where, _local(part), tag)


def _extension(node: etree._Element, where: str, parent: str) -> Iterator[Problem]:
    tag = _local(node)
    known = EXTENSIONS.get(tag)
    if known is None or (known.on and parent not in known.on) or _is_mute(node, tag, parent):
        yield refusals.misplaced(where, tag)
        return
    if tag not in vocabulary.SPOKEN and _has_earlier(node):
        yield refusals.twice(where, f"alur:{tag}")
    unheard = vocabulary.NOT_CARRIED[parent] if tag in vocabulary.CARRIED else frozenset()
    yield from _own_attributes(node, where, known, known.attributes - unheard)
    if tag in vocabulary.SPOKEN and node.get("lang", "en") not in vocabulary.LANGUAGES:
        yield refusals.other_value(where, "lang", node.get("lang", ""))
    for child in node:
        name = _local(child)
        if name in known.parts and child.tag == f"{{{ALUR}}}{name}":
            parameter = vocabulary.PARAMETERS[name]
            yield from _own_attributes(child, where, parameter, parameter.attributes)
            yield from (refusals.misplaced(where, _local(inner)) for inner in child)
        else:
            yield refusals.misplaced(where, name)
    for name in sorted(known.parts):
        yield from _repeated(node, where, name, "name")


def _own_attributes(
    node: etree._Element, where: str, known: vocabulary.Extension, allowed: frozenset[str]
) -> Iterator[Problem]:
    tag = _local(node)
    yield from _text(node, where, tag if tag in vocabulary.SPOKEN else f"alur:{tag}")
    for attribute, value in node.attrib.items():
        if attribute not in allowed:
            yield refusals.unknown_attribute(where, str(attribute), f"alur:{tag}", allowed)
        elif attribute not in known.needs and not value.strip():
            yield refusals.empty_attribute(where, str(attribute), f"alur:{tag}")
    for need in known.needs:
        if not (node.get(need) or "").strip():
            yield refusals.missing(where, f"alur:{tag}", need)


def _is_mute(node: etree._Element, tag: str, parent: str) -> bool:
    """Say whether something is said of a message, signal, error or escalation at an event that has none."""
    if tag not in vocabulary.CARRIED or parent in vocabulary.MESSAGE_TASKS:
        return False
    event = next(node.iterancestors(*(f"{{{BPMN}}}{name}" for name in FLOW_NODES)), node)
    return event.find(f"{{{BPMN}}}{tag}EventDefinition") is None


def _has_earlier(node: etree._Element) -> bool:
    return any(other.tag == node.tag for other in node.itersiblings(preceding=True))


def _repeated(node: etree._Element, where: str, tag: str, attribute: str) -> Iterator[Problem]:
    counts = Counter(child.get(attribute) for child in node if child.tag == f"{{{ALUR}}}{tag}")
    for value, count in counts.items():
        if count > 1:
            yield refusals.twice(where, f"alur:{tag} {attribute}='{value or ''}'")


def _directions(root: etree._Element) -> Iterator[Problem]:
    """Find gateways that say of themselves what their flows contradict."""
    flows = list(root.iter(f"{{{BPMN}}}sequenceFlow"))
    ways_in, ways_out = (Counter(flow.get(end) for flow in flows) for end in ("targetRef", "sourceRef"))
    for node in root.iter(*(f"{{{BPMN}}}{kind}" for kind in vocabulary.GATEWAYS)):
        name, direction = node.get("id"), node.get("gatewayDirection")
        too_many = {"Diverging": ways_in[name] > 1, "Converging": ways_out[name] > 1}
        if too_many.get(direction or ""):
            yield refusals.other_value(name or _local(node), "gatewayDirection", direction or "")


def _local(node: etree._Element) -> str:
    return str(etree.QName(node).localname)
