"""Checks rules before they are kept: which cells of pasted lines the engine cannot read."""

from engine.dmn.editing import Sheet, write_sheet
from webapp.studio.tables.decisions import find_table_file
from webapp.studio.tables.findings import faults_of
from webapp.studio.tables.opening import OpenTable
from webapp.studio.tables.pasting import CellFault, Pasted


def faults_in_rows(opened: OpenTable, changed: Sheet, pasted: Pasted) -> tuple[CellFault, ...]:
    """Return the mistakes in the rules that were pasted, by line and column; those of other rules are not theirs."""
    files = {**opened.design.files, opened.file.name: write_sheet(opened.content, changed)}
    first = len(changed.rows) - len(pasted.rows) + 1
    lines = dict(enumerate(pasted.lines, first))
    found = (fault for fault in faults_of(find_table_file(files, opened.file.stem)) if fault.severity == "error")
    return tuple(
        CellFault(lines[fault.rule], fault.column, fault.text)
        for fault in found
        if fault.decision == changed.decision and fault.rule in lines
    )
