"""Check diagrams before they are deployed."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from engine.bpmn.release import check_release
from engine.errors import Problem
from webapp.commands.words import IndonesianCommand
from webapp.wiring import collect_parts, shipped_releases

Releases = dict[str, Mapping[str, bytes]]


@click.command("check", cls=IndonesianCommand)
@click.argument("files", metavar="[BERKAS]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Periksa diagram sebelum dipasang.

    BERKAS: satu .bpmn dengan .dmn dan forms/*.json di sampingnya, atau sebuah folder.
    Tanpa BERKAS, semua diagram bawaan Alur diperiksa. Keluar dengan 1 bila ada galat.
    """
    releases = _read(files) if files else shipped_releases()
    catalogue = collect_parts().catalogue
    found = {name: check_release(content, catalogue) for name, content in releases.items()}
    if as_json:
        click.echo(json.dumps({name: [_plain(problem) for problem in problems] for name, problems in found.items()}))
    else:
        for name, problems in found.items():
            _print(name, problems)
    return int(any(problem.severity == "error" for problems in found.values() for problem in problems))


def _read(paths: tuple[Path, ...]) -> Releases:
    """Return the files as releases: each folder is one, and the single files together are one."""
    releases = {str(path): _folder(path) for path in paths if path.is_dir()}
    single = [path for path in paths if path.is_file()]
    if single:
        names = {f"forms/{path.name}" if path.suffix == ".json" else path.name: path.read_bytes() for path in single}
        releases[str(single[0])] = names
    return dict(releases)


def _folder(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("*.bpmn"), *folder.glob("*.dmn"), *folder.glob("forms/*.json")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def _print(name: str, problems: tuple[Problem, ...]) -> None:
    click.echo(f"{name}: {'tidak ada masalah' if not problems else f'{len(problems)} masalah'}")
    for problem in problems:
        word = "galat" if problem.severity == "error" else "peringatan"
        click.echo(f"  {word}: {problem.message('id')}")


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "element": problem.element,
        "code": problem.code,
        "severity": problem.severity,
        "texts": dict(problem.texts),
    }
