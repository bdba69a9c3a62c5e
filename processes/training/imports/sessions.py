"""Import of sessions: when and where a course is given, for how many people and how much money."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_code, read_day, read_number, read_text, read_whole
from processes.training.records import training_course, training_session

MOST_SEATS = 1000
_STORED = (
    "course",
    "first_day",
    "last_day",
    "enrol_until",
    "place",
    "quota",
    "seat_cost",
    "budget",
    "budget_line",
)

COLUMNS = (
    Column("code", "Kode Sesi", read_code(60), aliases=("sesi",)),
    Column("course", "Kode Pelatihan", read_code(40), aliases=("pelatihan",)),
    Column("enrol_until", "Pendaftaran Sampai", read_day, aliases=("pendaftaran",)),
    Column("first_day", "Hari Pertama", read_day, aliases=("mulai",)),
    Column("last_day", "Hari Terakhir", read_day, aliases=("selesai",)),
    Column("place", "Tempat", read_text(200)),
    Column("quota", "Kuota", read_whole(1, MOST_SEATS)),
    Column("seat_cost", "Biaya Per Peserta", read_number(0), required=False, aliases=("biaya",)),
    Column("budget", "Pagu", read_number(0), required=False, aliases=("anggaran",)),
    Column("budget_line", "Mata Anggaran", read_text(60), required=False, aliases=("dpa",)),
)

_sessions = select(training_session).where(training_session.c.tenant == bindparam("tenant"))
_courses = select(training_course.c.code).where(training_course.c.tenant == bindparam("tenant"))


def plan_sessions(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed sessions of courses of the catalogue; their cases start within the hour."""
    stored = {row["code"]: row for row in planning.stored(_sessions)}
    known = {row["code"] for row in planning.stored(_courses)}
    batch = Batch(planning, training_session, ("id",), _STORED)
    for row in rows:
        if _fits(planning, row, known) and row.is_whole:
            before = stored.get(row["code"])
            batch.put(before, _values(planning, row, before))
    batch.close()


def _fits(planning: Planning, row: ImportRow, known: set[str]) -> bool:
    if row.has_read("course") and row["course"] not in known:
        planning.reject(row, "course", "not_choice", value=row["course"], choices=", ".join(sorted(known)[:20]))
        return False
    if not row.has_read("enrol_until", "first_day", "last_day"):
        return False
    for name, first, last in (
        ("last_day", row["first_day"], row["last_day"]),
        ("first_day", row["enrol_until"], row["first_day"]),
    ):
        if last < first:
            planning.reject(row, name, "ends_before_start", first=first, last=last)
            return False
    return True


def _values(planning: Planning, row: ImportRow, before: Any) -> dict[str, Any]:
    own = {"id": before["id"] if before is not None else planning.new_id(), "tenant": planning.around.tenant}
    given = {name: row[name] for name in _STORED}
    return {**own, "code": row["code"], **given, "seat_cost": row["seat_cost"] or Decimal(0)}


SESSIONS = ImportKind(
    "training-sessions",
    "Sesi pelatihan",
    "Training sessions",
    COLUMNS,
    ("code",),
    plan_sessions,
    about=Text(
        "Kapan dan di mana sebuah pelatihan diadakan, dan berapa tempatnya.",
        "When and where a training is given, and its seats.",
    ),
)
