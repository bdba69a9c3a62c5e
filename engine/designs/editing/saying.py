"""Changes what a diagram says of its parts: names and explanations in both languages, and what a process is for."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from engine.bpmn.read import NAMES
from engine.designs.editing.diagram import A, B, add_child, children, put_child, remove
from engine.designs.trees import Node

ENGLISH: Final = "en"
ABOUT: Final = "about"
_SPOKEN = ("label", "documentation")


def rename(node: Node, names: Mapping[str, str]) -> None:
    """Give an element a name in each language; the English one is left out where it says the same."""
    set_attribute(node, "name", " ".join(names.get("id", "").split()))
    english = " ".join(names.get(ENGLISH, "").split())
    _say_in_english(node, "label", "" if english == node.get("name") else english)


def document(node: Node, texts: Mapping[str, str]) -> None:
    """Say in each language what a step is for; nothing takes the explanation away."""
    indonesian, english = texts.get("id", "").strip(), texts.get(ENGLISH, "").strip()
    found = next(children(node, "documentation"), None)
    if not indonesian and found is not None:
        remove(found)
    elif indonesian and found is not None:
        found.text = indonesian
    elif indonesian:
        add_child(node, "documentation", indonesian)
    _say_in_english(node, "documentation", "" if english == indonesian else english)


def describe(process: Node, facts: Mapping[str, str]) -> None:
    """Say of a process who owns it, its legal basis, and for what and how long its data are kept."""
    set_extension(process, ABOUT, {name: text.strip() for name, text in facts.items()})


def set_attribute(node: Node, name: str, value: str) -> None:
    """Write an attribute; nothing takes it away."""
    if value:
        node.set(name, value)
    else:
        node.attrib.pop(name, "")


def set_extension(node: Node, tag: str, values: Mapping[str, str]) -> Node | None:
    """Write what one of our own elements says at a step; with nothing to say it goes, unless parts stand in it.

    :param values: only these attributes change; an empty one is taken away.
    """
    found = extension(node, tag)
    if found is None and not any(values.values()):
        return None
    if found is None:
        found = add_extension(node, tag)
    for name, value in values.items():
        set_attribute(found, name, value)
    if not found.attrib and len(found) == 0:
        drop_extension(found)
        return None
    return found


def extension(node: Node, tag: str) -> Node | None:
    """Return one of our own elements at a step, if it has it."""
    return node.find(f"bpmn:extensionElements/alur:{tag}", NAMES)


def drop_extension(found: Node) -> None:
    """Take one of our own elements away, and what held it if that is empty then."""
    holder = found.getparent()
    remove(found)
    if holder is not None and len(holder) == 0 and holder.tag == f"{B}extensionElements":
        remove(holder)


def add_extension(node: Node, tag: str) -> Node:
    """Return a new element of ours at a step; names stand before all else."""
    holder = next(children(node, "extensionElements"), None)
    if holder is None:
        holder = etree.Element(f"{B}extensionElements")
        put_child(node, holder)
    found = etree.Element(f"{A}{tag}")
    place = sum(1 for other in holder if other.tag in {f"{A}{name}" for name in _before(tag)})
    holder.insert(place if tag in _SPOKEN else len(holder), found)
    return found


def _before(tag: str) -> tuple[str, ...]:
    return ("label",) if tag == "documentation" else ()


def _say_in_english(node: Node, tag: str, text: str) -> None:
    found = next((one for one in node.findall(f"bpmn:extensionElements/alur:{tag}", NAMES)
                  if one.get("lang") == ENGLISH), None)  # fmt: skip
    if not text:
        if found is not None:
            drop_extension(found)
        return
    if found is None:
        found = add_extension(node, tag)
        found.set("lang", ENGLISH)
    found.text = text
