"""Import of units' figures of a quarter: satisfaction index, answers, attendance, and whatever a city's rules ask."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from processes.appraisal.figures import KIND
from processes.appraisal.imports.positions import QUARTER, YEAR
from processes.appraisal.imports.scored import warn_of_scored
from processes.people.city import Text
from processes.people.figures import unit_figure
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_code, read_number, read_whole

#: The figures that have a column of their own, and their bounds, which hold as well when they come by name.
_FIGURES = {"ikm": (25, 100), "n": (0, 10_000_000), "attendance": (0, 100)}

COLUMNS = (
    Column("unit", "Kode Unit", read_code(), aliases=("unit", "unit code")),
    YEAR,
    QUARTER,
    Column("ikm", "IKM", read_number(*_FIGURES["ikm"]), required=False, aliases=("nilai ikm", "satisfaction index")),
    Column("n", "Jumlah Responden", read_whole(*_FIGURES["n"]), required=False, aliases=("responden", "n")),
    Column(
        "attendance", "Kehadiran", read_number(*_FIGURES["attendance"]), required=False, aliases=("persen kehadiran",)
    ),
    Column("name", "Nama Angka", read_code(40), required=False, aliases=("angka", "figure")),
    Column("value", "Nilai", read_number(), required=False, aliases=("value",)),
)
_KEY = ("unit", "year", "quarter", "name")

_figures = select(unit_figure).where(unit_figure.c.tenant == bindparam("tenant"))


def plan_unit_figures(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan the figures of units: satisfaction index, answers and attendance in columns, any other by its name."""
    keys = ("tenant", "unit_id", "year", "quarter", "name")
    stored = {tuple(row[name] for name in keys): row for row in planning.stored(_figures)}
    batch = Batch(planning, unit_figure, keys, ("value", "entered_at", "entered_by", "source"))
    origin = _origin(planning)
    seen: dict[tuple[Any, ...], ImportRow] = {}
    for row in rows:
        unit_id = planning.unit_id(row)
        figures = _given_figures(row)
        _check_bounds(planning, row)
        if not figures and row.has_read(*_FIGURES, "name", "value"):
            planning.reject(row, "", "nothing_given", choices="IKM, Jumlah Responden, Kehadiran, Nama Angka dan Nilai")
        for name, value in figures.items() if row.is_whole else ():
            key = (planning.around.tenant, unit_id, row["year"], row["quarter"], name)
            first = seen.get(key)
            if first is not None and (first is row or first["name"] != row["name"]):  # two alike were told of already
                titles = ", ".join(row.title(column) for column in (*_KEY[:-1], name))
                planning.reject(row, name, "duplicate", other=first.number, key=titles)
            seen.setdefault(key, row)
            before = stored.get(key)
            # A figure that the file only repeats was not measured anew: it keeps its origin.
            given = {**dict(zip(keys, key, strict=True)), "value": value, **origin}
            batch.put(before, before if before is not None and before["value"] == value else given)
    warn_of_scored(planning, batch, "unit_id", "year", "quarter")
    batch.close()


def _origin(planning: Planning) -> dict[str, Any]:
    around = planning.around
    return {"entered_at": around.now, "entered_by": around.actor, "source": around.source[:120] or "import"}


def _check_bounds(planning: Planning, row: ImportRow) -> None:
    low, high = _FIGURES.get(row["name"], (None, None))
    if row["value"] is not None and low is not None and high is not None and not low <= row["value"] <= high:
        shown = str(row["value"]).replace(".", ",")
        planning.reject(row, "value", "out_of_range", value=shown, low=low, high=high)


def _given_figures(row: ImportRow) -> dict[str, Decimal]:
    given = {name: Decimal(row[name]) for name in _FIGURES if row[name] is not None}
    if row["name"] is not None and row["value"] is not None:
        given[row["name"]] = row["value"]
    return given


UNIT_FIGURES = ImportKind(
    KIND,
    "Angka unit",
    "Unit figures",
    COLUMNS,
    _KEY,
    plan_unit_figures,
    about=Text(
        "Angka sebuah unit dalam satu triwulan: kepuasan masyarakat, kehadiran, dan lainnya.",
        "A unit's figures of a quarter: satisfaction, attendance and others.",
    ),
)
