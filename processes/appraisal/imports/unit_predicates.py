"""Import of units' predicates of quarters before Alur: what a later quarter falls back to when nobody sets one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, exists, select

from engine.records.changes import Write
from processes.appraisal.imports.positions import QUARTER, YEAR
from processes.appraisal.records import OrgBasis, org_predicate, period
from processes.appraisal.rules import label
from processes.people.city import OrgPredicate, Period, Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_choice, read_code

COLUMNS = (
    Column("unit", "Kode Unit", read_code(), aliases=("unit", "unit code")),
    YEAR,
    QUARTER,
    Column(
        "predicate",
        "Predikat",
        read_choice({item: (label(item).id, label(item).en) for item in OrgPredicate}),
        aliases=("predikat unit", "predikat organisasi", "predicate"),
    ),
)
_KEY = ("unit", "year", "quarter")
_KEYS = ("tenant", "unit_id", "year", "quarter")

_stored = select(org_predicate).where(org_predicate.c.tenant == bindparam("tenant"))
_opened = select(period.c.year, period.c.quarter).where(period.c.tenant == bindparam("tenant"))
# Changes nothing: it finds the rows only while their quarters are not opened, and so nobody here has set anything.
_not_opened_yet = (
    org_predicate.update()
    .where(*(org_predicate.c[name] == bindparam(f"of_{name}") for name in _KEYS))
    .where(~exists().where(*(period.c[name] == org_predicate.c[name] for name in ("tenant", "year", "quarter"))))
    .values(basis=org_predicate.c.basis)
)


def plan_unit_predicates(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan predicates of quarters that are over and were never opened in Alur, where the unit's superior sets them."""
    stored = {tuple(row[name] for name in _KEYS): row for row in planning.stored(_stored)}
    opened = {(row["year"], row["quarter"]) for row in planning.stored(_opened)}
    batch = Batch(planning, org_predicate, _KEYS, ("predicate", "set_by", "set_at"))
    for row in rows:
        unit_id = planning.unit_id(row)
        if row.has_read("year", "quarter"):
            _check_quarter(planning, row, opened)
        if unit_id is not None and row.is_whole:
            values = _values(planning, row, unit_id)
            before = stored.get(tuple(values[name] for name in _KEYS))
            # What the file only repeats keeps the day on which it came.
            is_same = before is not None and before["predicate"] == values["predicate"]
            batch.put(before, before if before is not None and is_same else values)
    batch.close()
    written = [{f"of_{name}": values[name] for name in _KEYS} for values in (*batch.new, *batch.changed)]
    if written:
        planning.writes.append(Write(_not_opened_yet, written, expect=len(written)))


def _check_quarter(planning: Planning, row: ImportRow, opened: set[tuple[int, int]]) -> None:
    year, quarter = row["year"], row["quarter"]
    if (year, quarter) in opened:
        planning.reject(row, "quarter", "quarter_opened", quarter=quarter, year=year)
    elif Period.quarter(year, quarter).end >= planning.around.today:
        planning.reject(row, "quarter", "quarter_not_over", quarter=quarter, year=year)


def _values(planning: Planning, row: ImportRow, unit_id: int) -> dict[str, Any]:
    around = planning.around
    return {
        "tenant": around.tenant,
        "unit_id": unit_id,
        "year": row["year"],
        "quarter": row["quarter"],
        "predicate": str(row["predicate"]),
        "basis": OrgBasis.IMPORTED.value,
        "note": "",
        "set_by": around.actor,
        "set_at": around.now,
    }


UNIT_PREDICATES = ImportKind(
    "unit-predicates",
    "Predikat unit",
    "Units' predicates",
    COLUMNS,
    _KEY,
    plan_unit_predicates,
    about=Text(
        "Predikat unit pada triwulan sebelum Alur dipakai.", "Predicates of units in quarters before Alur was used."
    ),
)
