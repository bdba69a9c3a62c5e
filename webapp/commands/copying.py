"""Copy an installation from its SQLite file to PostgreSQL."""

import click

from engine.jobs.moving import move_jobs
from engine.records.copying import CopiedTable, copy_tables, copying
from engine.records.database import Database
from engine.records.locks import serve_lock
from engine.records.superseding import mark_of, require_in_use, supersede
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand, Refused
from webapp.migrations import make_tables
from webapp.wiring import Alur

SHOWN = 12  # digits of a hash that a person compares


@click.command("copy", cls=IndonesianCommand)
@click.option(
    "--to",
    "target",
    metavar="URL",
    required=True,
    envvar="ALUR_COPY_TO",
    help="Basis data PostgreSQL yang masih kosong; boleh juga lewat ALUR_COPY_TO, agar sandinya tidak tampak.",
)
def command(target: str) -> None:
    """Salin seluruh data dari berkas SQLite ke PostgreSQL, lalu bandingkan jumlah baris dan sidik isinya.

    Hentikan dahulu Alur. Semua tersalin atau tidak sama sekali: bila terputus, basis data tujuan tetap kosong dan
    perintah ini dapat diulang. Berkas SQLite tidak diubah, tetapi sesudahnya ditandai sebagai arsip. Pekerjaan latar
    yang belum selesai ikut tersalin.
    """
    with installation(must_exist=True) as alur:
        path = alur.database.path
        if path is None:
            raise Refused("Instalasi ini sudah memakai PostgreSQL; yang disalin adalah berkas SQLite.")
        if not target.startswith("postgresql"):
            raise Refused("Tujuan salinan harus PostgreSQL: --to postgresql://pengguna:sandi@host/nama")
        with serve_lock(path):
            require_in_use(alur.database)
            _copy(alur, Database(target))
            supersede(alur.database, alur.clock())
        click.echo(
            "\nSelesai. Pasang alamat itu di ALUR_DATABASE_URL pada setiap komputer, lalu jalankan alur web dan alur "
            f"worker.\nFolder files dan secrets.json di {alur.settings.home} tetap dipakai; {path.name} kini "
            f"arsip dan tidak dapat dijalankan lagi, kecuali {mark_of(path).name} di sampingnya dihapus."
        )


def _copy(alur: Alur, target: Database) -> None:
    try:
        with copying(alur.database, target) as (source, copy):
            make_tables(copy)
            tables = [_say(table) for table in copy_tables(source, copy)]
            jobs = move_jobs(source, copy)
    finally:
        target.dispose()
    rows = sum(table.target.rows for table in tables)
    click.echo(f"{rows} baris dalam {len(tables)} tabel sama di kedua sisi; {jobs} pekerjaan latar ikut disalin.")


def _say(table: CopiedTable) -> CopiedTable:
    source, target = table.source, table.target
    click.echo(f"{table.name:28} {source.rows:>9} = {target.rows:<9} {source.digest[:SHOWN]} = {target.digest[:SHOWN]}")
    return table
