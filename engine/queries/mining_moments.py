"""A case as it stood behind one of its steps: its tokens, its data, and what led each token to where it stood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.model import LINK, Element, Flow, Kind, Outline
from engine.bpmn.notes import DUE, INCIDENT
from engine.bpmn.state import Stand, Token, decode_state
from engine.casework import CaseSubject, find_case, find_release, read_entry
from engine.dmn import Decision
from engine.errors import NotFound
from engine.mining.moments import Moment
from engine.mining.taken import flows_taken
from engine.moving.runs import release_by_id
from engine.moving.timeline import moments_of
from engine.policy.actor import Actor
from engine.queries.halting import Halt, Halted, Outside, begin_replay, do_step, find_gap
from engine.queries.verification.dossier import Again, Entry
from engine.records.history import journal_of_case


@dataclass(frozen=True, slots=True)
class Place:
    """A point at which the case stood.

    :param came: the step that led there, from 1.
    :param chosen: the ways that were chosen on the way there, with their conditions.
    :param rules: the decisions that were asked on the way, with the numbers of the rules that applied.
    :param has_failed: it waits for another try.
    :param asked: of a task the person, and the group; None for what waits for no person.
    :param due: the last day of a task; the instant of a timer.
    """

    token: int
    element: Element
    came: int
    since: datetime
    chosen: tuple[Flow, ...] = ()
    rules: tuple[tuple[Decision, tuple[int, ...]], ...] = ()
    has_failed: bool = False
    asked: tuple[int | None, str | None] | None = None
    due: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseMoment:
    """A case behind one of its steps.

    :param number: of the step, from 1; `total` how many the case has had.
    :param outline: of the release by which it ran then.
    :param passed: the elements that it had left, `flows` the ways that it had gone.
    :param places: where it stood; None where that cannot be told, and `halted` says why.
    :param variables: its data then, `before` those in front of the step; None where they cannot be told.
    """

    case: CaseSubject
    number: int
    total: int
    at: datetime
    outline: Outline
    passed: tuple[str, ...]
    flows: tuple[str, ...]
    places: tuple[Place, ...] | None
    variables: Mapping[str, Any] | None = field(default=None, repr=False)
    before: Mapping[str, Any] | None = field(default=None, repr=False)
    halted: Halted | None = None


def view_moment(read: Connection, actor: Actor, case_id: int, number: int | None, outside: Outside) -> CaseMoment:
    """Return a case of the actor's city as it stood; the caller has checked that the actor may see it.

    :param number: behind which step; None for the last one.
    :raise NotFound: the case does not exist, or never had such a step.
    """
    case = find_case(read, actor.tenant, case_id)
    rows = read.execute(journal_of_case, {"case_id": case_id}).all()
    wanted = _wanted(number, len(rows))
    moments = list(moments_of(read, case.release_id, case.digest, rows))[:wanted]
    journal = [Entry(row.version, row.at, row.actor, read_entry(read, row.entry) or None) for row in rows]
    replayed = _replayed(read, case, journal, wanted, outside)
    last = moments[-1]
    return CaseMoment(
        case,
        wanted,
        len(rows),
        last.at,
        last.outline,
        tuple(dict.fromkeys(name for moment in moments for name in moment.content.get("passed", ()))),
        tuple(dict.fromkeys(flow for moment in moments for flow in _flows(moment))),
        None if replayed.halted else tuple(_places(replayed, moments)),
        replayed.variables,
        replayed.before,
        replayed.halted,
    )


def _wanted(number: int | None, total: int) -> int:
    wanted = total if number is None else number
    if not 1 <= wanted <= total:
        raise NotFound()
    return wanted


def diagram_behind(read: Connection, actor: Actor, case_id: int, number: int | None) -> bytes:
    """Return the BPMN file by which a case of the actor's city ran behind one of its steps.

    :param number: of the step; None for the last one.
    :raise NotFound: the case does not exist, or never had such a step.
    """
    case = find_case(read, actor.tenant, case_id)
    rows = read.execute(journal_of_case, {"case_id": case_id}).all()
    moment = list(moments_of(read, case.release_id, case.digest, rows))[_wanted(number, len(rows)) - 1]
    found = release_by_id(read, actor.tenant, moment.release_id)
    return find_release(read, found.id, found.digest).diagram


@dataclass
class _Replayed:
    """What comes out of the first steps, done again.

    :ivar came: the step behind which each token stood first at its element.
    """

    again: Again
    halted: Halted | None = None
    tokens: tuple[Token, ...] = ()
    variables: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    came: dict[tuple[int, str], int] = field(default_factory=dict[tuple[int, str], int])


def _replayed(read: Connection, case: CaseSubject, journal: Sequence[Entry], steps: int, outside: Outside) -> _Replayed:
    found = _Replayed(Again())
    gap = find_gap(case, journal[:steps]) if steps == len(journal) else None
    replay = begin_replay(read, case, journal, found.again, outside)
    if isinstance(replay, Halt) or gap is not None:
        found.halted = gap or Halted(1, replay if isinstance(replay, Halt) else Halt.GAP)
        return found
    for number, entry in enumerate(journal[:steps], 1):
        why = Halt.GAP if entry.version != number else do_step(replay, entry, found.again)
        if why is not None:
            found.halted, found.variables, found.before = Halted(number, why), None, None
            return found
        _note(found, number, replay.state)
    return found


def _note(found: _Replayed, number: int, state: bytes | None) -> None:
    found.before = found.variables
    decoded = decode_state(state) if state is not None else None
    found.tokens = decoded.tokens if decoded is not None else ()
    found.variables = decoded.variables if decoded is not None else {}
    for token in found.tokens:
        found.came.setdefault((token.number, token.element), number)


def _places(replayed: _Replayed, moments: Sequence[Moment]) -> Iterator[Place]:
    outline = moments[-1].outline
    for token in replayed.tokens:
        element = outline.elements.get(token.element)
        has_failed = INCIDENT in token.notes
        is_edge = element is None or element.kind is Kind.BOUNDARY
        if is_edge or not (has_failed or token.stand in (Stand.ASKS, Stand.WAITS)):
            continue
        assert element is not None, "what is not drawn stands at no edge"
        came = replayed.came[token.number, token.element]
        yield _place(replayed, moments, token, element, came)


def _place(replayed: _Replayed, moments: Sequence[Moment], token: Token, element: Element, came: int) -> Place:
    moment = moments[came - 1]
    chosen, on_the_way = _way_to(moment, element.id)
    row = replayed.again.tasks.get(token.number, {})
    return Place(
        token.number,
        element,
        came,
        moment.at,
        tuple(chosen),
        tuple(_rules(replayed.again, moment.version, on_the_way)),
        INCIDENT in token.notes,
        _asked(moments, token.number) if token.stand is Stand.ASKS else None,
        row.get("due") if token.stand is Stand.ASKS else token.notes.get(DUE),
    )


def _way_to(moment: Moment, target: str) -> tuple[list[Flow], set[str]]:
    """Return the choices on the way to an element inside one step, in order, and the elements on it."""
    outline, taken = moment.outline, [moment.outline.flows[flow] for flow in _flows(moment)]
    found, left = {target}, [target]
    while left:
        name = left.pop()
        sources = [flow.source for flow in taken if flow.target == name and flow.source not in found]
        found.update(sources)
        left += sources
    chosen = [flow for flow in taken if flow.target in found and _is_chosen(outline, flow)]
    return chosen, found


def _is_chosen(outline: Outline, flow: Flow) -> bool:
    source = outline.elements[flow.source]
    return len(source.outgoing) > 1 and bool(flow.condition or flow.is_default)


def _flows(moment: Moment) -> Iterator[str]:
    content = moment.content
    reached = [*(item[1] for item in content.get("opened", ())), *content.get("incidents", ())]
    taken = flows_taken(moment.outline, content.get("passed", ()), reached)
    return (flow for flow in taken if not flow.endswith(LINK))


def _rules(again: Again, version: int, on_the_way: set[str]) -> Iterator[tuple[Decision, tuple[int, ...]]]:
    for step in again.deciding:
        if step.entry.version != version:
            continue
        for item in step.asked:
            if item.element in on_the_way:
                yield (
                    step.release.decisions[item.decision],
                    tuple(number + 1 for table in item.fired for number in table),
                )


def _asked(moments: Sequence[Moment], token: int) -> tuple[int | None, str | None]:
    """Return whom a task asked then, by the last step that says so."""
    for moment in reversed(moments):
        handed = moment.content.get("data", {}) if moment.content.get("kind") in ("delegate", "hand_over") else {}
        if handed.get("token") == token:
            return handed.get("to"), None
        for opened, _element, assignee, candidate in moment.content.get("opened", ()):
            if opened == token:
                return assignee, candidate
    return None, None
