"""Ways out where a diagram says what is not executed: the words are taken away, or written as they are executed."""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import partial

from engine.bpmn.dataobjects import check_data_objects
from engine.bpmn.outline import read_outline
from engine.bpmn.vocabulary import ALUR, BPMN
from engine.bpmn.wording import check_wording
from engine.designs.editing.diagram import B, Diagram, local
from engine.designs.editing.saying import drop_extension, extension, set_attribute
from engine.designs.editing.working import set_loop, set_text
from engine.designs.mending.broken import Broken, Fix, on_diagram
from engine.designs.trees import Node
from engine.errors import Problem
from engine.feel import FeelSyntaxError, compile_expression

_DROP = ("Hapus bagian yang tidak dijalankan", "Delete the part that is not executed")
_Part = tuple[tuple[int, ...], str]
_Key = tuple[str, str, str]
_STANDING = frozenset({"sequenceFlow", "lane", "participant"})
_DATA_LINES = ("dataInputAssociation", "dataOutputAssociation")
_REFERRING = frozenset({"incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef"})
_DAYS = {"w": 7, "minggu": 7, "week": 7, "weeks": 7, "m": 30, "bulan": 30, "month": 30, "months": 30, "d": 1,
         "hari": 1, "day": 1, "days": 1, "y": 365, "tahun": 365, "year": 365, "years": 365}  # fmt: skip
_HOURS = frozenset({"h", "jam", "hour", "hours"})
_TIME = re.compile(r"\"?\s*P?\s*(\d+)\s*([A-Za-z]+)\s*\"?", re.IGNORECASE)
# What people write who know other languages, and what FEEL says instead.
_FOREIGN = (("==", "="), ("&&", " and "), ("||", " or "), ("<>", "!="), ("True", "true"), ("False", "false"),
            ("None", "null"),
            ("\u201c", '"'), ("\u201d", '"'), ("\u2018", '"'), ("\u2019", '"'), ("'", '"'))  # fmt: skip


def drop_words(broken: Broken) -> Iterator[Fix]:
    """Offer to delete the attribute or the part of a step that would be ignored."""
    yield on_diagram(broken, "drop_words", _DROP, partial(_drop_ignored, broken.id, _key(broken.problem)))


def drop_data_line(broken: Broken) -> Iterator[Fix]:
    """Offer to delete the line between a step and a data object that does not tell the truth."""
    label = ("Hapus garis ke objek data", "Delete the line to the data object")
    yield on_diagram(broken, "drop_line", label, partial(_drop_untrue, broken.id, _key(broken.problem)))


def write_as_feel(broken: Broken) -> Iterator[Fix]:
    """Offer to call the language of a script FEEL."""
    label = ("Sebut bahasanya FEEL", "Call its language FEEL")
    yield on_diagram(
        broken, "feel", label, lambda diagram: set_attribute(diagram.node(broken.id), "scriptFormat", "feel")
    )


def make_executable(broken: Broken) -> Iterator[Fix]:
    """Offer to mark the only process of a file as the one that is executed."""
    processes = list(broken.diagram.root.iter(f"{B}process"))
    if len(processes) == 1:
        label = ("Tandai prosesnya dapat dijalankan", "Mark the process as executable")
        yield on_diagram(broken, "executable", label, lambda diagram: diagram.process().set("isExecutable", "true"))


def drop_start_key(broken: Broken) -> Iterator[Fix]:
    """Offer to delete the key at the start of a process, which takes a message under any."""
    label = ("Hapus kuncinya", "Delete the key")
    yield on_diagram(broken, "drop_key", label, partial(_drop_attribute, broken.id, "message", "key"))


def drop_case_words(broken: Broken) -> Iterator[Fix]:
    """Offer to delete the title and subject of a case where nobody reads them."""
    label = ("Hapus judul dan pokok kasus di sini", "Delete the title and subject here")
    yield on_diagram(broken, "drop_case", label, partial(_drop_own, broken.id, "case"))


