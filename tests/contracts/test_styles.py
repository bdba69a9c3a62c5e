"""The style sheets hold what the pages use, and no more: a class that nothing names any more is found."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from webapp.assets import DIST, manifest

ROOT = Path(__file__).parents[2]
WEBAPP = ROOT / "webapp"
SHEETS = sorted((WEBAPP / "frontend" / "css").glob("*.css"))
#: Put on elements by bpmn-js and htmx, not by us.
FOREIGN = re.compile(r"djs-|dmn-|tjs-|view-drd$|htmx-")
#: Bytes of the style sheet of every page, minified (a fourth of it goes over the wire): a new rule has to fit in.
LARGEST_APP = 22_000


def sources() -> Iterator[str]:
    """Yield all templates, scripts and Python that may name a class."""
    files = [*WEBAPP.rglob("*.html"), *(WEBAPP / "frontend" / "js").rglob("*.js"), *WEBAPP.rglob("*.py")]
    files += (ROOT / "forms").rglob("*.py")
    return (file.read_text(encoding="utf-8") for file in files if "node_modules" not in file.parts)


@cache
def words() -> frozenset[str]:
    """Return every word of the sources; one that goes on with a value ends in `-{`, as of `tone-{{ … }}`, `is-${ … }`.

    Read once: to look for each of a thousand classes in all sources takes longer than everything else here.
    """
    found: set[str] = set()
    for text in sources():
        found.update(re.findall(r"[\w-]+", text))
        found.update(f"{stem}{{" for stem in re.findall(r"([\w-]+-)(?:\{\{|\$\{)", text))
    return frozenset(found)


def is_named(name: str) -> bool:
    """Say whether a class stands somewhere, whole or as `tone-{{ … }}` or `is-${ … }`."""
    stem = name.rpartition("-")[0]
    return name in words() or (bool(stem) and f"{stem}-{{" in words())


def classes_of(sheet: Path) -> Iterator[str]:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    for selector in re.findall(r"([^{}]+)\{", text):
        if not selector.strip().startswith("@"):
            yield from re.findall(r"\.([a-zA-Z][\w-]*)", selector)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_class_of_a_style_sheet_is_used_somewhere(sheet: Path) -> None:
    unused = {name for name in classes_of(sheet) if not FOREIGN.match(name) and not is_named(name)}

    assert unused == set()


def test_the_style_of_every_page_stays_small() -> None:
    built = DIST / manifest()["app.css"]

    assert built.stat().st_size <= LARGEST_APP


def test_nothing_moves_for_who_asked_for_that() -> None:
    moving = [sheet.name for sheet in SHEETS for _ in re.finditer(r"\b(transition|animation)\b", sheet.read_text())]

    assert moving == ["elements.css"]
    assert "@media (prefers-reduced-motion: no-preference)" in (WEBAPP / "frontend/css/elements.css").read_text()
