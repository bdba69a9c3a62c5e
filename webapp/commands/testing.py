"""Play the scenarios of diagrams, and say what of the diagrams they walk."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from engine.bpmn.check import Catalogue
from engine.bpmn.release import Release, compile_release
from engine.errors import DiagramRefused, Problem
from engine.scenarios import (
    Coverage,
    Part,
    ScenarioRefused,
    Walk,
    coverage_of,
    draw_coverage,
    never,
    play,
    read_scenario,
)
from webapp.commands.tagged import read_json, untagged
from webapp.commands.words import IndonesianCommand, Refused
from webapp.wiring import collect_parts

SCENARIOS = "scenarios"


@dataclass
class Tested:
    """What came of the scenarios of one diagram.

    :ivar played: the problems of each scenario by its file, none if it went as it says.
    """

    process: str
    release: Release | None = None
    walk: Walk = field(default_factory=Walk)
    played: dict[str, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def coverage(self) -> Coverage | None:
        """What is walked; None of a diagram that cannot run."""
        return coverage_of(self.release, self.walk) if self.release is not None else None

    @property
    def is_good(self) -> bool:
        """Every scenario went as it says."""
        return self.release is not None and not any(self.played.values())


@click.command("test", cls=IndonesianCommand)
@click.argument("folders", metavar="FOLDER...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
@click.option(
    "--at-least",
    "least",
    metavar="PERSEN",
    type=click.IntRange(0, 100),
    default=0,
    help="Keluar dengan 1 bila bagian diagram yang dilalui kurang dari ini.",
)
@click.option(
    "--picture",
    "pictures",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Gambar setiap diagram sebagai SVG di folder ini: yang dilalui hijau, yang belum bertanda seru.",
)
@click.option(
    "--seconds",
    metavar="DETIK",
    type=click.IntRange(0, 86_400),
    default=60,
    help="Hentikan skenario yang menghitung lebih lama dari ini, lalu teruskan dengan yang berikutnya; biasanya 60.",
)
def command(folders: tuple[Path, ...], *, as_json: bool, least: int, pictures: Path | None, seconds: int) -> int:
    """Jalankan skenario diagram dan tunjukkan bagian mana yang dilaluinya.

    FOLDER berisi diagram .bpmn, tabel .dmn, formulir di forms/, dan skenario di scenarios/; folder di dalamnya ikut
    dicari. Diagram dijalankan sungguhan dalam ingatan; jawaban layanan diambil dari skenario. Keluar dengan 1 bila ada
    skenario yang tidak berjalan sebagaimana tertulis.
    """
    catalogue = collect_parts().catalogue
    found = [tested for folder in _with_scenarios(folders) for tested in _test(folder, catalogue, seconds)]
    if not found:
        raise Refused(f"Tidak ada skenario: taruh berkas .json di folder {SCENARIOS}/ di samping diagramnya.")
    if as_json:
        click.echo(json.dumps([_plain(tested) for tested in found], ensure_ascii=False))
    else:
        for tested in found:
            _print(tested)
    if pictures is not None:
        _draw(found, pictures)
    is_enough = all(tested.coverage is None or tested.coverage.share >= Fraction(least, 100) for tested in found)
    return int(not (is_enough and all(tested.is_good for tested in found)))


def _with_scenarios(folders: Iterable[Path]) -> list[Path]:
    """Return the folders with diagrams that have scenarios, each once."""
    found = {path.parent.parent.resolve() for folder in folders for path in folder.rglob(f"{SCENARIOS}/*.json")}
    return sorted(found)


def _test(folder: Path, catalogue: Catalogue, seconds: float) -> Iterator[Tested]:
    """Play the scenarios of a folder, diagram by diagram.

    :param seconds: what each of them may compute.
    """
    by_process: dict[str, list[tuple[Path, Mapping[str, Any]]]] = {}
    for path in sorted(folder.glob(f"{SCENARIOS}/*.json")):
        content = untagged(read_json(path), path.name)
        if not isinstance(content, dict):
            raise Refused(f"{path.name} harus berisi satu objek JSON.")
        by_process.setdefault(str(content.get("process", "")), []).append((path, content))
    for process, scenarios in by_process.items():
        tested = _begin(folder, process, catalogue)
        for path, content in scenarios if tested.release is not None else ():
            tested.played[path.name] = _play(tested, content, seconds)
        yield tested


def _begin(folder: Path, process: str, catalogue: Catalogue) -> Tested:
    diagram = folder / f"{process}.bpmn"
    if not process or not diagram.is_file():
        raise Refused(f"{folder.name}/{SCENARIOS}: tidak ada diagram {process}.bpmn untuk skenario ini.")
    try:
        return Tested(process, compile_release(_files(folder, diagram), catalogue))
    except DiagramRefused as refused:
        return Tested(process, None, played={diagram.name: refused.problems})


def _files(folder: Path, diagram: Path) -> dict[str, bytes]:
    """Return a diagram with the tables and forms that lie beside it, by their names in a release."""
    beside = [*folder.glob("*.dmn"), *folder.glob("forms/*.json")]
    files = {diagram.name: diagram.read_bytes()}
    files |= {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(beside)}
    return files


def _play(tested: Tested, content: Mapping[str, Any], seconds: float) -> tuple[Problem, ...]:
    assert tested.release is not None
    try:
        played = play(tested.release, read_scenario(content), never, seconds)
    except ScenarioRefused as refused:
        return (refused.problem,)
    tested.walk.add(played.walk)
    return played.problems


def _draw(found: Iterable[Tested], folder: Path) -> None:
    """Write the picture of each diagram that runs."""
    folder.mkdir(parents=True, exist_ok=True)
    for tested in found:
        if tested.release is not None:
            (folder / f"{tested.process}.svg").write_bytes(draw_coverage(tested.release, tested.walk))


def _print(tested: Tested) -> None:
    good = sum(not problems for problems in tested.played.values())
    click.echo(f"{tested.process}: {good} dari {len(tested.played)} skenario berjalan sebagaimana tertulis")
    for name, problems in tested.played.items():
        for problem in problems:
            click.echo(f"  {name}: {problem.message('id')}")
    if tested.coverage is not None:
        _print_coverage(tested.coverage)


def _print_coverage(coverage: Coverage) -> None:
    parts = {"simpul": coverage.nodes, "alur": coverage.flows, "aturan": coverage.rules}
    click.echo(f"  dilalui: {', '.join(_in_words(name, part) for name, part in parts.items())}")
    for name, part in parts.items():
        for missing in part.missing:
            click.echo(f"  {name} belum dilalui: {missing}")


def _in_words(name: str, part: Part) -> str:
    percent = 100 * part.walked // part.total if part.total else 100
    return f"{name} {part.walked}/{part.total} ({percent}%)"


def _plain(tested: Tested) -> dict[str, object]:
    coverage = tested.coverage
    parts = {"nodes": coverage.nodes, "flows": coverage.flows, "rules": coverage.rules} if coverage else {}
    return {
        "process": tested.process,
        "scenarios": {
            name: [{"where": one.element, "code": one.code, "texts": dict(one.texts)} for one in problems]
            for name, problems in tested.played.items()
        },
        "coverage": {
            name: {"total": part.total, "walked": part.walked, "missing": list(part.missing)}
            for name, part in parts.items()
        },
    }
