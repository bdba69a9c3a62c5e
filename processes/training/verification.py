"""Proves that what the steps of training recorded beside their cases is there, once, and says what the journal says."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.queries.verification import Dossier, Finding
from engine.records.case import case
from processes.training.recorded import Columns, differing, recorded_by
from processes.training.records import (
    training_attendance,
    training_choice,
    training_claim,
    training_document,
    training_evaluation,
    training_nomination,
    training_record,
    training_round,
)
from processes.training.variables import EVALUATION, NOMINATION, SESSION

_of_case: Any = bindparam("case_id")
_nomination = select(training_nomination).where(training_nomination.c.case_id == _of_case)
_record = select(training_record).where(training_record.c.case_id == _of_case)
_rounds = select(training_round).where(training_round.c.case_id == _of_case)
_choices = select(training_choice).where(training_choice.c.session_id == bindparam("session_id"))
_attendances = select(training_attendance).where(training_attendance.c.session_id == bindparam("session_id"))
_evaluations = select(training_evaluation).where(training_evaluation.c.nomination_id == bindparam("nomination"))
_of_no_case = (
    select(training_nomination.c.case_id)
    .outerjoin(
        case,
        (case.c.id == training_nomination.c.case_id)
        & (case.c.tenant == training_nomination.c.tenant)
        & (case.c.subject == training_nomination.c.employee_id)
        & (case.c.process == NOMINATION),
    )
    .where(case.c.id.is_(None))
)


def check_nomination(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the nomination and the certificate of a case say otherwise than its journal, done again."""
    if case.process != NOMINATION or not case.again.is_same:
        return
    found, params = recorded_by(case), {"case_id": case.id}
    rows = dict(enumerate(read.execute(_nomination, params)))
    yield from _compared(case, "training_nomination", rows, {0: found.nomination} if found.nomination else {})
    records = dict(enumerate(read.execute(_record, params)))
    yield from _compared(case, "training_record", records, {0: found.record} if found.record else {})
    yield from _evaluated(read, case, case.id, {1})


def check_session(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the rounds, places and attendances of a session say otherwise than its journal, done again."""
    if case.process != SESSION or not case.again.is_same or not case.journal:
        return
    found = recorded_by(case)
    params = {"session_id": int(case.journal[0].data.get("variables", {}).get("session", 0))}
    rounds = {row.round: row for row in read.execute(_rounds, {"case_id": case.id})}
    yield from _compared(case, "training_round", rounds, found.rounds)
    choices = {(row.round, row.nomination_id): row for row in read.execute(_choices, params)}
    yield from _compared(case, "training_choice", choices, found.choices)
    attendances = {row.nomination_id: row for row in read.execute(_attendances, params)}
    yield from _compared(case, "training_attendance", attendances, found.attendances)


def check_evaluation(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the evaluations of levels 3 and 4 say otherwise than the journal, done again."""
    if case.process != EVALUATION or not case.again.is_same or not case.again.calls:
        return
    nomination = int(case.again.calls[0].variables["training"]["nomination"])
    yield from _evaluated(read, case, nomination, {3, 4})


def check_nominations(read: Connection) -> Iterator[Finding]:
    """Yield the nominations that name a case which is none of that employee's."""
    for case_id in read.execute(_of_no_case).scalars():
        yield Finding("record_unexplained", case_id, {"table": "training_nomination"})


def _evaluated(read: Connection, case: Dossier, nomination: int, levels: set[int]) -> Iterator[Finding]:
    rows = {
        (row.level, row.source): row
        for row in read.execute(_evaluations, {"nomination": nomination})
        if row.level in levels
    }
    yield from _compared(case, "training_evaluation", rows, recorded_by(case).evaluations)


def _compared(case: Dossier, table: str, rows: Mapping[Any, Any], told: Mapping[Any, Columns]) -> Iterator[Finding]:
    if told.keys() - rows.keys():
        yield Finding("record_missing", case.id, {"service": "training", "table": table})
    if rows.keys() - told.keys():
        yield Finding("record_unexplained", case.id, {"table": table})
    for key in rows.keys() & told.keys():
        names = differing(rows[key], told[key])
        for column in (*names, *(["tenant"] if rows[key].tenant != case.tenant else [])):
            yield Finding("record_differs", case.id, {"table": table, "column": column})


#: The commands that begin a case of training, by the kind of its first step.
MADE_BY: Mapping[str, str] = {"Nominate": "start"}
#: What `alur verify` proves of these cases, beside what holds for every case.
CASE_CHECKS = (check_nomination, check_session, check_evaluation)
#: The files that rows name.
FILE_ROWS = (
    select(training_claim.c.sha256, training_claim.c.size),
    select(training_document.c.sha256, training_document.c.size),
)
#: What it proves of what belongs to no case.
WHOLE_CHECKS = (check_nominations,)
