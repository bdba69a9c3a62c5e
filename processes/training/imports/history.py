"""Import of what people learnt before Alur, or elsewhere: the columns of SIASN's rw-kursus."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_code, read_day, read_nip, read_text, read_whole
from processes.training.imports.courses import MOST_HOURS
from processes.training.records import training_course, training_record

_STORED = ("name", "course", "field", "hours", "ended_on", "provider")

COLUMNS = (
    Column("nip", "NIP", read_nip),
    Column("name", "Nama Pelatihan", read_text(200), aliases=("nama kursus", "pelatihan")),
    Column("field", "Bidang", read_text(80)),
    Column("hours", "JP", read_whole(1, MOST_HOURS), aliases=("jumlah jam", "jam pelajaran")),
    Column("ended_on", "Tanggal Selesai", read_day, aliases=("tanggal kursus", "selesai")),
    Column("certificate", "Nomor Sertifikat", read_text(60), aliases=("no sertipikat", "sertifikat")),
    Column("provider", "Penyelenggara", read_text(120), required=False, aliases=("institusi penyelenggara",)),
    Column("course", "Kode Pelatihan", read_code(40), required=False, aliases=("kode",)),
)

_records = select(training_record).where(training_record.c.tenant == bindparam("tenant"))
_courses = select(training_course.c.code).where(training_course.c.tenant == bindparam("tenant"))


def plan_history(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan training that was completed; what a case has recorded is left as it is, and nobody imports his own."""
    stored = {(row["employee_id"], row["certificate"]): row for row in planning.stored(_records)}
    known = {row["code"] for row in planning.stored(_courses)}
    batch = Batch(planning, training_record, ("id",), _STORED)
    for row in rows:
        employee_id = planning.employee_id(row)
        if row["course"] is not None and row["course"] not in known:
            planning.reject(row, "course", "not_choice", value=row["course"], choices=", ".join(sorted(known)[:20]))
        elif employee_id is not None and row.is_whole:
            before, unchanged = stored.get((employee_id, row["certificate"])), planning.unchanged
            if before is not None and before["case_id"] is not None:
                planning.unchanged += 1
                continue
            batch.put(before, _values(planning, row, employee_id, before))
            planning.reject_own(row, employee_id, unchanged=unchanged)
    batch.close()


def _values(planning: Planning, row: ImportRow, employee_id: int, before: Any) -> dict[str, Any]:
    own = {"id": before["id"] if before is not None else planning.new_id(), "tenant": planning.around.tenant}
    given = {name: row[name] for name in _STORED}
    return {**own, "employee_id": employee_id, "certificate": row["certificate"], **given, "case_id": None}


HISTORY = ImportKind(
    "training-history",
    "Riwayat pelatihan",
    "Training history",
    COLUMNS,
    ("nip", "certificate"),
    plan_history,
    about=Text(
        "Pelatihan yang selesai sebelum Alur dipakai, dengan sertifikatnya.",
        "Training completed before Alur was used, with certificates.",
    ),
)
