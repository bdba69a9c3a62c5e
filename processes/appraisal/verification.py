"""Proves that what the steps of an appraisal recorded beside their cases is there once: scores and results."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from engine.queries.verification import Dossier, Finding
from engine.records.case import case
from engine.records.history import audit
from engine.records.outbox import notice
from engine.records.packing import Unreadable
from processes.appraisal.entered import check_entered, check_of_cases
from processes.appraisal.recorded import Recorded, differing, recorded_by
from processes.appraisal.records import evaluation, evidence, period, recommendation
from processes.appraisal.scores import read_score
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.records import FROM_CASE, result

_of_case: Any = bindparam("case_id")
#: How many records a case has, by the service that makes one each time it has run, and the table.
_RECORDS: Mapping[tuple[str, str], Select[int]] = {
    ("appraisal.recommend_ratings", "recommendation"): select(func.count())
    .select_from(recommendation)
    .where(recommendation.c.case_id == _of_case),
    ("appraisal.recommend_ratings", "evaluation"): select(func.count())
    .select_from(evaluation)
    .where(evaluation.c.case_id == _of_case, evaluation.c.version == 1),
    ("appraisal.lock_result", "result"): select(func.count())
    .select_from(result)
    .where(
        result.c.tenant == bindparam("tenant"),
        result.c.employee_id == bindparam("employee"),
        result.c.case_id == _of_case,
    ),
}

#: The files that rows name.
FILE_ROWS = (select(evidence.c.sha256, evidence.c.size),)


def check_records(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the records of an employee's appraisal are fewer or more than its journal says."""
    if case.process != EMPLOYEE_PROCESS or not case.is_whole:
        return
    params = {"case_id": case.id, "tenant": case.tenant, "employee": case.subject}
    for (service, table), counted in _RECORDS.items():
        found = read.execute(counted, params).scalar_one()
        expected = case.successes(service)
        if found != expected:
            yield _finding(case, service, table, expected, found)


def _finding(case: Dossier, service: str, table: str, expected: int, found: int) -> Finding:
    if not found:
        return Finding("record_missing", case.id, {"service": service, "table": table})
    if not expected:
        return Finding("record_unexplained", case.id, {"table": table})
    params = {"service": service, "table": table, "expected": expected, "found": found}
    return Finding("record_count", case.id, params)


_evaluations = select(evaluation).where(evaluation.c.case_id == _of_case)
_recommendation = select(recommendation.c.explanation).where(recommendation.c.case_id == _of_case)
_results = select(result).where(
    result.c.tenant == bindparam("tenant"), result.c.employee_id == bindparam("employee"), result.c.case_id == _of_case
)
# Nothing is imported any more behind what a case has reported.
_other: Any = result.alias("other")
_earlier = select(func.coalesce(func.max(_other.c.version), 0)).where(
    *(_other.c[name] == result.c[name] for name in ("tenant", "employee_id", "year", "quarter")),
    _other.c.case_id.is_distinct_from(_of_case),
    result.c.tenant == bindparam("tenant"),
    result.c.employee_id == bindparam("employee"),
    result.c.case_id == _of_case,
)
_notices = select(notice.c.person, notice.c.code, notice.c.at).where(
    notice.c.person.in_(bindparam("people", expanding=True)), notice.c.case_id == _of_case
)
_of_no_case = (
    select(result.c.case_id)
    .outerjoin(
        case,
        (case.c.id == result.c.case_id)
        & (case.c.tenant == result.c.tenant)
        & (case.c.subject == result.c.employee_id)
        & (case.c.process == EMPLOYEE_PROCESS),
    )
    .where(result.c.source == FROM_CASE, case.c.id.is_(None))
)
_openings = select(audit.c.tenant, audit.c.at).where(audit.c.command == "OpenQuarter")
_ABOUT: Mapping[str, str] = {EMPLOYEE_PROCESS: "employee", UNIT_PROCESS: "unit"}


