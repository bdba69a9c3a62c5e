"""Compute past allowances again, or compare them with the treasurer's spreadsheet."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from processes.incentive.comparing import Compared, Comparison, compare
from processes.incentive.imports.cells import read_month
from processes.incentive.replaying import LineDifference, drifted, replay
from processes.incentive.rules.lines import label
from processes.people.city.texts import show_number
from processes.people.imports import BadCell, report_lines
from processes.people.queries import all_units
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand, IndonesianGroup, Refused
from webapp.wiring import Alur


class Month(click.ParamType[date]):
    """A month as `2026-05` or `05/2026`."""

    name = "BULAN"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return its first day."""
        try:
            return value if isinstance(value, date) else read_month(str(value))
        except BadCell:
            raise click.BadParameter(f"{value!r} bukan bulan. Tulis seperti 2026-05.", ctx, param) from None


@click.group("tpp", cls=IndonesianGroup)
def command() -> None:
    """Hitung ulang TPP bulan yang lalu, atau bandingkan dengan lembar bendahara."""


@command.command("replay", cls=IndonesianCommand)
@click.argument("month", metavar="BULAN", type=Month())
@click.option("--city", metavar="KOTA", help="Satu kota saja.")
@click.option("--unit", "unit_code", metavar="KODE", help="Satu unit saja, menurut kodenya.")
@click.option("--records", "from_records", is_flag=True, help="Bandingkan juga dengan data yang tercatat hari ini.")
def replay_month(month: date, city: str | None, unit_code: str | None, from_records: bool) -> int:
    """Hitung ulang semua slip BULAN yang sudah dikunci, sampai rupiahnya.

    Slip dihitung dari fakta dan parameter yang tersimpan bersamanya, lalu dibandingkan dengan slip yang dikunci.
    Tidak ada yang diubah. Keluar dengan 1 bila satu baris saja berbeda.

    Dengan --records, bulan itu juga dihitung dari data hari ini: penilaian, kehadiran, atau cuti yang berubah setelah
    bulan dikunci disebut satu per satu. Selisihnya dibayar dengan baris koreksi, tidak dengan mengubah slip.
    """
    with installation(must_exist=True) as alur:
        cities = _cities(alur, city)
        wrong = sum(_replay_city(alur, code, month, unit_code, from_records=from_records) for code in cities)
    click.echo(f"{wrong} selisih." if wrong else "Semua sama sampai rupiahnya.")
    return int(wrong > 0)


def _replay_city(alur: Alur, city: str, month: date, unit_code: str | None, *, from_records: bool) -> int:
    """Print what a city's month comes to, and return how many differences there are."""
    rules = alur.cities.city(city)
    with alur.database.reading() as read:
        units = {unit.id: unit.code for unit in all_units(read, city)}
        unit_id = _unit_id(units, city, unit_code)
        done = replay(read, city, month, unit_id=unit_id)
        later = list(drifted(read, city, month, city=rules, unit_id=unit_id)) if from_records else []
    click.echo(f"{city}: {done.slips} slip dihitung ulang, bruto Rp{_money(done.gross)}.")
    for item in done.differences:
        click.echo(f"  galat: {_said(item, units)}")
    for item in later:
        click.echo(f"  berubah setelah dikunci: {_said(item, units)}")
    return len(done.differences) + len(later)


@command.command("compare", cls=IndonesianCommand)
@click.argument("month", metavar="BULAN", type=Month())
@click.argument("file", metavar="BERKAS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--city", required=True, metavar="KOTA", help="Kode kota.")
def compare_month(month: date, file: Path, city: str) -> int:
    """Bandingkan slip BULAN dengan lembar bendahara di BERKAS (.xlsx atau .csv), per orang dan per baris.

    Kolom yang dikenal: NIP, Produktivitas, Disiplin, Tambahan Plt, Potongan Hukuman, Koreksi, Bruto, Potongan Luar,
    Neto. Hanya kolom yang ada yang dibandingkan. Setiap selisih disertai rincian hitungan Alur. Keluar dengan 1 bila
    ada selisih.
    """
    with installation(must_exist=True) as alur, alur.database.reading() as read:
        _cities(alur, city)
        found = compare(read, city, month, file)
        if not isinstance(found, Comparison):
            raise Refused("\n".join(report_lines(found)))
    for item in found.differences:
        _print_difference(item)
    click.echo(f"{found.people} orang dibandingkan, {len(found.differences)} selisih.")
    return int(bool(found.differences))


def _cities(alur: Alur, city: str | None) -> list[str]:
    served = sorted(alur.served())
    if city is not None and city not in served:
        raise Refused(f"Kota {city!r} belum disiapkan. Jalankan: alur init {city}")
    return [city] if city is not None else served


def _unit_id(units: Mapping[int, str], city: str, code: str | None) -> int | None:
    if code is None:
        return None
    found = next((number for number, known in units.items() if known == code), None)
    if found is None:
        raise Refused(f"Tidak ada unit berkode {code!r} di kota {city}. Periksa kodenya di halaman Organisasi.")
    return found


def _said(item: LineDifference, units: Mapping[int, str]) -> str:
    """Return a difference by numbers of person and unit: what is printed may be sent to somebody else."""
    who = f"pegawai {item.employee_id}" if item.employee_id else "jumlah unit"
    line = f", {label(item.line)}" if item.line is not None else ""
    unit = units.get(item.unit_id, str(item.unit_id))
    return f"unit {unit}, {who}{line}: tersimpan Rp{_money(item.kept)}, dihitung Rp{_money(item.computed)}"


def _print_difference(item: Compared) -> None:
    if item.here is None:
        click.echo(f"{item.name}: ada di lembar, tidak ada slip.")
    elif item.there is None:
        click.echo(f"{item.name}: ada slip (bruto Rp{_money(item.here)}), tidak ada di lembar.")
    else:
        gap = _money(item.here - item.there)
        click.echo(f"{item.name}, {item.title}: Alur Rp{_money(item.here)}, lembar Rp{_money(item.there)} ({gap})")
        for text in item.because:
            click.echo(f"    {text.id}")


def _money(amount: Decimal) -> str:
    return show_number(amount, places=0)
