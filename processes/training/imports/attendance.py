"""Reading of a session's attendance from a file: it fills the form of the step, and records nothing itself."""

from collections.abc import Iterable, Sequence

from processes.people.city import Text
from processes.people.imports import Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_nip, read_number, read_text

COLUMNS = (
    Column("nip", "NIP", read_nip),
    Column("share", "Kehadiran", read_number(0, 100), aliases=("kehadiran (persen)", "persen kehadiran")),
    Column("pre_test", "Tes Awal", read_number(0, 100), required=False, aliases=("pretes", "pre test")),
    Column("post_test", "Tes Akhir", read_number(0, 100), required=False, aliases=("postes", "post test")),
    Column("certificate", "Nomor Sertifikat", read_text(60), required=False, aliases=("sertifikat",)),
)


def attendance_kind(participants: Iterable[int]) -> ImportKind:
    """Return the kind of file that tells of some employees, each once; whoever is not in it is counted, not refused."""
    wanted = frozenset(participants)

    def plan(planning: Planning, rows: Sequence[ImportRow]) -> None:
        found = {_participant(planning, row, wanted) for row in rows}
        missing = wanted - found
        if missing:
            planning.warn("participants_missing", count=len(missing))

    return ImportKind(
        "training-attendance",
        "Kehadiran pelatihan",
        "Attendance of a training",
        COLUMNS,
        ("nip",),
        plan,
        about=Text("Siapa yang hadir dalam satu pelatihan.", "Who attended one training."),
    )


def _participant(planning: Planning, row: ImportRow, wanted: frozenset[int]) -> int | None:
    employee_id = planning.employee_id(row)
    if employee_id is not None and employee_id not in wanted:
        planning.reject(row, "nip", "not_participant")
        return None
    planning.new += 1
    return employee_id
