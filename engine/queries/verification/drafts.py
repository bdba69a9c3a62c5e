"""Proves that every draft is its writer's: whoever the row names has saved it, and then."""

from collections.abc import Iterator
from typing import Final

from engine.queries.verification.dossier import Dossier
from engine.queries.verification.findings import Finding

SAVE: Final = "SaveDraft"


def check_drafts(case: Dossier) -> Iterator[Finding]:
    """Yield the drafts of a case that the audit trail knows nothing of: only who holds a task can save one."""
    saved = {(row.actor, row.at) for row in case.audit if row.command == SAVE}
    for row in case.rows.get("draft", ()):
        if (row.person, row.saved_at) not in saved:
            yield Finding("draft_unexplained", case.id, {"token": row.token})
