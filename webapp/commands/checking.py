"""Check diagrams before they are deployed."""

import json
from pathlib import Path

import click

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_parts, check_release
from engine.errors import Problem
from webapp.commands.words import IndonesianCommand
from webapp.wiring import collect_parts, shipped_releases

#: What is looked for in other files, which may only not have been named.
_ELSEWHERE = frozenset({"unknown_form", "unknown_decision"})
_HINT = (
    "petunjuk: sebutkan juga berkas formulir (.json) dan tabel keputusan (.dmn) diagram ini, atau periksa foldernya."
)


@click.command("check", cls=IndonesianCommand)
@click.argument("files", metavar="[BERKAS]...", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Periksa diagram sebelum dipasang.

    BERKAS: .bpmn, masing-masing diperiksa bersama semua .dmn dan formulir .json yang disebut; tanpa .bpmn, berkas itu
    sendiri. Dalam sebuah folder, setiap .bpmn diperiksa bersama semua .dmn di situ dan formulir di forms/.
    Tanpa BERKAS, semua diagram bawaan Alur diperiksa. Keluar dengan 1 bila ada galat; peringatan tidak dihitung.
    """
    found = _check_all(files)
    if as_json:
        plain = {name: [_plain(name, problem) for problem in problems] for name, problems in found.items()}
        click.echo(json.dumps(plain, ensure_ascii=False))
    else:
        for name, problems in found.items():
            _print(name, problems)
    return int(any(problem.severity == "error" for problems in found.values() for problem in problems))


def _check_all(paths: tuple[Path, ...]) -> dict[str, tuple[Problem, ...]]:
    """Return the problems by what was checked: a diagram with what belongs to it, or a part by itself."""
    catalogue = collect_parts().catalogue
    if not paths:
        return {name: check_release(files, catalogue) for name, files in shipped_releases().items()}
    found = _check_files([path for path in paths if path.is_file()], catalogue)
    for folder in (path for path in paths if path.is_dir()):
        inside = [*folder.glob("*.bpmn"), *folder.glob("*.dmn"), *folder.glob("forms/*.json")]
        found |= _check_files(sorted(inside), catalogue) or {str(folder): check_release({}, catalogue)}
    return found


def _check_files(paths: list[Path], catalogue: Catalogue) -> dict[str, tuple[Problem, ...]]:
    """Return the problems of each diagram with all that is none; without a diagram, of each file.

    What cannot be read is said, and the rest is checked without it.
    """
    contents, unread = _read(paths)
    return {**_check_contents(contents, catalogue), **{str(path): (_unreadable(path),) for path in unread}}


def _check_contents(contents: dict[Path, bytes], catalogue: Catalogue) -> dict[str, tuple[Problem, ...]]:
    paths = list(contents)
    diagrams = [path for path in paths if path.suffix.lower() == ".bpmn"]
    others = [path for path in paths if path not in diagrams]
    if not diagrams:
        return {str(path): check_parts(_named(contents, [path]), catalogue) for path in others}
    same = _same_names(others)
    return {str(path): (*check_release(_named(contents, [path, *others]), catalogue), *same) for path in diagrams}


def _read(paths: list[Path]) -> tuple[dict[Path, bytes], list[Path]]:
    """Return the contents of files, and those paths that are none: a folder, a link that leads nowhere, not allowed."""
    contents, unread = dict[Path, bytes](), list[Path]()
    for path in paths:
        try:
            contents[path] = path.read_bytes()
        except OSError:
            unread.append(path)
    return contents, unread


def _unreadable(path: Path) -> Problem:
    id_text = "ini bukan berkas yang dapat dibaca (folder, tautan putus, atau tanpa izin baca); perbaiki atau hapus."
    en_text = "this is no file that can be read (a folder, a broken link, or no permission); mend it or delete it."
    return Problem(path.name, "unreadable_file", {"id": id_text, "en": en_text})


def _named(contents: dict[Path, bytes], paths: list[Path]) -> dict[str, bytes]:
    return {_name_in_release(path): contents[path] for path in paths}


def _name_in_release(path: Path) -> str:
    suffix = path.suffix.lower()
    return f"forms/{path.name}" if suffix == ".json" else f"{path.stem}{suffix}"


def _same_names(paths: list[Path]) -> list[Problem]:
    """Say which files stand for each other: a release holds one of a name."""
    names = [_name_in_release(path) for path in paths]
    twice = sorted({name for name in names if names.count(name) > 1})
    id_text = "dua berkas bernama sama, padahal rilis hanya memuat satu; ganti nama salah satunya."
    en_text = "two files have this name, but a release holds only one; rename one of them."
    return [Problem(name, "same_name", {"id": id_text, "en": en_text}) for name in twice]


def _print(name: str, problems: tuple[Problem, ...]) -> None:
    click.echo(f"{name}: {_count(problems)}")
    for problem in problems:
        word = "galat" if problem.severity == "error" else "peringatan"
        click.echo(f"  {word}: {problem.message('id')}")
    if any(problem.code in _ELSEWHERE for problem in problems):
        click.echo(f"  {_HINT}")


def _count(problems: tuple[Problem, ...]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    counts = {"galat": errors, "peringatan": len(problems) - errors}
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "tidak ada masalah"


def _plain(release: str, problem: Problem) -> dict[str, object]:
    return {
        "file": str(problem.params.get("file", problem.element if "." in problem.element else release)),
        "element": problem.element,
        "subject": dict(problem.subject),
        "code": problem.code,
        "severity": problem.severity,
        "texts": dict(problem.texts),
    }
