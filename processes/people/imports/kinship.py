"""Import of kinship: who is family to whom, so that nobody decides about his own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.careers import Relation, kinship
from processes.people.city import Text
from processes.people.imports.batch import Batch
from processes.people.imports.cells import read_choice, read_nip
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning

_RELATIONS = {
    Relation.SPOUSE: ("Suami/Istri", "Suami", "Istri"),
    Relation.PARENT_CHILD: ("Orang Tua/Anak", "Orang Tua", "Anak"),
    Relation.SIBLING: ("Saudara Kandung", "Saudara"),
    Relation.IN_LAW: ("Semenda", "Ipar", "Mertua/Menantu"),
}
_KEY = ("tenant", "employee_id", "relative_id")

COLUMNS = (
    Column("nip", "NIP", read_nip, aliases=("nip pegawai",)),
    Column("relative", "NIP Keluarga", read_nip, aliases=("keluarga", "relative nip")),
    Column("relation", "Hubungan", read_choice(_RELATIONS), aliases=("relation",)),
)

_existing = select(kinship).where(kinship.c.tenant == bindparam("tenant"))


def plan_kinship(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan who is family to whom; a pair stands once, whoever of the two is named first."""
    stored = {(row["employee_id"], row["relative_id"]): row for row in planning.stored(_existing)}
    batch = Batch(planning, kinship, _KEY, ("relation",))
    seen: dict[tuple[int, int], int] = {}
    for row in rows:
        pair = _pair(planning, row)
        if pair is None or not row.is_whole:
            continue
        if pair in seen:
            planning.reject(row, "relative", "duplicate", other=seen[pair], key=row["relative"])
            continue
        seen[pair] = row.number
        batch.put(stored.get(pair), _values(planning, row, pair))
    batch.close()


def _pair(planning: Planning, row: ImportRow) -> tuple[int, int] | None:
    """Return both persons, the smaller id first; None if one is not there, or they are the same."""
    one, other = planning.employee_id(row), planning.employee_id(row, "relative")
    if row["nip"] is not None and row["nip"] == row["relative"]:
        planning.reject(row, "relative", "own_relative")
        return None
    return None if one is None or other is None else (min(one, other), max(one, other))


def _values(planning: Planning, row: ImportRow, pair: tuple[int, int]) -> dict[str, Any]:
    key = (planning.around.tenant, *pair)
    return {**dict(zip(_KEY, key, strict=True)), "relation": str(row["relation"])}


KINSHIP = ImportKind(
    "kinship",
    "Hubungan keluarga",
    "Kinship",
    COLUMNS,
    ("nip", "relative"),
    plan_kinship,
    about=Text(
        "Siapa berkeluarga dengan siapa, agar keduanya tidak saling menilai.",
        "Who is related to whom, so that neither judges the other.",
    ),
)
