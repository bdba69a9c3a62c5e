"""Take one city out of an installation, and into another one."""

import json
from pathlib import Path
from typing import Any, Final

import click

from engine.records.superseding import require_in_use
from processes.people.city import CityUnavailable
from webapp.commands.shell import installation
from webapp.commands.verifying import command as verify
from webapp.commands.words import IndonesianGroup, Refused
from webapp.migrations import newest_step, prepare
from webapp.wiring import Alur
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive import CityManifest, Source, Target, export_city, import_city, look_at, read_manifest
from webapp.wiring.reasons import reason_of

#: In the installation's folder: a line for each city that was taken out or in.
MOVES: Final = "cities.jsonl"
SHOWN: Final = 16  # digits of the chain that a person compares


@click.group("city", cls=IndonesianGroup)
def command() -> None:
    """Keluarkan satu kota ke sebuah berkas, atau masukkan dari sana ke instalasi lain."""


@command.command("export")
@click.argument("city", metavar="KOTA")
@click.argument("file", metavar="BERKAS", type=click.Path(path_type=Path))
def take_out(city: str, file: Path) -> int:
    """Tulis seluruh data KOTA ke BERKAS (.zip) selagi Alur dipakai, lalu baca kembali dan periksa.

    Isinya semua baris milik kota itu pada satu saat, isi bersama yang dirujuknya, dan berkas bukti dukungnya. Rahasia
    instalasi, sesi, kata sandi, dan kode masuk tidak ikut. Hanya pemiliknya dapat membaca BERKAS (mode 600); isinya
    data pribadi, jadi simpanlah seperti kunci. Berkas yang sudah ada tidak ditimpa. Keluar dengan 1 bila ada bukti
    dukung yang hilang atau rusak; arsipnya tetap dibuat.
    """
    if file.suffix != ".zip":
        raise Refused(f"{file} tidak berakhiran .zip. Tulislah nama berkasnya, misalnya {city}.zip.")
    with installation(must_exist=True) as alur:
        manifest = _taken_out(alur, city, file)
        _note(alur, "export", manifest)
    click.echo(f"{file}: utuh. {_describe(manifest)}.")
    for name in manifest.missing:
        click.echo(f"Hilang atau rusak sebelum dikeluarkan: berkas {name}. Cari di cadangan yang lebih lama.", err=True)
    return int(bool(manifest.missing))


@command.command("import")
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Periksa saja; tidak ada yang dimasukkan.")
@click.pass_context
def take_in(context: click.Context, file: Path, dry_run: bool) -> int:
    """Masukkan kota dari BERKAS ke instalasi ini, yang belum memilikinya.

    Seluruh arsip diperiksa dahulu; arsip yang rusak, kota yang sudah ada, dan versi yang berbeda ditolak. Semua masuk
    atau tidak sama sekali: bila terputus, ulangi saja. Jejak auditnya sama sampai bita terakhir. Pada SQLite, kota lain
    menunggu selama itu bila hendak menyimpan. Sesudahnya semua kasus diperiksa seperti oleh alur verify.
    """
    with installation(needs=prepare) as alur:
        require_in_use(alur.database)
        manifest = _looked_at(alur, file) if dry_run else _taken_in(alur, file)
    if dry_run:
        click.echo(f"{file}: utuh, dapat dimasukkan. {_describe(manifest)}.")
        return 0
    click.echo(f"Kota {manifest.city} sudah masuk. {_describe(manifest)}.")
    found: int = context.invoke(verify, case_id=None, as_json=False)
    click.echo(
        f"Kata sandi tidak ikut. Untuk admin pertama: alur init {manifest.city}; yang lain mendapat kode masuk dari "
        "halaman Kode masuk.\nPastikan instalasi asal tidak lagi melayani kota ini."
    )
    return found


def _taken_out(alur: Alur, city: str, file: Path) -> CityManifest:
    try:
        return export_city(Source(alur.database, alur.files, alur.clock(), newest_step() or ""), city, file.absolute())
    except ArchiveError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"Arsip tidak dapat ditulis ke {file}. Sebabnya: {reason_of(error)}.") from error


def _looked_at(alur: Alur, file: Path) -> CityManifest:
    try:
        _check_rules(alur, file)
        return look_at(_target(alur), file)
    except ArchiveError as error:
        raise Refused(str(error)) from error


def _taken_in(alur: Alur, file: Path) -> CityManifest:
    try:
        _check_rules(alur, file)
        came = import_city(_target(alur), file, _say)
    except ArchiveError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"Arsip tidak dapat dimasukkan: {reason_of(error)}. Tidak ada yang berubah.") from error
    if came.renumbered:
        click.echo(f"{came.renumbered} nomor sudah dipakai di sini dan diganti di semua tempat.")
    _note(alur, "import", came.manifest, renumbered=came.renumbered)
    return came.manifest


def _target(alur: Alur) -> Target:
    return Target(alur.database, alur.files, alur.clock(), newest_step() or "")


def _check_rules(alur: Alur, file: Path) -> None:
    """Refuse a city whose rules are not installed: its cases would stand still."""
    city = read_manifest(file).city
    try:
        alur.cities.city(city)
    except CityUnavailable as error:
        raise Refused(f"Plugin kota {city!r} belum terpasang atau rusak. Periksa dengan: alur plugin list") from error


def _say(table: str, rows: int) -> None:
    click.echo(f"{table:28} {rows:>9}")


def _describe(manifest: CityManifest) -> str:
    size = sum(member.size for member in manifest.members.values())
    return (
        f"{manifest.rows} baris dalam {len(manifest.tables)} tabel, {len(manifest.files)} berkas, "
        f"{size / (1 << 20):.1f} MiB; keadaan {manifest.made_at:%Y-%m-%d %H.%M.%S} UTC, Alur {manifest.alur}; "
        f"jejak audit {manifest.audit.rows} baris, sidik {manifest.audit.digest[:SHOWN]}"
    )


def _note(alur: Alur, what: str, manifest: CityManifest, **more: Any) -> None:
    """Write down what was done, beside the database: a line in the city's own trail would make it another one."""
    line = {
        "at": alur.clock().isoformat(timespec="seconds"),
        "did": what,
        "city": manifest.city,
        "of": manifest.made_at.isoformat(timespec="seconds"),
        "rows": manifest.rows,
        "audit": manifest.audit.digest,
        **more,
    }
    with (alur.settings.home / MOVES).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
