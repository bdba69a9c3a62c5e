"""Three versions of one file laid upon each other: what each side has changed, and what hangs together with it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from engine.bpmn.vocabulary import DRAWING
from engine.designs.difference_tables import COLUMNS, cell_column
from engine.designs.difference_tree import PARENT, TAG, Node, Tree
from engine.designs.difference_words import EXISTS

Place = tuple[str, str]
"""A part of a file and one of its facts."""

COLUMN: Final = "column"
_BOUNDS: Final = "/0"  # in the order of keys all that begins with "KEY/" stands between "KEY/" and "KEY0"
FOLLOWING: Final = frozenset({"incoming", "outgoing"})
"""These repeat what flows say of themselves."""


class Side(StrEnum):
    """Whose version."""

    MINE = "mine"
    THEIRS = "theirs"

    @property
    def other(self) -> "Side":
        """The version against this one."""
        return Side.THEIRS if self is Side.MINE else Side.MINE


@dataclass(frozen=True)
class Sides:
    """The common base of a file, and what two sides have made of it."""

    base: Tree
    mine: Tree
    theirs: Tree

    def tree(self, side: Side) -> Tree:
        """Return the version of a side."""
        return self.mine if side is Side.MINE else self.theirs

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """All parts of all versions."""
        return tuple(dict.fromkeys([*self.base.nodes, *self.mine.nodes, *self.theirs.nodes]))

    def own_parts(self, key: str) -> tuple[str, ...]:
        """Return a part and what belongs to it alone, without the steps in a sub-process."""
        first, end = (bisect_left(self._sorted, f"{key}{sign}") for sign in _BOUNDS)
        return (key, *self._sorted[first:end])

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.keys)

    def places(self, key: str) -> tuple[Place, ...]:
        """Return the facts of a part in any version, that it exists first."""
        trees = (self.base, self.mine, self.theirs)
        facts = dict.fromkeys(fact for tree in trees if key in tree for fact in tree.nodes[key].facts)
        return ((key, EXISTS), *((key, fact) for fact in facts))

    def has_changed(self, place: Place, side: Side) -> bool:
        """Say whether a side has changed a fact."""
        return value_at(self.tree(side), place) != value_at(self.base, place)

    def is_contested(self, place: Place) -> bool:
        """Say whether both sides have changed a fact, and not to the same."""
        differ = value_at(self.mine, place) != value_at(self.theirs, place)
        return differ and self.has_changed(place, Side.MINE) and self.has_changed(place, Side.THEIRS)

    def differing(self, key: str) -> Iterator[Place]:
        """Yield the facts of a part in which the two sides differ."""
        return (place for place in self.places(key) if value_at(self.mine, place) != value_at(self.theirs, place))

    def is_removed(self, key: str, side: Side) -> bool:
        """Say whether a side has taken a part away."""
        return key in self.base and key not in self.tree(side)

    def is_added(self, key: str, side: Side) -> bool:
        """Say whether a side has brought a part."""
        return key not in self.base and key in self.tree(side)

    def node(self, key: str) -> Node:
        """Return a part from whichever version has it."""
        found = self.mine.get(key) or self.theirs.get(key) or self.base.get(key)
        assert found is not None
        return found


def value_at(tree: Tree, place: Place) -> str | None:
    """Return a fact of a part; None without it."""
    node = tree.get(place[0])
    if node is None:
        return None
    return "" if place[1] == EXISTS else node.facts.get(place[1])


def is_drawing(node: Node) -> bool:
    """Say whether a part only belongs to the drawing."""
    return node.facts[TAG].removeprefix("{").partition("}")[0] in DRAWING or node.tag == "DMNDI"


def is_following(node: Node) -> bool:
    """Say whether a part only repeats what others say, or shows them."""
    return is_drawing(node) or node.tag in FOLLOWING


def mentions(tree: Tree) -> Mapping[str, tuple[tuple[Place, str], ...]]:
    """Return by part which others its facts need: those that they name, the part around it, the column of a cell."""
    found: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for node in tree.nodes.values():
        if is_following(node):
            continue
        found[node.key] += [((node.key, fact), named) for fact, named in node.names.items()]
        found[node.key].append(((node.key, PARENT), node.parent))
        column = cell_column(tree, node.key)
        if column:
            found[node.key].append(((node.key, COLUMN), column))
    return {key: tuple(named) for key, named in found.items()}


def columns_of(tree: Tree, key: str) -> tuple[str, ...]:
    """Return the columns of a table in their order."""
    return tuple(child for child in tree.nodes[key].children if tree.nodes[child].tag in COLUMNS)
