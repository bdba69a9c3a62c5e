"""Days that a decided dispute puts right: corrections that are approved as they are written."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from engine.ids import IdSource
from engine.records.changes import Write
from engine.records.files import StoredFile
from processes.incentive.corrections import columns_of, day_writes, insert_correction
from processes.incentive.records import CorrectionStatus
from processes.incentive.rules.attendance import Day


def granted_writes(
    read: Connection,
    tenant: str,
    *,
    employee_id: int,
    unit_id: int,
    days: Mapping[date, Day],
    reason: str,
    file: StoredFile,
    proposed_by: int | None,
    decided_by: int | None,
    case_id: int,
    now: datetime,
    new_id: IdSource,
) -> tuple[Write, ...]:
    """Return the writing of days as a dispute found them: the corrections, and attendance itself.

    What they change for the month is known before they are written by laying them over the records (`Overlay`).

    :param file: the evidence.
    :param proposed_by: who answered the dispute, and `decided_by` who decided it.
    """
    numbered = {day: (content, new_id()) for day, content in sorted(days.items())}
    evidence = {name: getattr(file, name) for name in ("sha256", "filename", "media_type", "size")}
    rows = [
        {
            "id": number,
            "tenant": tenant,
            "employee_id": employee_id,
            "unit_id": unit_id,
            "day": day,
            **columns_of(content),
            **evidence,
            "reason": reason,
            "status": CorrectionStatus.APPROVED.value,
            "proposed_by": proposed_by,
            "proposed_at": now,
            "decided_by": decided_by,
            "decided_at": now,
            "decision_note": None,
            "case_id": case_id,
        }
        for day, (content, number) in numbered.items()
    ]
    if not rows:
        return ()
    return (Write(insert_correction, rows), *day_writes(read, tenant, employee_id, numbered, case_id=case_id))
