"""The prepared statements by which services and commands of training change rows."""

from typing import Any

from sqlalchemy import bindparam

from processes.training.records import ClaimStatus, training_claim, training_nomination


def _change(*names: str) -> Any:
    return (
        training_nomination.update()
        .where(training_nomination.c.case_id == bindparam("of_case_id"))
        .values({name: bindparam(f"new_{name}") for name in (*names, "changed_at")})
    )


change_status = _change("status", "status_reason")
change_session = _change("status", "status_reason", "session_id")
change_letter = _change("status", "status_reason", "letter")
# Only what still waits can be decided: the second of two who decide is told so.
decide_claim = (
    training_claim.update()
    .where(training_claim.c.id == bindparam("of_id"), training_claim.c.status == ClaimStatus.PROPOSED.value)
    .values(
        status=bindparam("new_status"),
        decided_by=bindparam("new_decided_by"),
        decided_at=bindparam("new_decided_at"),
        decision_note=bindparam("new_note"),
    )
)
