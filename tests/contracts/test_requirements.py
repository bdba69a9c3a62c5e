"""docs/requirements.md leads to pages, steps, plugins and tests that exist, and forgets no wish of any city."""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.upgraded_once import make_tables
from webapp.app import create_app
from webapp.wiring import Settings, build
from webapp.wiring.parts import shipped_releases

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "requirements.md"
WISH = re.compile(r"\b(?:TT|TS|SR|TB|MT)-\d\d\b")
CITIES = {"TT": "Tebing Tinggi", "TS": "Tanjung Selor", "SR": "Serang", "TB": "Tanjungbalai", "MT": "Mataram"}


def shown() -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of what this version shows: the heading above, and the cells."""
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        heading = line.removeprefix("## ") if line.startswith("## ") else heading
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and WISH.fullmatch(cells[0]):
            yield heading, cells


def named(column: int) -> set[str]:
    """Return what stands between back quotes in a column."""
    return {name for _, cells in shown() for name in re.findall(r"`([^`]+)`", cells[column])}


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    home = tmp_path_factory.mktemp("home")
    make_tables(home / "alur.db")
    alur = build(Settings(home, f"sqlite:///{home / 'alur.db'}", secret_key="k" * 32, pepper="p" * 32))
    rules = create_app(alur).url_map.iter_rules()
    alur.close()
    return {re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"<\1>", rule.rule) for rule in rules}


def test_every_wish_of_the_cities_stands_on_the_page_once() -> None:
    with (Path(__file__).parent / "requirement_ids.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}

    counts = Counter(WISH.findall(PAGE.read_text(encoding="utf-8")))

    assert set(counts) == known
    assert [wish for wish, count in counts.items() if count != 1] == []


def test_each_row_stands_under_its_city_and_is_complete() -> None:
    for heading, cells in shown():
        assert heading.startswith(CITIES[cells[0][:2]]), cells[0]
        assert len(cells) == 7, cells[0]
        assert all(cells), cells[0]


def test_each_page_exists(routes: set[str]) -> None:
    assert named(2) - routes == set()


def test_each_step_is_in_a_shipped_diagram() -> None:
    steps = {f"{process}#{name}" for process, files in shipped_releases().items() for name in _elements(process, files)}

    assert named(3) - steps == set()


def test_each_plugin_is_installed() -> None:
    installed = {found.metadata["Name"] for found in distributions() if found.entry_points.select(group="alur.city")}

    assert named(4) - installed == set()


def test_each_test_exists_and_each_row_has_one() -> None:
    assert all("::" in cells[5] for _, cells in shown())
    assert {test for test in named(5) if not _exists(test)} == set()


def _elements(process: str, files: Mapping[str, bytes]) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', files[f"{process}.bpmn"].decode())


def _exists(test: str) -> bool:
    path, _, name = test.partition("::")
    return (ROOT / path).is_file() and name in _tests_of(path)


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return frozenset(node.name for node in found if node.name.lower().startswith("test"))
