"""What the rows of timers, subscriptions and incidents say beside where a case stands, as it is done again."""

from collections.abc import Iterator
from typing import Final

from engine.bpmn.outcome import Outcome
from engine.queries.verification.dossier import Again, Dossier, Entry
from engine.queries.verification.findings import Finding

#: Columns that earlier releases did not have.
LATER: Final = frozenset({"set_at", "heard", "version"})


def note_waits(outcome: Outcome, entry: Entry, again: Again) -> None:
    """Note what one step leaves in those rows."""
    closed = outcome.closed
    for table, tokens in (
        ("timer", closed.timers),
        ("subscription", closed.subscriptions),
        ("incident", closed.incidents),
    ):
        for token in tokens:
            again.waits.pop((table, token), None)
    for timer in outcome.timers:
        again.waits["timer", timer.token] = {"set_at": entry.at}
    for item in outcome.subscriptions:
        again.waits["subscription", item.token] = {"heard": item.heard}
    for incident in outcome.incidents:
        again.waits["incident", incident.token] = {"opened_at": entry.at, "version": entry.version}


def check_waits(case: Dossier, again: Again) -> Iterator[Finding]:
    """Yield what differs in the rows of what waits beside where it stands; older releases left some columns empty."""
    for table in ("timer", "subscription", "incident"):
        for row in case.rows.get(table, ()):
            for column, value in again.waits.get((table, row.token), {}).items():
                is_older = column in LATER and getattr(row, column) is None
                if getattr(row, column) != value and not is_older:
                    yield Finding("row_differs", case.id, {"table": table, "column": column, "token": row.token})