def let_interrupt(broken: Broken) -> Iterator[Fix]:
    """Offer to delete the mark that an event does not interrupt."""
    label = ("Hapus penanda tidak menghentikan", "Delete the mark that it does not interrupt")
    yield on_diagram(broken, "interrupt", label, partial(_drop_marks, broken.id))


def drop_loop(broken: Broken) -> Iterator[Fix]:
    """Offer to run a step once, where it does not say how often it runs."""
    label = ("Jalankan satu kali saja", "Run it just once")
    yield on_diagram(broken, "once", label, lambda diagram: set_loop(diagram.node(broken.id), None, {}))


def write_duration(broken: Broken) -> Iterator[Fix]:
    """Offer a time written as the engine reads it: `P2W` or `14 hari` as P14D."""
    timer = broken.node.find(f"{B}timerEventDefinition") if broken.node is not None else None
    times = [child for child in timer if (child.text or "").strip()] if timer is not None else []
    duration = _duration((times[0].text or "").strip()) if times else None
    if duration is not None:
        label = (f"Tulis sebagai {duration}", f"Write it as {duration}")
        yield on_diagram(broken, "duration", label, partial(_set_time, broken.id, duration))


def mend_expression(broken: Broken) -> Iterator[Fix]:
    """Offer an expression as FEEL spells it, where somebody wrote it as another language does."""
    yield from write_duration(broken)
    for wrong in _expressions(broken.node) if broken.node is not None else ():
        right = _as_feel(wrong)
        if right is not None:
            label = (f"Tulis sebagai: {right}", f"Write it as: {right}")
            yield on_diagram(broken, "expression", label, partial(_replace_text, broken.id, wrong, right))
            return


def rename_id(broken: Broken) -> Iterator[Fix]:
    """Offer an id of letters and digits, wherever it is named."""
    bad = next((str(node.get("id")) for node in broken.diagram.root.iter()
                if (node.get("id") or "")[:60] == broken.id), "")  # fmt: skip
    name = broken.diagram.new_id(bad)
    if bad:
        yield on_diagram(broken, "id", (f"Ganti id menjadi '{name}'", f"Change the id to '{name}'"),
                         partial(_rename_id, bad, name))  # fmt: skip


def _said(root: Node) -> set[_Key]:
    return {_key(found) for found in check_wording(root, "diagram.bpmn")}


def _key(found: Problem) -> _Key:
    return found.element, found.code, found.texts["en"]


def _droppable(diagram: Diagram, identifier: str, tags: tuple[str, ...] = ()) -> Iterator[_Part]:
    """Yield what may be taken away of an element, the smallest first: the place of a part, and its attribute or nothing
    for all of it.

    :param tags: only BPMN parts of these names, as a whole.
    """
    node = diagram.find(identifier)
    node = diagram.root if node is None else node
    parts = [part for part in node.iter() if part is node or local(part) not in _STANDING]
    parts.sort(key=lambda part: sum(1 for _ in part.iter()))
    for part in parts if not tags else ():
        yield from ((_place(diagram.root, part), str(name)) for name in part.attrib if name != "id")
    for part in parts:
        if part is not node and (not tags or local(part) in tags):
            yield _place(diagram.root, part), ""


def _place(root: Node, part: Node) -> tuple[int, ...]:
    numbers: list[int] = []
    while part is not root:
        parent = part.getparent()
        assert parent is not None, "every part stands in the definitions"
        numbers.append(parent.index(part))
        part = parent
    return tuple(reversed(numbers))


def _drop(path: _Part, diagram: Diagram) -> None:
    part = diagram.root
    for number in path[0]:
        part = part[number]
    if path[1]:
        del part.attrib[path[1]]
        return
    parent = part.getparent()
    assert parent is not None, "the definitions themselves are never taken away"
    parent.remove(part)


