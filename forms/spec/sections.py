"""Checks that sections hold each field once."""

from typing import Any

from forms.spec.report import Report, shown


def check_sections(report: Report, sections: object, fields: list[Any]) -> None:
    """Note every section that is malformed, and every field that is in none or in two."""
    if not report.is_list(sections, "sections", least=0, most=40) or not sections:
        return
    left = {str(field.get("name")) for field in fields if isinstance(field, dict)}
    placed: set[str] = set()
    for number, section in enumerate(sections):
        path = f"sections[{number}]"
        if not report.is_object(section, path):
            continue
        report.keys(section, path, allowed=frozenset({"title", "intro", "fields"}), needed=("title", "fields"))
        if "title" in section:
            report.text(section["title"], f"{path}.title", 200)
        if "intro" in section:
            report.text(section["intro"], f"{path}.intro", 4000)
        names = section.get("fields", [])
        if report.is_list(names, f"{path}.fields", least=0, most=200):
            for place, name in enumerate(names):
                _place(report, name, f"{path}.fields[{place}]", left, placed)
    for name in sorted(left - placed):
        report.add(
            "sections",
            f"Isian “{shown(name)}” belum ada di bagian mana pun. Masukkan ke satu bagian.",
            f"Field '{shown(name)}' is in no section. Put it into one.",
        )


def _place(report: Report, name: object, path: str, known: set[str], placed: set[str]) -> None:
    if not isinstance(name, str) or name not in known:
        report.add(
            path,
            f"Isian “{shown(name)}” tidak ada. Tulis nama salah satu isian.",
            f"There is no field '{shown(name)}'. Write the name of a field.",
        )
    elif name in placed:
        report.add(
            path,
            f"Isian “{name}” sudah ada di bagian lain. Hapus salah satu.",
            f"Field '{name}' is already in a section. Delete one.",
        )
    else:
        placed.add(name)
