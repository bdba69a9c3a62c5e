"""What an element of a DMN file is called by language: `alur:label` among its extension elements."""

from collections.abc import Collection, Mapping
from typing import Final

from lxml import etree

from engine.dmn.parsing import children

#: The namespace of Alur's words in diagrams, which files of tables share.
ALUR: Final = "urn:alur:bpmn:1"
_LABEL: Final = f"{{{ALUR}}}label"


def read_labels(element: etree._Element, about: str = "") -> Mapping[str, str]:
    """Return what an element is called, by language; empty where the file says its name alone.

    :param about: the column of remarks that a table's label names: such a column has no room for words of its own.
    """
    found = (label for part in children(element, "extensionElements") for label in part.iterchildren(_LABEL))
    said = ((label.get("lang", ""), (label.text or "").strip()) for label in found if label.get("for", "") == about)
    return {language: text for language, text in said if language and text}


def forget_labels(element: etree._Element, *, but: Collection[str] = ()) -> None:
    """Take the labels of an element away: they say in other words what it was called before.

    :param but: the columns of remarks whose labels stay.
    """
    for part in list(children(element, "extensionElements")):
        for label in list(part.iterchildren(_LABEL)):
            if label.get("for", "") not in but:
                part.remove(label)
        if not len(part):
            element.remove(part)


def called(name: str, labels: Mapping[str, str], language: str) -> str:
    """Return what something is called in a language: by its label, else the Indonesian one, else its name."""
    return labels.get(language) or labels.get("id") or name
