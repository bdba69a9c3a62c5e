"""Makes a new city plugin from the template beside this file; `alur plugin new` calls it."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

ZONE_LABELS = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
HEADS = {"Wali Kota": "Mayor", "Bupati": "Regent", "Gubernur": "Governor"}
CODE = re.compile(r"[a-z][a-z0-9_]{1,38}")
#: Where each template goes; `{city}` is the code.
TARGETS = {
    "pyproject.toml.tmpl": "pyproject.toml",
    "README.md.tmpl": "README.md",
    "src/__init__.py.tmpl": "src/alur_{city}/__init__.py",
    "src/rules_1.py.tmpl": "src/alur_{city}/rules_1.py",
    "tests/test_city.py.tmpl": "tests/test_{city}.py",
}
EMPTY = ("src/alur_{city}/py.typed",)


class InvalidScaffold(ValueError):
    """The plugin cannot be made; `text_id` and `text_en` say what to change."""

    def __init__(self, text_id: str, text_en: str) -> None:
        """Keep both texts."""
        self.text_id = text_id
        self.text_en = text_en
        super().__init__(text_en)


def create_plugin(folder: Path, city: str, name: str, head_label: str, zone: str) -> Path:
    """Return the new distribution's folder `<folder>/<city>`, ready to install, test and change.

    :param city: code of lower-case letters, digits and underscores, such as `kupang`.
    :param name: what people read, such as `Kota Kupang`.
    :param head_label: title of the appointing authority: `Wali Kota`, `Bupati`, ...
    :param zone: an Indonesian IANA time zone.
    :raise InvalidScaffold: a value cannot be used, or the folder is already there.
    """
    root = folder / city
    _check(root, city, name, zone)
    values = _values(city, name, head_label, zone)
    template = files(__name__) / "template"
    for source, target in TARGETS.items():
        _write(root / target.format(city=city), Template(_text(template, source)).substitute(values))
    for target in EMPTY:
        _write(root / target.format(city=city), "")
    return root


def _check(root: Path, city: str, name: str, zone: str) -> None:
    if not CODE.fullmatch(city):
        raise InvalidScaffold(
            f"Kode kota {city!r} harus huruf kecil, angka, atau garis bawah, diawali huruf.",
            f"The city code {city!r} must be lower-case letters, digits or underscores, beginning with a letter.",
        )
    if not name.strip() or "\n" in name:
        raise InvalidScaffold("Nama kota wajib diisi dalam satu baris.", "The city's name must be given, in one line.")
    if zone not in ZONE_LABELS:
        known = ", ".join(ZONE_LABELS)
        raise InvalidScaffold(
            f"Zona waktu {zone!r} tidak dikenal. Pilihan: {known}.",
            f"The time zone {zone!r} is unknown. Choices: {known}.",
        )
    if root.exists():
        raise InvalidScaffold(
            f"Folder {root.name} sudah ada. Pilih folder atau kode lain.",
            f"The folder {root.name} exists already. Choose another folder or code.",
        )


def _values(city: str, name: str, head_label: str, zone: str) -> dict[str, str]:
    # A JSON string is also a Python and a TOML string, so that quotes in a name do no harm.
    return {
        "city": city,
        "city_dashed": city.replace("_", "-"),
        "name": name,
        "description": json.dumps(f"Alur's rules for {name}", ensure_ascii=False),
        "name_literal": json.dumps(name, ensure_ascii=False),
        "government_literal": json.dumps(f"Pemerintah {name}", ensure_ascii=False),
        "head_label_literal": json.dumps(head_label, ensure_ascii=False),
        "head_label_en_literal": json.dumps(HEADS.get(head_label, head_label), ensure_ascii=False),
        "zone": zone,
        "zone_label": ZONE_LABELS[zone],
    }


def _text(template: Traversable, source: str) -> str:
    found = template
    for part in source.split("/"):
        found = found / part
    return found.read_text("utf-8")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
