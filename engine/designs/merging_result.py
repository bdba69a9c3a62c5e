"""Makes one tree of three: what one side has changed is taken over, what both have changed is taken from one."""

from collections.abc import Container, Iterable, Mapping, Sequence

from engine.designs.difference_tree import DRAWN, PARENT, POINTS, SHAPES, TAG, TEXT, Node, Tree
from engine.designs.difference_words import EXISTS, ORDER
from engine.designs.merging_sides import FOLLOWING, Place, Side, Sides, is_drawing, value_at

_ENDS = ("@sourceRef", "@targetRef")


class Result:
    """The merged tree: `nodes` by key in no order, `origins` says from which side the facts of a place come."""

    def __init__(self, sides: Sides, decided: Mapping[Place, Side]) -> None:
        """Decide for every part whether it is there, and what it says.

        :param decided: for what both sides have changed, whose version is taken.
        """
        self._sides = sides
        self._decided = decided
        self._shown_sides: dict[str, Side | None] = {}
        keys = [key for key in sides.keys if not _follows(sides, key)]
        self._facts = {key: self._merged(key) for key in keys if self._value((key, EXISTS)) is not None}
        followers = [key for key in sides.keys if _follows(sides, key)]
        self._shown_sides = {key: self._followed_side(key) for key in followers}
        self._facts |= {key: facts for key in followers if (facts := self._followed(key)) is not None}
        self.nodes: dict[str, Node] = {}
        self._collect(sides.mine.root.key)

    def origin(self, place: Place) -> Side:
        """Return the side from which a fact is taken; mine if it is the same in both."""
        if place in self._decided:
            return self._decided[place]
        shown = self._shown_sides.get(place[0])
        if shown is not None:
            return shown
        only_theirs = self._sides.has_changed(place, Side.THEIRS) and not self._sides.has_changed(place, Side.MINE)
        return Side.THEIRS if only_theirs else Side.MINE

    def _value(self, place: Place) -> str | None:
        return value_at(self._sides.tree(self.origin(place)), place)

    def _merged(self, key: str) -> dict[str, str]:
        values = {fact: self._value((key, fact)) for _, fact in self._sides.places(key) if fact != EXISTS}
        found = {fact: value for fact, value in values.items() if value is not None}
        return found if PARENT in found else {**self._sides.node(key).facts, **found}

    def _followed_side(self, key: str) -> Side | None:
        """Return the side that a part is taken from as a whole, because what it shows is taken from there."""
        node = self._sides.node(key)
        if node.tag in FOLLOWING:
            flow = node.names.get(TEXT, "")
            return self.origin((flow, _ENDS[node.tag == "incoming"])) if flow in self._facts else None
        shown = drawn_of(self._sides, key)
        has = [side for side in Side if shown in self._sides.tree(side)]
        return has[0] if len(has) == 1 else self._line_side(key, shown)

    def _line_side(self, key: str, shown: str) -> Side | None:
        """Return the side whose line goes from where to where the merged flow does, if just one does."""
        if shown not in self._facts or (key, POINTS) not in self._sides.places(key):
            return None
        fits = [side for side in Side if self._wires(shown) == self._wires(shown, side)]
        return fits[0] if len(fits) == 1 else None

    def _wires(self, flow: str, side: Side | None = None) -> list[str | None]:
        facts = self._facts[flow] if side is None else self._sides.tree(side).nodes[flow].facts
        return [facts.get(end) for end in _ENDS]

    def _followed(self, key: str) -> dict[str, str] | None:
        """Return what a part says that shows another; None if that other is not there."""
        node = self._sides.node(key)
        shown = node.names.get(TEXT, "") if node.tag in FOLLOWING else drawn_of(self._sides, key)
        if self._sides_with(shown) and shown not in self._facts:
            return None
        return self._merged(key) if self._value((key, EXISTS)) is not None else None

    def _sides_with(self, key: str) -> list[Side]:
        return [side for side in Side if key in self._sides.tree(side)]

    def _collect(self, root: str) -> None:
        """Put together what hangs together, from the root down; what hangs nowhere is left out."""
        inside: dict[str, list[str]] = {}
        for key, facts in self._facts.items():
            inside.setdefault(facts[PARENT], []).append(key)
        waiting = [root]
        while waiting:
            key = waiting.pop()
            children = self._ordered(key, {child for child in inside.get(key, ()) if child != root})
            self.nodes[key] = Node(key, _tag(self._sides, key, self.origin((key, TAG))), self._facts[key], children)
            waiting += reversed(children)

    def _ordered(self, key: str, children: set[str]) -> tuple[str, ...]:
        orders = {side: _children(self._sides.tree(side), key) for side in Side}
        first = self._first_side(key, orders)
        return weave(orders[first], orders[first.other], children)

    def _first_side(self, key: str, orders: Mapping[Side, Sequence[str]]) -> Side:
        if (key, ORDER) in self._decided:
            return self._decided[key, ORDER]
        was = _children(self._sides.base, key)
        both = set(orders[Side.MINE]) & set(orders[Side.THEIRS]) & set(was)
        kept = [[child for child in order if child in both] for order in (was, orders[Side.MINE], orders[Side.THEIRS])]
        return Side.THEIRS if kept[1] == kept[0] != kept[2] else Side.MINE


def weave(first: Sequence[str], second: Sequence[str], wanted: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return what is wanted in the order of the first; what only the second has comes after what it follows there.

    :param wanted: all of both if it is None.
    """
    left = {*first, *second} if wanted is None else set(wanted)
    found = [key for key in first if key in left]
    left -= set(found)
    brought = _brought(second, set(found), left)
    known, woven, waiting = set(second), list[str](), brought.get(None, [])
    for key in found:
        if key in known:
            woven += waiting
            waiting = brought.get(key, [])
        woven.append(key)
    woven += waiting
    return (*woven, *sorted(left.difference(*brought.values())))


def _brought(second: Iterable[str], found: Container[str], left: Container[str]) -> Mapping[str | None, list[str]]:
    """Return what is left and in the second, by what it follows there of what was found; None for nothing."""
    brought: dict[str | None, list[str]] = {}
    last = None
    for key in second:
        if key in left:
            brought.setdefault(last, []).append(key)
        elif key in found:
            last = key
    return brought


def drawn_of(sides: Sides, key: str) -> str:
    """Return what a part of the drawing shows; empty if it shows nothing in particular."""
    for tree in (sides.mine, sides.theirs, sides.base):
        for part in tree.ancestors(key) if key in tree else ():
            if part.tag in SHAPES and part.key.startswith(DRAWN):
                return part.key.removeprefix(DRAWN)
    return ""


def _follows(sides: Sides, key: str) -> bool:
    node = sides.node(key)
    return is_drawing(node) or node.tag in FOLLOWING


def _children(tree: Tree, key: str) -> tuple[str, ...]:
    return tree.nodes[key].children if key in tree else ()


def _tag(sides: Sides, key: str, side: Side) -> str:
    node = sides.tree(side).get(key) or sides.node(key)
    return node.tag
