"""Import of holidays: a year's list, as the joint decree of three ministers sets it (SKB 3 Menteri)."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from processes.people.imports.cells import read_day, read_text
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import Batch, ImportKind, Planning
from processes.people.records import holiday

COLUMNS = (
    Column("day", "Tanggal", read_day, aliases=("hari", "date")),
    Column("name", "Nama Hari Libur", read_text(200), aliases=("nama", "keterangan", "hari libur")),
)

_existing = select(holiday.c.day, holiday.c.name).where(holiday.c.tenant == bindparam("tenant"))


def plan_holidays(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and renamed holidays; deadlines that are already running are not touched here."""
    tenant = planning.around.tenant
    stored = {row["day"]: row for row in planning.stored(_existing)}
    batch = Batch(planning, holiday, ("tenant", "day"), ("name",))
    for row in (row for row in rows if row.is_whole):
        batch.put(stored.get(row["day"]), {"tenant": tenant, "day": row["day"], "name": row["name"]})
    batch.close()


HOLIDAYS = ImportKind("holidays", "Hari libur", "Holidays", COLUMNS, ("day",), plan_holidays)
