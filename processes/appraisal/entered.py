"""Proves that what was entered in an appraisal is kept as it was entered: figures, marks, files, units' predicates.

The indicators of a case are the city's to know; here an answer is told by the name of its field, `CODE__field`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, String, Table, bindparam, cast, func, select

from engine.queries.verification import Call, Dossier, Finding
from engine.records.case import case as case_table
from engine.records.packing import Unreadable
from processes.appraisal.facts import read_content
from processes.appraisal.origins import EARLIER
from processes.appraisal.recorded import differing, doer
from processes.appraisal.records import (
    FROM_APPRAISER,
    FROM_FORM,
    OrgBasis,
    assessment,
    evidence,
    feedback,
    org_predicate,
    realisation,
)
from processes.appraisal.rules import read_rating_inputs
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS

_QUARTER = ("year", "quarter")
_WORDS = ("note", "not_measurable", "unmeasured")


def _of(table: Table, *names: str) -> Select[*tuple[Any, ...]]:
    return select(table).where(*(table.c[name] == bindparam(name) for name in ("tenant", *names, *_QUARTER)))


_realisations = _of(realisation, "employee_id")
_assessments = _of(assessment, "employee_id")
_files = _of(evidence, "employee_id")
_leaders = _of(feedback, "employee_id").where(feedback.c.relation == FROM_APPRAISER)
_predicates = _of(org_predicate, "unit_id")


def _without_case(table: Table, subject: str, process: str, *conditions: Any) -> Select[int]:
    """Return the statement that counts rows of steps whose quarter has no case that could have taken them."""
    year, quarter, about = (cast(table.c[name], String) for name in (*_QUARTER, subject))
    of_case = (
        (case_table.c.tenant == table.c.tenant)
        & (case_table.c.process == process)
        & (case_table.c.business_key == year + "-" + quarter + ":" + about)
    )
    found = select(func.count()).select_from(table).outerjoin(case_table, of_case)
    return found.where(case_table.c.id.is_(None), *conditions)


_OF_NO_CASE: Mapping[str, Select[int]] = {
    "realisation": _without_case(realisation, "employee_id", EMPLOYEE_PROCESS, realisation.c.source == FROM_FORM),
    "assessment": _without_case(assessment, "employee_id", EMPLOYEE_PROCESS),
    "evidence": _without_case(evidence, "employee_id", EMPLOYEE_PROCESS),
    "feedback": _without_case(feedback, "employee_id", EMPLOYEE_PROCESS, feedback.c.relation == FROM_APPRAISER),
    "org_predicate": _without_case(
        org_predicate,
        "unit_id",
        UNIT_PROCESS,
        (org_predicate.c.basis != OrgBasis.IMPORTED.value) | org_predicate.c.justification.is_not(None),
    ),
}


def check_of_cases(read: Connection) -> Iterator[Finding]:
    """Yield the tables with rows of steps in quarters in which there was no case of that employee or unit."""
    for table, counted in _OF_NO_CASE.items():
        if read.execute(counted).scalar_one():
            yield Finding("record_unexplained", params={"table": table})


def check_entered(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where rows of a quarter say otherwise than the steps of its case, done again."""
    if not case.again.is_same or not case.journal:
        return
    given = case.journal[0].data.get("variables", {})
    key = {"tenant": case.tenant, **{name: int(given[name]) for name in _QUARTER if name in given}}
    calls = {call.service: call for call in case.again.calls}  # the last of each
    if case.process == EMPLOYEE_PROCESS:
        of_employee = {**key, "employee_id": case.subject}
        yield from _check_realisation(read, case, of_employee, calls)
        yield from _check_assessment(read, case, of_employee, calls)
        yield from _check_rows(case, read.execute(_files, of_employee).all(), "evidence", _files_of(case))
        yield from _check_rows(case, read.execute(_leaders, of_employee).all(), "feedback", _feedback_of(case))
    elif case.process == UNIT_PROCESS:
        yield from _check_predicate(read, case, {**key, "unit_id": case.subject}, calls)


def _check_realisation(
    read: Connection, case: Dossier, key: Mapping[str, Any], calls: Mapping[str, Call]
) -> Iterator[Finding]:
    row, call = read.execute(_realisations, key).one_or_none(), calls.get("appraisal.record_realisation")
    answers = call.variables.get("realisation") if call is not None else None
    if row is None:
        if answers:
            yield Finding(
                "record_missing", case.id, {"service": "appraisal.record_realisation", "table": "realisation"}
            )
    elif row.source == FROM_FORM:
        yield from _check_figures(read, case, row, call if answers else None, answers or {})


def _check_figures(
    read: Connection, case: Dossier, row: Any, call: Call | None, answers: Mapping[str, Any]
) -> Iterator[Finding]:
    if call is None:
        yield Finding("record_unexplained", case.id, {"table": "realisation"})
        return
    content = _content(read, row)
    told: dict[str, Any] = {"entered_at": call.entry.at, "entered_by": doer(call.entry)}
    columns = list(differing(row, told))
    if content is not None and not _says_answers(content, answers):
        columns.append("content")
    yield from (_differs(case, "realisation", column) for column in columns)


