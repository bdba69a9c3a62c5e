"""Make an installation of a backup."""

import os
import shlex
from pathlib import Path

import click

from engine.errors import EngineError
from engine.records.database import Database
from webapp.commands.backing_up import describe
from webapp.commands.shell import refusal
from webapp.commands.verifying import command as verify
from webapp.commands.words import IndonesianCommand, Refused
from webapp.migrations import knows_step, newest_step
from webapp.wiring import SettingsError, locate
from webapp.wiring.backups import ArchiveError, Manifest, check_backup, read_manifest, restore_backup
from webapp.wiring.reasons import reason_of
from webapp.wiring.settings import locate_direct


@click.command("restore", cls=IndonesianCommand)
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Periksa saja; tidak ada yang dipulihkan.")
@click.pass_context
def command(context: click.Context, file: Path, dry_run: bool) -> int:
    """Pulihkan cadangan BERKAS ke ALUR_HOME yang masih kosong.

    Seluruh cadangan diperiksa sebelum ada yang ditulis; cadangan yang rusak ditolak, dan apa pun yang sudah ada tidak
    ditimpa. Jalankan sebagai pengguna yang menjalankan Alur. Sesudahnya semua kasus diperiksa seperti oleh alur verify.
    """
    try:
        home, address = locate(os.environ)
        _check_step(file)
        manifest = check_backup(file) if dry_run else restore_backup(file.absolute(), home, _direct_way(address))
    except (ArchiveError, SettingsError) as error:
        raise Refused(str(error)) from error
    except EngineError as error:
        raise refusal(error) from error
    except OSError as error:
        raise Refused(f"Cadangan tidak dapat dipulihkan: {reason_of(error)}.") from error
    _report(file if dry_run else home, manifest, is_done=not dry_run)
    return 0 if dry_run else _prove(context, manifest)


def _direct_way(address: str) -> str:
    """Return the address past a pooler, where one is named: what loads a dump sets its own session."""
    named = locate_direct(os.environ)
    if named is None or not address.startswith("postgresql"):
        return address
    database = Database(address, named)
    database.dispose()
    return (database.direct or database.url).render_as_string(hide_password=False)


def _prove(context: click.Context, manifest: Manifest) -> int:
    """Check every case of what was restored, unless its tables have to be brought up to date first."""
    if manifest.step != newest_step():
        click.echo("Sesudah ini: alur upgrade, alur verify, alur doctor; lalu jalankan Alur.")
        return 0
    found = context.invoke(verify, case_id=None, as_json=False)
    click.echo("Sesudah ini: alur doctor; lalu jalankan Alur.")
    return int(found)


def _check_step(file: Path) -> None:
    """Refuse a backup that this Alur is too old for."""
    manifest = read_manifest(file)
    if manifest.step is not None and not knows_step(manifest.step):
        raise ArchiveError(
            f"Cadangan ini dibuat oleh Alur {manifest.alur} dengan bentuk basis data {manifest.step}, yang belum "
            f"dikenal di sini. Pasang Alur {manifest.alur} atau yang lebih baru, lalu ulangi."
        )


def _report(place: Path, manifest: Manifest, *, is_done: bool) -> None:
    click.echo(f"{place}: {'dipulihkan' if is_done else 'utuh'}. {describe(manifest)}.")
    for name in manifest.damaged:
        click.echo(f"Rusak sejak sebelum dicadangkan: {name}.", err=True)
    if manifest.settings:
        click.echo("Setelan pada waktu itu; berikan lagi bila masih berlaku:")
        for name, value in manifest.settings.items():
            click.echo(f"  {name}={shlex.quote(value)}")
