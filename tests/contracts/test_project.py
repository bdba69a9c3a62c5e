"""What holds for the repository as a whole: its files, locks, licences and pages."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("engine", "processes", "plugins", "forms", "webapp")
CITIES = ("tebingtinggi", "tanjungselor", "serang", "tanjungbalai", "mataram")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock", "requirements-mining.lock")
SOURCES = {".py", ".toml", ".md", ".lock", ".json", ".html", ".js", ".mjs", ".css", ".bpmn", ".dmn", ".po", ".ini", ""}

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "deb" + r"\.debian"])
)
MACHINE_PATHS = re.compile("|".join(["/" + "root/", "/" + "work/", r"/home/(?!user\b)\w+", r"[A-Z]:\\" + r"Users\\"]))
BUNDLES = re.compile(r"\.min\.(js|css)$|\.(woff2?|ttf|otf|eot|whl|gz|br|zip|jar)$")


def tracked() -> list[Path]:
    """Return the files that git holds or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    paths = [ROOT / name for name in printed.split("\0") if name]
    return [path for path in paths if path.is_file()]


@cache
def project() -> dict[str, dict[str, object]]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def lock_lines(name: str) -> Iterator[tuple[str, str]]:
    """Give each package of a lock with the text of its entry."""
    for entry in re.split(r"\n(?=\S)", (ROOT / name).read_text().strip()):
        yield entry.split("==")[0], entry


def test_no_file_names_a_registry_or_a_folder_of_somebodys_machine() -> None:
    texts = {path: path.read_text() for path in tracked() if path.suffix in SOURCES}

    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in texts.items()
        for match in [REGISTRIES.search(text) or MACHINE_PATHS.search(text)]
        if match
    ]

    assert found == []


def test_no_bundle_font_or_archive_of_somebody_else_is_in_the_repository() -> None:
    names = [path.relative_to(ROOT).as_posix() for path in tracked()]

    assert [name for name in names if BUNDLES.search(name) or "node_modules/" in name or "/dist/" in name] == []


def test_no_tracked_file_is_bigger_than_half_a_megabyte() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > 512 * 1024] == []


@pytest.mark.parametrize("name", LOCKS)
def test_each_package_of_a_lock_has_an_exact_version_and_hashes_and_no_host(name: str) -> None:
    entries = dict(lock_lines(name))

    loose = [package for package, entry in entries.items() if "==" not in entry or "--hash=sha256:" not in entry]

    assert entries
    assert loose == []
    assert not re.search(r"https?:|--(extra-)?index-url|--find-links", (ROOT / name).read_text())


def test_tests_run_on_the_versions_that_are_served() -> None:
    served, tested = (dict(lock_lines(name)) for name in LOCKS[:2])

    def versions(entries: dict[str, str]) -> dict[str, str]:
        return {package: entry.split("\\")[0].strip() for package, entry in entries.items()}

    assert versions(served).items() <= versions(tested).items()


