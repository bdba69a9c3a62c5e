"""Services that keep what employees and appraisers entered."""

from typing import Any

from sqlalchemy import bindparam, select

from engine.records.changes import Write, write
from engine.records.packing import pack
from engine.services import ServiceContext, ServiceResult
from processes.appraisal.entries import APPRAISER, Content, entered_assessment, entered_realisation
from processes.appraisal.facts import indicators_of, read_content
from processes.appraisal.origins import FORM, Origin, with_origins
from processes.appraisal.records import realisation
from processes.appraisal.services import statements
from processes.appraisal.variables import EmployeeCase, read_case

_before = select(realisation.c.content, realisation.c.source, realisation.c.entered_by, realisation.c.entered_at).where(
    *(realisation.c[name] == bindparam(name) for name in ("tenant", "employee_id", "year", "quarter"))
)


def record_realisation(call: ServiceContext) -> ServiceResult:
    """Keep the employee's results over what was imported before; nothing entered in time keeps the import alone."""
    answers = call.variables.get("realisation")
    if not answers:
        return ServiceResult()
    case = read_case(call.variables)
    content, known = _with_answers(call, case, answers)
    return ServiceResult(writes=(_write_realisation(call, case, content, known), _evidence_rows(call, case, answers)))


def _with_answers(call: ServiceContext, case: EmployeeCase, answers: dict[str, Any]) -> tuple[Content, bytes | None]:
    """Return the answers over what was known, each figure with its origin, and what was known, as it was stored."""
    row = call.read.execute(_before, {"tenant": call.tenant, **case.key}).one_or_none()
    before = read_content(call.read, row.content if row is not None else None)
    content = entered_realisation(indicators_of(call.city, case), answers, before)
    if row is None:
        return content, None
    return with_origins(content, before, Origin(row.source, row.entered_by, row.entered_at)), row.content


def _write_realisation(call: ServiceContext, case: EmployeeCase, content: Content, known: bytes | None) -> Write:
    row: dict[str, Any] = {
        "content": pack(content, call.wordbook),
        "entered_at": call.now,
        "entered_by": call.actor,
        "source": FORM,
    }
    if known is not None:
        key = statements.of_quarter(call.tenant, case.employee, case.year, case.quarter)
        new = statements.new_values(**row)
        return write(statements.update_realisation, expect=1, was_content=known, **key, **new)
    return write(statements.insert_realisation, tenant=call.tenant, **case.key, **row)


def _evidence_rows(call: ServiceContext, case: EmployeeCase, answers: dict[str, Any]) -> Write:
    """Return the rows of the files, each content once: a file chosen twice proves no more than once."""
    files = answers.get("evidence") or ()
    # Of names for the same content the first holds, as it does in a download.
    found = {file["sha256"]: file for file in reversed(files)}
    return Write(
        statements.insert_evidence,
        [
            {
                "id": call.new_id(),
                "tenant": call.tenant,
                **case.key,
                "sha256": file["sha256"],
                "filename": file["filename"],
                "media_type": file["media_type"],
                "size": int(file["size"]),
                "added_at": call.now,
                "added_by": call.actor,
            }
            for file in reversed(found.values())
        ],
    )


def record_assessment(call: ServiceContext) -> ServiceResult:
    """Keep the appraiser's rubric levels and behaviour marks, and his own feedback as one more feedback row."""
    answers = call.variables.get("assessment")
    if not answers:
        return ServiceResult()
    case = read_case(call.variables)
    content = entered_assessment(indicators_of(call.city, case), answers)
    return ServiceResult(
        writes=(
            write(
                statements.delete_assessment,
                **statements.of_quarter(call.tenant, case.employee, case.year, case.quarter),
            ),
            write(
                statements.insert_assessment,
                tenant=call.tenant,
                **case.key,
                content=pack(content, call.wordbook),
                entered_at=call.now,
                entered_by=call.actor,
            ),
            _leader_feedback(call, case, answers),
        )
    )


def _leader_feedback(call: ServiceContext, case: EmployeeCase, answers: dict[str, Any]) -> Write:
    tone, text = answers.get("feedback_tone"), answers.get("feedback_text")
    rows = []
    if tone and text:
        rows.append(
            {
                "id": call.new_id(),
                "tenant": call.tenant,
                **case.key,
                "giver_id": call.actor,
                "relation": APPRAISER,
                "is_positive": tone == "positive",
                "text": text,
                "given_at": call.now,
            }
        )
    return Write(statements.insert_feedback, rows)
