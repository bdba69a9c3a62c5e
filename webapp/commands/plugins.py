"""Look at, check, try out and begin city plugins."""

from pathlib import Path

import click

from plugins.manager import Cities
from plugins.report import PluginRow, check_city, list_plugins, score_file
from plugins.scaffold import InvalidScaffold, create_plugin
from processes.people.city import CityError, CityUnavailable, InvalidPlain
from webapp.commands.words import IndonesianGroup, Refused


@click.group("plugin", cls=IndonesianGroup)
def command() -> None:
    """Plugin kota: daftar, periksa, hitung, buat baru."""


@command.command("list")
def list_installed() -> None:
    """Cetak plugin yang terpasang, juga yang rusak."""
    for row in list_plugins(Cities.tried()):
        rules = ", ".join(row.rules) or "aturan nasional"
        state = _trouble(row) if row.is_broken else f"{row.name}; aturan {rules}; {len(row.hooks)} hook"
        click.echo(f"{row.code}  {row.distribution} {row.version}  {state}")


def _trouble(row: PluginRow) -> str:
    if row.rivals:
        return f"DITOLAK: kota ini juga dilayani oleh {', '.join(row.rivals)}. Copot yang lain, sisakan satu saja."
    return f"RUSAK: {row.problem}"


@command.command("check")
@click.argument("city", metavar="KOTA")
def check(city: str) -> int:
    """Jalankan semua pemeriksaan kesesuaian pada plugin KOTA. Keluar dengan 1 bila ada yang gagal."""
    cities = Cities.tried()
    try:
        report = check_city(city, cities)
    except CityError as error:
        raise _refusal(error, cities) from error
    click.echo(report.text("id"))
    return 0 if report.is_good else 1


@command.command("score")
@click.argument("city", metavar="KOTA")
@click.argument("file", metavar="BERKAS.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil lengkap sebagai JSON.")
def score(city: str, file: Path, as_json: bool) -> None:
    """Hitung nilai dari BERKAS.json dengan aturan KOTA, dengan asal-usul setiap angka."""
    cities = Cities.tried()
    try:
        scored = score_file(city, file, cities)
    except CityError as error:
        raise _refusal(error, cities) from error
    except InvalidPlain as error:
        raise Refused(f"{file.name}: {error.said('id')}") from error
    click.echo(scored.json() if as_json else scored.text("id"))


def _refusal(error: CityError, cities: Cities) -> Refused:
    """Return why a city could not be asked: it is not there, it is refused or broken, or its rule failed."""
    rows = list_plugins(cities)
    codes = tuple(dict.fromkeys(row.code for row in rows))
    if error.city not in codes:
        return Refused(
            f"Kota {error.city!r} tidak mempunyai plugin. Yang terpasang: {', '.join(codes) or 'belum ada'}."
        )
    troubles = [_trouble(row) for row in rows if row.code == error.city and row.is_broken]
    detail = " ".join(troubles) if troubles and isinstance(error, CityUnavailable) else error.detail
    return Refused(f"{error.text_id} ({detail})")


@command.command("new")
@click.argument("city", metavar="KOTA")
@click.option("--name", prompt="Nama kota", help="Nama yang dibaca orang, misalnya Kota Kupang.")
@click.option("--head-label", default="Wali Kota", show_default=True, help="Sebutan kepala daerah.")
@click.option("--zone", default="Asia/Jakarta", show_default=True, help="Zona waktu.")
@click.option(
    "--folder", default=".", type=click.Path(file_okay=False, path_type=Path), help="Tempat folder plugin dibuat."
)
def new(city: str, name: str, head_label: str, zone: str, folder: Path) -> None:
    """Buat plugin baru untuk KOTA, lengkap dengan ujinya."""
    try:
        made = create_plugin(folder, city, name, head_label, zone)
    except InvalidScaffold as error:
        raise Refused(error.text_id) from error
    click.echo(f"Plugin dibuat di {made}. Pasang: pip install -e {made}; periksa: alur plugin check {city}")
