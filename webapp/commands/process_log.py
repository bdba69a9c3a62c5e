"""Write the log of a process for programs that mine processes."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final, TextIO

import click

from engine.commands.forget_figures import ForgetFigures
from engine.folding import fold_city
from engine.mining.hiding import hidden_names, plain_names
from engine.policy.actor import system_actor
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand, Refused
from webapp.wiring import Alur
from webapp.wiring.process_logs import LogFormat, write_log

_FIRST: Final = date(2000, 1, 1)
_LAST: Final = date(2100, 1, 1)
_DAY: Final = click.DateTime(["%Y-%m-%d"])


@click.command("log", cls=IndonesianCommand)
@click.argument("process", metavar="PROSES")
@click.argument("file", metavar="BERKAS", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--city", metavar="KOTA", help="Kode kota; boleh tidak disebut bila hanya satu yang dilayani.")
@click.option(
    "--format",
    "kind",
    type=click.Choice([form.value for form in LogFormat]),
    default=LogFormat.XES.value,
    help="Bentuk berkas.",
)
@click.option("--from", "first", metavar="TANGGAL", type=_DAY, help="Kasus yang dimulai sejak hari ini (2026-01-31).")
@click.option("--to", "last", metavar="TANGGAL", type=_DAY, help="Kasus yang dimulai paling lambat hari ini.")
@click.option("--numbers", is_flag=True, help="Tulis nomor kasus dan orang apa adanya, tanpa disamarkan.")
def log(
    process: str,
    file: Path,
    *,
    city: str | None,
    kind: str,
    first: datetime | None,
    last: datetime | None,
    numbers: bool,
) -> None:
    """Tulis riwayat semua kasus PROSES ke BERKAS untuk program penambangan proses.

    XES (IEEE 1849) memuat satu jejak untuk setiap kasus; OCEL 2.0 juga menghubungkan tugas, peran, dan pihak: "ocel"
    menulisnya sebagai JSON, "ocel-xml" sebagai XML.
    Nomor kasus dan orang disamarkan dengan kunci yang dibuat sekali untuk berkas ini dan tidak disimpan; isian
    formulir tidak pernah ikut. Dengan --numbers nomornya apa adanya: jagalah berkas itu seperti data pegawai.
    """
    with installation(must_exist=True) as alur:
        actor = system_actor(_city(alur, city))
        days = first.date() if first else _FIRST, last.date() if last else _LAST
        name = plain_names if numbers else hidden_names()
        with _whole(file) as target:
            counted = alur.engine.read(
                write_log, actor, alur, process, target, kind=LogFormat(kind), days=days, name=name
            )
    click.echo(f"{counted.cases} kasus dan {counted.events} peristiwa ditulis ke {file}.")


@click.command("recount", cls=IndonesianCommand)
@click.option("--city", metavar="KOTA", help="Kode kota; boleh tidak disebut bila hanya satu yang dilayani.")
def recount(city: str | None) -> None:
    """Hitung ulang angka pantauan semua proses sebuah kota dari riwayat kasusnya.

    Yang hilang: tugas mana yang tepat waktu, sebab itu hanya diketahui selagi tugasnya terbuka. Pekerjaan orang tidak
    terganggu.
    """
    with installation(must_exist=True) as alur:
        code = _city(alur, city)
        alur.engine.run(ForgetFigures(), system_actor(code))
        while not fold_city(alur.engine, code):
            pass
    click.echo(f"Angka pantauan kota {code} dihitung ulang.")


@contextmanager
def _whole(file: Path) -> Generator[TextIO]:
    """Give a file to write, which takes the place of the one of before only when it is whole."""
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("w", encoding="utf-8") as target:
            yield target
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _city(alur: Alur, city: str | None) -> str:
    served = alur.served()
    if city is None and len(served) == 1:
        return served[0]
    if city not in served:
        raise Refused(f"Sebutkan kotanya dengan --city. Yang dilayani: {', '.join(served) or 'belum ada'}.")
    return city