def check_subject(_read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where a case is not about whom it began with."""
    name = _ABOUT.get(case.process)
    if name is None or not case.is_whole or not case.journal or case.journal[0].kind != "start":
        return
    if case.journal[0].data.get("variables", {}).get(name) != case.subject:
        yield Finding("case_differs", case.id, {"column": "subject"})


def check_contents(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the records of an employee's appraisal say otherwise than its journal, done again."""
    if case.process != EMPLOYEE_PROCESS or not case.again.is_same:
        return
    found = recorded_by(case)
    params: dict[str, Any] = {"case_id": case.id, "tenant": case.tenant, "employee": case.subject}
    rows = {row.version: row for row in read.execute(_evaluations, params)}
    if found.evaluations.keys() - rows.keys():
        yield Finding("record_missing", case.id, {"service": "appraisal", "table": "evaluation"})
    if rows.keys() - found.evaluations.keys():
        yield Finding("record_unexplained", case.id, {"table": "evaluation"})
    for version in rows.keys() & found.evaluations.keys():
        yield from _differences(case, "evaluation", rows[version], found.evaluations[version])
    version = max(max(found.evaluations, default=1), read.execute(_earlier, params).scalar_one() + 1)
    for row in read.execute(_results, params) if found.result is not None else ():
        yield from _differences(
            case, "result", row, {**(found.result or {}), "version": version, **_value_of(read, params)}
        )
    if found.recommendation is not None:
        for row in read.execute(_recommendation, params):
            yield from _check_score(read, case, row.explanation, found.recommendation)
    told = Counter((row.person, row.code, row.at) for row in read.execute(_notices, _people(params, found)))
    for person, code, at in found.told:
        if told[person, code, at] != 1:
            yield Finding("notice_count", case.id, {"code": code, "found": told[person, code, at]})


def _people(params: Mapping[str, Any], found: Recorded) -> dict[str, Any]:
    return {"case_id": params["case_id"], "people": sorted({person for person, _, _ in found.told})}


def _differences(case: Dossier, table: str, row: Any, columns: Mapping[str, Any]) -> Iterator[Finding]:
    for column in (*differing(row, columns), *(["tenant"] if row.tenant != case.tenant else [])):
        yield Finding("record_differs", case.id, {"table": table, "column": column})


def _value_of(read: Connection, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value that the recommendation gives a result; nothing where that cannot be said."""
    content = read.execute(_recommendation, params).scalar()
    try:
        score = read_score(read, content)
    except (Unreadable, LookupError, TypeError, ValueError):
        return {}  # said with the other contents, or with the recommendation itself
    return {} if score is None else {"value": score.value}


def _check_score(read: Connection, case: Dossier, content: bytes, told: Mapping[str, Any]) -> Iterator[Finding]:
    try:
        score = read_score(read, content)
    except Unreadable:
        return  # said with the other contents
    except (LookupError, TypeError, ValueError):
        score = None
    kept = {} if score is None else {"work": _plain(score.result), "behaviour": _plain(score.behaviour)}
    if kept != told:
        yield Finding("record_differs", case.id, {"table": "recommendation", "column": "explanation"})


def _plain(part: Any) -> str | None:
    return None if part.rating is None else str(part.rating.value)


def check_quarters(read: Connection) -> Iterator[Finding]:
    """Yield the quarters that are there and were not opened, or were opened and are not there."""
    kept = {(row.tenant, row.opened_at) for row in read.execute(select(period.c.tenant, period.c.opened_at))}
    opened = {(row.tenant, row.at) for row in read.execute(_openings)}
    for tenant, at in sorted(kept ^ opened):
        yield Finding("quarter_without_audit", params={"tenant": tenant, "at": at.isoformat(timespec="seconds")})


def check_ledger(read: Connection) -> Iterator[Finding]:
    """Yield whether the ledger says of results that a case has made them, and there is none of that employee."""
    for case_id in read.execute(_of_no_case).scalars():
        yield Finding("record_unexplained", case_id, {"table": "result"})


#: The commands that change a case of an appraisal, by the kind of their steps.
MADE_BY: Mapping[str, str] = {"HandOnTask": "delegate", "ReassignTasks": "reassign"}

#: What `alur verify` proves of these cases, beside what holds for every case.
CASE_CHECKS = (check_records, check_subject, check_contents, check_entered)
#: What it proves of what belongs to no case.
WHOLE_CHECKS = (check_quarters, check_ledger, check_of_cases)
