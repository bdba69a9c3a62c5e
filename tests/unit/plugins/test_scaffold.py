from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.conformance import CHECKS, Subject
from plugins.scaffold import InvalidScaffold, create_plugin
from plugins.testing import CityContract, connected


@pytest.fixture
def subject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Subject]:
    root = create_plugin(tmp_path, "kupang_raya", 'Kota "Kupang" Raya', "Wali Kota", "Asia/Makassar")
    monkeypatch.syspath_prepend(str(root / "src"))
    yield connected(importlib.import_module("alur_kupang_raya"))
    for name in [name for name in sys.modules if name.startswith("alur_kupang_raya")]:
        del sys.modules[name]


def test_a_new_plugin_passes_every_check_of_the_contract(subject: Subject) -> None:
    found = {title.en: check(subject) for title, check in CHECKS}

    assert {title: problems for title, problems in found.items() if problems} == {}


def test_a_new_plugin_answers_the_same_in_another_process(subject: Subject) -> None:
    contract = type("Contract", (CityContract,), {"plugin": subject.plugin})

    contract().test_another_process_gives_the_same_answers()


def test_a_new_plugin_says_what_it_was_given(subject: Subject) -> None:
    info = subject.city.info

    assert (info.name, info.head_label_en, info.zone_label) == ('Kota "Kupang" Raya', "Mayor", "WITA")


def test_a_new_plugin_brings_its_own_test_and_readme(tmp_path: Path) -> None:
    root = create_plugin(tmp_path, "ambon", "Kota Ambon", "Wali Kota", "Asia/Jayapura")

    files = sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())

    assert files == [
        "README.md",
        "pyproject.toml",
        "src/alur_ambon/__init__.py",
        "src/alur_ambon/py.typed",
        "src/alur_ambon/rules_1.py",
        "tests/test_ambon.py",
    ]


@pytest.mark.parametrize(
    ("city", "name", "zone"),
    [
        ("Kupang", "Kota Kupang", "Asia/Makassar"),
        ("../up", "Kota Kupang", "Asia/Makassar"),
        ("kupang", "", "Asia/Makassar"),
        ("kupang", "Kota\nKupang", "Asia/Makassar"),
        ("kupang", "Kota Kupang", "Europe/Berlin"),
    ],
)
def test_unusable_values_are_refused_and_nothing_is_written(tmp_path: Path, city: str, name: str, zone: str) -> None:
    with pytest.raises(InvalidScaffold) as caught:
        create_plugin(tmp_path / "new", city, name, "Wali Kota", zone)

    assert caught.value.text_id
    assert not (tmp_path / "new").exists()


def test_an_existing_folder_is_never_overwritten(tmp_path: Path) -> None:
    create_plugin(tmp_path, "ambon", "Kota Ambon", "Wali Kota", "Asia/Jayapura")

    with pytest.raises(InvalidScaffold, match="exists already"):
        create_plugin(tmp_path, "ambon", "Kota Ambon", "Wali Kota", "Asia/Jayapura")
