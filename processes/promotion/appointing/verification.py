"""Proves that decrees of appointment are there once and say what the journals of their cases say."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.queries.verification import Dossier, Finding
from engine.records.case import case as process_case
from processes.promotion.appointing.records import post_decree
from processes.promotion.appointing.services import post_decree_name
from processes.promotion.appointing.variables import held_from, read_appointment

_TABLE = post_decree.name
_of_case = select(post_decree).where(post_decree.c.case_id == bindparam("case_id"))
_of_no_case = (
    select(post_decree.c.case_id)
    .outerjoin(
        process_case,
        (process_case.c.id == post_decree.c.case_id) & (process_case.c.subject == post_decree.c.post_id),
    )
    .where(process_case.c.id.is_(None))
)


def check_appointment(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the decree of an appointment says otherwise than the journal of its case, done again."""
    told = _told(case) if case.again.is_same else None
    if told is None:
        return
    rows = read.execute(_of_case, {"case_id": case.id}).all()
    if not rows:
        if told:
            yield Finding("record_missing", case.id, {"service": case.process, "table": _TABLE})
        return
    if not told:
        yield Finding("record_unexplained", case.id, {"table": _TABLE})
    yield from (
        Finding("record_differs", case.id, {"table": _TABLE, "column": name})
        for name, value in {**told, "tenant": case.tenant}.items()
        if told and _value(rows[0], name) != value
    )


def check_decrees(read: Connection) -> Iterator[Finding]:
    """Yield decrees that name a case which is not about their post."""
    for case_id in read.execute(_of_no_case).scalars():
        yield Finding("record_unexplained", case_id, {"table": _TABLE})


def _told(case: Dossier) -> dict[str, Any]:
    """Return the columns that the steps of a case have written, the later ones over the earlier."""
    told: dict[str, Any] = {}
    for call in case.again.calls:
        if call.service == "promotion.issue_post_decree":
            told |= _issued(call.variables, str(call.value))
        elif call.service == "promotion.record_inauguration":
            inaugurated_on = call.variables["inauguration"]["inaugurated_on"]
            told |= {"inaugurated_on": inaugurated_on, "holds_from": held_from(call.variables)}
        elif call.service == "promotion.cancel_post_decree":
            told |= {"cancelled": str(call.variables["inauguration"]["reason"])}
    return told


def _issued(variables: Mapping[str, Any], name: str) -> dict[str, Any]:
    about, answers, approval = read_appointment(variables), variables["decree_answers"], variables.get("approval") or {}
    return {
        "name": name,
        "employee_id": about.employee,
        "post_id": about.post,
        "kind": str(about.kind),
        "decreed_on": answers["decreed_on"],
        "effective_on": answers["effective_on"],
        "approval_number": approval.get("number"),
        "approval_on": approval.get("approved_on"),
        "inaugurated_on": None,
        "holds_from": None,
        "cancelled": None,
    }


def _value(row: Any, name: str) -> Any:
    # The name of a decree is made of its number and year.
    return post_decree_name(row.number, row.year) if name == "name" else getattr(row, name)
