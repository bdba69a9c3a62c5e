"""Proves that what the steps of an award for a unit recorded is there once and says what its journal says."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.queries.verification import Call, Dossier, Finding
from processes.recognition.records import unit_award, unit_award_outcome
from processes.recognition.unit_awards.variables import PROCESS
from processes.recognition.variables import is_decision

_OUTCOMES: Mapping[str, str] = {
    "recognition.record_unit_award": "awarded",
    "recognition.record_unit_declined": "declined",
}
_outcomes = select(unit_award_outcome).where(unit_award_outcome.c.case_id == bindparam("case_id"))
_units = select(unit_award.c.unit_id).where(unit_award.c.case_id == bindparam("case_id"))
_of_no_case = select(unit_award_outcome.c.case_id).where(
    unit_award_outcome.c.case_id.not_in(select(unit_award.c.case_id))
)


def check_unit_award(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the outcome of an award for a unit says otherwise than its journal, done again."""
    if case.process != PROCESS or not case.again.is_same:
        return
    call = next((one for one in case.again.calls if one.service in _OUTCOMES), None)
    rows = read.execute(_outcomes, {"case_id": case.id}).all()
    if call is None:
        if rows:
            yield Finding("record_unexplained", case.id, {"table": "unit_award_outcome"})
    elif not rows:
        yield Finding("record_missing", case.id, {"service": call.service, "table": "unit_award_outcome"})
    for name, value in _columns(case, call).items() if call is not None else ():
        if any(getattr(row, name) != value for row in rows):
            yield Finding("record_differs", case.id, {"table": "unit_award_outcome", "column": name})


def check_unit(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield whether a case has no proposal that it began with, or one of another unit."""
    if case.process != PROCESS:
        return
    units = read.execute(_units, {"case_id": case.id}).scalars().all()
    if not units:
        yield Finding("record_missing", case.id, {"service": PROCESS, "table": "unit_award"})
    elif units != [case.subject]:
        yield Finding("record_differs", case.id, {"table": "unit_award", "column": "unit_id"})


def check_unit_outcomes(read: Connection) -> Iterator[Finding]:
    """Yield outcomes that belong to no proposal of a unit."""
    for case_id in read.execute(_of_no_case).scalars():
        yield Finding("record_unexplained", case_id, {"table": "unit_award_outcome"})


def _columns(case: Dossier, call: Call) -> dict[str, Any]:
    given, decree = call.variables, call.variables.get("decree") or {}
    deciders = [entry.actor for entry in case.journal if entry.content and is_decision(entry.content)]
    return {
        "tenant": case.tenant,
        "unit_id": case.subject,
        "outcome": _OUTCOMES[call.service],
        "reason": given["decision"]["reason"],
        "decided_by": int(deciders[-1] or given["authority"]["person"]),
        "decided_at": call.entry.at,
        "decree": decree.get("number"),
        "decree_on": decree.get("decree_on"),
    }
