"""A diagram in English: the labels that `outline` reads for the text are put where a viewer reads names."""

from functools import lru_cache
from typing import Final

from lxml import etree

from engine.bpmn.read import NAMES, read_xml
from engine.bpmn.vocabulary import ALUR, BPMN

#: A diagram has some 60 KiB; a city runs few of them at a time.
_KEPT: Final = 32


@lru_cache(maxsize=_KEPT)
def in_english(diagram: bytes) -> bytes:
    """Return a deployed diagram with its English labels as names; what has none keeps its Indonesian name.

    It is for viewers only, never to be deployed: the Indonesian names are gone from it.
    """
    root = read_xml(diagram, "diagram.bpmn")
    for label in root.iter(f"{{{ALUR}}}label"):
        node = label.getparent()
        owner = node.getparent() if node is not None else None
        if owner is not None and label.get("lang") == "en" and label.text:
            owner.set("name", label.text.strip())
    _name_pools(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _name_pools(root: etree._Element) -> None:
    """Give a pool the name of the process drawn in it: it is the same name, said twice."""
    names = {node.get("id"): node.get("name") for node in root.findall("bpmn:process", NAMES)}
    for pool in root.iter(f"{{{BPMN}}}participant"):
        name = names.get(pool.get("processRef"))
        if name:
            pool.set("name", name)
