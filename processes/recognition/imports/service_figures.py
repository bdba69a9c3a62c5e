"""Import of what somebody's service counter measured in a month: median hours, reworked share, satisfaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_nip, read_number, read_whole
from processes.recognition.records import service_figure

#: What is measured in a month, of somebody or of a whole counter.
MEASURED = ("hours", "rework", "ikm")


def measured_columns() -> tuple[Column, ...]:
    """Return the columns of a month and of what was measured in it."""
    return (
        Column("year", "Tahun", read_whole(2020, 2100), aliases=("year",)),
        Column("month", "Bulan", read_whole(1, 12), aliases=("month",)),
        Column("hours", "Median Jam", read_number(0, 10_000), aliases=("median waktu", "median hours")),
        Column("rework", "Pengerjaan Ulang", read_number(0, 100), aliases=("persen pengerjaan ulang", "rework")),
        Column("ikm", "IKM", read_number(25, 100), required=False, aliases=("nilai ikm", "satisfaction index")),
    )


COLUMNS = (Column("nip", "NIP", read_nip), *measured_columns())
_KEY = ("tenant", "employee_id", "year", "month")
_VALUES = (*MEASURED, "source")

_figures = select(service_figure).where(service_figure.c.tenant == bindparam("tenant"))


def plan_service_figures(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and corrected months; nobody imports a change of his own figures."""
    stored = {tuple(row[name] for name in _KEY): row for row in planning.stored(_figures)}
    batch = Batch(planning, service_figure, _KEY, _VALUES)
    for row in rows:
        employee_id = planning.employee_id(row)
        if employee_id is None or not row.is_whole:
            continue
        unchanged = planning.unchanged
        values = _values(planning, row, employee_id)
        before = stored.get(tuple(values[name] for name in _KEY))
        # A month that the file only repeats keeps the file it came from.
        batch.put(before, before if before is not None and _is_same(before, values) else values)
        planning.reject_own(row, employee_id, unchanged=unchanged)
    batch.close()


def _values(planning: Planning, row: ImportRow, employee_id: int) -> dict[str, Any]:
    measured = {name: row[name] for name in ("year", "month", *MEASURED)}
    origin = planning.around.source[:120] or "import"
    return {"tenant": planning.around.tenant, "employee_id": employee_id, **measured, "source": origin}


def _is_same(before: dict[str, Any], values: dict[str, Any]) -> bool:
    return all(before[name] == values[name] for name in MEASURED)


SERVICE_FIGURES = ImportKind(
    "service-figures",
    "Angka layanan",
    "Service figures",
    COLUMNS,
    ("nip", "year", "month"),
    plan_service_figures,
    about=Text(
        "Angka bulanan layanan setiap orang: lama, ulang, dan kepuasan.",
        "Everybody's monthly service figures: duration, rework, satisfaction.",
    ),
)
