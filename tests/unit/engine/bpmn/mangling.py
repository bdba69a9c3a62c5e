"""Mangles a diagram at random: elements dropped, copied, moved and renamed, attributes and texts exchanged."""

from copy import deepcopy
from random import Random

from lxml import etree

VALUES = ("", "true", "false", "x", "1", "R3/P1D", "PT", "P1Y", "1 +", "a > 1", "\u202e", "a" * 3000)
ATTRIBUTES = (
    "id", "name", "default", "sourceRef", "targetRef", "attachedToRef", "calledElement", "cancelActivity",
    "isInterrupting", "isExecutable", "isForCompensation", "triggeredByEvent", "isSequential", "errorRef",
    "loopMaximum", "activityRef",
)  # fmt: skip
LARGEST = 100_000


def mangled(content: bytes, random: Random) -> bytes:
    """Return a file with one to six things wrong in it."""
    root = etree.fromstring(content)
    for _ in range(random.randint(1, 6)):
        nodes = list(root.iter("{*}*"))
        random.choice([_drop, _copy, _move, _rename, _swap_ids, _lose, _write, _set])(random, nodes)
    return etree.tostring(root)


def _drop(random: Random, nodes: list[etree._Element]) -> None:
    node = random.choice(nodes)
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _copy(random: Random, nodes: list[etree._Element]) -> None:
    node = random.choice(nodes)
    if len(etree.tostring(node)) * len(nodes) < LARGEST:
        random.choice(nodes).append(deepcopy(node))


def _move(random: Random, nodes: list[etree._Element]) -> None:
    node, target = random.choice(nodes), random.choice(nodes)
    if node.getparent() is not None and node is not target and node not in target.iterancestors():
        target.append(node)


def _rename(random: Random, nodes: list[etree._Element]) -> None:
    random.choice(nodes).tag = random.choice(nodes).tag


def _swap_ids(random: Random, nodes: list[etree._Element]) -> None:
    one, other = random.choice(nodes), random.choice(nodes)
    ids = one.get("id"), other.get("id")
    if all(ids):
        one.set("id", ids[1] or "")
        other.set("id", ids[0] or "")


def _lose(random: Random, nodes: list[etree._Element]) -> None:
    node = random.choice(nodes)
    if node.attrib:
        del node.attrib[random.choice(list(node.attrib))]


def _write(random: Random, nodes: list[etree._Element]) -> None:
    random.choice(nodes).text = random.choice([value for value in VALUES if value != "\u202e"])


def _set(random: Random, nodes: list[etree._Element]) -> None:
    node, other = random.choice(nodes), random.choice(nodes)
    name = random.choice([*ATTRIBUTES, *map(str, node.attrib)])
    node.set(name, random.choice([*VALUES, other.get("id") or "x"]))
