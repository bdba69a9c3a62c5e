"""Finds where two sides have touched the same thing, and what of their changes must be decided together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from engine.designs.difference_diagrams import ways_out
from engine.designs.difference_tables import COLUMNS, cell_column
from engine.designs.difference_tree import PARENT, TAG, TEXT
from engine.designs.difference_words import EXISTS, ORDER
from engine.designs.merging_sides import COLUMN, Place, Side, Sides, columns_of, is_drawing, is_following, mentions

#: Of these nobody needs to be asked: they instruct nothing.
_QUIET_TAGS = frozenset({"definitions", "collaboration", "laneSet", "extensionElements"})
#: Whoever makes another kind of step of a step leaves these as they are.
_KEPT_FACTS = frozenset({"@name", PARENT, EXISTS})
_KEPT_PARTS = ("documentation", "alur:label", "alur:documentation", "/label", "/hint", "/show_when")
# In these tables it counts which of two rows is written first.
_RANKED = frozenset({"FIRST", "RULE ORDER", "PRIORITY", "OUTPUT ORDER", "COLLECT"})


def find_groups(sides: Sides) -> list[tuple[Place, ...]]:
    """Return the facts that two sides contest, those together that must come from one side."""
    groups = _Groups()
    for key in sides.keys:
        node = sides.node(key)
        if not is_following(node):
            groups.add(
                place for place in sides.places(key) if sides.is_contested(place) and not _is_quiet(sides, place)
            )
    for side in Side:
        for together in _removed_and_touched(sides, side):
            groups.join(together)
    for together in (*_twice_added(sides), *_other_kinds(sides), *_tables(sides), *_orders(sides), *_circles(sides)):
        groups.join(together)
    tables = set[str]()
    for place in [place for group in groups.found() for place in group if place[1] == EXISTS]:
        # Whoever keeps a column that the other has taken out keeps the rows that fit it.
        if sides.node(place[0]).tag in COLUMNS:
            groups.join([place, (sides.node(place[0]).parent, ORDER)])
            tables.add(sides.node(place[0]).parent)
    for table in tables:
        groups.join(_whole_table(sides, table))
    order = {key: place for place, key in enumerate(sides.keys)}
    found = [tuple(sorted(group, key=lambda place: (order[place[0]], place[1]))) for group in groups.found()]
    return sorted(found, key=lambda group: order[group[0][0]])


class _Groups:
    """Places joined into groups."""

    def __init__(self) -> None:
        self._heads: dict[Place, Place] = {}

    def add(self, places: Iterable[Place]) -> None:
        """Take each place as a group of its own, unless it is in one."""
        for place in places:
            self._heads.setdefault(place, place)

    def join(self, places: Iterable[Place]) -> None:
        """Make one group of places and the groups in which they are."""
        known = list(places)
        self.add(known)
        for place in known[1:]:
            self._heads[self._head(place)] = self._head(known[0])

    def found(self) -> list[list[Place]]:
        """Return the groups."""
        groups: dict[Place, list[Place]] = defaultdict(list)
        for place in self._heads:
            groups[self._head(place)].append(place)
        return list(groups.values())

    def _head(self, place: Place) -> Place:
        while self._heads[place] != place:
            self._heads[place] = place = self._heads[self._heads[place]]
        return place


def _is_quiet(sides: Sides, place: Place) -> bool:
    node = sides.node(place[0])
    return node.tag in _QUIET_TAGS or (place[1] == "@id" and node.tag != "process")


def _removed_and_touched(sides: Sides, side: Side) -> Iterator[list[Place]]:
    """Yield what a side has removed together, where the other has changed a part of it or begun to use it."""
    other = side.other
    named, newly = mentions(sides.base), _new_mentions(sides, other)
    users_of = _by_used((place, used) for found in named.values() for place, used in found)
    for removed in _removals(sides, side, named):
        touched = [place for key in removed for place in sides.differing(key) if sides.has_changed(place, other)]
        touched += [(key, EXISTS) for key in removed if _is_cut_out(sides, key, removed, other)]
        users = [place for key in removed for place in newly.get(key, ()) if place[0] not in removed]
        if not touched and not users:
            continue
        let_go = [
            place
            for key in removed
            for place in users_of.get(key, ())
            if place[0] not in removed and place[1] != COLUMN and sides.has_changed(place, side)
        ]
        places = [place for key in removed for place in sides.places(key)]
        yield [*places, *let_go, *_dependent(sides, other, users, newly)]


def _is_cut_out(sides: Sides, key: str, removed: frozenset[str], side: Side) -> bool:
    """Say whether a side has taken a part out of what the other removed as a whole; a column takes its cells along."""
    if key in sides.tree(side) or sides.base.nodes[key].parent not in removed:
        return False
    column = cell_column(sides.base, key)
    return sides.base.nodes[key].parent in sides.tree(side) and not (column and column not in sides.tree(side))


def _removals(sides: Sides, side: Side, named: Mapping[str, tuple[tuple[Place, str], ...]]) -> Iterator[frozenset[str]]:
    """Yield the parts that a side has removed, those together that need each other."""
    gone = {key for key in sides.base.nodes if sides.is_removed(key, side) and not is_following(sides.base.nodes[key])}
    linked: dict[str, set[str]] = defaultdict(set)
    for key in gone:
        for _, used in named.get(key, ()):
            if used in gone:
                linked[key].add(used)
                linked[used].add(key)
    while gone:
        cluster = _reach(next(iter(gone)), linked)
        gone -= cluster
        yield frozenset(cluster)


def _reach(start: str, linked: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = linked.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def _new_mentions(sides: Sides, side: Side) -> Mapping[str, list[Place]]:
    """Return the places in which a side has begun to use another part, by that part."""
    before = {place: used for found in mentions(sides.base).values() for place, used in found}
    after = mentions(sides.tree(side))
    return _by_used((place, used) for found in after.values() for place, used in found if before.get(place) != used)


def _by_used(mentioned: Iterable[tuple[Place, str]]) -> Mapping[str, list[Place]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place, used in mentioned:
        found[used].append(place)
    return found


def _dependent(sides: Sides, side: Side, users: list[Place], newly: Mapping[str, list[Place]]) -> list[Place]:
    """Return the places that use something, whole parts where they are new, and what in turn uses those."""
    found: dict[Place, None] = {}
    waiting = list(users)
    while waiting:
        place = waiting.pop()
        if place in found:
            continue
        found[place] = None
        if sides.is_added(place[0], side):
            found |= dict.fromkeys(sides.places(place[0]))
            waiting += [user for user in newly.get(place[0], ()) if user not in found]
    return [place for place in found if place[1] != COLUMN]


def _twice_added(sides: Sides) -> Iterator[list[Place]]:
    """Yield what both sides have brought under one name, and not alike."""
    for key in sides.keys:
        if sides.is_added(key, Side.MINE) and sides.is_added(key, Side.THEIRS) and not is_following(sides.node(key)):
            places = [place for part in sides.own_parts(key) for place in sides.differing(part)]
            if any(sides.is_contested(place) for place in places):
                yield places


def _other_kinds(sides: Sides) -> Iterator[list[Place]]:
    """Yield all of a part of which a side has made another kind while the other changed what the old kind has."""
    for key in sides.keys:
        if key not in sides.base or is_following(sides.node(key)):
            continue
        for side in Side:
            kind = _kind_place(sides, key)
            is_other = sides.has_changed(kind, side) and kind in sides.differing(kind[0])
            parts = sides.own_parts(key) if is_other and key in sides.tree(side) else ()
            inner = [place for part in parts for place in sides.places(part) if _is_of_kind(place)]
            if any(sides.has_changed(place, side.other) for place in inner):
                yield [place for part in parts for place in sides.differing(part)]


def _kind_place(sides: Sides, key: str) -> Place:
    """Return the fact that says what a part is: of a field its type."""
    kind = f"{key}/type"
    return (kind, TEXT) if key.startswith("/fields") and kind in sides.base else (key, TAG)


def _is_of_kind(place: Place) -> bool:
    return place[1] not in _KEPT_FACTS and not any(part in place[0] for part in _KEPT_PARTS)


def _tables(sides: Sides) -> Iterator[list[Place]]:
    """Yield whole tables whose columns one side has changed while the other changed them too, or wrote rows."""
    for key in sides.base.nodes:
        if sides.base.nodes[key].tag != "decisionTable" or not all(key in sides.tree(side) for side in Side):
            continue
        was = columns_of(sides.base, key)
        now = {side: columns_of(sides.tree(side), key) for side in Side}
        for side in Side:
            is_twice = now[side.other] not in (was, now[side])
            if now[side] not in (was, now[side.other]) and (is_twice or _has_written_rows(sides, key, side.other)):
                yield _whole_table(sides, key)


def _whole_table(sides: Sides, key: str) -> list[Place]:
    trees = (sides.base, sides.mine, sides.theirs)
    inside = dict.fromkeys(part for tree in trees if key in tree for part in tree.inside(key))
    return [(key, ORDER), *(place for part in inside for place in sides.differing(part))]


def _has_written_rows(sides: Sides, table: str, side: Side) -> bool:
    """Say whether a side has brought rows, or changed cells that are known by their place only."""
    tree = sides.tree(side)
    rows = [key for key in tree.nodes[table].children if tree.nodes[key].tag == "rule"]
    cells = (cell for row in rows for cell in tree.inside(row) if cell.startswith(f"{row}/"))
    return any(row not in sides.base for row in rows) or any(
        sides.has_changed(place, side) for cell in cells for place in sides.places(cell)
    )


def _orders(sides: Sides) -> Iterator[list[Place]]:
    """Yield the parts whose content both sides have put in an order of their own, where the order counts."""
    for key in sides.base.nodes:
        node = sides.base.nodes[key]
        if key in sides.mine and key in sides.theirs and not is_drawing(node):
            is_contested = _is_reordered_twice(sides, key) if node.tag in ("decisionTable", "list") else False
            if is_contested or (node.tag == "decisionTable" and _is_same_gap(sides, key)):
                yield [(key, ORDER)]
    ways = [ways_out(tree) for tree in (sides.base, sides.mine, sides.theirs)]
    for source in ways[0]:
        flows = [way.get(source, []) for way in ways]
        shared = set(flows[0]).intersection(*flows)
        common = [[flow for flow in way if flow in shared] for way in flows]
        if common[1] != common[0] and common[2] not in (common[0], common[1]):
            yield [(sides.base.nodes[source].parent, ORDER)]


def _is_reordered_twice(sides: Sides, key: str) -> bool:
    trees = (sides.base, sides.mine, sides.theirs)
    both = set.intersection(*(set(tree.nodes[key].children) for tree in trees))
    orders = [[child for child in tree.nodes[key].children if child in both] for tree in trees]
    return orders[1] != orders[0] and orders[2] not in (orders[0], orders[1])


def _is_same_gap(sides: Sides, key: str) -> bool:
    """Say whether both sides have written rows between the same two, in a table where the first one wins."""
    if sides.base.nodes[key].said("hitPolicy") not in _RANKED:
        return False
    gaps = [_gaps(sides, key, side) for side in Side]
    return bool(gaps[0].keys() & gaps[1].keys()) and gaps[0] != gaps[1]


def _gaps(sides: Sides, key: str, side: Side) -> Mapping[str, list[str]]:
    """Return the rows that a side has brought, by the row before them that all have."""
    gaps: dict[str, list[str]] = {}
    last = ""
    for child in sides.tree(side).nodes[key].children:
        if child in sides.base and child in sides.tree(side.other):
            last = child
        elif child not in sides.base and sides.tree(side).nodes[child].tag == "rule":
            gaps.setdefault(last, []).append(child)
    return gaps


def _circles(sides: Sides) -> Iterator[list[Place]]:
    """Yield the parts that each side has moved so that together they would stand in each other."""
    moved = {
        key: next(side for side in Side if sides.has_changed((key, PARENT), side))
        for key in sides.keys
        if all(key in tree for tree in (sides.base, sides.mine, sides.theirs))
        and any(sides.has_changed((key, PARENT), side) for side in Side)
    }
    seen = set[str]()
    for start in moved:
        path, key = dict[str, None](), start
        while key and key not in path and key not in seen:
            path[key] = None
            key = _merged_parent(sides, moved, key)
        if key in path:
            parts = list(path)
            yield [(part, PARENT) for part in parts[parts.index(key) :] if part in moved]
        seen |= path.keys()


def _merged_parent(sides: Sides, moved: Mapping[str, Side], key: str) -> str:
    if key in moved:
        return sides.tree(moved[key]).nodes[key].parent
    node = sides.mine.get(key) or sides.theirs.get(key)
    return node.parent if node is not None else ""
