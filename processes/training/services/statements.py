"""The prepared statements by which services of training write their rows."""

from typing import Any

from sqlalchemy import bindparam

from processes.training.records import training_nomination


def _change(*names: str) -> Any:
    return (
        training_nomination.update()
        .where(training_nomination.c.case_id == bindparam("of_case_id"))
        .values({name: bindparam(f"new_{name}") for name in (*names, "changed_at")})
    )


change_status = _change("status", "status_reason")
change_session = _change("status", "status_reason", "session_id")
change_letter = _change("status", "status_reason", "letter")
