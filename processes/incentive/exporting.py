"""The payment list of a unit's month, as the treasury takes it: one row a person, and the sum of all at the end."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from openpyxl import Workbook
from sqlalchemy import Connection, bindparam, select

from processes.incentive.slips import StoredSlip, slips_of_unit
from processes.people.queries.on_day import TENANT
from processes.people.records import employee

TITLES: Final = (
    "NIP",
    "Nama",
    "Golongan",
    "Produktivitas",
    "Disiplin",
    "Tambahan Plt",
    "Potongan Hukuman",
    "Koreksi",
    "Bruto",
    "Potongan Luar",
    "Neto",
)
_CODES: Final = ("productivity", "discipline", "acting", "sanction", "adjustment")
_people = select(employee.c.id, employee.c.nip, employee.c.name, employee.c.grade).where(
    employee.c.tenant == TENANT, employee.c.id.in_(bindparam("people", expanding=True))
)
_FORMULA: Final = ("=", "+", "-", "@", "\t")

Cell = str | Decimal


def payment_rows(read: Connection, tenant: str, unit_id: int, month: date) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a unit's month by name, without titles; people without a valid slip are left out."""
    slips = {slip.employee_id: slip for slip in slips_of_unit(read, tenant, unit_id, month) if not slip.is_void}
    people = read.execute(_people, {"tenant": tenant, "people": list(slips)})
    named = sorted(people, key=lambda row: (row.name, row.id))
    return tuple((row.nip, row.name, row.grade or "", *_amounts(slips[row.id])) for row in named)


def _amounts(slip: StoredSlip) -> tuple[Decimal, ...]:
    sums = dict.fromkeys(_CODES, Decimal(0))
    for line in slip.lines:
        if line.code in sums:
            sums[line.code] += line.amount
    return (*sums.values(), slip.gross, slip.deductions, slip.net)


def total_row(rows: Sequence[Sequence[Cell]]) -> tuple[Cell, ...]:
    """Return the sums of all amounts of the rows."""
    first = 3
    sums = [sum((Decimal(row[place]) for row in rows), Decimal(0)) for place in range(first, len(TITLES))]
    return ("", "JUMLAH", "", *sums)


def payment_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return rows and their sum as CSV in UTF-8, as Excel opens it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(TITLES)
    writer.writerows([_safe(cell) for cell in row] for row in (*rows, total_row(rows)))
    return text.getvalue().encode("utf-8-sig")


def payment_workbook(rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """Return rows and their sum as a workbook: numbers are numbers, an employee's number is text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title[:31])
    sheet.append(TITLES)
    for row in (*rows, total_row(rows)):
        sheet.append([int(cell) if isinstance(cell, Decimal) else _safe(cell) for cell in row])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _safe(cell: Cell) -> str:
    """Return a cell that no spreadsheet takes for a formula; amounts may be negative."""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
