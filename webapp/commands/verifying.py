"""Prove from the records that nothing was lost and nothing was done twice."""

import json

import click

from engine.queries.verification import Extensions, Finding, Tally, Verification, Weight, verify
from webapp.commands.shell import installation
from webapp.commands.words import A_NUMBER, IndonesianCommand, Refused
from webapp.wiring.parts import offers

WORDS = {Weight.ERROR: "galat", Weight.NOTE: "catatan"}


@click.command("verify", cls=IndonesianCommand)
@click.option("--case", "case_id", metavar="NOMOR", type=A_NUMBER, help="Periksa satu kasus saja.")
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
@click.option(
    "--seal",
    "seals",
    metavar="SEGEL",
    multiple=True,
    help="Segel jejak audit yang pernah dicatat di tempat lain; harus masih ada. Boleh diulang.",
)
def command(case_id: int | None, as_json: bool, seals: tuple[str, ...]) -> int:
    """Buktikan dari catatan bahwa tidak ada pekerjaan yang hilang atau tercatat dua kali.

    Jurnal, jejak audit, data kasus, dan semua isi yang tersimpan dibandingkan satu sama lain; jurnal dijalankan ulang
    tanpa memanggil apa pun di luar. Setiap berkas yang diserahkan orang harus ada, utuh, dan isinya tidak berubah.
    Tidak ada yang diubah, dan Alur boleh tetap dipakai. Keluar dengan 1 bila ada galat.

    Segel terakhir jejak audit dicetak. Catatlah di luar server ini: kelak --seal membuktikan bahwa jejak audit sampai
    saat itu belum ditulis ulang.
    """
    if case_id is not None and seals:
        raise Refused("Segel hanya diperiksa bersama seluruh basis data: jalankan --seal tanpa --case.")
    with installation(must_exist=True) as alur, alur.database.reading() as read:
        run = verify(read, alur.directory, case_id=case_id, more=_extensions(), files=alur.files, seals=seals)
        if as_json:
            _print_json(run)
        else:
            _print(run)
    if case_id is not None and not (run.tally.cases or run.tally.errors):
        raise Refused(f"Tidak ada kasus bernomor {case_id} di instalasi ini. Periksa nomornya.")
    return int(run.tally.errors > 0)


def _extensions() -> Extensions:
    modules = offers("verification")
    return Extensions(
        checks=[check for module in modules for check in module.CASE_CHECKS],
        whole=[check for module in modules for check in getattr(module, "WHOLE_CHECKS", ())],
        made_by={name: kind for module in modules for name, kind in getattr(module, "MADE_BY", {}).items()},
        file_rows=[statement for module in modules for statement in getattr(module, "FILE_ROWS", ())],
        days_changed=next((module.days_changed for module in modules if hasattr(module, "days_changed")), None),
    )


def _print(run: Verification) -> None:
    for finding in run.findings():
        where = f"kasus {finding.case}: " if finding.case is not None else ""
        click.echo(f"{WORDS[finding.weight]}: {where}{finding.message('id')}")
    tally = run.tally
    click.echo(
        f"Diperiksa: {tally.cases} kasus, {tally.steps} langkah, {tally.completions} penyelesaian tugas, "
        f"{tally.contents} isi lain, {tally.files} berkas. "
        f"Dijalankan ulang: {tally.replayed} kasus; tidak dapat: {tally.not_replayed}."
    )
    if tally.sealed or tally.unsealed:
        click.echo(f"Jejak audit: {tally.sealed} baris bersegel, {tally.unsealed} belum.")
    for tenant, seal in sorted(run.seals.last.items()):
        click.echo(f"Segel terakhir {tenant}: {seal.digest} ({seal.at:%d/%m/%Y %H.%M} UTC)")
    click.echo(_verdict(tally))


def _verdict(tally: Tally) -> str:
    if not tally.cases and not tally.errors:
        return "Tidak ada kasus yang diperiksa."
    if tally.errors:
        return f"Ditemukan {tally.errors} galat. Jangan ubah apa pun; simpan cadangan, lalu hubungi pengembang Alur."
    return "Semua catatan cocok satu sama lain."


def _print_json(run: Verification) -> None:
    """Print one JSON object a line, a finding each and the counts last, so that memory does not grow with them."""
    for finding in run.findings():
        click.echo(json.dumps(_plain(finding), ensure_ascii=False))
    counts = {name: getattr(run.tally, name) for name in Tally.__slots__}
    seals = {tenant: seal.digest for tenant, seal in sorted(run.seals.last.items())}
    click.echo(json.dumps({"counts": counts, "seals": seals}, ensure_ascii=False))


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "weight": str(finding.weight),
        "case": finding.case,
        "params": dict(finding.params),
        "texts": {language: finding.message(language) for language in ("id", "en")},
    }
