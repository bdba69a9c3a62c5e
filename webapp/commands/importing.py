"""Import a file of people, targets or results."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import click

from engine.policy.actor import system_actor
from engine.records.superseding import require_in_use
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportKind, ImportPlan, ImportRefused, read_import, report_lines
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand, Refused
from webapp.wiring import Alur, import_kinds

#: Files with fewer rows are read before anybody could read the bar.
LONG_FILE = 2000


def _kinds() -> str:
    """Return one line a kind: its name, what is in it, and the columns it must have."""
    # The sign tells click to leave the lines below it as they are.
    lines = ["JENIS dan kolom yang wajib ada (urutannya bebas):", "", "\b"]
    kinds = import_kinds()
    width = max(map(len, kinds)) + 2
    for name, kind in kinds.items():
        required = ", ".join(title.removesuffix("*") for title in kind.template() if title.endswith("*"))
        lines.append(f"{name:<{width}}{kind.title_id}: {required}")
    return "\n".join(lines)


@click.command("import", cls=IndonesianCommand, epilog=_kinds())
@click.argument("kind", metavar="JENIS", type=click.Choice(list(import_kinds())))
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--city", required=True, metavar="KOTA", help="Kode kota.")
@click.option("--dry-run", is_flag=True, help="Periksa saja; tidak ada yang disimpan.")
def command(kind: str, file: Path, city: str, dry_run: bool) -> None:
    """Impor BERKAS (.xlsx atau .csv) ke data KOTA.

    Berkas diperiksa seluruhnya dahulu. Bila satu sel saja salah, semua kesalahan dicetak (lembar, baris, kolom, sebab)
    dan tidak ada yang disimpan. Contoh: alur import units unit.xlsx --city serang --dry-run
    """
    with installation(must_exist=True) as alur:
        require_in_use(alur.database)
        if city not in alur.served():
            raise Refused(f"Kota {city!r} belum disiapkan. Jalankan: alur init {city}")
        plan = _plan(alur, import_kinds()[kind], file, city)
        if not dry_run:
            _write(alur, plan, city)
        click.echo("\n".join(report_lines(plan, is_done=not dry_run)))


def _plan(alur: Alur, kind: ImportKind, file: Path, city: str) -> ImportPlan:
    """Read the file and return its rows.

    :raise Refused: with every bad cell.
    """
    today, bar = alur.now_in(city).date(), _Bar()
    with alur.database.reading() as read:
        outcome = read_import(kind, file, read, city, today, city=alur.cities.city(city), progress=bar.show)
    bar.close()
    if isinstance(outcome, ImportPlan):
        return outcome
    raise Refused("\n".join(report_lines(outcome)))


def _write(alur: Alur, plan: ImportPlan, city: str) -> None:
    try:
        alur.engine.run(ImportRows(plan), system_actor(city))
    except ImportRefused as error:
        raise Refused("\n".join(report_lines(error.problems))) from error


class _Bar:
    """A progress bar that appears for long files only."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._update: Callable[[int], None] | None = None
        self._done = 0

    def show(self, done: int, total: int) -> None:
        """Move on to a number of rows."""
        if self._update is None and max(done, total) >= LONG_FILE:
            # A workbook does not say how long it is: the bar then only counts the rows, for which click wants a stream.
            bar: Any = click.progressbar(count(), length=total or None, label="Membaca", show_pos=True, file=sys.stderr)
            entered: Any = self._stack.enter_context(bar)
            self._update = entered.update
        if self._update is not None:
            self._update(done - self._done)
        self._done = done

    def close(self) -> None:
        """Leave the bar as it is and go to the next line."""
        self._stack.close()
