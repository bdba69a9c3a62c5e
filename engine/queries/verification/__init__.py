"""The history checker: proves from the tables alone that every effect people were told of happened exactly once.

It reads from one snapshot, table beside table in the order of the cases, so that memory does not grow with their
number; it writes nothing and calls nothing but the directory for zones and working days.
"""

from collections.abc import Collection

from sqlalchemy import Connection

from engine.queries.verification.checker import Verification
from engine.queries.verification.dossier import Call, Dossier, Entry
from engine.queries.verification.evidence import Evidence
from engine.queries.verification.extensions import CaseCheck, DaysChanged, Extensions
from engine.queries.verification.findings import Finding, Tally, Weight
from engine.records.files import FileStore
from engine.services import Directory

__all__ = [
    "Call",
    "CaseCheck",
    "DaysChanged",
    "Dossier",
    "Entry",
    "Extensions",
    "Finding",
    "Tally",
    "Verification",
    "Weight",
    "verify",
]


def verify(
    read: Connection,
    directory: Directory,
    *,
    case_id: int | None = None,
    more: Extensions | None = None,
    files: FileStore | None = None,
    seals: Collection[str] = (),
) -> Verification:
    """Return the checker of a snapshot; it works while its findings are read.

    :param read: nothing was read with it yet, so that no file in the folder is older than its row.
    :param case_id: look at one case only, and at nothing that belongs to none.
    :param more: what processes know of their own records.
    :param files: where the files are that people handed in; None to leave them alone.
    :param seals: of the audit trail, as somebody noted them elsewhere; they must still be there.
    """
    more = more or Extensions()
    evidence = Evidence(files, more.file_rows, case_id) if files is not None else None
    return Verification(read, directory, case_id, more, evidence, seals=seals)
