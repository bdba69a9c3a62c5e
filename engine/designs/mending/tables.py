"""Ways out where a decision table lacks a cell or says what does not exist."""

from collections.abc import Callable, Iterator
from functools import partial

from lxml import etree

from engine.designs.mending.broken import Broken, Files, Fix
from engine.designs.tidying import tidy_tables
from engine.designs.trees import Node
from engine.dmn import DmnUnreadable
from engine.dmn.parsing import children, parse, tag

_SIDES = {"input": ("inputEntry", "-"), "output": ("outputEntry", "null")}


def choose_unique(broken: Broken) -> Iterator[Fix]:
    """Offer the hit policy that needs no order: one rule applies."""
    yield from _on_table(broken, "unique", ("Pakai UNIQUE: satu aturan berlaku", "Use UNIQUE: one rule applies"),
                         _set_unique)  # fmt: skip


def fill_cells(broken: Broken) -> Iterator[Fix]:
    """Offer to give a rule one cell for each column: any value going in, none coming out."""
    label = ("Lengkapi sel aturan ini", "Complete the cells of this rule")
    yield from _on_table(broken, "cells", label, _fill_cells)


def write_null(broken: Broken) -> Iterator[Fix]:
    """Offer to say in so many words that a cell gives nothing."""
    label = ("Isi sel yang kosong dengan null", "Write null into the empty cells")
    yield from _on_table(broken, "null", label, _write_null)


def _on_table(broken: Broken, name: str, label: tuple[str, str], change: Callable[[Node], None]) -> Iterator[Fix]:
    file = str(broken.problem.params.get("file", ""))
    if file.endswith(".dmn") and file in broken.design.files:
        mend = partial(_mended, file, broken.id, change)
        yield Fix(name, {"id": label[0], "en": label[1]}, mend)


def _mended(file: str, identifier: str, change: Callable[[Node], None], files: Files) -> Files:
    try:
        root = parse(files[file])
    except DmnUnreadable:
        return files
    for found in [node for node in root.iter() if node.get("id") == identifier]:
        change(found)
    return {**files, file: tidy_tables(etree.tostring(root))}


def _set_unique(decision: Node) -> None:
    for table in decision.iter("{*}decisionTable"):
        table.set("hitPolicy", "UNIQUE")
        table.attrib.pop("aggregation", "")


def _fill_cells(rule: Node) -> None:
    table = rule.getparent()
    if table is None:
        return
    own = f"{{{etree.QName(rule).namespace}}}"
    for column, (entry, empty) in _SIDES.items():
        wanted = len(list(children(table, column)))
        cells = list(children(rule, entry))
        for cell in cells[wanted:]:
            rule.remove(cell)
        place = (
            rule.index(cells[-1]) + 1 if cells else sum(1 for one in rule if tag(one) in ("description", "inputEntry"))
        )
        for number in range(len(cells), wanted):
            cell = etree.Element(f"{own}{entry}", {"id": f"{rule.get('id')}_{column}_{number + 1}"})
            etree.SubElement(cell, f"{own}text").text = empty
            rule.insert(place, cell)
            place += 1


def _write_null(rule: Node) -> None:
    own = f"{{{etree.QName(rule).namespace}}}"
    for cell in children(rule, "outputEntry"):
        text = next(children(cell, "text"), None)
        text = etree.SubElement(cell, f"{own}text") if text is None else text
        text.text = text.text if (text.text or "").strip() else "null"
