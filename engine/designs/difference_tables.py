"""Tells in words what differs between two versions of a file of decision tables."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from engine.designs.difference_tree import TEXT, Node, Tree
from engine.designs.difference_words import (
    EXISTS,
    ORDER,
    Change,
    Difference,
    DifferenceKind,
    Pair,
    Words,
    find_changes,
    group_quiet,
    say_change,
    shown,
    tell,
)

COLUMNS: Final = ("input", "output", "annotation")
_CELLS: Mapping[str, str] = {"inputEntry": "input", "outputEntry": "output", "annotationEntry": "annotation"}
_NOUNS: Mapping[str, Words] = {
    "decision": ("keputusan", "decision"),
    "inputData": ("data masukan", "input data"),
    "businessKnowledgeModel": ("fungsi bersama", "business knowledge model"),
    "decisionService": ("layanan keputusan", "decision service"),
    "itemDefinition": ("jenis data", "item definition"),
    "knowledgeSource": ("sumber pengetahuan", "knowledge source"),
    "import": ("berkas yang dirujuk", "import"),
    "rule": ("baris", "row"),
    **dict.fromkeys(COLUMNS, ("kolom", "column")),
}
_PHRASES: Mapping[str, Words] = {
    ":@name": ("nama", "the name"),
    ":@label": ("judul", "the heading"),
    ":@typeRef": ("jenis isi", "the type"),
    "description:text": ("penjelasan", "the explanation"),
    "question:text": ("pertanyaan", "the question"),
    "allowedAnswers:text": ("jawaban yang boleh", "the allowed answers"),
    "inputExpression/text:text": ("yang diperiksa", "what is looked at"),
    "inputExpression:@typeRef": ("jenis isi", "the type"),
    "inputValues/text:text": ("isi yang boleh", "the allowed values"),
    "outputValues/text:text": ("isi yang boleh", "the allowed values"),
    "defaultOutputEntry/text:text": ("hasil bila tidak ada baris yang cocok", "the result if no row applies"),
    "variable:@name": ("nama hasil", "the name of the result"),
    "variable:@typeRef": ("jenis hasil", "the type of the result"),
    "literalExpression/text:text": ("hitungan", "the expression"),
    "decisionTable:@hitPolicy": ("cara memilih baris", "how rows are chosen"),
    "decisionTable:@aggregation": ("cara menggabungkan hasil", "how results are collected"),
    "informationRequirement:exists": ("yang dipakai", "what it uses"),
    "informationRequirement/requiredInput:@href": ("data yang dipakai", "the data that it uses"),
    "informationRequirement/requiredDecision:@href": ("keputusan yang dipakai", "the decision that it uses"),
}
_LAYOUT: Words = (
    "Letak gambar keputusan berubah; hasilnya tetap sama.",
    "The drawing of the decisions is arranged differently; the results are as before.",
)
_TECHNICAL: Words = (
    "Cara menulis berkas tabel berubah; hasilnya tetap sama.",
    "The file of tables is written differently; the results are as before.",
)


def describe_tables(file: str, before: Tree, after: Tree) -> Iterator[Difference]:
    """Yield what differs, table by table, row by row and cell by cell."""
    pair = Pair(file, before, after)
    owned: dict[str, list[Change]] = defaultdict(list)
    quiet: dict[DifferenceKind, list[Change]] = {DifferenceKind.LAYOUT: [], DifferenceKind.TECHNICAL: []}
    for change in find_changes(before, after):
        kind = _quiet_kind(pair, change)
        if kind is not None:
            quiet[kind].append(change)
        else:
            owned[_owner(pair, change)].append(change)
    for key, changes in owned.items():
        if pair.stays(key):
            yield from (_told(pair, key, change) for change in changes)
        else:
            yield _come_or_gone(pair, key, changes)
    yield from group_quiet(file, DifferenceKind.LAYOUT, quiet[DifferenceKind.LAYOUT], (), _LAYOUT)
    yield from group_quiet(file, DifferenceKind.TECHNICAL, quiet[DifferenceKind.TECHNICAL], (), _TECHNICAL)


def cell_column(tree: Tree, key: str) -> str:
    """Return the column of a cell; empty for anything else."""
    parts = list(tree.ancestors(key))[:3]
    is_cell = [part.tag for part in parts[1:]] == ["rule", "decisionTable"] and parts[0].tag in _CELLS
    return column_of(tree, key) if is_cell else ""


def column_of(tree: Tree, key: str) -> str:
    """Return the column in which a cell stands; empty if there is none."""
    cell = tree.nodes[key]
    rule = tree.nodes[cell.parent]
    table = tree.nodes[rule.parent]
    columns, place = tree.kin(table.key, _CELLS[cell.tag]), tree.number(key)
    return columns[place] if place < len(columns) else ""


def column_name(tree: Tree, key: str) -> str:
    """Return the heading of a column, or what it looks at."""
    node = tree.get(key)
    if node is None:
        return "?"
    expression = next((part for part in tree.inside(key) if tree.nodes[part].tag == "text"), "")
    return node.said("label") or node.said("name") or _text(tree, expression) or key


def cell_text(tree: Tree, rule: str, column: str) -> str | None:
    """Return what a row says in a column; None if it has no such cell."""
    cells = tree.nodes[rule].children if rule in tree else ()
    cell = next((key for key in cells if tree.nodes[key].tag in _CELLS and column_of(tree, key) == column), None)
    return None if cell is None else _text(tree, f"{cell}/text")


def rule_number(tree: Tree, key: str) -> int:
    """Return which row of its table a rule is, from 1."""
    return tree.number(key) + 1


def _text(tree: Tree, key: str) -> str:
    node = tree.get(key)
    return node.facts.get(TEXT, "") if node is not None else ""


def _quiet_kind(pair: Pair, change: Change) -> DifferenceKind | None:
    node = pair.tree(change.key).nodes[change.key]
    parts = list(pair.tree(change.key).ancestors(change.key))
    if any(part.tag == "DMNDI" for part in parts):
        return DifferenceKind.LAYOUT
    is_table_order = change.fact == ORDER and node.tag == "decisionTable"
    is_nowhere = not any(part.tag in _NOUNS for part in parts)
    if is_nowhere or (change.fact == ORDER and not is_table_order):
        return DifferenceKind.TECHNICAL
    return None


def _owner(pair: Pair, change: Change) -> str:
    """Return what a change is told of: a cell of a new column belongs to the column, one of a new row to the row."""
    tree = pair.tree(change.key)
    parts = list(tree.ancestors(change.key))
    rule = next((part for part in parts if part.tag == "rule"), None)
    cell = next((part for part in parts if part.tag in _CELLS), None)
    if rule is not None and cell is not None and pair.stays(rule.key) and not pair.stays(cell.key):
        column = column_of(tree, cell.key)
        if column and not pair.stays(column):
            return column
    come_or_gone = [part.key for part in parts if part.tag in _NOUNS and not pair.stays(part.key)]
    return come_or_gone[-1] if come_or_gone else next(part.key for part in parts if part.tag in _NOUNS)


def _come_or_gone(pair: Pair, key: str, changes: list[Change]) -> Difference:
    is_new = key in pair.after
    tree, kind = (pair.after, DifferenceKind.ADDED) if is_new else (pair.before, DifferenceKind.REMOVED)
    verb = ("ditambahkan", "is added") if is_new else ("dihapus", "is removed")
    subject, content = _subject(tree, key), _content(tree, key, changes)
    texts = tuple(f"{subject[n]} {verb[n]}{f': {content}' if content else ''}." for n in (0, 1))
    values = (None, content or None) if is_new else (content or None, None)
    return tell(pair.file, kind, (key,), (texts[0], texts[1]), changes, values=values)


def _content(tree: Tree, key: str, changes: list[Change]) -> str:
    """Return what a row says, or what a column says row by row."""
    if tree.nodes[key].tag == "rule":
        return row_text(tree, key)
    rows = (change for change in changes if _rule_of(tree, change.key) and change.fact == TEXT)
    return "; ".join(
        f"{rule_number(tree, _rule_of(tree, change.key))}: {change.after or change.before}" for change in rows
    )


def row_text(tree: Tree, key: str) -> str:
    """Return the cells of a row that say something, as conditions and results."""
    told: dict[str, list[str]] = defaultdict(list)
    for cell in tree.nodes[key].children:
        node = tree.nodes[cell]
        text = _text(tree, f"{cell}/text")
        if node.tag in _CELLS and text not in ("", "-"):
            told[node.tag].append(f"{column_name(tree, column_of(tree, cell))} {text}")
    results = ", ".join(told["outputEntry"])
    return " → ".join(part for part in (", ".join(told["inputEntry"]), results) if part)


def _rule_of(tree: Tree, key: str) -> str:
    return next((part.key for part in tree.ancestors(key) if part.tag == "rule"), "")


def _told(pair: Pair, key: str, change: Change) -> Difference:
    subject = _subject(pair.before if change.fact in ("@name", "@label") else pair.after, key)
    what = _what(pair, key, change)
    values = _shown_values(pair, change)
    return tell(pair.file, DifferenceKind.CHANGED, (key,), say_change(subject, what, *values), (change,), values=values)


def _shown_values(pair: Pair, change: Change) -> tuple[str | None, str | None]:
    if change.fact == ORDER:
        orders = [
            ", ".join(_short_name(tree, key) for key in (value or "").split("\x1f"))
            for tree, value in ((pair.before, change.before), (pair.after, change.after))
        ]
        return orders[0], orders[1]
    return change.before, change.after


def _short_name(tree: Tree, key: str) -> str:
    """Return a row by what it says, a column by its heading."""
    tag = tree.nodes[key].tag
    return row_text(tree, key) or key if tag == "rule" else column_name(tree, key)


def _what(pair: Pair, key: str, change: Change) -> Words:
    tree = pair.tree(change.key)
    if change.fact == ORDER:
        return "urutan kolom dan baris", "the order of columns and rows"
    parts: list[Node] = []
    for part in tree.ancestors(change.key):
        if part.key == key:
            break
        parts.append(part)
    cell = next((part for part in parts if part.tag in _CELLS), None)
    if cell is not None and change.fact in (TEXT, EXISTS):
        column = shown(column_name(tree, column_of(tree, cell.key)))
        return f"kolom {column}", f"column {column}"
    path = "/".join(part.tag for part in reversed(parts))
    return _PHRASES.get(f"{path}:{change.fact}") or _fallback(tree.nodes[change.key], change)


def _fallback(node: Node, change: Change) -> Words:
    detail = node.tag if change.fact in (EXISTS, TEXT) else f"{node.tag} {change.fact.removeprefix('@')}"
    return f"rincian {shown(detail)}", f"the detail {shown(detail)}"


def _subject(tree: Tree, key: str) -> Words:
    """Return what is told of: the table, and in it the row or the column."""
    node = tree.nodes[key]
    table = next((part for part in tree.ancestors(key) if part.tag == "decision"), None)
    within = f"{shown(table.said('name') or table.key)}" if table is not None else ""
    if node.tag == "rule":
        number = rule_number(tree, key)
        return f"Tabel {within}, baris {number}", f"Table {within}, row {number}"
    if node.tag in COLUMNS and table is not None:
        name = shown(column_name(tree, key))
        return f"Tabel {within}, kolom {name}", f"Table {within}, column {name}"
    noun = _NOUNS.get(node.tag, ("bagian", "part"))
    name = shown(node.said("name") or key)
    return f"{noun[0].capitalize()} {name}", f"{noun[1].capitalize()} {name}"
