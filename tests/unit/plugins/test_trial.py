"""A city is tried in a process of its own before it is loaded: whatever its import does, the others start."""

import sys
from pathlib import Path

import pytest

from plugins.manager import Cities
from processes.people.city import CityUnavailable
from tests.unit.plugins.bad_imports import MISDEEDS, install

PATIENT = 5.0


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cities:
    """Every city, and beside them one of each misdeed."""
    for name, source in MISDEEDS.items():
        install(tmp_path, name, source)
    monkeypatch.syspath_prepend(str(tmp_path))
    return Cities.tried(seconds=PATIENT)


def test_each_misdeed_is_named_and_the_other_cities_are_there(found: Cities) -> None:
    problems = {entry.code: entry.problem for entry in found.entries if entry.plugin is None}

    assert problems == {
        "loops": "it took too long to load",
        "loops-later": "it took too long to load",
        "ends": "its process ended when it was loaded (exit 0)",
        "exits": "SystemExit: 3",
        "breaks": "its process ended when it was loaded (SIGSEGV)",
        "grows": "MemoryError: ",
        "raises": "ValueError: \u2026",
        "talks": "its process ended when it was loaded (exit 4)",
    }
    assert set(found.codes) >= {"tebingtinggi", "tanjungselor", "serang", "tanjungbalai", "mataram"}


def test_what_failed_there_is_not_loaded_here(found: Cities) -> None:
    assert not [name for name in sys.modules if name.startswith("bad_import_")]
    with pytest.raises(CityUnavailable, match="took too long"):
        found.city("loops")


def test_named_cities_alone_are_tried() -> None:
    assert Cities.tried(["serang"]).codes == ("serang",)
    assert Cities.tried([]).codes == ()
