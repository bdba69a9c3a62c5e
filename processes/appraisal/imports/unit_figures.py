"""Import of units' figures of a quarter: satisfaction index, answers, attendance, and whatever a city's rules ask."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from processes.appraisal.imports.positions import QUARTER, YEAR
from processes.appraisal.records import unit_figure
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_code, read_number, read_whole

COLUMNS = (
    Column("unit", "Kode Unit", read_code(), aliases=("unit", "unit code")),
    YEAR,
    QUARTER,
    Column("ikm", "IKM", read_number(25, 100), required=False, aliases=("nilai ikm", "satisfaction index")),
    Column("n", "Jumlah Responden", read_whole(0, 10_000_000), required=False, aliases=("responden", "n")),
    Column("attendance", "Kehadiran", read_number(0, 100), required=False, aliases=("persen kehadiran",)),
    Column("name", "Nama Angka", read_code(40), required=False, aliases=("angka", "figure")),
    Column("value", "Nilai", read_number(), required=False, aliases=("value",)),
)
_FIGURES = ("ikm", "n", "attendance")
_KEY = ("unit", "year", "quarter", "name")

_figures = select(unit_figure).where(unit_figure.c.tenant == bindparam("tenant"))


def plan_unit_figures(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan the figures of units: satisfaction index, answers and attendance in columns, any other by its name."""
    keys = ("tenant", "unit_id", "year", "quarter", "name")
    stored = {tuple(row[name] for name in keys): row for row in planning.stored(_figures)}
    batch = Batch(planning, unit_figure, keys, ("value",))
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        unit_id = planning.unit_id(row)
        given = _given_figures(row)
        if not given:
            planning.reject(row, "", "nothing_given", choices="IKM, Jumlah Responden, Kehadiran, Nama Angka dan Nilai")
        for name, value in given.items():
            key = (planning.around.tenant, unit_id, row["year"], row["quarter"], name)
            if key in seen:
                planning.reject(row, name, "duplicate", other=row.number, key=name)
            seen.add(key)
            batch.put(stored.get(key), {**dict(zip(keys, key, strict=True)), "value": value})
    batch.close()


def _given_figures(row: ImportRow) -> dict[str, Decimal]:
    given = {name: Decimal(row[name]) for name in _FIGURES if row[name] is not None}
    if row["name"] is not None and row["value"] is not None:
        given[row["name"]] = row["value"]
    return given


UNIT_FIGURES = ImportKind("unit-figures", "Angka unit", "Unit figures", COLUMNS, _KEY, plan_unit_figures)
