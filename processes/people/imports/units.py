"""Import of units: a tree by the parent's code, in any order in the file."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.city import UNIT_KINDS, Text
from processes.people.imports.batch import Batch, with_file_values
from processes.people.imports.cells import read_choice, read_code, read_text
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning
from processes.people.records import unit

_KINDS = {kind: (text.id, text.en) for kind, text in UNIT_KINDS.items()}
_WEEKS = {5: ("5", "lima hari", "5 hari"), 6: ("6", "enam hari", "6 hari")}
_COLUMNS = ("name", "parent_id", "kind", "week")

COLUMNS = (
    Column("code", "Kode Unit", read_code(), aliases=("kode", "unor_id", "id unor")),
    Column("name", "Nama Unit", read_text(200), aliases=("nama", "unit")),
    Column("parent", "Kode Induk", read_code(), required=False, aliases=("induk", "kode unit induk", "parent code")),
    Column("kind", "Jenis Unit", read_choice(_KINDS), aliases=("jenis", "type")),
    Column("week", "Hari Kerja", read_choice(_WEEKS), aliases=("pola hari kerja", "working week")),
)

_existing = select(unit.c.id, unit.c.code, *(unit.c[name] for name in _COLUMNS)).where(
    unit.c.tenant == bindparam("tenant")
)


def plan_units(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed units; parents are written before their children."""
    stored = {row["code"]: row for row in planning.stored(_existing)}
    by_code = {row["code"]: row for row in rows if row.has_read("code")}
    _check_parents(planning, rows, stored)
    if planning.problems or not _is_tree(planning, by_code, stored) or not all(row.is_whole for row in rows):
        return
    ids = {code: row["id"] for code, row in stored.items()}
    ids.update({code: planning.new_id() for code in by_code if code not in ids})
    batch = Batch(planning, unit, ("id",), _COLUMNS)
    for row in _parents_first(by_code):
        code = row["code"]
        known = stored.get(code, {})
        values = with_file_values(known, row, ("name", "kind", "week"))
        values["parent_id"] = ids.get(row["parent"]) if "parent" in row.values else known.get("parent_id")
        batch.put(known or None, {"id": ids[code], "tenant": planning.around.tenant, "code": code, **values})
    batch.close()


def _check_parents(planning: Planning, rows: Sequence[ImportRow], stored: Mapping[str, Any]) -> None:
    known = stored.keys() | {row["code"] for row in rows}
    for row in rows:
        if row["parent"] is not None and row["parent"] not in known:
            planning.reject(row, "parent", "unknown_unit", value=row["parent"])


def _is_tree(planning: Planning, by_code: Mapping[str, ImportRow], stored: Mapping[str, Mapping[str, Any]]) -> bool:
    codes = {row["id"]: code for code, row in stored.items()}
    parents = {code: codes.get(row["parent_id"]) for code, row in stored.items()}
    parents |= {code: row["parent"] for code, row in by_code.items() if "parent" in row.values}
    safe: set[str] = set()
    for code, row in by_code.items():
        path = [code]
        while (above := parents.get(path[-1])) is not None and above not in safe and above not in path:
            path.append(above)
        if above == code:
            planning.reject(row, "parent", "unit_circle", value=code, path=" → ".join([*path, code]))
        elif above is None or above in safe:
            safe.update(path)
    return not planning.problems


def _parents_first(by_code: Mapping[str, ImportRow]) -> list[ImportRow]:
    ordered: dict[str, ImportRow] = {}
    for code in by_code:
        path: list[str] = []
        above: str | None = code
        while above is not None and above in by_code and above not in ordered:
            path.append(above)
            above = by_code[above]["parent"]
        ordered.update({item: by_code[item] for item in reversed(path)})
    return list(ordered.values())


UNITS = ImportKind(
    "units",
    "Unit kerja",
    "Units",
    COLUMNS,
    ("code",),
    plan_units,
    about=Text(
        "Unit kerja sebagai pohon, dengan lima atau enam hari kerja.", "Units as a tree, with five or six working days."
    ),
)
