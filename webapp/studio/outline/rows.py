"""The rows of the list of steps: number, who, what, and what comes next under which condition."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.bpmn.constants import value_of
from engine.bpmn.model import Element, Flow, Kind, LoopKind, Outline, Trigger
from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.bpmn.speaking import WORDS
from engine.bpmn.structure import is_drawn_inside
from engine.errors import DiagramRefused, Problem
from webapp.studio.outline.ordering import reading_order
from webapp.texts import Language, lazy
from webapp.texts import gettext as _

_TRIGGERS: Mapping[Trigger, str] = {
    Trigger.MESSAGE: lazy("pesan"),
    Trigger.TIMER: lazy("waktu"),
    Trigger.SIGNAL: lazy("sinyal"),
    Trigger.CONDITION: lazy("syarat"),
    Trigger.ERROR: lazy("galat"),
    Trigger.ESCALATION: lazy("eskalasi"),
    Trigger.LINK: lazy("tautan"),
    Trigger.COMPENSATION: lazy("pembatalan langkah"),
    Trigger.CANCEL: lazy("batal"),
    Trigger.TERMINATE: lazy("hentikan semuanya"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """A way on from a step.

    :param name: what is written at the flow.
    :param number: of the step to which it leads; empty if it leads nowhere.
    """

    flow: str
    name: str
    condition: str
    is_default: bool
    target: str
    number: str
    target_name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A step in the list.

    :param level: how many sub-processes it stands in; an event at a step is one level below it.
    :param facts: what there is to know, as label and text.
    :param is_apart: no flow leads from it, though it is no end.
    """

    id: str
    number: str
    level: int
    kind: str
    name: str
    lane: str
    facts: tuple[tuple[str, str], ...]
    nexts: tuple[Next, ...]
    is_end: bool
    is_apart: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Listing:
    """A process as a list.

    :param problems: what is not about any one step.
    """

    process: str
    name: str
    lanes: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    numbers: Mapping[str, str] = field(default_factory=dict)


def list_steps(content: bytes, problems: Iterable[Problem], language: Language, roles: Mapping[str, str]) -> Listing:
    """Return the steps of a diagram in reading order, each with the problems that were found at it.

    :param roles: the words for the roles.
    :raise DiagramRefused: it cannot be read, or holds no process.
    """
    outline = outline_of(content)
    numbered = list(_numbered(outline, outline.process, "", 0))
    for process in dict.fromkeys(element.container for element in outline.elements.values()):
        if process not in outline.elements and process != outline.process:
            numbered += _numbered(outline, process, f"{process}.", 1)
    numbers = {element.id: number for element, number, _level in numbered}
    at: dict[str, list[Problem]] = {}
    for found in problems:
        place = outline.flows[found.element].source if found.element in outline.flows else found.element
        at.setdefault(place, []).append(found)
    lanes = {lane.id: lane.names.get(language) or lane.id for lane in outline.lanes}
    rows = tuple(
        Row(
            element.id,
            number,
            level,
            kind_words(element.kind, element.trigger, language),
            element.names.get(language) or "",
            lanes.get(element.lane or "", ""),
            (*_facts(element, roles), *_undoing(element, outline, numbers, language)),
            tuple(_next(flow, outline, numbers, language) for flow in _flows(element, outline)),
            element.kind is Kind.END,
            _is_apart(element),
            tuple(at.pop(element.id, ())),
        )
        for element, number, level in numbered
    )
    others = tuple(found for rest in at.values() for found in rest)
    return Listing(outline.process, outline.names.get(language, ""), tuple(lanes.items()), rows, others, numbers)


def outline_of(content: bytes) -> Outline:
    """Return what a diagram says, however unfinished.

    :raise DiagramRefused: it cannot be read, or holds no process.
    """
    outline, problems = read_outline(read_xml(content, "diagram.bpmn"), "diagram.bpmn")
    if outline is None:
        raise DiagramRefused(tuple(problems))
    return outline


