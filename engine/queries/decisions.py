"""Why the decisions of a case gave what they gave: each is asked again as it was, from the journal of the case."""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection

from engine.bpmn.model import Element, Kind, Outline
from engine.casework import CaseSubject, find_case, release_of
from engine.dmn import Decision
from engine.dmn.hearing import TableTrace
from engine.feel import Note
from engine.moments import Layers
from engine.policy.actor import Actor
from engine.queries.halting import Halted, do_again, find_gap, journal_entries
from engine.queries.verification.decided import with_whether_kept
from engine.queries.verification.dossier import Again, Deciding, Entry
from engine.queries.verification.extensions import DaysChanged
from engine.services import Directory


class Kept(StrEnum):
    """How the rules that apply when a decision is asked again compare with those that the case has kept."""

    SAME = "same"
    OTHER = "other"
    DAYS = "days"
    """Others, but the working days that the case asked for may have been changed since."""
    NOTHING = "nothing"
    """The step was done by a version of Alur that kept none."""


@dataclass(frozen=True, slots=True)
class AskedDecision:
    """One decision that a case has asked.

    :param step: in which it was asked.
    :param element: the business rule task.
    :param decision: None if the release does not have it.
    :param tables: every table that was asked on the way, in the order of the answers.
    :param read: the variables of the case that it and what it requires have read.
    :param required: what the decisions gave that it requires, by name.
    :param notes: why parts became null.
    :param has_failed: it gave nothing, and the case has stopped there with an incident.
    """

    step: Entry
    element: Element
    decision: Decision | None
    value: object | None = field(default=None, repr=False)
    tables: tuple[TableTrace, ...] = field(default=(), repr=False)
    read: Mapping[str, object] = field(default_factory=dict[str, object], repr=False)
    required: Mapping[str, object] = field(default_factory=dict[str, object], repr=False)
    notes: tuple[Note, ...] = ()
    kept: Kept = Kept.NOTHING
    has_failed: bool = False


@dataclass(frozen=True, slots=True)
class CaseDecisions:
    """The decisions of a case, in the order in which they were asked.

    :param halted: from where on it could not be done again; None if all are here.
    """

    case: CaseSubject
    outline: Outline
    asked: tuple[AskedDecision, ...]
    halted: Halted | None = None


def explain_decisions(
    read: Connection, actor: Actor, case_id: int, directory: Directory, days_changed: DaysChanged | None = None
) -> CaseDecisions:
    """Return the decisions of a case of the actor's city; the caller has checked that the actor may read its data.

    :param days_changed: says when the working days of a city were changed last.
    :raise NotFound: there is none with that id in that city.
    """
    case = find_case(read, actor.tenant, case_id)
    outline, again = release_of(read, case).outline, Again()
    journal = journal_entries(read, case_id)
    steps = _last_asking(journal, outline)
    halted = do_again(read, case, journal, again, (directory, days_changed), steps=steps)
    are_kept = {entry.version: kept for entry, kept in with_whether_kept(journal)}
    other = Kept.DAYS if again.asked else Kept.OTHER
    asked = (one for step in again.deciding for one in _asked_in(step, other if are_kept[step.entry.version] else None))
    return CaseDecisions(case, outline, tuple(asked), halted or find_gap(case, journal))


def _last_asking(journal: Sequence[Entry], outline: Outline) -> int:
    """Return how many steps there are up to the last that may have asked a decision: no later one explains any."""
    return max((place for place, entry in enumerate(journal, 1) if _may_have_asked(entry, outline)), default=0)


def _may_have_asked(entry: Entry, outline: Outline) -> bool:
    if entry.content is None or entry.decided is not None:
        return True
    touched = (*entry.content.get("passed", ()), *entry.content.get("incidents", ()))
    known = (outline.elements.get(name) for name in touched)  # one of an earlier release may be any
    return any(element is None or element.kind is Kind.BUSINESS_RULE_TASK for element in known)


def _asked_in(step: Deciding, other: Kept | None) -> Iterator[AskedDecision]:
    """Yield the decisions of one step: those that gave something, then those that failed.

    :param other: what it means that other rules are kept; None if no rules are kept.
    """
    entry, elements, decisions = step.entry, step.release.outline.elements, step.release.decisions
    for place, item in enumerate(step.asked):
        decision, answer = decisions[item.decision], item.answer
        yield AskedDecision(
            *(entry, elements[item.element], decision, answer.value, answer.tables),
            read=_read_by(decision, item.seen),
            required={name: value for name, value in answer.decided.items() if name != decision.name},
            notes=answer.notes,
            kept=Kept.NOTHING if other is None else Kept.SAME if _is_kept(item.fired, entry, place) else other,
        )
    for incident in step.failed:
        element = elements[incident.element]
        yield AskedDecision(entry, element, decisions.get(element.decision or ""), has_failed=True)


def _read_by(decision: Decision, seen: Layers) -> Mapping[str, object]:
    variables = ChainMap(*map(dict, seen))
    return {name: variables[name] for name in sorted(decision.needs) if name in variables}


def _is_kept(fired: object, entry: Entry, place: int) -> bool:
    kept = entry.decided
    return isinstance(kept, list) and place < len(kept) and bool(kept[place] == fired)
