"""Says which element a problem is about in the words of whoever drew it: what it is, and its name."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from engine.bpmn.model import Kind, Outline
from engine.bpmn.texts import names_of
from engine.bpmn.vocabulary import BPMN
from engine.errors import Problem

Texts = Mapping[str, str]

#: What a modeller calls an element, in Indonesian and in English.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "startEvent": ("peristiwa awal", "start event"),
    "endEvent": ("peristiwa akhir", "end event"),
    "intermediateCatchEvent": ("peristiwa penangkap", "catching event"),
    "intermediateThrowEvent": ("peristiwa pelempar", "throwing event"),
    "boundaryEvent": ("peristiwa tepi", "boundary event"),
    "task": ("tugas", "task"),
    "userTask": ("tugas pengguna", "user task"),
    "manualTask": ("tugas manual", "manual task"),
    "serviceTask": ("tugas layanan", "service task"),
    "scriptTask": ("tugas skrip", "script task"),
    "businessRuleTask": ("tugas aturan", "business rule task"),
    "sendTask": ("tugas kirim", "send task"),
    "receiveTask": ("tugas terima", "receive task"),
    "exclusiveGateway": ("gerbang eksklusif", "exclusive gateway"),
    "parallelGateway": ("gerbang paralel", "parallel gateway"),
    "inclusiveGateway": ("gerbang inklusif", "inclusive gateway"),
    "eventBasedGateway": ("gerbang peristiwa", "event gateway"),
    "complexGateway": ("gerbang kompleks", "complex gateway"),
    "subProcess": ("subproses", "sub-process"),
    "eventSubProcess": ("subproses peristiwa", "event sub-process"),
    "adHocSubProcess": ("subproses bebas", "ad-hoc sub-process"),
    "transaction": ("transaksi", "transaction"),
    "callActivity": ("pemanggil proses", "call activity"),
    "sequenceFlow": ("alur", "flow"),
    "messageFlow": ("panah pesan", "message flow"),
    "process": ("proses", "process"),
    "lane": ("lajur", "lane"),
    "participant": ("kolam", "pool"),
    "dataObject": ("objek data", "data object"),
    "dataObjectReference": ("objek data", "data object"),
    "dataStoreReference": ("penyimpan data", "data store"),
    "textAnnotation": ("catatan", "note"),
    "association": ("garis penghubung", "association"),
    "group": ("kelompok", "group"),
    "message": ("pesan", "message"),
    "signal": ("sinyal", "signal"),
    "error": ("galat", "error"),
    "escalation": ("eskalasi", "escalation"),
}


def subjects_in(root: etree._Element) -> dict[str, Texts]:
    """Return for every id in a diagram what stands there and its name, by language."""
    found: dict[str, Texts] = {}
    for node in root.iter(f"{{{BPMN}}}*"):
        word = WORDS.get(etree.QName(node).localname)
        if word is not None and node.get("id"):
            found.setdefault(node.get("id", ""), _said(word, names_of(node)))
    for flow in root.iter(f"{{{BPMN}}}sequenceFlow"):
        ends = found.get(flow.get("sourceRef", "")), found.get(flow.get("targetRef", ""))
        if not flow.get("name") and flow.get("id") and ends[0] and ends[1]:
            found[flow.get("id", "")] = {
                "id": f"alur dari {ends[0]['id']} ke {ends[1]['id']}",
                "en": f"flow from {ends[0]['en']} to {ends[1]['en']}",
            }
    return found


def with_subjects(problems: list[Problem], subjects: Mapping[str, Texts]) -> list[Problem]:
    """Return problems that know what their elements are called."""
    return [replace(item, subject=subjects.get(item.element, {})) for item in problems]


def kinds_said(kinds: set[Kind] | frozenset[Kind]) -> tuple[str, str]:
    """Return kinds of elements as a list in both languages."""
    words = [WORDS[kind.value] for kind in sorted(kinds)]
    return ", ".join(word[0] for word in words) or "-", ", ".join(word[1] for word in words) or "-"


def elements_said(outline: Outline, names: set[str]) -> tuple[str, str]:
    """Return elements by what they are and their names, without a name by their ids, as a list in both languages."""
    found = [outline.elements[name] for name in sorted(names)]
    texts = [_said(WORDS[item.kind.value], item.names if item.names["id"] else _by_id(item.id)) for item in found]
    return ", ".join(text["id"] for text in texts), ", ".join(text["en"] for text in texts)


def _by_id(name: str) -> Texts:
    return {"id": name, "en": name}


def _said(word: tuple[str, str], names: Texts) -> Texts:
    texts = dict(zip(("id", "en"), word, strict=True))
    return {key: f"{text} '{names[key]}'" if names[key] else text for key, text in texts.items()}
