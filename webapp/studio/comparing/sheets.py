"""Decision tables and forms of two versions laid upon each other, cell by cell and field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.designs.difference_forms import field_label
from engine.designs.difference_tables import COLUMNS, cell_text, column_name
from engine.designs.difference_tree import Tree, read_tree
from engine.designs.merging_result import weave

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell before and after; None where there is no such cell."""

    before: str | None
    after: str | None

    @property
    def is_changed(self) -> bool:
        """Whether it says something else."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a field of a form.

    :param sign: + for what is new, − for what is gone, ~ for what differs, empty for what stays.
    """

    sign: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table in both versions."""

    name: str
    columns: tuple[Cell, ...]
    rows: tuple[Row, ...]


def table_sheets(before: Files, after: Files) -> Iterator[Sheet]:
    """Yield the decision tables that differ, with all their rows."""
    for name in sorted(name for name in {*before, *after} if name.endswith(".dmn")):
        if name in before and name in after and before[name] != after[name]:
            trees = read_tree(name, before[name]), read_tree(name, after[name])
            tables = weave(
                *([node.key for node in tree.nodes.values() if node.tag == "decisionTable"] for tree in trees)
            )
            sheets = (_sheet(*trees, table) for table in tables)
            yield from (sheet for sheet in sheets if any(row.sign for row in sheet.rows))


def form_sheets(before: Files, after: Files) -> Iterator[Sheet]:
    """Yield the forms that differ, as the names of their fields."""
    for name in sorted(name for name in {*before, *after} if name.startswith("forms/")):
        if name in before and name in after and before[name] != after[name]:
            trees = read_tree(name, before[name]), read_tree(name, after[name])
            rows = tuple(_field_row(*trees, key) for key in weave(*(_children(tree, "/fields") for tree in trees)))
            yield Sheet(name.removeprefix("forms/").removesuffix(".json"), (), rows)


def _sheet(before: Tree, after: Tree, table: str) -> Sheet:
    columns = _woven(before, after, table, COLUMNS)
    rows = _woven(before, after, table, ("rule",))
    heads = tuple(
        Cell(*(column_name(tree, key) if key in tree else None for tree in (before, after))) for key in columns
    )
    decision = after.get(table) or before.nodes[table]
    owner = (after if table in after else before).nodes[decision.parent]
    found = tuple(_row(before, after, columns, key) for key in rows)
    return Sheet(owner.said("name") or owner.key, heads, found)


def _woven(before: Tree, after: Tree, key: str, tags: Sequence[str]) -> tuple[str, ...]:
    """Return what stands in a table in either version, in the order of the newer one."""
    orders = [[child for child in _children(tree, key) if tree.nodes[child].tag in tags] for tree in (after, before)]
    return weave(*orders)


def _children(tree: Tree, key: str) -> tuple[str, ...]:
    return tree.nodes[key].children if key in tree else ()


def _row(before: Tree, after: Tree, columns: Sequence[str], key: str) -> Row:
    cells = tuple(Cell(*(cell_text(tree, key, column) for tree in (before, after))) for column in columns)
    return Row(_sign(before, after, key, any(cell.is_changed for cell in cells)), cells)


def _field_row(before: Tree, after: Tree, key: str) -> Row:
    labels = Cell(*(field_label(tree, key) if key in tree else None for tree in (before, after)))
    stays = key in before and key in after
    facts = [[tree.nodes[part].facts for part in tree.inside(key)] for tree in (before, after)] if stays else []
    return Row(_sign(before, after, key, bool(facts) and facts[0] != facts[1]), (labels,))


def _sign(before: Tree, after: Tree, key: str, is_changed: bool) -> str:
    if key not in before:
        return "+"
    return "−" if key not in after else "~" if is_changed else ""