def test_the_lock_of_the_front_end_has_hashes_and_no_registry() -> None:
    lock = json.loads((ROOT / "webapp/frontend/package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert [name for name, entry in packages.items() if "integrity" not in entry or "resolved" in entry] == []


def test_the_version_is_written_in_one_place() -> None:
    version = str(project()["project"]["version"])
    others = [ROOT / "webapp/__init__.py", ROOT / "engine/__init__.py"]

    assert metadata.version("alur") == version
    assert [path.name for path in others if path.is_file() and "__version__" in path.read_text()] == []


def test_our_folder_names_belong_to_our_distribution_alone() -> None:
    owners = metadata.packages_distributions()

    assert {name: set(owners[name]) for name in FOLDERS if set(owners.get(name, ["alur"])) != {"alur"}} == {}


def test_each_folder_ships_its_types_to_the_authors_of_cities() -> None:
    assert [name for name in FOLDERS if not (ROOT / name / "py.typed").is_file()] == []


def test_what_the_code_imports_is_a_declared_dependency() -> None:
    declared = {_plain(str(name)) for name in _list(project()["project"]["dependencies"])}
    owners = metadata.packages_distributions()
    ours = {*FOLDERS, *sys.stdlib_module_names}

    undeclared = {
        f"{module} in {path.relative_to(ROOT)}"
        for path, module in _imports()
        if module not in ours and not {_plain(owner) for owner in owners.get(module, [])} & declared
    }

    assert undeclared == set()


def test_a_city_imports_the_plugin_interface_forms_and_the_standard_library_only() -> None:
    sources = sorted(ROOT.glob("plugins/cities/*/src/**/*.py"))

    wrong = {
        f"{module} in {path.relative_to(ROOT)}"
        for path in sources
        for module in _modules(ast.parse(path.read_text()))
        if not _city_may_import(module, own=path.relative_to(ROOT).parts[4])
    }

    assert {path.relative_to(ROOT).parts[2] for path in sources} == set(CITIES)
    assert wrong == set()


def test_each_decision_has_context_decision_and_consequences() -> None:
    pages = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))

    headings = {page.name: re.findall(r"^## (.+)$", page.read_text(), re.MULTILINE) for page in pages}

    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert {name for name, found in headings.items() if found != ["Context", "Decision", "Consequences"]} == set()


def test_the_list_of_decisions_names_each_page() -> None:
    index = (ROOT / "docs/adr/README.md").read_text()

    assert [page.name for page in (ROOT / "docs/adr").glob("[0-9]*.md") if f"({page.name})" not in index] == []


def test_each_note_for_the_changelog_has_an_issue_a_kind_and_one_line() -> None:
    notes = [path for path in (ROOT / "changes").iterdir() if path.name != "README.md"]
    named = re.compile(r"\d+\.(added|changed|fixed|removed|security)(\.[a-z]+)?\.md")

    assert (ROOT / "CHANGELOG.md").read_text().startswith("# Changelog")
    assert [path.name for path in notes if not named.fullmatch(path.name)] == []
    assert [path.name for path in notes if len(path.read_text().strip().splitlines()) != 1] == []


def test_each_link_between_our_pages_leads_somewhere() -> None:
    pages = [path for path in tracked() if path.suffix == ".md"]

    dead = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert dead == []


def test_adapted_code_and_the_notice_name_the_licence_of_spiffworkflow() -> None:
    adapted = ROOT / "engine/bpmn/adapted.py"
    notice = (ROOT / "NOTICE").read_text()

    assert not adapted.exists() or "LGPL-3.0-or-later" in adapted.read_text()[:1500]
    assert "engine/bpmn/adapted.py" in notice
    assert "watermark" in notice


@pytest.mark.long
def test_the_locks_answer_to_the_requirements_of_today(tmp_path: Path) -> None:
    for name in LOCKS:
        (tmp_path / name).write_text((ROOT / name).read_text())
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    uv = Path(sys.executable).parent / "uv"

    # What a lock holds stays as it is, so only a change of pyproject.toml shows. --old-file: this uv will do.
    command = ["make", "--file", str(ROOT / "Makefile"), "lock", f"UV={uv}", "--old-file", str(uv)]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=600)

    before, after = ({name: _versions(folder / name) for name in LOCKS} for folder in (ROOT, tmp_path))
    assert before == after


def _versions(lock: Path) -> list[str]:
    return [line.split("\\")[0].strip() for line in lock.read_text().splitlines() if "==" in line and line[0] != " "]


def _imports() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        top = path.relative_to(ROOT).parts[0]
        if top in FOLDERS and path.suffix == ".py" and "cities" not in path.parts and "scaffold" not in path.parts:
            yield from ((path, module.split(".")[0]) for module in _modules(ast.parse(path.read_text())))


def _modules(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # `from plugins import api` names a module as well as `from plugins.api import Score` does.
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _city_may_import(module: str, *, own: str) -> bool:
    top = module.split(".", maxsplit=1)[0]
    return top in sys.stdlib_module_names or top in {own, "forms"} or f"{module}.".startswith("plugins.api.")


def _plain(requirement: str) -> str:
    name = re.split(r"[^A-Za-z0-9._-]", requirement)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return list(value)
