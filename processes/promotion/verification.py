"""Proves that what the steps of a rank promotion recorded is there once and says what its journal says."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine.queries.verification import Dossier, Finding
from engine.records.case import case
from processes.people.careers import rank
from processes.promotion.appointing.verification import check_appointment, check_decrees
from processes.promotion.board.verification import check_filling
from processes.promotion.records import credit_score, promotion_decree, promotion_document
from processes.promotion.selection.verification import SELECTION_FILES, check_announced, check_selection
from processes.promotion.services.decreeing import decree_name
from processes.promotion.variables import PROMOTION_PROCESS, read_case

_CASE: Any = bindparam("case_id")
_decrees = select(promotion_decree).where(promotion_decree.c.case_id == _CASE)
_ranks = select(rank).where(rank.c.tenant == bindparam("tenant"), rank.c.case_id == _CASE)
_credits = select(func.count()).select_from(credit_score).where(credit_score.c.case_id == _CASE)


def _of_no_case(table: Any) -> Any:
    """Return the cases that rows of a table name and that are no promotions of their employees."""
    is_its = (case.c.id == table.c.case_id) & (case.c.process == PROMOTION_PROCESS)
    return (
        select(table.c.case_id)
        .outerjoin(case, is_its & (case.c.subject == table.c.employee_id))
        .where(table.c.case_id.is_not(None), case.c.id.is_(None))
    )


#: The files that rows name.
FILE_ROWS = (select(promotion_document.c.sha256, promotion_document.c.size), SELECTION_FILES)


def check_promotion(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where decree, rank and credit of a promotion say otherwise than its journal, done again."""
    if case.process != PROMOTION_PROCESS or not case.again.is_same:
        return
    params = {"case_id": case.id, "tenant": case.tenant}
    told: dict[str, list[Mapping[str, Any]]] = {"promotion_decree": [], "rank": []}
    credits = 0
    for call in case.again.calls:
        if call.service == "promotion.issue_decree":
            told["promotion_decree"].append(_decree(call.variables, str(call.value)))
        elif call.service == "promotion.apply_rank":
            told["rank"].append(_rank(call.variables))
        elif call.service == "promotion.record_credit":
            credits += int(call.value)
    for table, statement in (("promotion_decree", _decrees), ("rank", _ranks)):
        yield from _compare(case, table, read.execute(statement, params).all(), told[table])
    found = read.execute(_credits, params).scalar_one()
    if found != credits:
        yield Finding(
            "record_count",
            case.id,
            {"service": "promotion.record_credit", "table": "credit_score", "expected": credits, "found": found},
        )


def check_of_cases(read: Connection) -> Iterator[Finding]:
    """Yield decrees, ranks and credit that name a case which is no promotion of that employee."""
    for table in (promotion_decree, rank, credit_score):
        for case_id in read.execute(_of_no_case(table)).scalars():
            yield Finding("record_unexplained", case_id, {"table": table.name})


def _decree(variables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    about, facts, approval = read_case(variables), variables["facts"], variables["approval"]
    return {
        "name": name,
        "batch": about.period.code,
        "unit_id": about.unit,
        "from_grade": facts["grade"],
        "to_grade": facts["next_grade"],
        "effective_on": about.period.effective_on,
        "decreed_on": variables["issue_answers"]["decreed_on"],
        "approval_number": approval["number"],
        "approval_on": approval["approved_on"],
    }


def _rank(variables: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "grade": variables["facts"]["next_grade"],
        "valid_from": read_case(variables).period.effective_on,
        "decree": variables["decree"],
    }


def _compare(case: Dossier, table: str, rows: Any, told: list[Mapping[str, Any]]) -> Iterator[Finding]:
    if len(rows) < len(told):
        yield Finding("record_missing", case.id, {"service": PROMOTION_PROCESS, "table": table})
    elif len(rows) > len(told):
        yield Finding("record_unexplained", case.id, {"table": table})
    for row, columns in zip(rows, told, strict=False):
        expected = {**columns, "tenant": case.tenant, "employee_id": case.subject}
        yield from (
            Finding("record_differs", case.id, {"table": table, "column": name})
            for name, value in expected.items()
            if _value(row, name) != value
        )


def _value(row: Any, name: str) -> Any:
    # The name of a decree is made of its number and year.
    return decree_name(row.number, row.year) if name == "name" else getattr(row, name)


#: The command that begins a case of a promotion.
MADE_BY: Mapping[str, str] = {"StartPromotion": "start", "OpenSelection": "start", "OpenFilling": "start"}

#: What `alur verify` proves of these cases, beside what holds for every case.
CASE_CHECKS = (check_promotion, check_selection, check_filling, check_appointment)
#: What it proves of what belongs to no case.
WHOLE_CHECKS = (check_of_cases, check_announced, check_decrees)
