"""Look at an installation as a whole."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

from engine.records.database import Database
from webapp.commands.shell import at_any_step, installation
from webapp.commands.words import IndonesianCommand, Refused
from webapp.migrations import knows_step, newest_step, step_of
from webapp.wiring import Alur, locate
from webapp.wiring.examination import Finding, State, examine_installation, examine_room
from webapp.wiring.settings import SECRETS_FILE, STAGING_FOLDER

WORDS = {State.GOOD: "baik", State.WARNING: "PERHATIAN", State.ERROR: "GALAT"}


@click.command("doctor", cls=IndonesianCommand)
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
def command(as_json: bool) -> int:
    """Periksa seluruh instalasi: disk, basis data, jam, plugin kota, pekerjaan latar, alamat.

    Setiap baris menyebut apa yang diperiksa, keadaannya, dan apa yang perlu dilakukan. Tidak ada yang diubah, dan Alur
    boleh tetap berjalan. Keluar dengan 1 bila ada GALAT.
    """
    try:
        with installation(needs=at_any_step, must_exist=True) as alur:
            findings = list(_findings(alur))
    except Refused as error:
        home, _ = locate(os.environ)
        if (home / STAGING_FOLDER).exists() or not (home / SECRETS_FILE).exists():
            raise
        findings = list(_findings_without(home, error))
    if as_json:
        click.echo(json.dumps([_plain(finding) for finding in findings], ensure_ascii=False))
    else:
        click.echo("\n".join(line for finding in findings for line in _lines(finding)))
        click.echo(_verdict(findings))
    return int(any(finding.state is State.ERROR for finding in findings))


def _findings_without(home: Path, refused: Refused) -> Iterator[Finding]:
    """Yield why the installation cannot be opened, and what can be looked at all the same."""
    sentence, _, detail = refused.message.partition("\n")
    yield Finding("opening", "Membuka instalasi", State.ERROR, sentence, detail)
    yield from examine_room(home)


def _findings(alur: Alur) -> Iterator[Finding]:
    try:
        tables = _examine_tables(alur.database)
    except Exception as error:
        # A damaged database may refuse in any way; that is what the doctor is asked about.
        advice = "Hentikan Alur dan pulihkan cadangan terakhir: alur restore. Periksa juga disknya."
        tables = Finding("tables", "Bentuk basis data", State.ERROR, f"tidak terbaca: {error}", advice)
    yield tables
    if tables.state is State.GOOD:  # the questions are about today's tables
        yield from examine_installation(alur)


def _examine_tables(database: Database) -> Finding:
    found, wanted, what = step_of(database), newest_step(), "Bentuk basis data"
    if found is None:
        return Finding("tables", what, State.ERROR, "kosong", "Siapkan kota pertama: alur init KOTA")
    if not knows_step(found):
        advice = "Pasang Alur yang membuatnya atau yang lebih baru, atau pulihkan cadangan lama: alur restore"
        return Finding("tables", what, State.ERROR, f"{found}, dari Alur yang lebih baru ({wanted})", advice)
    if found != wanted:
        return Finding("tables", what, State.ERROR, f"{found}, versi lama", f"Jalankan: alur upgrade (ke {wanted})")
    return Finding("tables", what, State.GOOD, f"sesuai ({found})")


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{WORDS[finding.state]:<9}  {finding.what}: {finding.found}"
    if finding.advice:
        yield f"{'':<11}{finding.advice}"


def _verdict(findings: list[Finding]) -> str:
    errors, warnings = (sum(found.state is state for found in findings) for state in (State.ERROR, State.WARNING))
    counts = f"{len(findings)} diperiksa, {errors} galat, {warnings} perlu perhatian"
    return f"{counts}. {'Perbaiki dari atas ke bawah, lalu ulangi.' if errors or warnings else 'Semua baik.'}"


def _plain(finding: Finding) -> dict[str, str]:
    return {
        "topic": finding.topic,
        "what": finding.what,
        "state": str(finding.state),
        "found": finding.found,
        "advice": finding.advice,
    }
