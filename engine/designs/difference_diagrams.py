"""Tells in words what differs between two versions of a diagram."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from engine.bpmn.vocabulary import DRAWING, FLOW_NODES
from engine.designs.difference_phrases import KINDS, NOUNS, PHRASES
from engine.designs.difference_tree import DRAWN, NAMED_BY_TEXT, PARENT, SHAPES, TAG, TEXT, Node, Tree
from engine.designs.difference_words import (
    EXISTS,
    ORDER,
    Change,
    Difference,
    DifferenceKind,
    Pair,
    Words,
    capital,
    find_changes,
    group_quiet,
    say_change,
    shown,
    tell,
)

_LANE: Final = "flowNodeRef:"
_WIRES: Final = ("@sourceRef", "@targetRef")
_UNKNOWN: Words = ("bagian", "part")


def describe_diagram(file: str, before: Tree, after: Tree) -> Iterator[Difference]:
    """Yield what differs, step by step; what only looks different comes last, as one line."""
    pair = Pair(file, before, after)
    owned: dict[str, list[Change]] = defaultdict(list)
    for change in find_changes(before, after):
        owned[_owner(pair, change)].append(change)
    sources = _sources(before), _sources(after)
    layout, technical = owned.pop(DRAWN, []), owned.pop("", [])
    for key, changes in owned.items():
        if not pair.stays(key):
            yield _come_or_gone(pair, key, changes, sources[key in after].get(key, ()))
        else:
            yield from _changed(pair, key, changes, technical)
    orders = [change for change in technical if change.fact == ORDER]
    if orders and (turned := list(_turned(pair, orders))):
        yield from turned
        technical = [change for change in technical if change.fact != ORDER]
    yield from group_quiet(file, DifferenceKind.LAYOUT, layout, _drawn(layout), _layout_words(layout))
    yield from group_quiet(file, DifferenceKind.TECHNICAL, technical, (), _TECHNICAL)


def ways_out(tree: Tree) -> Mapping[str, list[str]]:
    """Return the flows out of each step in the order of the file, which counts where several conditions hold."""
    ways: dict[str, list[str]] = defaultdict(list)
    for node in tree.nodes.values():
        source = tree.get(node.said("sourceRef")) if node.tag == "sequenceFlow" else None
        if source is not None and source.tag in FLOW_NODES and source.tag != "parallelGateway":
            ways[source.key].append(node.key)
    return ways


_TECHNICAL: Words = (
    "Cara menulis berkas berubah; jalannya proses tetap sama.",
    "The file is written differently; the process works as before.",
)


def _layout_words(layout: list[Change]) -> Words:
    count = len(set(_drawn(layout)))
    return (
        f"Letak atau warna {count} bagian gambar berubah; jalannya proses tetap sama.",
        f"In the drawing {count} parts have another place or colour; the process works as before.",
    )


def _drawn(changes: list[Change]) -> list[str]:
    """Return what the changed shapes and lines stand for."""
    return [change.key.removeprefix(DRAWN).partition("/")[0] for change in changes if change.key.startswith(DRAWN)]


def _owner(pair: Pair, change: Change) -> str:
    """Return of which element a change is told: `DRAWN` for the drawing, empty for what nobody notices."""
    node = pair.node(change.key)
    assert node is not None
    if change.fact == ORDER:
        return ""
    if node.tag in NAMED_BY_TEXT:
        return _owner_of_reference(pair, node)
    for part in pair.tree(change.key).ancestors(change.key):
        if part.tag in NOUNS:
            return part.key
        if part.facts[TAG].removeprefix("{").partition("}")[0] in DRAWING:
            drawn = next(_shapes(pair, change.key), "")
            return drawn if pair.node(drawn) is not None and not pair.stays(drawn) else DRAWN
    return ""


def _shapes(pair: Pair, key: str) -> Iterator[str]:
    for part in pair.tree(key).ancestors(key):
        if part.tag in SHAPES and part.key.startswith(DRAWN):
            yield part.key.removeprefix(DRAWN)


def _owner_of_reference(pair: Pair, node: Node) -> str:
    """Return the element that a reference names: a step of a lane, or a flow that has come, gone or turned."""
    name = node.names.get(TEXT, "")
    named = pair.node(name)
    if named is None or named.tag not in NOUNS:
        return ""
    if node.tag == "flowNodeRef" or not pair.stays(name):
        return name
    is_turned = any(pair.before.nodes[name].facts.get(end) != pair.after.nodes[name].facts.get(end) for end in _WIRES)
    return name if is_turned else ""


def _come_or_gone(pair: Pair, key: str, changes: list[Change], sources: Iterable[str]) -> Difference:
    is_new = key in pair.after
    tree = pair.after if is_new else pair.before
    verb = ("ditambahkan", "is added") if is_new else ("dihapus", "is removed")
    place, details = _place(tree, key, sources), _details(pair, key, changes)
    subject = capital(_subject(tree, key))
    texts = tuple(f"{subject[n]} {verb[n]}{place[n]}{f' ({details[n]})' if details[n] else ''}." for n in (0, 1))
    kind = DifferenceKind.ADDED if is_new else DifferenceKind.REMOVED
    return tell(pair.file, kind, (key,), (texts[0], texts[1]), changes)


def _sources(tree: Tree) -> Mapping[str, list[str]]:
    """Return what comes before each step."""
    found: dict[str, list[str]] = defaultdict(list)
    for node in tree.nodes.values():
        if node.tag == "sequenceFlow":
            found[node.said("targetRef")].append(node.said("sourceRef"))
    return found


def _place(tree: Tree, key: str, sources: Iterable[str]) -> Words:
    """Return in which lane an element stands and what it follows."""
    words = ["", ""]
    lane = tree.get(f"{_LANE}{key}")
    if lane is not None and lane.parent in tree:
        name = shown(tree.nodes[lane.parent].said("name"))
        words = [f", jalur {name}", f", lane {name}"]
    if sources := [_name(tree, source) for source in sources]:
        words = [f"{words[0]}, sesudah {', '.join(sources)}", f"{words[1]}, after {', '.join(sources)}"]
    return words[0], words[1]


def _details(pair: Pair, key: str, changes: list[Change]) -> Words:
    """Return what is said of an element that has come or gone, beside its name and its ends."""
    told: tuple[list[str], list[str]] = ([], [])
    for change in changes:
        what = _phrase(pair, key, change)
        value = _value(pair.tree(key), change, change.after if change.after is not None else change.before)
        if change.fact != EXISTS and what is not None and change.fact not in ("@id", "@name", *_WIRES):
            for n in (0, 1):
                told[n].append(f"{what[n]} {shown(value)}")
    return "; ".join(told[0]), "; ".join(told[1])


def _changed(pair: Pair, key: str, changes: list[Change], technical: list[Change]) -> Iterator[Difference]:
    """Yield what differs at an element that is in both versions."""
    wires = [change for change in changes if change.fact in _WIRES and change.key == key]
    lanes = [change for change in changes if change.key == f"{_LANE}{key}"]
    if wires and pair.after.nodes[key].tag == "sequenceFlow":
        yield _rewired(pair, key, [change for change in changes if _is_wiring(pair, key, change)])
        changes = [change for change in changes if not _is_wiring(pair, key, change)]
    if lanes:
        yield _other_lane(pair, key, lanes)
    hollow = _hollow(changes)
    for change in changes:
        if change in lanes:
            continue
        if (change.fact == EXISTS and change.key in hollow) or _is_quiet(pair, key, change):
            technical.append(change)
        else:
            yield _told(pair, key, change)


def _is_wiring(pair: Pair, key: str, change: Change) -> bool:
    node = pair.node(change.key)
    assert node is not None
    return (change.key == key and change.fact in _WIRES) or node.tag in ("incoming", "outgoing")


def _hollow(changes: list[Change]) -> frozenset[str]:
    """Return the parts of which more is told than that they came or went: themselves, or what stands in them."""
    counts = Counter(change.key for change in changes)
    keys = [*sorted(counts), ""]
    following = {key: keys[bisect_left(keys, f"{key}/", hi=len(counts))] for key in counts}
    return frozenset(key for key in counts if counts[key] > 1 or following[key].startswith(f"{key}/"))


def _is_quiet(pair: Pair, key: str, change: Change) -> bool:
    """Say whether a fact instructs nobody: ids of parts, and boxes that hold nothing."""
    node = pair.node(change.key)
    assert node is not None
    is_inner_id = change.fact == "@id" and node.tag != "process"
    return is_inner_id or (change.fact == EXISTS and node.tag in ("extensionElements", "laneSet"))


def _rewired(pair: Pair, key: str, changes: list[Change]) -> Difference:
    old, new = pair.before.nodes[key], pair.after.nodes[key]
    was = tuple(_name(pair.before, old.said(end.removeprefix("@"))) for end in _WIRES)
    now = tuple(_name(pair.after, new.said(end.removeprefix("@"))) for end in _WIRES)
    texts = (
        f"Panah kini dari {now[0]} ke {now[1]}, sebelumnya dari {was[0]} ke {was[1]}.",
        f"A flow now goes from {now[0]} to {now[1]}, it went from {was[0]} to {was[1]}.",
    )
    return tell(pair.file, DifferenceKind.CHANGED, (key,), texts, changes, values=(" → ".join(was), " → ".join(now)))


def _other_lane(pair: Pair, key: str, changes: list[Change]) -> Difference:
    lanes = [_lane_name(tree, key) for tree in (pair.before, pair.after)]
    texts = say_change(capital(_subject(pair.after, key)), ("jalur", "the lane"), *lanes)
    return tell(pair.file, DifferenceKind.CHANGED, (key,), texts, changes, values=(lanes[0], lanes[1]))


def _lane_name(tree: Tree, key: str) -> str | None:
    place = tree.get(f"{_LANE}{key}")
    return None if place is None else _plain_name(tree, place.parent)


def _told(pair: Pair, key: str, change: Change) -> Difference:
    what = _phrase(pair, key, change) or _fallback(pair, change)
    values = _value(pair.before, change, change.before), _value(pair.after, change, change.after)
    subject = capital(_subject(pair.before if change.fact == "@name" else pair.after, key))
    if change.fact in ("@assignee", "@candidate") and all(values):
        texts = _done_by(subject, what, values)
    else:
        texts = say_change(subject, what, *values)
    return tell(pair.file, DifferenceKind.CHANGED, (key,), texts, (change,), values=values)


def _done_by(subject: Words, what: Words, values: tuple[str | None, str | None]) -> Words:
    return (
        f"{subject[0]} kini {what[0]} {shown(values[1])}, sebelumnya {shown(values[0])}.",
        f"{subject[1]} is now {what[1]} {shown(values[1])}, before {shown(values[0])}.",
    )


def _phrase(pair: Pair, key: str, change: Change) -> Words | None:
    """Return what a fact is called, None for what has no name of its own."""
    path, name = _path(pair, key, change.key)
    found = PHRASES.get(f"{path}:{change.fact}")
    return None if found is None else (found[0].format(name=name), found[1].format(name=name))


def _path(pair: Pair, owner: str, key: str) -> tuple[str, str]:
    """Return the way from an element to one of its parts, and the name of the part."""
    parts = []
    for part in pair.tree(key).ancestors(key):
        if part.key == owner:
            break
        if part.tag != "extensionElements":
            parts.append(part.tag)
    node = pair.node(key)
    return "/".join(reversed(parts)), node.said("name") if node is not None else ""


def _fallback(pair: Pair, change: Change) -> Words:
    node = pair.node(change.key)
    assert node is not None
    detail = node.tag if change.fact in (EXISTS, TEXT) else f"{node.tag} {change.fact.removeprefix('@')}"
    return f"rincian {shown(detail)}", f"the detail {shown(detail)}"


def _value(tree: Tree, change: Change, value: str | None) -> str | None:
    """Return a value as people know it: what is named by its id has a name."""
    if value is None:
        return None
    if change.fact == TAG:
        local = value.rpartition("}")[2]
        return KINDS.get(local, (local, local))[0]
    if change.fact == PARENT:
        return _plain_name(tree, value)
    node = tree.get(change.key)
    named = node.names.get(change.fact) if node is not None else None
    return _plain_name(tree, named) if named in tree else value


def _subject(tree: Tree, key: str) -> Words:
    """Return what an element is, with its name."""
    node = tree.nodes[key]
    noun, english = NOUNS.get(node.tag, _UNKNOWN)
    if node.said("attachedToRef") in tree:
        step = _name(tree, node.said("attachedToRef"))
        return f"{noun} {_name(tree, key)} pada {step}", f"{english} {_name(tree, key)} at {step}"
    if node.tag == "sequenceFlow":
        ends = [_name(tree, node.said(end)) for end in ("sourceRef", "targetRef")]
        return f"{noun} dari {ends[0]} ke {ends[1]}", f"{english} from {ends[0]} to {ends[1]}"
    if node.tag == "process":
        return noun, english
    return f"{noun} {_name(tree, key)}", f"{english} {_name(tree, key)}"


def _name(tree: Tree, key: str) -> str:
    return shown(_plain_name(tree, key))


def _plain_name(tree: Tree, key: str | None) -> str:
    """Return by what people know an element: its name, of a flow where it leads; else its id."""
    node = tree.get(key or "")
    if node is None:
        return key or "-"
    if node.tag == "sequenceFlow":
        return f"→ {_plain_name(tree, node.said('targetRef'))}"
    text = tree.get(f"{node.key}/text")
    return node.said("name") or (text.facts.get(TEXT, "") if text is not None else "") or node.key


def _turned(pair: Pair, orders: list[Change]) -> Iterator[Difference]:
    """Yield where the flows out of an element are looked at in another order; that is no mere matter of writing."""
    ways = [ways_out(tree) for tree in (pair.before, pair.after)]
    for key in sorted(ways[0].keys() & ways[1].keys()):
        shared = set(ways[0][key]).intersection(ways[1][key])
        both = [[flow for flow in way[key] if flow in shared] for way in ways]
        if both[0] != both[1]:
            shown_ways = [" ; ".join(_plain_name(pair.after, flow) for flow in flows) for flows in both]
            what = ("urutan memeriksa panah keluar", "the order in which the ways out are looked at")
            texts = say_change(capital(_subject(pair.after, key)), what, *shown_ways)
            yield tell(pair.file, DifferenceKind.CHANGED, (key,), texts, orders, values=(shown_ways[0], shown_ways[1]))
