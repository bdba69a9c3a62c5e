"""Bring the database up to date, with a backup first."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Final

import click

from engine.records.locks import serve_lock
from engine.records.presence import alone
from engine.records.superseding import require_in_use
from webapp.commands.backing_up import back_up, named
from webapp.commands.shell import at_any_step, installation
from webapp.commands.words import IndonesianCommand, Refused
from webapp.migrations import is_current, newest_step, step_of, upgrade
from webapp.wiring import Alur
from webapp.wiring.examination import count_workers

#: In the installation's folder: backups before upgrades, and a line for each upgrade.
BACKUPS: Final = "backups"
UPGRADES: Final = "upgrades.jsonl"


@click.command("upgrade", cls=IndonesianCommand)
@click.option(
    "--backup",
    "place",
    metavar="TEMPAT",
    type=click.Path(path_type=Path),
    help="Berkas atau folder untuk cadangan; bawaannya ALUR_HOME/backups.",
)
@click.option("--no-backup", "reason", metavar="ALASAN", help="Tanpa cadangan; alasannya dicatat di upgrades.jsonl.")
def command(place: Path | None, reason: str | None) -> None:
    """Sesuaikan basis data dengan versi Alur ini, setelah membuat cadangan.

    Hentikan dahulu Alur. Semua langkah berhasil atau tidak satu pun; kasus yang sedang berjalan berlanjut. Basis data
    dari Alur yang lebih baru ditolak: tidak ada jalan mundur selain memulihkan cadangan dengan versi yang membuatnya.
    """
    if reason is not None and (place is not None or not reason.strip()):
        raise Refused("Pilihan --no-backup memerlukan ALASAN dan tidak dapat dipakai bersama --backup.")
    with (
        installation(needs=at_any_step, must_exist=True) as alur,
        serve_lock(alur.database.path or alur.settings.home / "alur"),
        alone(alur.database),
    ):
        require_in_use(alur.database)
        if is_current(alur.database):
            click.echo(f"Basis data sudah sesuai (langkah {newest_step()}).")
            return
        found = step_of(alur.database)
        if found is not None:
            _check_that_nobody_works(alur)
        backup = None if found is None or reason is not None else _back_up(alur, place)
        upgrade(alur.database)
        _note(alur, found, backup, reason)
        click.echo(f"Basis data sudah diperbarui: {found or 'kosong'} -> {newest_step()}.")
        click.echo("Periksa hasilnya: alur doctor, lalu alur verify. Sesudah itu jalankan Alur.")


def _check_that_nobody_works(alur: Alur) -> None:
    """Refuse while workers live, on this machine or another: they would work with tables they do not know."""
    with alur.database.reading() as read:
        alive = count_workers(read, alur.clock())
    if alive:
        raise Refused(
            f"Masih ada {alive} pekerja Alur yang berjalan. Hentikan Alur di semua komputer, tunggu setengah menit, "
            "lalu ulangi."
        )


def _back_up(alur: Alur, place: Path | None) -> Path:
    folder = alur.settings.home / BACKUPS
    if place is None:
        folder.mkdir(mode=0o700, exist_ok=True)
    target = named(place or folder, alur.clock())
    back_up(alur, target)
    click.echo(f"Cadangan: {target}")
    return target


def _note(alur: Alur, found: str | None, backup: Path | None, reason: str | None) -> None:
    """Write down what was done, beside the database: an upgrade belongs to no city and so to no city's trail."""
    line = {
        "at": alur.clock().isoformat(timespec="seconds"),
        "alur": version("alur"),
        "from": found,
        "to": newest_step(),
        "backup": str(backup) if backup else None,
        "no_backup": reason,
    }
    with (alur.settings.home / UPGRADES).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
