"""What the fields of a step can be chosen from: what is installed, what the design holds, and what is there already."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.designs.editing.diagram import Diagram
from engine.designs.finding import Design
from engine.errors import DiagramRefused
from forms import Option
from webapp.studio.model.catalogue import Known, catalogue_of
from webapp.studio.outline.rows import Row, list_steps
from webapp.texts import Language
from webapp.texts import gettext as _


@dataclass(frozen=True, slots=True)
class Choices:
    """Options by what they are for.

    :param spots: where a step can be put: on a flow, or behind a step that leads nowhere yet.
    :param variables: what expressions can name, each with where it comes from.
    """

    roles: tuple[Option, ...]
    forms: tuple[Option, ...]
    services: tuple[Option, ...]
    decisions: tuple[Option, ...]
    processes: tuple[Option, ...]
    lanes: tuple[Option, ...]
    steps: tuple[Option, ...]
    spots: tuple[Option, ...]
    variables: tuple[str, ...]
    events: Mapping[str, tuple[str, ...]]
    calendars: tuple[Option, ...] = ()


def choices_of(design: Design, known: Known, diagram: Diagram, language: Language) -> Choices:
    """Return what can be chosen in a design."""
    found = catalogue_of(design.files, known, language, "")
    rows = _rows_of(diagram, language)
    steps = [Option(row.id, f"{row.number} {row.name or row.kind}") for row in rows]
    lanes = [Option(lane.get("id", ""), str(lane.get("name") or lane.get("id", ""))) for lane in diagram.lanes()]
    return Choices(
        _options(found["roles"], "name"),
        _options(found["forms"], "key"),
        _options(found["services"], "name"),
        _options(found["decisions"], "ref"),
        _options(found["processes"], "id"),
        tuple(lanes),
        tuple(steps),
        tuple(_spots(rows)),
        tuple(str(one["name"]) for one in found["variables"]),
        {kind: tuple(str(one["name"]) for one in found[kind]) for kind in _EVENTS},
        _options(found["calendars"], "name"),
    )


def with_current(options: Iterable[Option], current: str) -> tuple[Option, ...]:
    """Return options together with what is written in the diagram, also if it is not installed."""
    listed = tuple(options)
    if not current or current in {option.value for option in listed}:
        return listed
    return (*listed, Option(current, current))


def _rows_of(diagram: Diagram, language: Language) -> tuple[Row, ...]:
    try:
        return list_steps(diagram.write(), (), language, {}).rows
    except DiagramRefused:
        return ()


def _spots(rows: Iterable[Row]) -> Iterator[Option]:
    for row in rows:
        name = f"{row.number} {row.name or row.kind}"
        for way in row.nexts:
            yield Option(f"flow:{way.flow}", f"{name} → {way.number} {way.target_name}")
        if not (row.nexts or row.is_end or row.is_apart):
            yield Option(f"step:{row.id}", _("sesudah %(name)s", name=name))


def _options(entries: Iterable[Mapping[str, Any]], key: str) -> tuple[Option, ...]:
    return tuple(Option(str(entry[key]), str(entry["label"])) for entry in entries)


_EVENTS = ("messages", "signals", "errors", "escalations")
