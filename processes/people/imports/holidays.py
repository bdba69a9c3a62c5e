"""Import of holidays as the joint decree of three ministers sets them (SKB 3 Menteri), and removal of moved ones."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.city import Text
from processes.people.imports.batch import Batch
from processes.people.imports.cells import read_choice, read_day, read_text
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning
from processes.people.records import holiday

COLUMNS = (
    Column("day", "Tanggal", read_day, aliases=("hari", "date")),
    Column("name", "Nama Hari Libur", read_text(200), aliases=("nama", "keterangan", "hari libur")),
    Column(
        "remove", "Hapus", read_choice({True: ("Ya", "x"), False: ("Tidak",)}), required=False, aliases=("dihapus",)
    ),
)

_KEYS = ("tenant", "day")
_existing = select(holiday.c.day, holiday.c.name).where(holiday.c.tenant == bindparam("tenant"))


def plan_holidays(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and renamed holidays and those that go; deadlines that are already running are not touched here."""
    tenant = planning.around.tenant
    stored = {row["day"]: row for row in planning.stored(_existing)}
    batch = Batch(planning, holiday, _KEYS, ("name",))
    for row in (row for row in rows if row.is_whole and not row["remove"]):
        batch.put(stored.get(row["day"]), {"tenant": tenant, "day": row["day"], "name": row["name"]})
    batch.close()
    _remove(planning, [row for row in rows if row["remove"] and row.has_read("day")], stored)


def _remove(planning: Planning, rows: Sequence[ImportRow], stored: Mapping[date, Mapping[str, Any]]) -> None:
    """Plan that the named holidays go, and say which: the dry run shows them before anything is done."""
    for row in (row for row in rows if row["day"] not in stored):
        planning.reject(row, "day", "no_holiday", day=row["day"])
    gone = [row["day"] for row in rows if row["day"] in stored]
    if gone:
        names = "; ".join(f"{day:%d/%m/%Y} {stored[day]['name']}" for day in sorted(gone))
        planning.warn("holidays_removed", names=names)
    planning.changed += len(gone)
    planning.delete(holiday, _KEYS, [{"tenant": planning.around.tenant, "day": day} for day in gone])


HOLIDAYS = ImportKind(
    "holidays",
    "Hari libur",
    "Holidays",
    COLUMNS,
    ("day",),
    plan_holidays,
    about=Text(
        "Hari libur dan cuti bersama; tenggat dihitung tanpa hari-hari itu.",
        "Holidays and joint leave; deadlines are counted without them.",
    ),
)
