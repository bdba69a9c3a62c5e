"""Safe reading of BPMN files: bytes in, a plain lxml tree out, everything hostile refused with a reason."""

import re

from lxml import etree

from engine.bpmn.vocabulary import ALUR, BPMN, DRAWING
from engine.dmn.prolog import has_doctype
from engine.errors import DiagramRefused, Problem

NAMES = {"bpmn": BPMN, "alur": ALUR}

MAX_BYTES = 2 * 1024 * 1024
MAX_ELEMENTS = 20_000
MAX_DEPTH = 40
MAX_NODES = 500
MAX_FLOWS = 2_000
MAX_ATTRIBUTES = 40
MAX_VALUE = 4_000  # characters of an attribute
MAX_TEXT = 20_000  # characters of a text
FARTHEST = 1_000_000  # points from the corner of a drawing: some 300 m of paper
ALLOWED_NAMESPACES = {BPMN, ALUR} | DRAWING
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,120}")
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_xml(content: bytes, name: str) -> etree._Element:
    """Return the root element of a BPMN file.

    :param content: the file as bytes; a path is never opened here.
    :raise DiagramRefused: too large, not UTF-8, a DOCTYPE, not BPMN, too deeply nested.
    """
    root = _parse(_decode(content, name), name)
    counts = [len(node.attrib) for node in root.iter()]
    if len(counts) > MAX_ELEMENTS or max(counts) > MAX_ATTRIBUTES or _depth(root) > MAX_DEPTH:
        raise _refuse(
            name,
            "too_complex",
            "diagram terlalu besar atau terlalu dalam bersarang; bagi menjadi beberapa proses.",
            "the diagram is too large or too deeply nested; split it into several processes.",
        )
    return root


def check_shape(root: etree._Element, name: str) -> list[Problem]:
    """Return foreign elements, odd or repeated ids, and hidden characters.

    :param name: the file's name, for what has no id.
    """
    return [*_foreign_elements(root, name), *_id_problems(root), *_long_texts(root, name)]


def problem(element: str, code: str, id_text: str, en_text: str, severity: str = "error") -> Problem:
    """Return a problem with its sentence in both languages."""
    return Problem(element, code, {"id": id_text, "en": en_text}, severity)


def _refuse(name: str, code: str, id_text: str, en_text: str) -> DiagramRefused:
    return DiagramRefused((problem(name, code, id_text, en_text),))


def _decode(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        raise _refuse(
            name,
            "too_large",
            "berkas lebih besar dari 2 MB; bagi menjadi beberapa proses.",
            "the file is larger than 2 MB; split it into several processes.",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refuse(
            name,
            "not_utf8",
            "berkas bukan teks UTF-8; simpan ulang sebagai UTF-8.",
            "the file is not UTF-8 text; save it again as UTF-8.",
        ) from None
    if has_doctype(text):
        raise _refuse(
            name,
            "doctype",
            "berkas memuat DOCTYPE atau ENTITY; hapus bagian itu.",
            "the file holds a DOCTYPE or ENTITY; remove it.",
        )
    return text


def _parse(text: str, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise _refuse(
            name,
            "not_xml",
            f"berkas bukan XML yang benar (baris {error.lineno}); ekspor ulang diagramnya.",
            f"the file is not well-formed XML (line {error.lineno}); export the diagram again.",
        ) from None
    if root.tag != f"{{{BPMN}}}definitions":
        raise _refuse(
            name,
            "not_bpmn",
            "berkas bukan diagram BPMN 2.0; ekspor diagramnya sebagai BPMN 2.0.",
            "the file is not a BPMN 2.0 diagram; export the diagram as BPMN 2.0.",
        )
    return root


def _foreign_elements(root: etree._Element, name: str) -> list[Problem]:
    problems = []
    for element in root.iter():
        namespace = etree.QName(element).namespace
        if namespace not in ALLOWED_NAMESPACES and not _is_vendor_extension(element):
            problems.append(
                problem(
                    element.get("id") or name,
                    "foreign_namespace",
                    f"unsur dari ruang nama '{namespace or '-'}' tidak dikenal; hapus dari diagram.",
                    f"an element of the unknown namespace '{namespace or '-'}'; remove it from the diagram.",
                )
            )
    return problems


def _long_texts(root: etree._Element, name: str) -> list[Problem]:
    return [
        problem(
            element.get("id") or name,
            "long_text",
            f"teks di sini terlalu panjang (paling banyak {MAX_TEXT} huruf, pada atribut {MAX_VALUE}); pendekkan.",
            f"a text here is too long (at most {MAX_TEXT} characters, {MAX_VALUE} in an attribute); shorten it.",
        )
        for element in root.iter()
        if len(element.text or "") > MAX_TEXT or any(len(value) > MAX_VALUE for value in element.attrib.values())
    ]


def _is_vendor_extension(element: etree._Element) -> bool:
    return any(parent.tag == f"{{{BPMN}}}extensionElements" for parent in element.iterancestors())


def _depth(root: etree._Element) -> int:
    deepest = 0
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in element)
    return deepest


def _named(element: etree._Element) -> str:
    """Return the id of an element, or of what it is a part of."""
    around = (element, *element.iterancestors())
    return next((str(identifier) for part in around if (identifier := part.get("id"))), "diagram")


def _id_problems(root: etree._Element) -> list[Problem]:
    problems = []
    seen: set[str] = set()
    for element in root.iter():
        identifier = element.get("id")
        if identifier is not None:
            if not _IDENTIFIER.fullmatch(identifier):
                problems.append(
                    problem(
                        identifier[:60],
                        "bad_id",
                        "id ini memuat tanda yang tidak boleh; pakai huruf, angka, titik, garis bawah, dan tanda "
                        "hubung saja.",
                        "this id holds signs that it may not; use letters, digits, dots, underscores and hyphens only.",
                    )
                )
            if identifier in seen:
                problems.append(
                    problem(
                        identifier,
                        "duplicate_id",
                        "id ini dipakai dua kali; beri id lain pada salah satunya.",
                        "this id is used twice; give one of them another id.",
                    )
                )
            seen.add(identifier)
        if any(HIDDEN.search(str(value)) for value in (element.text or "", *element.attrib.values())):
            problems.append(
                problem(
                    _named(element),
                    "hidden_character",
                    "teks memuat karakter tersembunyi; ketik ulang teksnya.",
                    "a text holds hidden characters; type it again.",
                )
            )
    return problems
