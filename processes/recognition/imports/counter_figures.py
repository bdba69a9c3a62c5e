"""Import of what a whole counter or service of a unit measured in a month: nobody is measured by it."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_code
from processes.recognition.imports.service_figures import MEASURED, measured_columns
from processes.recognition.records import counter_figure

COLUMNS = (
    Column("unit", "Kode Unit", read_code(), aliases=("unit", "unit code")),
    Column("counter", "Loket", read_code(80), aliases=("layanan", "counter", "service")),
    *measured_columns(),
)
_KEY = ("tenant", "unit_id", "counter", "year", "month")

_figures = select(counter_figure).where(counter_figure.c.tenant == bindparam("tenant"))


def plan_counter_figures(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and corrected months of counters."""
    stored = {tuple(row[name] for name in _KEY): row for row in planning.stored(_figures)}
    batch = Batch(planning, counter_figure, _KEY, (*MEASURED, "source"))
    for row in rows:
        unit_id = planning.unit_id(row)
        if unit_id is None or not row.is_whole:
            continue
        given = {name: row[name] for name in ("counter", "year", "month", *MEASURED)}
        origin = planning.around.source[:120] or "import"
        values = {"tenant": planning.around.tenant, "unit_id": unit_id, **given, "source": origin}
        before = stored.get(tuple(values[name] for name in _KEY))
        # A month that the file only repeats keeps the file it came from.
        is_same = before is not None and all(before[name] == values[name] for name in MEASURED)
        batch.put(before, before if before is not None and is_same else values)
    batch.close()


COUNTER_FIGURES = ImportKind(
    "counter-figures",
    "Angka loket",
    "Counter figures",
    COLUMNS,
    ("unit", "counter", "year", "month"),
    plan_counter_figures,
    about=Text("Angka bulanan sebuah loket atau layanan unit.", "Monthly figures of a counter or service of a unit."),
)
