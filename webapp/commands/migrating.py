"""Move the running cases of a release to another one, and back."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from engine.bpmn.counterparts import Pairs, read_pairs, read_pairs_file
from engine.commands.begin_migration import BeginMigration
from engine.errors import NotFound
from engine.fleet import move_all, undo_all
from engine.moving.judging import Judged
from engine.moving.runs import Route
from engine.policy.actor import Actor, system_actor
from engine.queries.migration import count_running, find_releases, list_runs, preview_move, view_route, view_run
from engine.records.superseding import require_in_use
from webapp.commands.migration_report import MoveReport, UndoReport, print_runs
from webapp.commands.shell import installation
from webapp.commands.words import A_NUMBER, IndonesianCommand, Refused
from webapp.wiring import Alur

#: Longer runs show how far they are.
LONG_RUN = 1000


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stands on the command line."""

    pairs: Pairs
    values: Mapping[str, str]
    is_dry: bool
    as_json: bool
    with_cases: bool


@click.command("migrate", cls=IndonesianCommand)
@click.argument("old", metavar="[LAMA]", required=False)
@click.argument("new", metavar="[BARU]", required=False)
@click.option("--city", metavar="KOTA", help="Kode kota; tidak perlu bila hanya satu kota dilayani.")
@click.option(
    "--map", "pairs", multiple=True, metavar="LAMA=BARU", help="Unsur pengganti; beberapa: a=b,c. Boleh diulang."
)
@click.option(
    "--map-file",
    metavar="BERKAS",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas berisi baris LAMA=BARU atau satu objek JSON.",
)
@click.option(
    "--set", "values", multiple=True, metavar="NAMA=FEEL", help="Beri setiap kasus variabel ini. Boleh diulang."
)
@click.option("--dry-run", is_flag=True, help="Periksa saja; tidak ada yang dipindahkan.")
@click.option("--cases", "with_cases", is_flag=True, help="Sebutkan juga setiap kasus.")
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
@click.option("--undo", metavar="NOMOR", type=A_NUMBER, help="Kembalikan kasus-kasus dari pemindahan bernomor ini.")
@click.option("--runs", "shows_runs", is_flag=True, help="Cetak pemindahan yang pernah dijalankan.")
def command(  # one parameter an option
    *,
    old: str | None,
    new: str | None,
    city: str | None,
    pairs: tuple[str, ...],
    map_file: Path | None,
    values: tuple[str, ...],
    dry_run: bool,
    with_cases: bool,
    as_json: bool,
    undo: int | None,
    shows_runs: bool,
) -> int:
    """Pindahkan kasus berjalan dari rilis LAMA ke rilis BARU.

    LAMA dan BARU: PROSES:NOMOR, nomor rilis, atau awal sidik rilis. Unsur yang idnya sama dianggap sama; untuk yang
    lain tentukan penggantinya dengan --map. Jalankan dahulu dengan --dry-run. Yang terputus di tengah jalan
    diteruskan dengan perintah yang sama. Keluar dengan 1 bila ada kasus yang tertahan.
    """
    with installation(must_exist=True) as alur:
        require_in_use(alur.database)
        actor = system_actor(_city(alur, city))
        if shows_runs:
            print_runs(alur.engine.read(list_runs, actor), as_json=as_json)
            return 0
        if undo is not None:
            return _undo(alur, actor, undo, as_json=as_json, with_cases=with_cases)
        if old is None or new is None:
            raise click.UsageError("LAMA dan BARU belum diberikan.")
        asked = _Asked(_pairs(pairs, map_file), _values(values), dry_run, as_json, with_cases)
        return _move(alur, actor, old, new, asked)


def _city(alur: Alur, city: str | None) -> str:
    served = alur.served()
    if city is None and len(served) == 1:
        return served[0]
    if city is None:
        raise Refused(f"Sebutkan kotanya dengan --city. Yang dilayani: {', '.join(served) or 'belum ada'}.")
    if city not in served:
        raise Refused(f"Kota {city!r} belum disiapkan. Yang dilayani: {', '.join(served) or 'belum ada'}.")
    return city


def _pairs(lines: Iterable[str], file: Path | None) -> dict[str, tuple[str, ...]]:
    found = read_pairs_file(_text_of(file)) if file is not None else {}
    return found | read_pairs(lines)


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{file} bukan teks UTF-8. Simpan lagi sebagai UTF-8, lalu ulangi.") from error


def _values(lines: Iterable[str]) -> dict[str, str]:
    found = {}
    for line in lines:
        name, sign, text = line.partition("=")
        if not (name.strip() and sign and text.strip()):
            raise Refused(f"{line!r} bukan NAMA=FEEL.")
        found[name.strip()] = text.strip()
    return found


def _move(alur: Alur, actor: Actor, old: str, new: str, asked: _Asked) -> int:
    releases = alur.engine.read(find_releases, actor, old, new)
    route = alur.engine.read(view_route, actor, releases, asked.pairs, asked.values)
    report = MoveReport(route, with_cases=asked.with_cases)
    batches = _looked_at(alur, actor, route) if asked.is_dry else _moved(alur, actor, route, asked, report)
    report.running = alur.engine.read(count_running, actor, route)
    label, is_short = "Memeriksa" if asked.is_dry else "Memindahkan", report.running < LONG_RUN
    with click.progressbar(length=report.running, label=label, file=sys.stderr, hidden=is_short) as bar:
        for batch in batches:
            report.add(batch)
            bar.update(len(batch))
    if report.run is not None:
        report.count_run(alur.engine.read(view_run, actor, report.run, with_stuck=True))
    click.echo(json.dumps(report.plain(), ensure_ascii=False) if asked.as_json else report.text())
    return int(report.has_stuck)


def _looked_at(alur: Alur, actor: Actor, route: Route) -> Iterator[tuple[Judged, ...]]:
    after, now = 0, alur.clock()
    while batch := alur.engine.read(preview_move, actor, route, directory=alur.directory, now=now, after=after):
        yield batch
        after = batch[-1].case_id


def _moved(alur: Alur, actor: Actor, route: Route, asked: _Asked, report: MoveReport) -> Iterator[tuple[Judged, ...]]:
    begun = BeginMigration(route.old.id, route.new.id, asked.pairs, asked.values)
    report.run = alur.engine.run(begun, actor).value
    for batch in move_all(alur.engine, actor, int(report.run or 0)):
        yield tuple(batch)


def _undo(alur: Alur, actor: Actor, run: int, *, as_json: bool, with_cases: bool) -> int:
    try:
        found = alur.engine.read(view_run, actor, run)
    except NotFound as error:
        raise Refused(
            f"Tidak ada pemindahan bernomor {run} di kota {actor.tenant}. Lihat nomornya: alur migrate --runs --city "
            f"{actor.tenant}"
        ) from error
    report = UndoReport(found, with_cases=with_cases)
    for batch in undo_all(alur.engine, actor, run):
        report.add(batch)
    click.echo(json.dumps(report.plain(), ensure_ascii=False) if as_json else report.text())
    return int(report.has_refused)