def _drop_ignored(identifier: str, key: _Key, diagram: Diagram) -> None:
    """Delete the smallest part of an element without which a problem is gone and no other comes; none if none helps."""
    before = _said(diagram.root)
    for path in _droppable(diagram, identifier):
        root = deepcopy(diagram.root)
        _drop(path, Diagram(root))
        after = _said(root)
        if key not in after and after <= before:
            _drop(path, diagram)
            return


def _drop_untrue(identifier: str, key: _Key, diagram: Diagram) -> None:
    for path in _droppable(diagram, identifier, _DATA_LINES):
        if not _is_said_without(diagram, key, path):
            _drop_line(path, diagram)
            return


def _drop_line(path: _Part, diagram: Diagram) -> None:
    part = diagram.root
    for number in path[0]:
        part = part[number]
    for edge in [one for one in diagram.root.iter("{*}BPMNEdge") if one.get("bpmnElement") == part.get("id")]:
        parent = edge.getparent()
        if parent is not None:
            parent.remove(edge)
    _drop(path, diagram)


def _is_said_without(diagram: Diagram, key: _Key, path: _Part) -> bool:
    root = deepcopy(diagram.root)
    _drop(path, Diagram(root))
    outline, _problems = read_outline(root, "diagram.bpmn")
    return outline is None or key in {_key(found) for found in check_data_objects(root, outline)}


def _drop_attribute(identifier: str, tag: str, attribute: str, diagram: Diagram) -> None:
    found = extension(diagram.node(identifier), tag)
    if found is not None:
        found.attrib.pop(attribute, "")
        if not found.attrib and len(found) == 0:
            drop_extension(found)


def _drop_own(identifier: str, tag: str, diagram: Diagram) -> None:
    found = extension(diagram.node(identifier), tag)
    if found is not None:
        drop_extension(found)


def _drop_marks(identifier: str, diagram: Diagram) -> None:
    for attribute in ("cancelActivity", "isInterrupting"):
        diagram.node(identifier).attrib.pop(attribute, "")


def _duration(text: str) -> str | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    number, unit = int(found[1]), found[2].lower()
    if unit in _HOURS:
        return f"PT{number}H"
    return f"P{number * _DAYS[unit]}D" if unit in _DAYS else None


def _set_time(identifier: str, duration: str, diagram: Diagram) -> None:
    timer = diagram.node(identifier).find(f"{B}timerEventDefinition")
    if timer is not None:
        for tag in ("timeDate", "timeCycle"):
            set_text(timer, tag, "")
        set_text(timer, "timeDuration", duration)


def _expressions(node: Node) -> Iterator[str]:
    """Yield what stands in an element and might be an expression."""
    for part in node.iter(f"{{{BPMN}}}*", f"{{{ALUR}}}*"):
        yield from (str(value) for value in part.attrib.values())
        if part.text and part.text.strip():
            yield part.text.strip()


def _as_feel(text: str) -> str | None:
    """Return an expression as FEEL spells it; None for one that is right, or that nothing helps."""
    if _compiles(text):
        return None
    for wrong, right in _FOREIGN:
        text = " ".join(text.replace(wrong, right).split()) if wrong in ("&&", "||") else text.replace(wrong, right)
        if _compiles(text):
            return text
    return None


def _compiles(text: str) -> bool:
    try:
        compile_expression(text)
    except FeelSyntaxError:
        return False
    return True


def _replace_text(identifier: str, wrong: str, right: str, diagram: Diagram) -> None:
    node = diagram.find(identifier)
    for part in node.iter(f"{{{BPMN}}}*", f"{{{ALUR}}}*") if node is not None else ():
        for name, value in part.attrib.items():
            if value == wrong:
                part.set(name, right)
        if part.text and part.text.strip() == wrong:
            part.text = right


def _rename_id(bad: str, name: str, diagram: Diagram) -> None:
    for part in diagram.root.iter():
        for key, value in part.attrib.items():
            if value == bad and key not in ("name", "errorCode", "escalationCode"):
                part.set(key, name)
        if local(part) in _REFERRING and (part.text or "").strip() == bad:
            part.text = name
