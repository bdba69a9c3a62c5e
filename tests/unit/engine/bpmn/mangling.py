"""Mangles a diagram at random, or changes one thing in it: what is dropped, copied, moved, renamed and exchanged."""

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
#: What some attributes say goes without saying.
SAME_AS_NOTHING = ("true", "false")


def mangled(content: bytes, random: Random) -> bytes:
    """Return a file with one to six things wrong in it."""
    root = etree.fromstring(content)
    for _ in range(random.randint(1, 6)):
        nodes = list(root.iter("{*}*"))
        random.choice([_drop, _copy, _move, _rename, _swap_ids, _lose, _write, _set])(random, nodes)
    return etree.tostring(root)


def tweaked(content: bytes, random: Random) -> tuple[bytes, str, str]:
    """Return a file with one thing changed as somebody might by mistake, the element and what of it was changed.

    The drawing is left alone. What is changed is empty where that would have changed nothing.
    """
    root = etree.fromstring(content)
    nodes = [node for node in root.iter("{*}*") if "/DI" not in node.tag and "/DC" not in node.tag]
    node = random.choice(nodes)
    tag = etree.QName(node).localname
    change = random.choice([_forget, _say_otherwise, _say_otherwise, _leave_out, _write_otherwise, _double])
    changed = change(random, node, nodes)
    return etree.tostring(root), tag, changed


def _forget(random: Random, node: etree._Element, nodes: list[etree._Element]) -> str:
    name = random.choice([*map(str, node.attrib), ""])
    return f"@{name}" if name and node.attrib.pop(name) not in SAME_AS_NOTHING else ""


def _say_otherwise(random: Random, node: etree._Element, nodes: list[etree._Element]) -> str:
    if not node.attrib:
        return ""
    name = random.choice([*map(str, node.attrib)])
    others = [other.get(name) for other in nodes if other.get(name)]
    value = random.choice([*others, "", "x", "ghost", "2"])
    if value == node.get(name):
        return ""
    node.set(name, value or "")
    return f"@{name}"


def _leave_out(random: Random, node: etree._Element, nodes: list[etree._Element]) -> str:
    parent = node.getparent()
    if parent is None:
        return ""
    parent.remove(node)
    return "element"


def _write_otherwise(random: Random, node: etree._Element, nodes: list[etree._Element]) -> str:
    before, node.text = (node.text or "").strip(), random.choice(["ghost", "1", "", "true"])
    return "text" if before != (node.text or "") else ""


def _double(random: Random, node: etree._Element, nodes: list[etree._Element]) -> str:
    if node.getparent() is None:
        return ""
    twin = deepcopy(node)
    for part in twin.iter("{*}*"):
        if part.get("id"):
            part.set("id", f"{part.get('id')}_2")
    node.addnext(twin)
    return "element"


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
