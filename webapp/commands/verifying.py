"""Prove from the records that nothing was lost and nothing was done twice."""

import json
from collections.abc import Iterable

import click

from engine.queries.verification import Finding, Tally, Weight, verify
from webapp.commands.shell import installation
from webapp.commands.words import IndonesianCommand
from webapp.wiring.parts import offers

WORDS = {Weight.ERROR: "galat", Weight.NOTE: "catatan"}


@click.command("verify", cls=IndonesianCommand)
@click.option("--case", "case_id", metavar="NOMOR", type=int, help="Periksa satu kasus saja.")
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
def command(case_id: int | None, as_json: bool) -> int:
    """Buktikan dari catatan bahwa tidak ada pekerjaan yang hilang atau tercatat dua kali.

    Jurnal, jejak audit, data kasus, dan semua isi yang tersimpan dibandingkan satu sama lain; jurnal dijalankan ulang
    tanpa memanggil apa pun di luar. Tidak ada yang diubah, dan Alur boleh tetap dipakai. Keluar dengan 1 bila ada
    galat.
    """
    checks = [check for module in offers("verification") for check in module.CASE_CHECKS]
    with installation() as alur, alur.database.reading() as read:
        run = verify(read, alur.directory, case_id=case_id, more=checks)
        if as_json:
            _print_json(run.findings(), run.tally)
        else:
            _print(run.findings(), run.tally)
    return int(run.tally.errors > 0)


def _print(findings: Iterable[Finding], tally: Tally) -> None:
    for finding in findings:
        where = f"kasus {finding.case}: " if finding.case is not None else ""
        click.echo(f"{WORDS[finding.weight]}: {where}{finding.message('id')}")
    click.echo(
        f"Diperiksa: {tally.cases} kasus, {tally.steps} langkah, {tally.completions} penyelesaian tugas, "
        f"{tally.contents} isi lain. Dijalankan ulang: {tally.replayed} kasus; tidak dapat: {tally.not_replayed}."
    )
    click.echo(_verdict(tally))


def _verdict(tally: Tally) -> str:
    if not tally.cases and not tally.errors:
        return "Tidak ada kasus yang diperiksa."
    if tally.errors:
        return f"Ditemukan {tally.errors} galat. Jangan ubah apa pun; simpan cadangan, lalu hubungi pengembang Alur."
    return "Semua catatan cocok satu sama lain."


def _print_json(findings: Iterable[Finding], tally: Tally) -> None:
    """Print one JSON object a line, a finding each and the counts last, so that memory does not grow with them."""
    for finding in findings:
        click.echo(json.dumps(_plain(finding), ensure_ascii=False))
    counts = {name: getattr(tally, name) for name in Tally.__slots__}
    click.echo(json.dumps({"counts": counts}, ensure_ascii=False))


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "weight": str(finding.weight),
        "case": finding.case,
        "params": dict(finding.params),
        "texts": {language: finding.message(language) for language in ("id", "en")},
    }