def kind_words(kind: str, trigger: Trigger | None, language: Language) -> str:
    """Return what a modeller calls a step."""
    words = WORDS.get(kind, (kind, kind))[0 if language == "id" else 1]
    return f"{words} ({_(_TRIGGERS[trigger])})" if trigger is not None else words


def _numbered(outline: Outline, container: str, prefix: str, level: int) -> Iterator[tuple[Element, str, int]]:
    for number, element in enumerate(reading_order(outline, container), 1):
        yield element, f"{prefix}{number}", level + bool(element.attached_to)
        if is_drawn_inside(element):
            yield from _numbered(outline, element.id, f"{prefix}{number}.", level + 1)


def _flows(element: Element, outline: Outline) -> list[Flow]:
    return [outline.flows[name] for name in element.outgoing if name in outline.flows]


def _next(flow: Flow, outline: Outline, numbers: Mapping[str, str], language: Language) -> Next:
    target = outline.elements.get(flow.target)
    name = (target.names.get(language) or kind_words(target.kind, None, language)) if target is not None else ""
    words = flow.names.get(language, "")
    return Next(flow.id, words, flow.condition or "", flow.is_default, flow.target, numbers.get(flow.target, ""), name)


def _is_apart(element: Element) -> bool:
    """Say whether a way goes on elsewhere: at the link, by undoing, or only when something happens."""
    is_jump = element.trigger is Trigger.LINK and element.kind is Kind.THROW
    is_undone = element.trigger is Trigger.COMPENSATION and element.kind is Kind.BOUNDARY
    return element.is_handler or element.kind is Kind.EVENT_SUB_PROCESS or is_jump or is_undone


def _undoing(
    element: Element, outline: Outline, numbers: Mapping[str, str], language: Language
) -> Iterator[tuple[str, str]]:
    """Yield by what a step is undone, or what it undoes."""
    undone = next((one for one in outline.elements.values() if one.handler == element.id), None)
    pairs = ((_("Dibatalkan oleh"), element.handler), (_("Membatalkan hasil"), undone and undone.attached_to))
    for label, name in pairs:
        found = outline.elements.get(name or "")
        if found is not None:
            yield label, f"{numbers.get(found.id, '')} {found.names.get(language) or found.id}"


def _facts(element: Element, roles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if element.assignee:
        yield _("Dikerjakan oleh"), element.assignee
    if element.candidate:
        role = value_of(element.candidate)[1]
        words = roles.get(role.partition(":")[0], role) if isinstance(role, str) else element.candidate
        yield _("Dikerjakan oleh salah seorang"), words
    plain = (
        (_("Paling lambat"), element.due),
        (_("Formulir"), element.form),
        (_("Layanan"), element.service),
        (_("Tabel keputusan"), element.decision),
        (_("Memanggil proses"), element.called),
        (_("Menghitung"), element.script),
        (_("Hasil disimpan di"), element.result),
        (_("Waktu"), element.timer.expression if element.timer else None),
        (_("Yang ditunggu atau dikirim"), element.event.name if element.event else None),
        (_("Kunci"), element.event.key if element.event else None),
        (_("Syarat"), element.event.condition if element.event else None),
    )
    yield from ((label, text) for label, text in plain if text)
    if element.loop is not None:
        rounds = {
            LoopKind.STANDARD: _("selama syaratnya benar"),
            LoopKind.SEQUENTIAL: _("bergiliran, satu per satu"),
            LoopKind.PARALLEL: _("sekaligus"),
        }
        what = element.loop.collection or element.loop.cardinality or element.loop.condition or ""
        yield _("Diulang"), f"{rounds[element.loop.kind]}: {what}"
    if element.kind is Kind.BOUNDARY and element.trigger is not Trigger.COMPENSATION:
        yield _("Langkah tempatnya"), _("dihentikan") if element.is_interrupting else _("berjalan terus")
