"""Import of the catalogue: courses with their field, hours (JP), and the levels that they lead to."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.careers import HIGHEST_LEVEL, competency
from processes.people.city import Text
from processes.people.imports import BadCell, Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_choice, read_code, read_text, read_whole
from processes.people.imports.sheets import Raw
from processes.training.records import Method, training_course, training_target

MOST_HOURS = 1000

_METHODS = {
    Method.CLASSICAL: ("Klasikal",),
    Method.E_LEARNING: ("Daring", "e-learning", "Pembelajaran daring"),
    Method.COACHING: ("Bimbingan", "coaching", "mentoring"),
    Method.WORKSHOP: ("Lokakarya", "workshop", "bimtek"),
    Method.INTERNSHIP: ("Magang",),
}
_YES_NO = {True: ("Ya",), False: ("Tidak",)}
_LEVEL = re.compile(r"(?P<code>[A-Za-z0-9._/-]+):(?P<level>[1-5])")
_STORED = (
    "name",
    "name_en",
    "field",
    "hours",
    "method",
    "provider",
    "is_open",
    "suggested_for",
    "behaviour_measure",
    "impact_measure",
    "behaviour_figure",
    "impact_figure",
)


def _read_targets(raw: Raw) -> dict[str, int]:
    """Return levels by competency from `PBJ:3 KONTRAK:2`."""
    found: dict[str, int] = {}
    for part in str(raw).replace(";", " ").replace(",", " ").split():
        target = _LEVEL.fullmatch(part)
        if target is None:
            raise BadCell("not_choice", value=part, choices=f"KODE:1 … KODE:{HIGHEST_LEVEL}")
        found[target["code"]] = int(target["level"])
    return found


COLUMNS = (
    Column("code", "Kode Pelatihan", read_code(40), aliases=("kode",)),
    Column("name", "Nama Pelatihan", read_text(200), aliases=("nama", "pelatihan")),
    Column("name_en", "Nama Inggris", read_text(200), required=False),
    Column("field", "Bidang", read_text(80)),
    Column("hours", "JP", read_whole(1, MOST_HOURS), aliases=("jam pelajaran", "jumlah jam")),
    Column("method", "Metode", read_choice(_METHODS)),
    Column("targets", "Kompetensi", _read_targets, required=False, aliases=("kompetensi dan tingkat",)),
    Column("provider", "Penyelenggara", read_text(120), required=False),
    Column("is_open", "Terbuka Bagi Semua", read_choice(_YES_NO), required=False, aliases=("terbuka",)),
    Column("suggested_for", "Disarankan Untuk", read_text(200), required=False, aliases=("disarankan",)),
    Column("behaviour_measure", "Ukuran Perilaku", read_text(200), required=False),
    Column("impact_measure", "Ukuran Dampak", read_text(200), required=False),
    Column("behaviour_figure", "Angka Perilaku", read_code(40), required=False),
    Column("impact_figure", "Angka Dampak", read_code(40), required=False),
)

_courses = select(training_course).where(training_course.c.tenant == bindparam("tenant"))
_targets = select(training_target).where(training_target.c.tenant == bindparam("tenant"))
_competencies = select(competency.c.code).where(competency.c.tenant == bindparam("tenant"))


def plan_courses(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed courses, and the levels that they lead to; a level of no known competency is refused."""
    stored = {row["code"]: row for row in planning.stored(_courses)}
    targets = {(row["course"], row["competency"]): row for row in planning.stored(_targets)}
    known = {row["code"] for row in planning.stored(_competencies)}
    batch = Batch(planning, training_course, ("tenant", "code"), _STORED)
    levels = Batch(planning, training_target, ("tenant", "course", "competency"), ("level",))
    for row in rows:
        unknown = sorted(set(row["targets"] or {}) - known)
        if unknown:
            planning.reject(row, "targets", "not_choice", value=unknown[0], choices=", ".join(sorted(known)[:20]))
        elif row.is_whole:
            batch.put(stored.get(row["code"]), _values(planning, row))
            for code, level in (row["targets"] or {}).items():
                values = {"tenant": planning.around.tenant, "course": row["code"], "competency": code, "level": level}
                levels.put(targets.get((row["code"], code)), values)
    batch.close()
    levels.close()


def _values(planning: Planning, row: ImportRow) -> dict[str, Any]:
    own = {"tenant": planning.around.tenant, "code": row["code"]}
    return {
        **own,
        **{name: row[name] for name in _STORED},
        "method": str(row["method"]),
        "is_open": row["is_open"] or False,
    }


COURSES = ImportKind(
    "courses",
    "Katalog pelatihan",
    "Training catalogue",
    COLUMNS,
    ("code",),
    plan_courses,
    about=Text(
        "Pelatihan yang dapat diikuti, jam pelajarannya, dan untuk jabatan apa.",
        "Training on offer, its hours, and for which posts.",
    ),
)
