"""Imports of competencies: the city's catalogue, what posts ask for (SKJ), and what people were found to have."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from processes.people.careers import (
    HIGHEST_LEVEL,
    CompetencyKind,
    competency,
    competency_level,
    post_standard,
)
from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.batch import with_file_values
from processes.people.imports.cells import read_choice, read_code, read_day, read_nip, read_text, read_whole
from processes.promotion.imports.places import POST, post_id
from processes.promotion.posts.fields import FIELDS

_KINDS = {
    CompetencyKind.MANAGERIAL: ("Manajerial",),
    CompetencyKind.SOCIO_CULTURAL: ("Sosial Kultural",),
    CompetencyKind.TECHNICAL: ("Teknis",),
}
_FIELD_WORDS = {code: (text.id, text.en) for code, text in FIELDS.items()}
_COMPETENCY = Column("competency", "Kode Kompetensi", read_code(40), aliases=("kompetensi", "competency code"))
_LEVEL = Column("level", "Tingkat", read_whole(1, HIGHEST_LEVEL), aliases=("level",))

CATALOGUE_COLUMNS = (
    Column("code", "Kode Kompetensi", read_code(40), aliases=("kode",)),
    Column("name", "Nama Kompetensi", read_text(200), aliases=("nama",)),
    Column("name_en", "Nama dalam Bahasa Inggris", read_text(200), required=False, aliases=("nama inggris",)),
    Column("kind", "Jenis Kompetensi", read_choice(_KINDS), aliases=("jenis",)),
    Column("field", "Bidang", read_choice(_FIELD_WORDS), required=False, aliases=("bidang teknis",)),
)
STANDARD_COLUMNS = (POST, _COMPETENCY, _LEVEL)
LEVEL_COLUMNS = (
    Column("nip", "NIP", read_nip),
    _COMPETENCY,
    _LEVEL,
    Column("assessed_on", "Tanggal Penilaian", read_day, aliases=("tanggal", "tanggal asesmen")),
    Column("source", "Sumber", read_text(120), aliases=("sumber penilaian",)),
)

_catalogue = select(competency).where(competency.c.tenant == bindparam("tenant"))
_standards = select(post_standard).where(post_standard.c.tenant == bindparam("tenant"))
_levels = select(competency_level).where(competency_level.c.tenant == bindparam("tenant"))


def plan_competencies(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed competencies of the catalogue; a technical one belongs to a field."""
    stored = {row["code"]: row for row in planning.stored(_catalogue)}
    columns = ("name", "name_en", "kind", "field")
    batch = Batch(planning, competency, ("tenant", "code"), columns)
    for row in rows:
        known = stored.get(row["code"])
        values = with_file_values(known or {}, row, columns)
        if row["kind"] is CompetencyKind.TECHNICAL and values["field"] is None:
            planning.reject(row, "field", "required")
        if row.is_whole:
            values |= {"kind": str(row["kind"]), "tenant": planning.around.tenant, "code": row["code"]}
            batch.put(known, values)
    batch.close()


def plan_standards(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan the levels that posts ask for; a competency that the file leaves out stays as it is."""
    stored = {(row["post_id"], row["competency"]): row for row in planning.stored(_standards)}
    known = _known(planning)
    batch = Batch(planning, post_standard, ("tenant", "post_id", "competency"), ("level",))
    for row in rows:
        post = post_id(planning, row)
        if _is_known(planning, row, known) and post is not None and row.is_whole:
            key = {"tenant": planning.around.tenant, "post_id": post, "competency": row["competency"]}
            batch.put(stored.get((post, row["competency"])), {**key, "level": row["level"]})
    batch.close()


def plan_levels(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan what people were found to have; an assessment belongs to its day, and a later one goes before it."""
    keys = ("tenant", "employee_id", "competency", "assessed_on")
    stored = {tuple(row[name] for name in keys): row for row in planning.stored(_levels)}
    known = _known(planning)
    batch = Batch(planning, competency_level, keys, ("level", "source", "case_id"))
    for row in rows:
        employee = planning.employee_id(row)
        if _is_past(planning, row) and _is_known(planning, row, known) and employee is not None and row.is_whole:
            key = (planning.around.tenant, employee, row["competency"], row["assessed_on"])
            before, unchanged = stored.get(key), planning.unchanged
            if before is not None and before["case_id"] is not None:
                planning.reject(row, "assessed_on", "level_of_step", day=row["assessed_on"])
                continue
            found = {"level": row["level"], "source": row["source"], "case_id": None}
            batch.put(before, {**dict(zip(keys, key, strict=True)), **found})
            planning.reject_own(row, employee, unchanged=unchanged)
    batch.close()


def _known(planning: Planning) -> frozenset[str]:
    return frozenset(row["code"] for row in planning.stored(_catalogue))


def _is_known(planning: Planning, row: ImportRow, known: frozenset[str]) -> bool:
    if row["competency"] in known:
        return True
    if row.has_read("competency"):
        planning.reject(row, "competency", "unknown_competency", value=row["competency"])
    return False


def _is_past(planning: Planning, row: ImportRow) -> bool:
    day = row["assessed_on"]
    if day is None or day <= planning.around.today:
        return True
    planning.reject(row, "assessed_on", "future_day", day=day)
    return False


COMPETENCIES = ImportKind(
    "competencies",
    "Katalog kompetensi",
    "Competency catalogue",
    CATALOGUE_COLUMNS,
    ("code",),
    plan_competencies,
    about=Text("Daftar kompetensi yang dipakai kota ini.", "The competencies that this city uses."),
)
STANDARDS = ImportKind(
    "post-standards",
    "Standar kompetensi jabatan (SKJ)",
    "Competency standards of posts",
    STANDARD_COLUMNS,
    ("post", "competency"),
    plan_standards,
    about=Text("Tingkat kompetensi yang diminta setiap jabatan.", "The levels of competence that each post asks for."),
)
LEVELS = ImportKind(
    "competency-levels",
    "Tingkat kompetensi pegawai",
    "Competency levels of employees",
    LEVEL_COLUMNS,
    ("nip", "competency", "assessed_on"),
    plan_levels,
    about=Text(
        "Tingkat kompetensi setiap orang menurut uji terakhir.", "Everybody's levels of competence as last assessed."
    ),
)
