"""Services that keep what employees and appraisers entered."""

from typing import Any

from engine.records.changes import Write, write
from engine.services import ServiceContext, ServiceResult
from processes.appraisal.facts import indicators_of, realised_content, write_content
from processes.appraisal.rules import read_rating_inputs, read_realisation
from processes.appraisal.services import statements
from processes.appraisal.variables import EmployeeCase, read_case


def record_realisation(call: ServiceContext) -> ServiceResult:
    """Keep the employee's results over what was imported before; nothing entered in time keeps the import alone."""
    answers = call.variables.get("realisation")
    if not answers:
        return ServiceResult()
    case = read_case(call.variables)
    entered = read_realisation(indicators_of(call.city, case), answers)
    before = realised_content(call.read, call.tenant, case)
    content = write_content(
        {**before.get("measured", {}), **entered.measured},
        {**before.get("not_measurable", {}), **entered.not_measurable},
        {**before.get("notes", {}), **entered.notes},
    )
    return ServiceResult(writes=(*_replace_realisation(call, case, content), _evidence_rows(call, case, answers)))


def _replace_realisation(call: ServiceContext, case: EmployeeCase, content: bytes) -> tuple[Write, Write]:
    return (
        write(
            statements.delete_realisation,
            **statements.of_quarter(call.tenant, case.employee, case.year, case.quarter),
        ),
        write(
            statements.insert_realisation,
            tenant=call.tenant,
            **case.key,
            content=content,
            entered_at=call.now,
            entered_by=call.actor,
            source="form",
        ),
    )


def _evidence_rows(call: ServiceContext, case: EmployeeCase, answers: dict[str, Any]) -> Write:
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
            for file in answers.get("evidence") or ()
        ],
    )


def record_assessment(call: ServiceContext) -> ServiceResult:
    """Keep the appraiser's rubric levels and behaviour marks, and his own feedback as one more feedback row."""
    answers = call.variables.get("assessment")
    if not answers:
        return ServiceResult()
    case = read_case(call.variables)
    entered = read_rating_inputs(indicators_of(call.city, case), answers)
    content = write_content(entered.measured, notes=entered.notes, behaviour=entered.behaviour)
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
                content=content,
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
                "relation": "leader",
                "is_positive": tone == "positive",
                "text": text,
                "given_at": call.now,
            }
        )
    return Write(statements.insert_feedback, rows)
