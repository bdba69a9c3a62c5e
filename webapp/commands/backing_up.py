"""Make a backup."""

import os
from datetime import datetime
from pathlib import Path

import click

from webapp.commands.shell import at_any_step, installation
from webapp.commands.words import IndonesianCommand, Refused
from webapp.wiring import Alur
from webapp.wiring.backups import ArchiveError, Manifest, Source, check_backup, make_backup
from webapp.wiring.reasons import reason_of


@click.command("backup", cls=IndonesianCommand)
@click.argument("file", metavar="BERKAS", type=click.Path(path_type=Path))
@click.option("--check", "is_check", is_flag=True, help="Periksa cadangan yang sudah ada; tidak ada yang ditulis.")
def command(file: Path, is_check: bool) -> int:
    """Buat cadangan lengkap di BERKAS selagi Alur dipakai, lalu baca kembali dan periksa.

    Isinya basis data, berkas bukti dukung, setelan, dan rahasia instalasi (secrets.json). Siapa yang memegang cadangan
    memegang semua data dan dapat menjalankan Alur dengannya: simpanlah seperti kunci. Hanya pemiliknya dapat membacanya
    (mode 600). BERKAS boleh berupa folder; namanya lalu dibuat dari waktunya. Cadangan yang sudah ada tidak ditimpa.
    Keluar dengan 1 bila ada berkas bukti dukung yang rusak; cadangannya tetap dibuat.
    """
    if is_check:
        return _report(file, _checked(file))
    with installation(needs=at_any_step, must_exist=True) as alur:
        target = named(file, alur.clock())
        return _report(target, back_up(alur, target))


def back_up(alur: Alur, target: Path) -> Manifest:
    """Write a verified backup and return what it holds.

    :raise Refused: with the reason.
    """
    try:
        return make_backup(Source(alur.settings, alur.database, alur.clock(), os.environ), target.absolute())
    except ArchiveError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"Cadangan tidak dapat ditulis ke {target}. Sebabnya: {reason_of(error)}.") from error


def named(file: Path, at: datetime) -> Path:
    """Return where a backup goes: in a folder under a name made of the moment, in UTC.

    :raise Refused: it is neither a folder nor called `.zip`; most likely a folder that is missing.
    """
    if file.is_dir():
        return file / f"alur-{at:%Y%m%d-%H%M%S}.zip"
    if file.suffix != ".zip":
        raise Refused(
            f"{file} bukan folder yang ada dan tidak berakhiran .zip. Buat dahulu foldernya, atau tulis .zip."
        )
    return file


def describe(manifest: Manifest) -> str:
    """Return what a backup holds, in a sentence."""
    size = sum(member.size for member in manifest.members.values())
    return (
        f"{manifest.rows} baris dalam {len(manifest.tables)} tabel, {len(manifest.files)} berkas bukti dukung, "
        f"{size / (1 << 20):.1f} MiB; keadaan {manifest.made_at:%Y-%m-%d %H.%M.%S} UTC, Alur {manifest.alur}"
    )


def _checked(file: Path) -> Manifest:
    try:
        return check_backup(file)
    except ArchiveError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(
            f"{file} tidak dapat diperiksa: {reason_of(error)}. Ruang sementara dapat dipilih dengan TMPDIR."
        ) from error


def _report(file: Path, manifest: Manifest) -> int:
    click.echo(f"{file}: utuh. {describe(manifest)}.")
    click.echo("Berisi rahasia instalasi: simpan di tempat terkunci, terpisah dari komputer ini.")
    for name in manifest.damaged:
        click.echo(f"Rusak sebelum dicadangkan: {name}. Cari berkas itu di cadangan yang lebih lama.", err=True)
    return int(bool(manifest.damaged))
