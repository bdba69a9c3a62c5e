"""What differs between two versions of a process, in all its files, told in plain words."""

from collections.abc import Iterator, Mapping

from engine.bpmn.formfiles import FORM_FOLDER
from engine.designs.difference_diagrams import describe_diagram
from engine.designs.difference_forms import describe_form, describe_scenario, scenario_name
from engine.designs.difference_tables import describe_tables
from engine.designs.difference_tree import Tree, read_tree
from engine.designs.difference_words import Change, Difference, DifferenceKind, find_changes, shown, tell
from engine.designs.storable import SCENARIO_FOLDER

__all__ = ["Difference", "DifferenceKind", "describe", "describe_trees", "differences"]


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Difference, ...]:
    """Return what differs between the files of two versions, the diagram first; none if they say the same.

    Files that cannot be read, or could not be deployed, are no obstacle: of the former it is only said that they
    differ.
    """
    names = sorted({*before, *after}, key=_rank)
    return tuple(found for name in names for found in describe(name, before.get(name), after.get(name)))


def describe(name: str, before: bytes | None, after: bytes | None) -> Iterator[Difference]:
    """Yield what differs between two versions of one file; None for a file that is not there."""
    if before == after:
        return
    if before is None or after is None:
        yield _file_came_or_went(name, before, after)
        return
    yield from describe_trees(name, read_tree(name, before), read_tree(name, after))


def describe_trees(name: str, before: Tree, after: Tree) -> Iterator[Difference]:
    """Yield what differs between two versions of one file that have been read."""
    if not (before.is_readable and after.is_readable):
        yield from _unreadable(name, before, after)
    elif name.endswith(".bpmn"):
        yield from describe_diagram(name, before, after)
    elif name.endswith(".dmn"):
        yield from describe_tables(name, before, after)
    elif name.startswith(SCENARIO_FOLDER):
        yield from describe_scenario(name, before, after)
    else:
        yield from describe_form(name, before, after)


def _rank(name: str) -> tuple[int, str]:
    order = (name.endswith(".bpmn"), name.startswith(FORM_FOLDER), name.endswith(".dmn"))
    return next((place for place, is_it in enumerate(order) if is_it), len(order)), name


def _file_came_or_went(name: str, before: bytes | None, after: bytes | None) -> Difference:
    is_new = before is None
    content = after if before is None else before
    noun, english, title = _kind_of(name, read_tree(name, content or b""))
    kind = DifferenceKind.ADDED if is_new else DifferenceKind.REMOVED
    change = Change("", "file", None if is_new else name, name if is_new else None)
    verb = ("ditambahkan", "is added") if is_new else ("dihapus", "is removed")
    texts = f"{noun} {shown(title[0])} {verb[0]}.", f"{english} {shown(title[1])} {verb[1]}."
    return tell(name, kind, (), texts, (change,))


def _kind_of(name: str, tree: Tree) -> tuple[str, str, tuple[str, str]]:
    """Return what a file is in both languages, and what it is called."""
    plain = name.rpartition("/")[2].rpartition(".")[0]
    if name.startswith(SCENARIO_FOLDER):
        return "Skenario", "Scenario", scenario_name(name, tree)
    title = tree.root.said("name") or plain
    if name.endswith(".bpmn"):
        return "Diagram", "Diagram", (title, title)
    if name.endswith(".dmn"):
        return "Berkas tabel keputusan", "File of decision tables", (title, title)
    return "Formulir", "Form", (plain, plain)


def _unreadable(name: str, before: Tree, after: Tree) -> Iterator[Difference]:
    changes = list(find_changes(before, after))
    if changes:
        texts = (
            f"Isi berkas {shown(name)} berbeda, dan salah satunya tidak dapat dibaca.",
            f"The content of the file {shown(name)} differs, and one of the two cannot be read.",
        )
        yield tell(name, DifferenceKind.CHANGED, (), texts, changes)
