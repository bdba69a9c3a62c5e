"""Proves that what the steps of an appraisal recorded beside their cases is there once: scores and results."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from engine.queries.verification import Dossier, Finding
from processes.appraisal.records import evaluation, recommendation
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.records import result

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


#: What `alur verify` proves of these cases, beside what holds for every case.
CASE_CHECKS = (check_records,)
