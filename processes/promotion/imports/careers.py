"""Imports of careers: ranks, education, credit determined before Alur (PAK), awards, potential."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, select

from processes.people.career_values import EducationLevel
from processes.people.careers import award, education, rank
from processes.people.city import Text
from processes.people.imports import ImportGroup, ImportKind, by_name
from processes.people.imports.batch import Batch
from processes.people.imports.cells import read_choice, read_day, read_nip, read_number, read_text
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import Planning
from processes.promotion.credit import CreditKind, Level
from processes.promotion.grades import GRADES
from processes.promotion.records import credit_score, talent_assessment

NIP = Column("nip", "NIP", read_nip)
DECREE = Column("decree", "Nomor SK", read_text(120), required=False, aliases=("sk", "skNomor", "nomorSk"))
_EDUCATION: Mapping[EducationLevel, tuple[str, ...]] = {
    EducationLevel.PRIMARY: ("SD",),
    EducationLevel.JUNIOR_SECONDARY: ("SMP", "SLTP"),
    EducationLevel.SENIOR_SECONDARY: ("SMA", "SLTA", "SMK"),
    EducationLevel.DIPLOMA_1: ("D1", "D-I"),
    EducationLevel.DIPLOMA_2: ("D2", "D-II"),
    EducationLevel.DIPLOMA_3: ("D3", "D-III"),
    EducationLevel.DIPLOMA_4: ("D4", "D-IV"),
    EducationLevel.BACHELOR: ("S1", "S-1", "Sarjana"),
    EducationLevel.PROFESSION: ("Profesi",),
    EducationLevel.MASTER: ("S2", "S-2", "Magister"),
    EducationLevel.DOCTOR: ("S3", "S-3", "Doktor"),
}
_LEVELS = {level: (level.value.replace("_", " ").title(),) for level in Level}
#: Turns the row of an employee into the columns of its table, without its key.
Values = Callable[[ImportRow], dict[str, Any]]


def _plan(
    table: Table, keys: tuple[str, ...], columns: tuple[str, ...], values: Values
) -> Callable[[Planning, Sequence[ImportRow]], None]:
    """Return how rows of a table of careers are planned: one an employee and key, of whom nobody brings his own."""
    existing = select(table).where(table.c.tenant == bindparam("tenant"))

    def plan(planning: Planning, rows: Sequence[ImportRow]) -> None:
        stored = {tuple(row[name] for name in ("employee_id", *keys)): row for row in planning.stored(existing)}
        batch = Batch(planning, table, _found_by(table, keys), columns)
        for item in rows:
            employee_id = planning.employee_id(item)
            if employee_id is None or not item.is_whole:
                continue
            given = {"tenant": planning.around.tenant, "employee_id": employee_id, **values(item)}
            known = stored.get(tuple(given[name] for name in ("employee_id", *keys)))
            if known is not None and known.get("case_id") is not None:
                planning.reject(item, keys[-1], "of_case")
                continue
            unchanged = planning.unchanged
            batch.put(known, _with_id(planning, table, given, known))
            planning.reject_own(item, employee_id, unchanged=unchanged)
        batch.close()

    return plan


def _found_by(table: Table, keys: tuple[str, ...]) -> tuple[str, ...]:
    return ("id",) if "id" in table.c else ("tenant", "employee_id", *keys)


def _with_id(
    planning: Planning, table: Table, given: dict[str, Any], known: Mapping[str, Any] | None
) -> dict[str, Any]:
    if "id" not in table.c:
        return given
    return {"id": known["id"] if known is not None else planning.new_id(), **given}


def _rank(row: ImportRow) -> dict[str, Any]:
    return {"grade": row["grade"], "valid_from": row["valid_from"], "decree": row["decree"]}


def _education(row: ImportRow) -> dict[str, Any]:
    return {"level": str(row["level"]), "subject": row["subject"], "graduated_on": row["graduated_on"]}


def _credit(row: ImportRow) -> dict[str, Any]:
    return {
        "kind": str(CreditKind.BEFORE),
        "level": str(row["level"]),
        "first_day": row["first_day"],
        "last_day": row["last_day"],
        "months": 0,
        "credit": row["credit"],
        "decree": row["decree"],
        "source": "import",
    }


def _award(row: ImportRow) -> dict[str, Any]:
    return {"name": row["name"], "awarded_on": row["awarded_on"], "decree": row["decree"]}


def _potential(row: ImportRow) -> dict[str, Any]:
    return {"assessed_on": row["assessed_on"], "potential": row["potential"], "source": row["source"]}


RANKS = ImportKind(
    "ranks",
    "Riwayat golongan",
    "Ranks",
    (
        NIP,
        Column("grade", "Golongan", read_choice({grade: (grade,) for grade in GRADES}), aliases=("golongan ruang",)),
        Column("valid_from", "TMT Golongan", read_day, aliases=("tmt", "tmtGolongan")),
        DECREE,
    ),
    ("nip", "valid_from"),
    _plan(rank, ("valid_from",), ("grade", "decree"), _rank),
    about=Text(
        "Golongan setiap orang, sejak kapan, dan SK-nya.", "Everybody's grades, since when, and by which decree."
    ),
)
EDUCATION = ImportKind(
    "education",
    "Pendidikan",
    "Education",
    (
        NIP,
        Column("level", "Jenjang", read_choice(_EDUCATION), aliases=("pendidikan",)),
        Column("subject", "Jurusan", read_text(120), required=False),
        Column("graduated_on", "Tanggal Lulus", read_day, aliases=("lulus", "tanggal ijazah")),
    ),
    ("nip", "level", "graduated_on"),
    _plan(education, ("level", "graduated_on"), ("subject",), _education),
    about=Text("Jenjang pendidikan, jurusan, dan tanggal lulus.", "Level of education, subject and day of graduation."),
)
CREDITS = ImportKind(
    "credits",
    "Penetapan angka kredit (PAK)",
    "Credit determinations",
    (
        NIP,
        Column("level", "Jenjang Jabatan", read_choice(_LEVELS), aliases=("jenjang",)),
        Column("first_day", "Mulai Penilaian", read_day, aliases=("mulai",)),
        Column("last_day", "Selesai Penilaian", read_day, aliases=("selesai",)),
        Column("credit", "Angka Kredit", read_number(0, 2000), aliases=("kreditUtamaBaru", "ak")),
        DECREE,
    ),
    ("nip", "last_day"),
    _plan(credit_score, ("kind", "last_day"), ("level", "first_day", "credit", "decree"), _credit),
    about=Text(
        "Angka kredit yang sudah ditetapkan bagi pejabat fungsional.",
        "Credits that were determined for functional officials.",
    ),
)
AWARDS = ImportKind(
    "awards",
    "Penghargaan",
    "Awards",
    (
        NIP,
        Column("name", "Nama Penghargaan", read_text(200), aliases=("penghargaan",)),
        Column("awarded_on", "Tanggal", read_day),
        DECREE,
    ),
    ("nip", "name", "awarded_on"),
    _plan(award, ("name", "awarded_on"), ("decree",), _award),
    about=Text("Penghargaan yang pernah diterima setiap orang.", "Awards that people have received."),
)
POTENTIAL = ImportKind(
    "potential",
    "Hasil uji potensi",
    "Potential assessments",
    (
        NIP,
        Column("potential", "Nilai Potensi", read_number(0, 100), aliases=("potensi",)),
        Column("assessed_on", "Tanggal Uji", read_day, aliases=("tanggal",)),
        Column("source", "Sumber", read_text(120)),
    ),
    ("nip", "assessed_on"),
    _plan(talent_assessment, ("assessed_on",), ("potential", "source"), _potential),
    about=Text(
        "Nilai uji potensi setiap orang, dengan sumbernya.", "Everybody's assessed potential, and where it comes from."
    ),
)

#: In the order in which a city needs them.
CAREER_GROUPS = (
    ImportGroup(
        Text("Karier pegawai", "Careers"),
        Text(
            "Golongan, pendidikan, angka kredit, dan penghargaan: dasar kenaikan pangkat dan talenta.",
            "Grades, education, credits and awards, on which promotion and talent are based.",
        ),
        (RANKS, EDUCATION, CREDITS, AWARDS, POTENTIAL),
    ),
)
CAREER_KINDS: dict[str, ImportKind] = by_name(CAREER_GROUPS)
