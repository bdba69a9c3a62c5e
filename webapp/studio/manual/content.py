"""What the manual of a process says: drawn, step by step, with its forms, its rules and who answers for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.decisionfiles import read_tables
from engine.bpmn.formfiles import read_forms
from engine.bpmn.outline import read_outline
from engine.bpmn.read import NAMES, read_xml
from engine.dmn.boxes import DecisionTable
from forms.spec import FieldSpec, FormSpec, FormSpecError, parse_spec
from webapp.studio.model.roles import ROLE_WORDS
from webapp.studio.outline.rows import Listing, list_steps
from webapp.texts import Language
from webapp.texts import gettext as _

_ABOUT = ("owner", "legalBasis", "purpose", "retention")


@dataclass(frozen=True, slots=True)
class Source:
    """What a manual is made of.

    :param standing: which version it is, in words.
    """

    files: Mapping[str, bytes]
    standing: str
    city: str


def manual_of(source: Source, language: Language) -> dict[str, Any]:
    """Return the manual as plain data, all of it text in one language.

    :raise DiagramRefused: the diagram cannot be read.
    """
    diagram = next(content for name, content in sorted(source.files.items()) if name.endswith(".bpmn"))
    roles = {str(role): _(words) for role, words in ROLE_WORDS.items()}
    steps = list_steps(diagram, (), language, roles)
    notes = _notes(diagram, language)
    return {
        "language": language,
        "title": steps.name or steps.process,
        "standing": source.standing,
        "city": source.city,
        "words": _words(),
        "about": list(_about(diagram)),
        "lanes": [name for _id, name in steps.lanes],
        "steps": list(_steps(steps, notes)),
        "forms": list(_forms(source.files, language)),
        "tables": list(_tables(source.files, language)),
    }


def _words() -> dict[str, str]:
    return {
        "manual": _("Panduan proses"),
        "about": _("Tentang proses ini"),
        "roles": _("Siapa yang terlibat"),
        "diagram": _("Gambar alur"),
        "picture": _("Gambar alur proses; isinya diuraikan dalam bab langkah"),
        "part": _("Bagian gambar"),
        "steps": _("Langkah demi langkah"),
        "next": _("Sesudah ini"),
        "otherwise": _("selain itu"),
        "forms": _("Formulir"),
        "field": _("Isian"),
        "kind": _("Jenis"),
        "needed": _("Wajib"),
        "tables": _("Aturan keputusan"),
        "rule": _("Aturan"),
        "page": _("Halaman"),
    }


def _about(diagram: bytes) -> Iterator[tuple[str, str]]:
    labels = {
        "owner": _("Pemilik proses"),
        "legalBasis": _("Dasar hukum"),
        "purpose": _("Tujuan penggunaan data"),
        "retention": _("Lama data disimpan"),
    }
    root = read_xml(diagram, "diagram.bpmn")
    for about in root.iterfind(".//bpmn:process/bpmn:extensionElements/alur:about", NAMES):
        yield from ((labels[name], text) for name in _ABOUT if (text := about.get(name)))


def _notes(diagram: bytes, language: Language) -> dict[str, str]:
    """Return what each step is for, by its id."""
    outline, _problems = read_outline(read_xml(diagram, "diagram.bpmn"), "diagram.bpmn")
    elements = outline.elements if outline is not None else {}
    return {name: element.documentation.get(language, "") for name, element in elements.items()}


def _steps(listing: Listing, notes: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for row in listing.rows:
        yield {
            "number": row.number,
            "name": row.name or row.kind,
            "kind": row.kind,
            "lane": row.lane,
            "level": row.level,
            "note": notes.get(row.id, ""),
            "facts": [list(fact) for fact in row.facts],
            "nexts": [
                {
                    "to": f"{way.number} {way.target_name}".strip(),
                    "when": " · ".join(filter(None, (way.name, way.condition))),
                    "is_default": way.is_default,
                }
                for way in row.nexts
            ],
        }


def _forms(files: Mapping[str, bytes], language: Language) -> Iterator[dict[str, Any]]:
    for plain in read_forms(files)[0].values():
        try:
            yield _form(parse_spec(plain), language)
        except FormSpecError:
            continue  # the check of the design says what is wrong with it


def _form(spec: FormSpec, language: Language) -> dict[str, Any]:
    return {
        "title": getattr(spec.title, language),
        "intro": getattr(spec.intro, language) if spec.intro is not None else "",
        "fields": [_field(field, language) for field in spec.fields],
    }


def _field(field: FieldSpec, language: Language) -> list[str]:
    options = ", ".join(getattr(choice.label, language) for choice in field.choices)
    kind = options or _field_kinds().get(field.type, field.type)
    return [getattr(field.label, language), kind, _needed(field)]


def _needed(field: FieldSpec) -> str:
    if isinstance(field.required, bool):
        return _("ya") if field.required else _("tidak")
    return _("bersyarat")


def _field_kinds() -> Mapping[str, str]:
    return {
        "text": _("teks"),
        "textarea": _("teks panjang"),
        "integer": _("bilangan bulat"),
        "decimal": _("bilangan"),
        "money": _("rupiah"),
        "date": _("tanggal"),
        "checkbox": _("kotak centang"),
        "file": _("berkas"),
        "table": _("tabel"),
        "note": _("keterangan"),
        "computed": _("dihitung sendiri"),
    }


def _tables(files: Mapping[str, bytes], language: Language) -> Iterator[dict[str, Any]]:
    for decision in read_tables(files)[0].values():
        if isinstance(decision.logic, DecisionTable):
            table = _table(decision.logic, language)
            yield {"title": decision.name_in(language), "policy": decision.logic.hit_policy, **table}


def _table(table: DecisionTable, language: Language) -> dict[str, Any]:
    heads = [column.title_in(language) for column in table.inputs]
    heads += [column.title_in(language) for column in table.outputs]
    return {"heads": heads, "rules": [[*rule.tests, *rule.results] for rule in table.rules]}
