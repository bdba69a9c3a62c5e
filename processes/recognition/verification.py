"""Proves that what the steps of an award recorded is there once and says what its journal says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.queries.verification import Dossier, Finding
from processes.people.careers import award
from processes.recognition.recorded import recorded_by
from processes.recognition.records import award_nomination, award_outcome
from processes.recognition.unit_awards.verification import check_unit, check_unit_award, check_unit_outcomes
from processes.recognition.variables import PROCESS

_CASE: Any = bindparam("case_id")
_outcomes = select(award_outcome).where(award_outcome.c.case_id == _CASE)
_awards = select(award).where(award.c.tenant == bindparam("tenant"), award.c.case_id == _CASE)
_nomination = select(award_nomination.c.employee_id).where(award_nomination.c.case_id == _CASE)
_of_no_case = select(award_outcome.c.case_id).where(
    award_outcome.c.case_id.not_in(select(award_nomination.c.case_id).where(award_nomination.c.case_id.is_not(None)))
)


def check_award(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the records of a nomination say otherwise than its journal, done again."""
    if case.process != PROCESS or not case.again.is_same:
        return
    found = recorded_by(case)
    params = {"case_id": case.id, "tenant": case.tenant}
    yield from _compare(case, "award_outcome", read.execute(_outcomes, params).all(), found.outcome)
    yield from _compare(case, "award", read.execute(_awards, params).all(), found.award)


def _compare(case: Dossier, table: str, rows: Sequence[Any], columns: Mapping[str, Any] | None) -> Iterator[Finding]:
    if columns is None or not rows:
        if columns is not None:
            yield Finding("record_missing", case.id, {"service": PROCESS, "table": table})
        if rows:
            yield Finding("record_unexplained", case.id, {"table": table})
        return
    expected = {**columns, "tenant": case.tenant, "employee_id": case.subject}
    for name, value in expected.items():
        if any(getattr(row, name) != value for row in rows):
            yield Finding("record_differs", case.id, {"table": table, "column": name})


def check_nominee(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield whether a case of an award has no nomination that it began with, or one of somebody else."""
    if case.process != PROCESS:
        return
    nominees = read.execute(_nomination, {"case_id": case.id}).scalars().all()
    if not nominees:
        yield Finding("record_missing", case.id, {"service": PROCESS, "table": "award_nomination"})
    elif nominees != [case.subject]:
        yield Finding("record_differs", case.id, {"table": "award_nomination", "column": "employee_id"})


def check_outcomes(read: Connection) -> Iterator[Finding]:
    """Yield outcomes of awards that belong to no nomination."""
    for case_id in read.execute(_of_no_case).scalars():
        yield Finding("record_unexplained", case_id, {"table": "award_outcome"})


#: The commands that begin the cases of awards.
MADE_BY: Mapping[str, str] = {"NominateForAward": "start", "ProposeUnitAward": "start"}

#: What `alur verify` proves of these cases, beside what holds for every case.
CASE_CHECKS = (check_award, check_nominee, check_unit_award, check_unit)
#: What it proves of what belongs to no case.
WHOLE_CHECKS = (check_outcomes, check_unit_outcomes)
