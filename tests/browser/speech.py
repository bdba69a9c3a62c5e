"""What a screen reader would say about a page, in Indonesian: Chromium's accessibility tree as lines of text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from re import sub
from typing import Any

from playwright.sync_api import Page

from tests.browser.arrival import settle

#: Roles that are spoken with their name; what is inside them is their name.
WORDS: Mapping[str, str] = {
    "heading": "judul",
    "link": "tautan",
    "button": "tombol",
    "textbox": "isian",
    "searchbox": "isian pencarian",
    "combobox": "kotak pilihan",
    "radio": "pilihan",
    "checkbox": "kotak centang",
    "image": "gambar",
    "img": "gambar",
    "graphics-document": "gambar",
    "progressbar": "kemajuan",
    "progressindicator": "kemajuan",
    "disclosuretriangle": "rincian",
    "disclosuretrianglegrouped": "rincian",
    "columnheader": "judul kolom",
    "menuitem": "menu",
}
#: Roles that are announced when they begin, and then read through.
AREAS: Mapping[str, str] = {
    "banner": "kepala halaman",
    "navigation": "navigasi",
    "main": "isi utama",
    "contentinfo": "kaki halaman",
    "complementary": "keterangan",
    "region": "bagian",
    "search": "pencarian",
    "group": "kelompok",
    "radiogroup": "kelompok",
    "table": "tabel",
    "list": "daftar",
    "figure": "gambar",
    "dialog": "dialog",
    "status": "status",
}
#: Read in one go: their words belong together.
BLOCKS = frozenset({"paragraph", "cell", "gridcell", "rowheader", "listitem", "term", "definition", "caption"})
#: Spoken already, as the name of the control or group they belong to.
NAMES_OF_OTHERS = frozenset({"labeltext", "legend", "caption"})
SILENT = frozenset({"inlinetextbox", "listmarker", "linebreak", "menulistpopup"})


@dataclass(frozen=True)
class Node:
    """One node of the tree, with those below it."""

    raw: Mapping[str, Any]
    tree: Mapping[str, Mapping[str, Any]]

    @cached_property
    def role(self) -> str:
        """The role in lower case; empty for what assistive technology does not see."""
        return "" if self.raw.get("ignored") else str(self.raw["role"]["value"]).lower()

    @cached_property
    def name(self) -> str:
        """The accessible name, spaces as one."""
        return " ".join(str(self.raw.get("name", {}).get("value", "")).split())

    @cached_property
    def below(self) -> tuple["Node", ...]:
        """The nodes inside it."""
        known = (key for key in self.raw.get("childIds", ()) if key in self.tree)
        return tuple(Node(self.tree[key], self.tree) for key in known)

    def says(self) -> Iterator[str]:
        """Yield its states and what describes it, in words."""
        found = {one["name"]: one["value"].get("value") for one in self.raw.get("properties", ())}
        if self.role == "heading":
            yield f"tingkat {found.get('level')}"
        if self.role == "list":
            yield f"{len(self.below)} butir"
        yield from (words for name, words in _STATES.items() if found.get(name) not in (None, False, "false"))
        if self.role in ("radio", "checkbox"):
            yield "dipilih" if found.get("checked") == "true" else "tidak dipilih"
        if "expanded" in found:
            yield "terbuka" if found["expanded"] else "tertutup"
        value = self.raw.get("value", {}).get("value")
        if value not in (None, ""):
            yield f"berisi “{value}”"
        description = " ".join(str(self.raw.get("description", {}).get("value", "")).split())
        if description:
            yield f"keterangan: {description}"


_STATES = {"required": "wajib", "invalid": "tidak benar", "disabled": "tidak aktif", "readonly": "hanya dibaca"}


def spoken(page: Page, *, whole: bool = False) -> list[str]:
    """Return what is said about a page from top to bottom, once it stands still.

    :param whole: with the frame around the content, which is the same on every page.
    """
    settle(page)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    tree = {node["nodeId"]: node for node in nodes}
    start = next((node for node in nodes if not whole and _is_main(node)), nodes[0])
    return [_without_the_volatile(line) for line in _merged(_lines(Node(start, tree)))]


def _is_main(node: Mapping[str, Any]) -> bool:
    return not node.get("ignored") and node["role"]["value"] == "main"


def _lines(node: Node) -> Iterator[str]:
    """Yield the lines of a node; bare words begin with a tab, so that neighbours can be joined."""
    if node.role in SILENT or (node.role in NAMES_OF_OTHERS and not _controls(node)):
        return
    if node.role == "statictext":
        yield f"\t{node.name}"
    elif node.role in WORDS and node.name:
        yield _line(node, WORDS[node.role])
    elif node.role in AREAS:
        yield _line(node, AREAS[node.role])
        yield from _inside(node)
    elif node.role == "row":
        yield " | ".join(_merged(_inside(node)))
    elif node.role in BLOCKS:
        yield from _merged(_inside(node))
    else:
        yield from _inside(node)


def _inside(node: Node) -> Iterator[str]:
    in_label = node.role in NAMES_OF_OTHERS
    for child in node.below:
        yield from (line for line in _lines(child) if not (in_label and line.startswith("\t")))


def _controls(node: Node) -> bool:
    """Say whether a label holds its control."""
    return any(child.role in WORDS or _controls(child) for child in node.below)


def _line(node: Node, word: str) -> str:
    return ", ".join(filter(None, (node.name, word, *node.says())))


def _merged(lines: Iterable[str]) -> Iterator[str]:
    """Join words that follow each other."""
    words: list[str] = []
    for line in lines:
        if line.startswith("\t"):
            words.append(line[1:])
            continue
        if any(words):
            yield " ".join(" ".join(words).split())
        words = []
        yield line
    if any(words):
        yield " ".join(" ".join(words).split())


def _without_the_volatile(line: str) -> str:
    line = line.replace(", berisi “No file chosen”", "")
    line = sub(r"\b([0-9a-f]{8} ?){8}", "(sidik isi)", line)
    return sub(r"Alur \d+\.\d+\.\d+\S*", "Alur (versi)", line)
