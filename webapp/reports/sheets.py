"""The reports as sheets: titles, then rows of text and numbers, as spreadsheets take them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from processes.reports.queries.deviations import DeviationReport
from processes.reports.queries.fairness import COLUMNS, GroupTable, RelationReport, RelationRow
from processes.reports.queries.service import ServiceRow
from processes.reports.queries.spending import SpendingReport, SpendingRow, Spent
from processes.reports.queries.training import TrainingReport, TrainingRow
from webapp.reports.wording import group_name, predicate_name, way_name, way_of_filling
from webapp.texts import gettext as _

Cell = str | int | Decimal | None
Row = Sequence[Cell]

#: Stands for what is not shown, because it would tell of few people.
HIDDEN: Final = "*"
_CENT: Final = Decimal("0.01")
_FORMULA: Final = ("=", "+", "-", "@", "\t")


def sheet_csv(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV in UTF-8 with a decimal comma, as Excel opens it in Indonesia."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def spending_sheet(report: SpendingReport) -> Iterator[Row]:
    """Yield the agencies with what was spent and their index."""
    yield (
        _("Perangkat daerah"),
        _("Pegawai"),
        _("Belanja TPP"),
        _("Rata-rata per pegawai sebulan"),
        _("IKM"),
        _("Mutu"),
        _("Responden"),
        _("Belanja TPP triwulan sebelumnya"),
        _("IKM triwulan sebelumnya"),
    )
    yield from (_spending_row(row) for row in report.rows)
    yield _("Jumlah"), report.people, report.gross


def fairness_sheet(tables: Iterable[GroupTable]) -> Iterator[Row]:
    """Yield the groups of every way to look at people."""
    names = [predicate_name(column) for column in COLUMNS]
    yield _("Dilihat menurut"), _("Kelompok"), _("Pegawai"), *names, _("Rata-rata TPP"), _("Median TPP")
    for table in tables:
        for row in table.rows:
            counts = [HIDDEN if count is None else count for count in row.counts]
            people = HIDDEN if row.people is None else row.people
            pays = [_rounded(pay) for pay in (row.mean_pay, row.median_pay)]
            yield way_name(table.way), group_name(row.label), people, *counts, *pays


def relation_sheet(report: RelationReport) -> Iterator[Row]:
    """Yield the coefficients of the city, of job classes and of agencies."""
    yield _("Dilihat menurut"), _("Kelompok"), _("Pegawai"), _("Koefisien Spearman")
    yield _relation_row(_("Seluruh kota"), "", report.city)
    yield from (_relation_row(_("Kelas jabatan"), group_name(row.label), row) for row in report.classes)
    yield from (_relation_row(_("Perangkat daerah"), row.label, row) for row in report.agencies)


def service_sheet(rows: Iterable[ServiceRow]) -> Iterator[Row]:
    """Yield the units with place, index, answers and trend."""
    yield (
        _("Peringkat"),
        _("Unit"),
        _("IKM"),
        _("Mutu"),
        _("Responden"),
        _("Paling sedikit"),
        _("Tiga triwulan sebelumnya"),
        "",
        "",
    )
    for row in rows:
        numbers = (row.index.shown, str(row.index.grade), row.index.answers, row.needed)
        yield row.place, row.unit.name, *numbers, *row.trend[:-1]


def training_sheet(report: TrainingReport) -> Iterator[Row]:
    """Yield the courses of a year."""
    yield (
        _("Pelatihan"),
        _("Sesi"),
        _("Lulusan"),
        _("Reaksi (1–5)"),
        _("Kenaikan hasil tes (%)"),
        _("Diterapkan"),
        _("Ditanya"),
        _("IKM unit peserta sebelum"),
        _("IKM unit peserta sesudah"),
        _("Responden sesudah"),
        _("IKM unit lain sebelum"),
        _("IKM unit lain sesudah"),
        _("Unit lain"),
    )
    yield from (_training_row(row) for row in report.rows)


def deviation_sheet(report: DeviationReport) -> Iterator[Row]:
    """Yield the appointments that did not follow the ranking."""
    yield _("Jabatan"), _("Unit"), _("Cara pengisian"), _("Peringkat yang dipilih"), _("Alasan"), _("Diputuskan")
    for row in report.deviations:
        yield row.post, row.unit, way_of_filling(row.process), row.place, row.reason, row.decided_at.date().isoformat()


def _spending_row(row: SpendingRow) -> Row:
    spent = (HIDDEN, HIDDEN, HIDDEN) if row.is_hidden else _spent(row.spent)
    index = (row.index.shown, str(row.index.grade), row.index.answers) if row.index is not None else (None, None, None)
    earlier = HIDDEN if row.is_hidden else row.spent_before.gross if row.spent_before is not None else None
    return row.unit.name, *spent, *index, earlier, row.index_before.shown if row.index_before is not None else None


def _spent(spent: Spent | None) -> tuple[Cell, Cell, Cell]:
    if spent is None:
        return None, None, None
    return spent.people, spent.gross, _rounded(spent.a_month)


def _relation_row(way: str, name: str, row: RelationRow) -> Row:
    return way, name, HIDDEN if row.people is None else row.people, row.relation


def _training_row(row: TrainingRow) -> Row:
    gain = _rounded(row.gain * 100) if row.gain is not None else None
    own = (row.own.before.shown, row.own.after.shown, row.own.after.answers) if row.own is not None else (None,) * 3
    others = (row.others.before.shown, row.others.after.shown, row.others.units) if row.others is not None else ()
    return row.name, row.sessions, row.people, _rounded(row.reaction), gain, row.applied, row.asked, *own, *others


def _rounded(number: Decimal | None) -> Decimal | None:
    return number.quantize(_CENT, ROUND_HALF_UP) if number is not None else None


def _cell(cell: Cell) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers may be negative."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    return "" if cell is None else str(cell)
