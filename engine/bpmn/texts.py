"""Reads what stands in an element of a diagram: labels in both languages, expressions, our own extensions."""

from collections.abc import Mapping

from lxml import etree

from engine.bpmn.read import NAMES


def names_of(node: etree._Element) -> dict[str, str]:
    """Return the label by language; without an English one it is the Indonesian."""
    indonesian = " ".join((node.get("name") or "").split())
    return {"id": indonesian, "en": _in_english(node, "label") or indonesian}


def documentation_of(node: etree._Element) -> dict[str, str]:
    """Return what an element is for, by language."""
    indonesian = (node.findtext("bpmn:documentation", namespaces=NAMES) or "").strip()
    return {"id": indonesian, "en": _in_english(node, "documentation") or indonesian}


def text_of(node: etree._Element, name: str) -> str | None:
    """Return what stands in a BPMN child; None for nothing."""
    return (node.findtext(f"bpmn:{name}", namespaces=NAMES) or "").strip() or None


def extension_of(node: etree._Element, name: str) -> Mapping[str, str]:
    """Return the attributes of one of our own extension elements; empty without it."""
    found = node.find(f"bpmn:extensionElements/alur:{name}", NAMES)
    return {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}


def _in_english(node: etree._Element, what: str) -> str:
    found = node.findall(f"bpmn:extensionElements/alur:{what}", NAMES)
    return next((entry.text.strip() for entry in found if entry.get("lang") == "en" and entry.text), "")
