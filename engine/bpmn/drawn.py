"""Checks what the parts of a file say of each other beside the flow: lanes, pools, lines, and the drawing itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import isfinite

from lxml import etree

from engine.bpmn.read import FARTHEST, NAMES, problem
from engine.bpmn.vocabulary import BPMN, DRAWING, FLOW_NODES
from engine.errors import Problem

_B = f"{{{BPMN}}}"
_BOUNDS = ("x", "y", "width", "height")
_ENDS = {"incoming": "targetRef", "outgoing": "sourceRef"}


def check_drawn(root: etree._Element) -> Iterator[Problem]:
    """Yield references that lead nowhere or contradict the flow, and what is executed without being drawn."""
    ids = {node.get("id"): node for node in root.iter(f"{_B}*") if node.get("id")}
    yield from _ends(root)
    for process in root.iter(f"{_B}process"):
        yield from _lanes(process)
    yield from _pools(root)
    yield from _lines(root, set(ids))
    yield from _drawing(root)


def _nodes(root: etree._Element) -> Iterator[etree._Element]:
    yield from root.iter(*(f"{_B}{tag}" for tag in FLOW_NODES))


def _ends(root: etree._Element) -> Iterator[Problem]:
    """Find what a step says of its flows and the flows do not: they decide, so it would be ignored."""
    flows = list(root.iter(f"{_B}sequenceFlow"))
    for tag, end in _ENDS.items():
        true = {(flow.get("id"), flow.get(end)) for flow in flows}
        for node in _nodes(root):
            named = [(child.text or "").strip() for child in node.findall(f"bpmn:{tag}", NAMES)]
            for flow in named:
                if (flow, node.get("id")) not in true:
                    yield _other_end(node.get("id", ""), flow, tag)


def _other_end(node: str, flow: str, tag: str) -> Problem:
    direction = {"incoming": ("masuk", "incoming"), "outgoing": ("keluar", "outgoing")}[tag]
    return problem(
        node,
        "flow_reference",
        f"alur '{flow}' tercantum sebagai alur {direction[0]} di sini, padahal tidak tersambung ke sini; "
        "sambungkan alur itu atau hapus dari daftar.",
        f"the flow '{flow}' is listed here as {direction[1]}, but is not connected to this; "
        "connect that flow or take it off the list.",
    )


def _lanes(process: etree._Element) -> Iterator[Problem]:
    inside = {node.get("id") for node in process.iter(f"{_B}*")}  # refused elements too: that is said at them
    counts: Counter[str] = Counter()
    for lane in process.iter(f"{_B}lane"):
        named = {(node.text or "").strip() for node in lane.findall("bpmn:flowNodeRef", NAMES)}
        counts.update(named)
        for name in sorted(named - inside):
            yield problem(
                lane.get("id") or process.get("id") or "",
                "lane_reference",
                f"lajur ini memuat '{name}', yang tidak ada di proses ini; hapus dari lajur.",
                f"this lane holds '{name}', which is not in this process; take it out of the lane.",
            )
    for name in sorted(name for name, count in counts.items() if count > 1):
        yield problem(
            name,
            "two_lanes",
            "unsur ini berada di dua lajur, padahal hanya satu yang ditampilkan; letakkan di satu lajur saja.",
            "this element is in two lanes, but only one is shown; put it into one.",
        )


def _pools(root: etree._Element) -> Iterator[Problem]:
    processes = {node.get("id") for node in root.findall("bpmn:process", NAMES)}
    pools = [node for node in root.iter(f"{_B}participant") if node.get("processRef")]
    counts = Counter(node.get("processRef") for node in pools)
    for pool in pools:
        process = pool.get("processRef") or ""
        if process not in processes:
            yield problem(
                pool.get("id") or "participant",
                "pool_reference",
                f"kolam ini menunjuk ke proses '{process}' yang tidak ada di berkas; pilih proses yang ada.",
                f"this pool names the process '{process}', which is not in the file; choose one that is.",
            )
        elif counts[process] > 1:
            yield problem(
                pool.get("id") or "participant",
                "two_pools",
                f"proses '{process}' digambar di dua kolam; sisakan satu.",
                f"the process '{process}' is drawn in two pools; keep one.",
            )


def _lines(root: etree._Element, ids: Iterable[str | None]) -> Iterator[Problem]:
    known = {*ids, None}
    ends = {"association": ("sourceRef", "targetRef"), "group": ("categoryValueRef",)}
    for tag, names in ends.items():
        for line in root.iter(f"{_B}{tag}"):
            for end in names:
                if line.get(end) not in known or (tag == "association" and not line.get(end)):
                    yield problem(
                        line.get("id") or tag,
                        "line_reference",
                        f"'{end}' menunjuk ke '{line.get(end) or '-'}' yang tidak ada; sambungkan atau hapus garisnya.",
                        f"'{end}' names '{line.get(end) or '-'}', which does not exist; connect or delete the line.",
                    )


def _drawing(root: etree._Element) -> Iterator[Problem]:
    """Find what is executed but does not show in a file that has a drawing, and places that are no numbers."""
    parts = [node for node in root.iter() if etree.QName(node).namespace in DRAWING]
    drawn = {node.get("bpmnElement", "").rpartition(":")[2] for node in parts}
    for part in parts:
        values = [part.get(name) for name in _BOUNDS]
        if not all(value is None or _is_number(value) for value in values):
            yield problem(
                next((node.get("id", "") for node in (part, *part.iterancestors()) if node.get("id")), "BPMNDiagram"),
                "drawing_number",
                "letak atau ukuran di gambar bukan angka, atau terlalu jauh; pindahkan bentuknya dan simpan ulang.",
                "a place or size in the drawing is no number, or too far away; move the shape and save again.",
            )
    executed = [*_nodes(root), *root.iter(f"{_B}sequenceFlow")] if drawn - {""} else []
    for node in executed:
        if node.get("id") not in drawn:
            yield problem(
                node.get("id") or "",
                "not_drawn",
                "unsur ini dijalankan tetapi tidak tampak di gambar, jadi pembaca tidak mengetahuinya; gambar atau "
                "hapus.",
                "this is executed but does not show in the drawing, so its readers do not know of it; draw or delete "
                "it.",
                "warning",
            )


def lies_too_far(root: etree._Element) -> bool:
    """Say whether anything is drawn so far away that no page or paper could show it."""
    parts = (node for node in root.iter() if etree.QName(node).namespace in DRAWING)
    return any(_is_too_far(part.get(name, "")) for part in parts for name in _BOUNDS)


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text)) and not _is_too_far(text)
    except ValueError:
        return False


def _is_too_far(text: str) -> bool:
    try:
        return abs(float(text)) > FARTHEST
    except ValueError:
        return False
