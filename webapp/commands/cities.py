"""Take one city out of an installation, into another one, and away where it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from engine.records.superseding import require_in_use
from processes.people.city import CityUnavailable
from webapp.commands.shell import installation
from webapp.commands.verifying import command as verify
from webapp.commands.words import IndonesianGroup, Refused
from webapp.migrations import newest_step, prepare
from webapp.wiring import Alur
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive import (
    CityManifest,
    Removed,
    Source,
    Target,
    check_removable,
    close_city,
    export_city,
    import_city,
    look_at,
    read_manifest,
    remove_city,
    reopen_city,
    sha256_of,
)
from webapp.wiring.reasons import reason_of

Result = TypeVar("Result")

#: In the installation's folder: a line for each city that was taken out or in.
MOVES: Final = "cities.jsonl"
SHOWN: Final = 16  # digits of the chain that a person compares


@click.group("city", cls=IndonesianGroup)
def command() -> None:
    """Pindahkan satu kota ke instalasi lain: tutup, keluarkan ke berkas, masukkan di sana, hapus di sini."""


@command.command("close")
@click.argument("city", metavar="KOTA")
def close(city: str) -> int:
    """Tutup KOTA: semua orangnya keluar, dan tidak ada yang berubah lagi sampai dibuka dengan alur city reopen.

    Kota lain tetap bekerja. Tenggat dan pesan kota ini menunggu. Halamannya mengatakan bahwa kota sedang ditutup.
    """
    with installation(must_exist=True) as alur:
        _in_words(lambda: close_city(alur.database, city, alur.clock()))
    click.echo(f"Kota {city} ditutup. Buka lagi dengan: alur city reopen {city}")
    return 0


@command.command("reopen")
@click.argument("city", metavar="KOTA")
def reopen(city: str) -> int:
    """Buka lagi KOTA yang ditutup dengan alur city close; yang menunggu berjalan lagi."""
    with installation(must_exist=True) as alur:
        _in_words(lambda: reopen_city(alur.database, city))
    click.echo(f"Kota {city} dibuka.")
    return 0


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
        digest = _in_words(lambda: sha256_of(file))
        _note(alur, "export", manifest, digest)
    click.echo(f"{file}: utuh. {_describe(manifest)}.\n{_told(digest)}")
    for name in manifest.missing:
        click.echo(f"Hilang atau rusak sebelum dikeluarkan: berkas {name}. Cari di cadangan yang lebih lama.", err=True)
    return int(bool(manifest.missing))


@command.command("import")
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Periksa saja; tidak ada yang dimasukkan.")
@click.option("--sha256", metavar="SIDIK", help="Sidik arsip yang dicetak alur city export; arsip lain ditolak.")
@click.pass_context
def take_in(context: click.Context, file: Path, dry_run: bool, sha256: str | None) -> int:
    """Masukkan kota dari BERKAS ke instalasi ini, yang belum memilikinya.

    Seluruh arsip diperiksa dahulu; arsip yang rusak, kota yang sudah ada, dan versi yang berbeda ditolak. Kota lain
    tetap bekerja. Kota ini baru terbuka sesudah semuanya masuk dan cocok; bila terputus, ulangi saja. Jejak auditnya
    sama sampai bita terakhir. Sesudahnya semua kasus diperiksa seperti oleh alur verify.

    Arsip tidak bertanda tangan. Cocokkan sidiknya dengan admin instalasi asal, misalnya lewat telepon.
    """
    with installation(needs=prepare) as alur:
        require_in_use(alur.database)
        digest = _in_words(lambda: sha256_of(file))
        click.echo(_told(digest))
        manifest = _looked_at(alur, file, sha256) if dry_run else _taken_in(alur, file, sha256)
    if dry_run:
        click.echo(f"{file}: utuh, dapat dimasukkan. {_describe(manifest)}.")
        return 0
    click.echo(f"Kota {manifest.city} sudah masuk. {_describe(manifest)}.")
    found: int = context.invoke(verify, case_id=None, as_json=False)
    click.echo(
        f"Kata sandi tidak ikut. Untuk admin pertama: alur init {manifest.city}; yang lain mendapat kode masuk dari "
        f"halaman Kode masuk.\nSesudah yakin, hapus kota ini di instalasi asal: alur city remove {manifest.city} BERKAS"
    )
    return found


@command.command("remove")
@click.argument("city", metavar="KOTA")
@click.argument("file", metavar="[BERKAS]", required=False, type=click.Path(path_type=Path))
@click.option("--yes", "typed", metavar="KOTA", help="Kode kota sekali lagi, agar tidak ditanyakan.")
def remove(city: str, file: Path | None, typed: str | None) -> int:
    """Hapus KOTA yang sudah pindah: semua barisnya, dan berkas yang tidak disebut kota lain.

    Kota itu harus ditutup (alur city close), dan BERKAS, arsip dari alur city export, harus memuat tepat yang ada di
    sini sekarang; bila tidak, tidak ada yang dihapus. Kota lain tetap bekerja. Bila terputus, ulangi dengan arsip yang
    sama. Yang tertinggal hanya catatan kapan kota itu pindah dan dengan arsip mana; halamannya mengatakan itu.

    Kota yang terputus sewaktu dimasukkan dihapus tanpa BERKAS.
    """
    with installation(must_exist=True) as alur:
        _in_words(lambda: check_removable(_target(alur), city, file))
        if typed is None:
            typed = click.prompt(f"Data kota ini hilang dari instalasi ini. Ketik kodenya ({city}) untuk menghapus")
        if typed != city:
            raise Refused(f"Yang diketik {typed!r}, bukan {city!r}. Tidak ada yang dihapus.")
        removed = _in_words(lambda: remove_city(_target(alur), city, file, _say))
        _note_removed(alur, city, removed)
    click.echo(f"Kota {city} sudah dihapus dari instalasi ini, dengan {removed.files} berkas.")
    if removed.manifest is None:
        click.echo("Kota itu belum lengkap; arsipnya dapat dimasukkan lagi.")
    else:
        click.echo(f"Halamannya mengatakan bahwa kota sudah pindah. {_told(str(removed.sha256))}")
    return 0


def _in_words(step: Callable[[], Result]) -> Result:
    try:
        return step()
    except ArchiveError as error:
        raise Refused(str(error)) from error


def _told(digest: str) -> str:
    """Return the hash as two people read it to each other."""
    groups = " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))
    return f"Sidik arsip (SHA-256): {digest}\nUntuk dibacakan: {groups}"


def _taken_out(alur: Alur, city: str, file: Path) -> CityManifest:
    try:
        return export_city(Source(alur.database, alur.files, alur.clock(), newest_step() or ""), city, file.absolute())
    except ArchiveError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"Arsip tidak dapat ditulis ke {file}. Sebabnya: {reason_of(error)}.") from error


def _looked_at(alur: Alur, file: Path, sha256: str | None) -> CityManifest:
    _check_rules(alur, file)
    return _in_words(lambda: look_at(_target(alur), file, sha256))


def _taken_in(alur: Alur, file: Path, sha256: str | None) -> CityManifest:
    _check_rules(alur, file)
    try:
        came = _in_words(lambda: import_city(_target(alur), file, _say, sha256))
    except OSError as error:
        raise Refused(f"Arsip tidak dapat dimasukkan: {reason_of(error)}. Ulangi sesudah diperbaiki.") from error
    if came.renumbered:
        click.echo(f"{came.renumbered} nomor sudah dipakai di sini dan diganti di semua tempat.")
    _note(alur, "import", came.manifest, came.sha256, renumbered=came.renumbered)
    return came.manifest


def _target(alur: Alur) -> Target:
    return Target(alur.database, alur.files, alur.clock(), newest_step() or "")


def _check_rules(alur: Alur, file: Path) -> None:
    """Refuse a city whose rules are not installed: its cases would stand still."""
    city = _in_words(lambda: read_manifest(file)).city
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


def _note(alur: Alur, what: str, manifest: CityManifest, digest: str, **more: Any) -> None:
    """Write down what was done, beside the database: a line in the city's own trail would make it another one."""
    _write_line(
        alur,
        did=what,
        city=manifest.city,
        of=manifest.made_at.isoformat(timespec="seconds"),
        rows=manifest.rows,
        audit=manifest.audit.digest,
        sha256=digest,
        **more,
    )


def _note_removed(alur: Alur, city: str, removed: Removed) -> None:
    if removed.manifest is None:
        _write_line(alur, did="discard", city=city, files=removed.files)
    else:
        _note(alur, "remove", removed.manifest, str(removed.sha256), files=removed.files)


def _write_line(alur: Alur, **said: Any) -> None:
    line = {"at": alur.clock().isoformat(timespec="seconds"), **said}
    with (alur.settings.home / MOVES).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
