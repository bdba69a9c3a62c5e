"""Tells in words what differs between two versions of a form, or of a scenario."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.designs.difference_tree import IN_SECTION, TEXT, Tree
from engine.designs.difference_words import (
    ORDER,
    Change,
    Difference,
    DifferenceKind,
    Pair,
    Words,
    find_changes,
    group_quiet,
    say_change,
    shown,
    tell,
)

_FIELD: Final = re.compile(r".*/(fields|columns)\[[^/]*\]")
_OPTION: Final = re.compile(r".*/choices\[[^/]*\]")
_SECTION: Final = re.compile(r"/sections\[[^/]*\]")
_YES: Final = "ya"
_NO: Final = "tidak"
_PHRASES: Mapping[str, Words] = {
    "/title/id": ("judul", "the title"),
    "/title/en": ("judul dalam bahasa Inggris", "the English title"),
    "/intro/id": ("pengantar", "the introduction"),
    "/intro/en": ("pengantar dalam bahasa Inggris", "the English introduction"),
    "/label/id": ("nama", "the label"),
    "/label/en": ("nama dalam bahasa Inggris", "the English label"),
    "/hint/id": ("petunjuk", "the hint"),
    "/hint/en": ("petunjuk dalam bahasa Inggris", "the English hint"),
    "/unit/id": ("satuan", "the unit"),
    "/unit/en": ("satuan dalam bahasa Inggris", "the English unit"),
    "/type": ("jenis isian", "the type"),
    "/required": ("wajib diisi", "whether it must be filled in"),
    "/min": ("paling sedikit", "the least"),
    "/max": ("paling banyak", "the most"),
    "/decimals": ("angka di belakang koma", "the decimals"),
    "/max_length": ("panjang terbanyak", "the greatest length"),
    "/rows": ("banyak baris", "the rows"),
    "/accept": ("jenis berkas", "the kinds of files"),
    "/max_files": ("berkas terbanyak", "the most files"),
    "/max_megabytes": ("ukuran berkas terbesar", "the largest file"),
    "/show_when": ("tampil bila", "when it is shown"),
    "/readonly": ("hanya dibaca", "whether it is read only"),
    "/pattern": ("bentuk isian", "the shape of the text"),
    "/default": ("isi awal", "what it holds at first"),
    "/feel": ("rumus", "the formula"),
    "/sections": ("bagian", "the sections"),
    "/choices": ("pilihan", "the options"),
    "/columns": ("kolom", "the columns"),
    "/fields": ("isian", "the fields"),
    "/version": ("versi bentuk formulir", "the version of the format"),
}
_PARTS: Mapping[str, Words] = {
    "process": ("proses", "process"),
    "name": ("nama", "name"),
    "at": ("waktu mulai", "beginning"),
    "zone": ("zona waktu", "time zone"),
    "start": ("data awal", "data at the start"),
    "start_event": ("peristiwa awal", "start event"),
    "services": ("jawaban layanan", "answers of services"),
    "steps": ("langkah", "steps"),
    "expect": ("hasil yang diharapkan", "what is expected"),
}
_TECHNICAL: Words = (
    "Cara menulis formulir berubah; isinya tetap sama.",
    "The form is written differently; it says the same.",
)


def plain_value(tree: Tree, key: str) -> Any:
    """Return a part of a form as JSON holds it."""
    node = tree.nodes[key]
    if TEXT in node.facts:
        return json.loads(node.facts[TEXT])
    if node.tag == "list":
        return [plain_value(tree, child) for child in node.children]
    return {member_name(child): plain_value(tree, child) for child in node.children}


def member_name(key: str) -> str:
    """Return the name under which an object holds a part."""
    return key.rpartition("/")[2].replace("~2", "[").replace("~1", "/").replace("~0", "~")


def field_label(tree: Tree, key: str) -> str:
    """Return what a field, option or section is called; its name without a label."""
    for member in ("label/id", "title/id"):
        node = tree.get(f"{key}/{member}")
        if node is not None and TEXT in node.facts:
            return str(json.loads(node.facts[TEXT]))
    return _field_name(key)


def describe_scenario(file: str, before: Tree, after: Tree) -> Iterator[Difference]:
    """Yield one sentence that says which parts of a scenario differ."""
    changes = list(find_changes(before, after))
    if not changes:
        return
    name = scenario_name(file, after)
    heads = dict.fromkeys(change.key.split("/")[1].partition("[")[0] for change in changes if "/" in change.key)
    words = [_PARTS.get(head, (head, head)) for head in heads] or [("isinya", "its content")]
    texts = tuple(
        f"{noun} {shown(name[n])} {verb}: {', '.join(part[n] for part in words)}."
        for n, noun, verb in ((0, "Skenario", "berubah"), (1, "Scenario", "has changed"))
    )
    yield tell(file, DifferenceKind.CHANGED, (), (texts[0], texts[1]), changes)


def scenario_name(file: str, tree: Tree) -> Words:
    """Return what a scenario is called."""
    plain = plain_value(tree, tree.root.key) if tree.is_readable else {}
    names = plain.get("name") if isinstance(plain, dict) else None
    told = names if isinstance(names, dict) else {}
    fallback = file.rpartition("/")[2].removesuffix(".json")
    return str(told.get("id") or fallback), str(told.get("en") or told.get("id") or fallback)


def describe_form(file: str, before: Tree, after: Tree) -> Iterator[Difference]:
    """Yield what differs, field by field."""
    pair = Pair(file, before, after)
    told: dict[tuple[str, str], list[Change]] = defaultdict(list)
    technical: list[Change] = []
    for change in find_changes(before, after):
        owner = _owner(pair, change)
        if change.fact == ORDER and not _is_shown_order(change.key):
            technical.append(change)
        else:
            told[owner, _head(pair, owner, change)].append(change)
    for (owner, head), changes in told.items():
        is_whole = owner and not head
        yield _come_or_gone(pair, owner, changes) if is_whole else _sentence(pair, owner, head, changes)
    yield from group_quiet(file, DifferenceKind.TECHNICAL, technical, (), _TECHNICAL)


def _is_shown_order(key: str) -> bool:
    return key in {"/fields", "/sections"} or key.endswith(("/columns", "/choices", "/fields"))


def _owner(pair: Pair, change: Change) -> str:
    """Return the field, option or section that a change is told of; the outermost one that came or went."""
    key = change.key
    if key.startswith(IN_SECTION):
        field = f"/fields[{key.removeprefix(IN_SECTION)}]"
        return field if pair.node(field) is not None else ""
    owners = [part.key for part in pair.tree(key).ancestors(key) if _is_owner(part.key)]
    gone = [owner for owner in owners if not pair.stays(owner)]
    return gone[-1] if gone else next(iter(owners), "")


def _is_owner(key: str) -> bool:
    return any(shape.fullmatch(key) for shape in (_FIELD, _OPTION, _SECTION))


def _head(pair: Pair, owner: str, change: Change) -> str:
    """Return which part of its owner a change is about: a text by its language, a condition as a whole."""
    if not pair.stays(owner):
        return ""
    if change.key.startswith(IN_SECTION):
        return IN_SECTION
    rest = change.key.removeprefix(owner)
    head, _, language = rest.removeprefix("/").partition("/")
    if change.fact == ORDER:
        return f"/{head}#order"
    return f"/{head}/{language}" if language in ("id", "en") else f"/{head}"


def _sentence(pair: Pair, owner: str, head: str, changes: list[Change]) -> Difference:
    subject = _subject(pair.before if head == "/label/id" else pair.after, owner)
    values = _values(pair.before, owner, head), _values(pair.after, owner, head)
    english = _english(values[0]), _english(values[1])
    texts = say_change(subject, _what(head), *values)[0], say_change(subject, _what(head), *english)[1]
    subjects = (_field_name(owner),) if owner else ()
    return tell(pair.file, DifferenceKind.CHANGED, subjects, texts, changes, values=values)


def _english(value: str | None) -> str | None:
    return {_YES: "yes", _NO: "no"}.get(value or "", value)


def _what(head: str) -> Words:
    if head == IN_SECTION:
        return "bagian", "the section"
    if head.endswith("#order"):
        listed = _PHRASES.get(head.removesuffix("#order"), ("isi", "the list"))
        return f"urutan {listed[0]}", f"the order of {listed[1].removeprefix('the ')}"
    return _PHRASES.get(head) or (f"rincian {shown(head.strip('/'))}", f"the detail {shown(head.strip('/'))}")


def _come_or_gone(pair: Pair, owner: str, changes: list[Change]) -> Difference:
    is_new = owner in pair.after
    verb = ("ditambahkan", "is added") if is_new else ("dihapus", "is removed")
    subject = _subject(pair.tree(owner), owner)
    kind = DifferenceKind.ADDED if is_new else DifferenceKind.REMOVED
    texts = f"{subject[0]} {verb[0]}.", f"{subject[1]} {verb[1]}."
    return tell(pair.file, kind, (_field_name(owner),), texts, changes)


def _values(tree: Tree, owner: str, head: str) -> str | None:
    """Return a part of a field as people read it; None if it is not there."""
    if head == IN_SECTION:
        parts = tree.ancestors(f"{IN_SECTION}{_field_name(owner)}")
        section = next((part.key for part in parts if _SECTION.fullmatch(part.key)), None)
        return None if section is None else field_label(tree, section)
    node = tree.get(f"{owner}{head.removesuffix('#order')}")
    if node is None:
        return None
    if head.endswith("#order"):
        return ", ".join(field_label(tree, child) for child in node.children)
    return _in_words(tree, plain_value(tree, node.key))


def _in_words(tree: Tree, value: Any) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, str):
        return value
    condition = value.get("when", value) if isinstance(value, dict) else None
    if isinstance(condition, dict) and "field" in condition:
        field = field_label(tree, f"/fields[{condition['field']}]")
        signs = {"equals": "=", "not_equals": "≠", "differs_from": "≠"}
        tests = " ".join(f"{sign} {condition[name]}" for name, sign in signs.items() if name in condition)
        return f"{field} {tests}"
    return json.dumps(value, ensure_ascii=False)


def _subject(tree: Tree, owner: str) -> Words:
    """Return what is told of, in its form."""
    if not owner:
        return "Formulir", "The form"
    name = shown(field_label(tree, owner))
    if _OPTION.fullmatch(owner):
        field = shown(field_label(tree, owner.rpartition("/choices")[0]))
        return f"Isian {field}, pilihan {name}", f"Field {field}, option {name}"
    if _SECTION.fullmatch(owner):
        return f"Bagian {name}", f"Section {name}"
    if "/columns[" in owner:
        field = shown(field_label(tree, owner.rpartition("/columns")[0]))
        return f"Isian {field}, kolom {name}", f"Field {field}, column {name}"
    return f"Isian {name}", f"Field {name}"


def _field_name(key: str) -> str:
    return key.rpartition("[")[2].removesuffix("]").replace("~2", "[").replace("~1", "/").replace("~0", "~")
