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

    BERKAS: .bpmn, masing-masing diperiksa bersama semua .dmn dan formulir .json yang disebut, atau sebuah folder.
    Tanpa BERKAS, semua diagram bawaan Alur diperiksa. Keluar dengan 1 bila ada galat; peringatan tidak dihitung.
    """
    releases = _read(files) if files else shipped_releases()
    catalogue = collect_parts().catalogue
    found = {name: check_release(content, catalogue) for name, content in releases.items()}
    if as_json:
        plain = {name: [_plain(name, problem) for problem in problems] for name, problems in found.items()}
        click.echo(json.dumps(plain, ensure_ascii=False))
    else:
        for name, problems in found.items():
            _print(name, problems)
    return int(any(problem.severity == "error" for problems in found.values() for problem in problems))


def _read(paths: tuple[Path, ...]) -> Releases:
    """Return the files as releases: each folder is one, and each single diagram with the other single files."""
    releases = {str(path): _folder(path) for path in paths if path.is_dir()}
    single = [path for path in paths if path.is_file()]
    diagrams = [path for path in single if path.suffix == ".bpmn"]
    others = [path for path in single if path not in diagrams]
    for diagram in diagrams or single[:1]:
        releases[str(diagram)] = {_name_in_release(path): path.read_bytes() for path in (diagram, *others)}
    return dict(releases)


def _name_in_release(path: Path) -> str:
    return f"forms/{path.name}" if path.suffix == ".json" else path.name


def _folder(folder: Path) -> dict[str, bytes]:
    found = [*folder.glob("*.bpmn"), *folder.glob("*.dmn"), *folder.glob("forms/*.json")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def _print(name: str, problems: tuple[Problem, ...]) -> None:
    click.echo(f"{name}: {_count(problems)}")
    for problem in problems:
        word = "galat" if problem.severity == "error" else "peringatan"
        click.echo(f"  {word}: {problem.message('id')}")


def _count(problems: tuple[Problem, ...]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    counts = {"galat": errors, "peringatan": len(problems) - errors}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "tidak ada masalah"


def _plain(release: str, problem: Problem) -> dict[str, object]:
    return {
        "file": str(problem.params.get("file", problem.element if "." in problem.element else release)),
        "element": problem.element,
        "code": problem.code,
        "severity": problem.severity,
        "texts": dict(problem.texts),
    }