def _says_answers(content: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Say whether each figure is the answer to its field; one that nobody answered was there before, from a file."""
    given, older = _numbers(answers), _older(content)
    return all(
        given.get(name, value if name in older else None) == value for name, value in _figures(content).items()
    ) and all(
        _word(answers, f"{code}__{field}") in (None, text)
        for part, field in (("not_measurable", "not_measurable"), ("notes", "note"))
        for code, text in content.get(part, {}).items()
    )


def _check_assessment(
    read: Connection, case: Dossier, key: Mapping[str, Any], calls: Mapping[str, Call]
) -> Iterator[Finding]:
    row, call = read.execute(_assessments, key).one_or_none(), calls.get("appraisal.record_assessment")
    answers = call.variables.get("assessment") if call is not None else None
    service = {"service": "appraisal.record_assessment", "table": "assessment"}
    if (row is None) != (not answers):
        code = "record_missing" if row is None else "record_unexplained"
        yield Finding(code, case.id, service if row is None else {"table": "assessment"})
    elif row is not None and call is not None and answers:
        told = {"entered_at": call.entry.at, "entered_by": doer(call.entry)}
        content = _content(read, row)
        columns = [*differing(row, told), *(["content"] if not _is_assessed(content, answers) else [])]
        yield from (_differs(case, "assessment", column) for column in columns)


def _is_assessed(content: Mapping[str, Any] | None, answers: Mapping[str, Any]) -> bool:
    if content is None:
        return True  # said with the other contents
    entered = read_rating_inputs((), answers)
    marks = {str(value): [mark.mark, mark.evidence_days] for value, mark in entered.behaviour.items()}
    notes = {str(name): text for name, text in entered.notes.items()}
    kept = _figures(content)
    return (
        content.get("behaviour", {}) == marks
        and content.get("notes", {}) == notes
        and kept.items() <= _numbers(answers).items()
    )


def _files_of(case: Dossier) -> list[dict[str, Any]]:
    return [
        {
            **{name: file[name] for name in ("sha256", "filename", "media_type")},
            "size": int(file["size"]),
            "added_at": call.entry.at,
            "added_by": doer(call.entry),
        }
        for call in case.again.calls
        if call.service == "appraisal.record_realisation"
        for file in _first_of_each((call.variables.get("realisation") or {}).get("evidence") or ())
    ]


def _first_of_each(files: Any) -> Any:
    return {file["sha256"]: file for file in reversed(files)}.values()


def _feedback_of(case: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "giver_id": doer(call.entry),
            "is_positive": given["feedback_tone"] == "positive",
            "text": given["feedback_text"],
            "given_at": call.entry.at,
        }
        for call in case.again.calls
        if call.service == "appraisal.record_assessment"
        and (given := call.variables.get("assessment"))
        and given.get("feedback_tone")
        and given.get("feedback_text")
    ]


def _check_rows(case: Dossier, rows: Any, table: str, told: list[dict[str, Any]]) -> Iterator[Finding]:
    """Yield whether rows that are only ever added are as many as were told, and say the same."""
    names = list(told[0]) if told else []
    if len(rows) < len(told):
        yield Finding("record_missing", case.id, {"service": "appraisal", "table": table})
    elif len(rows) > len(told):
        yield Finding("record_unexplained", case.id, {"table": table})
    elif Counter(tuple(getattr(row, name) for name in names) for row in rows) != Counter(
        tuple(item.values()) for item in told
    ):
        yield _differs(case, table, ", ".join(names))


def _check_predicate(
    read: Connection, case: Dossier, key: Mapping[str, Any], calls: Mapping[str, Call]
) -> Iterator[Finding]:
    call, reason = calls.get("appraisal.record_org_predicate"), calls.get("appraisal.record_justification")
    row = read.execute(_predicates, key).one_or_none()
    if call is None:
        if row is not None and row.basis != OrgBasis.IMPORTED.value:
            yield Finding("record_unexplained", case.id, {"table": "org_predicate"})
        return
    if row is None:
        yield Finding("record_missing", case.id, {"service": call.service, "table": "org_predicate"})
        return
    told = dict(call.value)
    if told["basis"] == OrgBasis.IMPORTED.value:
        told = {"predicate": told["predicate"], "basis": told["basis"]}  # its row stays as it came
    else:
        told |= {"set_by": doer(call.entry), "set_at": call.entry.at}
    given = (reason.variables.get("justification") or {}) if reason is not None else {}
    told["justification"] = given.get("reason")
    yield from (_differs(case, "org_predicate", column) for column in differing(row, told))


def _figures(content: Mapping[str, Any]) -> dict[str, Any]:
    measured: Mapping[str, Mapping[str, Any]] = content.get("measured", {})
    return {f"{code}__{name}": value for code, fields in measured.items() for name, value in fields.items()}


def _older(content: Mapping[str, Any]) -> set[str]:
    """Return the figures that say themselves that they are older than their row."""
    noted = (names for *_, names in content.get(EARLIER, ()))
    return {f"{code}__{name}" for names in noted for code, fields in names.items() for name in fields}


def _numbers(answers: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the answers that are numbers, by field."""
    found = {name: value for name, value in answers.items() if "__" in name and not name.endswith(_WORDS)}
    return {name: number for name, value in found.items() if (number := _number(value)) is not None}


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or value in (None, ""):
        return None
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None


def _word(answers: Mapping[str, Any], name: str) -> str | None:
    value = answers.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _content(read: Connection, row: Any) -> Mapping[str, Any] | None:
    try:
        return read_content(read, row.content)
    except Unreadable:
        return None  # said with the other contents


def _differs(case: Dossier, table: str, column: str) -> Finding:
    return Finding("record_differs", case.id, {"table": table, "column": column})
