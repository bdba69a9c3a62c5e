"""Proves that a month's run says what the steps of its case did, and that its slips come out again to the rupiah."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.queries.verification import Call, Dossier, Finding
from processes.incentive.proving import FILE_ROWS, check_slips
from processes.incentive.records import allowance_run
from processes.incentive.variables import APPROVAL

__all__ = ["CASE_CHECKS", "FILE_ROWS", "WHOLE_CHECKS"]

_COMPUTED, _PUBLISHED, _LOCKED = "incentive.compute_month", "incentive.publish_slips", "incentive.lock_month"
_run = select(allowance_run).where(allowance_run.c.case_id == bindparam("case_id"))


def check_run(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the run of a month says otherwise than the journal of its case, done again."""
    if case.process != APPROVAL or not case.again.is_same:
        return
    last = {call.service: call for call in case.again.calls}
    row = read.execute(_run, {"case_id": case.id}).one_or_none()
    if row is None:
        if _COMPUTED in last:
            yield Finding("record_missing", case.id, {"service": _COMPUTED, "table": allowance_run.name})
        return
    for column, expected in _expected(case, last).items():
        if getattr(row, column) != expected:
            yield Finding("record_differs", case.id, {"table": allowance_run.name, "column": column})


def _expected(case: Dossier, last: dict[str, Call]) -> dict[str, Any]:
    """Return the columns that the journal tells: what was locked is locked with the digest of its slips."""
    found: dict[str, Any] = {"tenant": case.tenant, "unit_id": case.subject}
    for service, column in ((_PUBLISHED, "published_at"), (_LOCKED, "locked_at")):
        found[column] = last[service].entry.at if service in last else None
    if _LOCKED in last:
        found |= {name: last[_LOCKED].value[name] for name in ("digest", "gross", "net")}
    return found


#: What `alur verify` proves of these cases, beside what holds for every case.
CASE_CHECKS = (check_run,)
#: What it proves of what belongs to no case.
WHOLE_CHECKS = (check_slips,)
