"""What `alur decide` prints, as values for JSON: explanations, and what a check finds."""

from collections.abc import Iterable, Iterator

from engine.dmn import Outcome
from engine.dmn.explaining import RuleFate, fates
from engine.dmn.findings import Finding, Unclear, unfinished
from engine.dmn.graph import Needed
from engine.dmn.hearing import TableTrace
from engine.dmn.reviewing import review


def explained(result: object, outcomes: Iterable[Outcome]) -> dict[str, object]:
    """Return a result with every decision and table on the way to it, rule by rule."""
    asked = tuple(outcomes)
    return {
        "result": result,
        "decisions": {name: value for outcome in asked for name, value in outcome.decided.items()},
        "tables": [_table(trace) for outcome in asked for trace in outcome.tables],
        "notes": [note.message("id") for outcome in asked for note in outcome.notes],
    }


def checked(elements: Iterable[Needed]) -> Iterator[dict[str, object]]:
    """Yield what the tables of elements leave open, decide twice or never reach, and what could not be decided."""
    for needed in elements:
        analysis, name = review(needed), needed.element.name
        if analysis is not None:
            yield from (_finding(name, finding) for finding in analysis.findings)
            yield from (_undecided(name, unclear) for unclear in analysis.unclear)
            if not analysis.is_complete:
                yield {"decision": name, "code": "unfinished", "rules": [], "message": unfinished("id")}


def _finding(decision: str, finding: Finding) -> dict[str, object]:
    return {
        "decision": decision,
        "code": finding.code,
        "rules": list(finding.rules),
        "example": {title: region.example for title, region in finding.example},
        "regions": {title: region.label for title, region in finding.example},
        "message": finding.message("id"),
    }


def _undecided(decision: str, unclear: Unclear) -> dict[str, object]:
    return {"decision": decision, "code": "undecided", "rules": [unclear.rule], "message": unclear.message("id")}


def _table(trace: TableTrace) -> dict[str, object]:
    return {
        "decision": trace.element,
        "hitPolicy": trace.table.hit_policy,
        "inputs": dict(trace.inputs),
        "fired": list(trace.fired),
        "rules": [_rule(fate) for fate in fates(trace)],
    }


def _rule(fate: RuleFate) -> dict[str, object]:
    remarks = {"annotations": [{"name": name, "text": text} for name, text in fate.annotations]}
    said: dict[str, object] = {"rule": fate.rule, "fired": fate.state == "fired", "why": fate.message("id")}
    return {**said, **remarks} if fate.annotations else said
