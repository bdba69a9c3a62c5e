"""Compares a month with the treasurer's spreadsheet: each difference by person and line, and what explains it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, bindparam, select

from processes.incentive.imports.cells import read_rupiah
from processes.incentive.records import allowance_run, allowance_slip
from processes.incentive.rules.lines import Line, label
from processes.incentive.slips import StoredSlip, slip_of
from processes.people.city.texts import Text, show_number
from processes.people.imports import Column, ImportRow
from processes.people.imports.cells import read_nip
from processes.people.imports.columns import find_duplicates, read_table
from processes.people.imports.problems import CellProblem
from processes.people.queries.on_day import TENANT
from processes.people.records import employee

_AMOUNTS: Final = {
    "productivity": ("Produktivitas", ("produktivitas kerja", "prestasi kerja")),
    "discipline": ("Disiplin", ("disiplin kerja",)),
    "acting": ("Tambahan Plt", ("plt", "tambahan")),
    "sanction": ("Potongan Hukuman", ("hukuman disiplin", "hukdis")),
    "adjustment": ("Koreksi", ("koreksi bulan lalu",)),
    "gross": ("Bruto", ("jumlah bruto", "tpp bruto", "jumlah")),
    "external": ("Potongan Luar", ("potongan", "pajak", "jumlah potongan")),
    "net": ("Neto", ("diterima", "tpp neto", "jumlah diterima")),
}
COLUMNS: Final = (
    Column("nip", "NIP", read_nip),
    *(Column(name, title, read_rupiah, required=False, aliases=aliases) for name, (title, aliases) in _AMOUNTS.items()),
)
#: Lines that take off: a spreadsheet writes them without a sign, and so are they compared.
_UNSIGNED: Final = frozenset({"sanction", "external"})

_people = (
    select(employee.c.id, employee.c.nip, employee.c.name)
    .join(allowance_slip, allowance_slip.c.employee_id == employee.c.id)
    .join(allowance_run, allowance_run.c.id == allowance_slip.c.run_id)
    .where(employee.c.tenant == TENANT, allowance_slip.c.month == bindparam("month"))
    .distinct()
    .order_by(employee.c.name, employee.c.id)
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One difference.

    :param line: `gross`, `productivity`, ...; empty where a person stands on one side only.
    :param because: the details of the line here: what the spreadsheet may have missed.
    """

    name: str
    line: str
    here: Decimal | None
    there: Decimal | None
    because: tuple[Text, ...] = ()

    @property
    def title(self) -> str:
        """What the line is called."""
        return _AMOUNTS[self.line][0] if self.line else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a spreadsheet and a month differ in; `people` were compared."""

    people: int
    differences: tuple[Compared, ...]


def compare(
    read: Connection, tenant: str, month: date, source: Path | bytes, *, name: str = ""
) -> Comparison | list[CellProblem]:
    """Return every difference between a month's slips and a spreadsheet, or what is wrong with its cells.

    Only the columns that the spreadsheet has are compared.

    :param source: a path, or the content of a file, whose name is then `name`.
    """
    reading = read_table(source, COLUMNS, name=name)
    problems = [*reading.problems, *find_duplicates(reading.rows, ("nip",))]
    if problems:
        return problems
    rows = {row["nip"]: row for row in reading.rows}
    here = list(read.execute(_people, {"tenant": tenant, "month": month}))
    found: list[Compared] = []
    for person in here:
        row = rows.pop(person.nip, None)
        slips = [slip for slip in slip_of(read, tenant, person.id, month) if not slip.is_void]
        found += _of_person(person.name, slips, row)
    # The number is not repeated: the row says whose it is.
    found += [
        Compared(f"baris {row.number}", "", None, row["gross"] if row["gross"] is not None else row["net"])
        for row in rows.values()
    ]
    return Comparison(len(here), tuple(found))


def _of_person(name: str, slips: Sequence[StoredSlip], row: ImportRow | None) -> Iterator[Compared]:
    sums = _sums(slips)
    if row is None:
        if slips:
            yield Compared(name, "", sums["gross"], None)
        return
    for code in _AMOUNTS:
        there = row[code]
        if there is not None and there != sums[code]:
            yield Compared(name, code, sums[code], there, tuple(_because(code, slips)))


def _sums(slips: Sequence[StoredSlip]) -> Mapping[str, Decimal]:
    found = dict.fromkeys(_AMOUNTS, Decimal(0))
    for slip in slips:
        found["gross"] += slip.gross
        found["net"] += slip.net
        for line in slip.lines:
            found[line.code] += abs(line.amount) if line.code in _UNSIGNED else line.amount
    return found


def _because(code: str, slips: Sequence[StoredSlip]) -> Iterator[Text]:
    """Yield what the amount here is made of: the lines of a sum, the details of a line."""
    for slip in slips:
        if code in {"gross", "net"}:
            yield from (_said(line) for line in slip.lines if code == "net" or line.code != "external")
        else:
            yield from (_said(detail) for line in slip.lines if line.code == code for detail in (*line.details, line))
            shares = (item for line in slip.lines if line.code == code for item in line.details)
            yield from (_said(detail) for share in shares if not share.is_money for detail in share.details)


def _said(line: Line) -> Text:
    return Text(*(f"{label(line, language)}: {_shown(line, language)}" for language in ("id", "en")))


def _shown(line: Line, language: str) -> str:
    if line.is_money:
        return f"Rp{show_number(line.amount, language, places=0)}"
    return f"{show_number(line.amount * 100, language)}%"
