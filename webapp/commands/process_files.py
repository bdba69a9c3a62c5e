"""Write a process into a folder, and begin or go on with a design from one: diagrams under version control."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from engine.bpmn.release import check_release, is_known_file
from engine.commands.begin_design import BeginDesign
from engine.commands.save_design import SaveDesign
from engine.designs.finding import content_mark, find_design
from engine.errors import DiagramRefused, Problem
from engine.policy.actor import Actor, system_actor
from engine.queries.designs import release_in_city, releases_in_force
from engine.records.superseding import require_in_use
from webapp.commands.process_log import log, recount
from webapp.commands.shell import installation
from webapp.commands.words import A_NUMBER, IndonesianGroup, Refused
from webapp.wiring import Alur, shipped_releases, shipped_scenarios

_FOLDERS = ("", "forms", "scenarios")
_CITY = click.option("--city", metavar="KOTA", help="Kode kota; tidak perlu bila hanya satu kota dilayani.")
Files = Mapping[str, bytes]


@click.group("process", cls=IndonesianGroup)
def command() -> None:
    """Tulis proses ke folder, atau jadikan folder sebuah rancangan: diagram, tabel, formulir, dan skenarionya."""


command.add_command(log)
command.add_command(recount)


@command.command("export")
@click.argument("process", metavar="PROSES")
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@_CITY
@click.option("--design", metavar="NOMOR", type=A_NUMBER, help="Tulis rancangan ini, bukan rilis yang berlaku.")
@click.option("--default", "is_default", is_flag=True, help="Tulis bawaan nasional yang ada di Alur.")
def export(process: str, folder: Path, city: str | None, design: int | None, is_default: bool) -> None:
    """Tulis berkas PROSES ke FOLDER: rilis yang berlaku di kota, sebuah rancangan, atau bawaan nasional."""
    files = _shipped(process) if is_default else _of_city(process, city, design)
    left = sorted(_names_in(folder) - files.keys())
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    click.echo(f"{len(files)} berkas proses {process} ditulis ke {folder}.")
    if left:
        click.echo(f"Tidak termasuk proses ini, dan dibiarkan: {', '.join(left)}.")


@command.command("import")
@click.argument("folder", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_CITY
@click.option("--design", metavar="NOMOR", type=A_NUMBER, help="Timpa rancangan ini; tanpa ini rancangan baru dimulai.")
def import_folder(folder: Path, city: str | None, design: int | None) -> int:
    """Jadikan FOLDER sebuah rancangan, lalu periksa.

    FOLDER berisi satu diagram .bpmn, tabel .dmn, formulir di forms/, dan skenario di scenarios/. Rilis tidak dibuat:
    rancangan ditinjau orang kedua di Studio. Keluar dengan 1 bila pemeriksaan menemukan galat; rancangannya tetap ada.
    """
    files = {name: (folder / name).read_bytes() for name in sorted(_names_in(folder))}
    with installation(must_exist=True) as alur:
        require_in_use(alur.database)
        actor = system_actor(_city(alur, city))
        number = _kept(alur, actor, files, design)
        problems = check_release(files, alur.catalogue)
    click.echo(f"Rancangan {number}: {len(files)} berkas diambil dari {folder}.")
    for found in problems:
        click.echo(f"  {'galat' if found.severity == 'error' else 'peringatan'}: {found.message('id')}")
    return int(any(found.severity == "error" for found in problems))


def _of_city(process: str, city: str | None, design: int | None) -> Files:
    with installation(must_exist=True) as alur:
        require_in_use(alur.database)
        actor = system_actor(_city(alur, city))
        return _in_force(alur, actor, process) if design is None else _design(alur, actor, process, design)


def _in_force(alur: Alur, actor: Actor, process: str) -> Files:
    """Return the files of the release in force; one that Alur ships has its scenarios with it."""
    with alur.database.reading() as read:
        found = next((line for line in releases_in_force(read, actor) if line.process == process), None)
        if found is None:
            raise Refused(f"Proses {process!r} belum berlaku di kota {actor.tenant}. Bawaan nasional: --default.")
        files = release_in_city(read, actor, found.id).files
    has_scenarios = any(name.startswith("scenarios/") for name in files)
    return files if has_scenarios else {**files, **_scenarios(process)}


def _design(alur: Alur, actor: Actor, process: str, number: int) -> Files:
    with alur.database.reading() as read:
        found = find_design(read, actor.tenant, number)
    if found.process != process:
        raise Refused(f"Rancangan {number} adalah rancangan proses {found.process!r}, bukan {process!r}.")
    return found.files


def _shipped(process: str) -> Files:
    known = shipped_releases()
    if process not in known:
        raise Refused(f"Proses {process!r} tidak ada di Alur. Yang ada: {', '.join(sorted(known))}.")
    return {**known[process], **shipped_scenarios(process)}


def _scenarios(process: str) -> Files:
    return shipped_scenarios(process) if process in shipped_releases() else {}


def _kept(alur: Alur, actor: Actor, files: Files, design: int | None) -> int:
    """Keep the files as a new design, or in the place of those of one; return its number.

    :raise Refused: they may not be kept.
    """
    try:
        if design is None:
            return int(alur.engine.run(BeginDesign(files), actor).value)
        with alur.database.reading() as read:
            before = find_design(read, actor.tenant, design).files
        changed = {name: files.get(name) for name in {*before, *files} if before.get(name) != files.get(name)}
        seen = {name: content_mark(before[name]) if name in before else None for name in changed}
        alur.engine.run(SaveDesign(design, changed, seen), actor)
    except DiagramRefused as refused:
        raise Refused("\n".join(_said(refused.problems))) from refused
    return design


def _said(problems: tuple[Problem, ...]) -> Iterator[str]:
    return (found.message("id") for found in problems)


def _names_in(folder: Path) -> set[str]:
    """Return the names of the files of a folder that belong to a process."""
    paths = (path for part in _FOLDERS for path in (folder / part).glob("*") if path.is_file())
    return {name for name in (path.relative_to(folder).as_posix() for path in paths) if is_known_file(name)}


def _city(alur: Alur, city: str | None) -> str:
    served = sorted(alur.served())
    if city is None and len(served) == 1:
        return served[0]
    if city not in served:
        wanted = f"Kota {city!r} belum disiapkan." if city is not None else "Sebutkan kotanya dengan --city."
        raise Refused(f"{wanted} Yang dilayani: {', '.join(served) or 'belum ada'}.")
    return city
