"""Which decisions come out of a case that is done again, and whether the rules that applied are those that are kept."""

from collections.abc import Iterator, Sequence

from engine.bpmn.model import Kind
from engine.bpmn.outcome import Outcome
from engine.bpmn.release import Release
from engine.queries.verification.dossier import Again, Deciding, Dossier, Entry
from engine.queries.verification.findings import Finding


def note_decided(outcome: Outcome, entry: Entry, release: Release, again: Again) -> None:
    """Note the decisions that one step has asked, and those that have failed in it."""
    elements = release.outline.elements
    failed = [item for item in outcome.incidents if elements[item.element].kind is Kind.BUSINESS_RULE_TASK]
    if outcome.decided or failed:
        again.deciding.append(Deciding(entry, release, outcome.decided, tuple(failed)))


def check_decided(case: Dossier, again: Again) -> Iterator[Finding]:
    """Yield the steps whose kept rules are not those that apply when their decisions are asked again."""
    found = {step.entry.version: step for step in again.deciding}
    for entry, are_kept in with_whether_kept(case.journal):
        asked = found[entry.version].asked if entry.version in found else ()
        if are_kept and (entry.decided or []) != [item.fired for item in asked]:
            element = asked[0].element if asked else entry.element
            yield Finding("decision_differs", case.id, {"version": entry.version, "element": element})


def with_whether_kept(journal: Sequence[Entry]) -> Iterator[tuple[Entry, bool]]:
    """Yield each step with whether its rules were kept: a version of Alur that keeps them leaves none out later."""
    are_kept = False
    for entry in journal:
        are_kept = are_kept or entry.decided is not None
        yield entry, are_kept
