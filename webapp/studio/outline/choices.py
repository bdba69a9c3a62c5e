"""What the fields of a step can be chosen from: what is installed, what the design holds, and what is there already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.outline import read_outline
from engine.designs.editing.diagram import Diagram
from engine.designs.finding import Design
from forms import Option
from webapp.studio.model.catalogue import Known, catalogue_of
from webapp.texts import Language


@dataclass(frozen=True, slots=True)
class Choices:
    """Options by what they are for.

    :param variables: what expressions can name, each with where it comes from.
    """

    roles: tuple[Option, ...]
    forms: tuple[Option, ...]
    services: tuple[Option, ...]
    decisions: tuple[Option, ...]
    processes: tuple[Option, ...]
    lanes: tuple[Option, ...]
    steps: tuple[Option, ...]
    variables: tuple[str, ...]
    events: Mapping[str, tuple[str, ...]]


def choices_of(design: Design, known: Known, diagram: Diagram, language: Language) -> Choices:
    """Return what can be chosen in a design."""
    found = catalogue_of(design.files, known, language, "")
    outline = read_outline(diagram.root, "diagram.bpmn")[0]
    elements = outline.elements.values() if outline is not None else ()
    steps = [Option(element.id, element.names.get(language) or element.id) for element in elements]
    lanes = [Option(lane.get("id", ""), str(lane.get("name") or lane.get("id", ""))) for lane in diagram.lanes()]
    return Choices(
        _options(found["roles"], "name"),
        _options(found["forms"], "key"),
        _options(found["services"], "name"),
        _options(found["decisions"], "ref"),
        _options(found["processes"], "id"),
        tuple(lanes),
        tuple(steps),
        tuple(str(one["name"]) for one in found["variables"]),
        {kind: tuple(str(one["name"]) for one in found[kind]) for kind in _EVENTS},
    )


def with_current(options: Iterable[Option], current: str) -> tuple[Option, ...]:
    """Return options together with what is written in the diagram, also if it is not installed."""
    listed = tuple(options)
    if not current or current in {option.value for option in listed}:
        return listed
    return (*listed, Option(current, current))


def _options(entries: Iterable[Mapping[str, Any]], key: str) -> tuple[Option, ...]:
    return tuple(Option(str(entry[key]), str(entry["label"])) for entry in entries)


_EVENTS = ("messages", "signals", "errors", "escalations")
