"""A city is tried in a process of its own before it is loaded: whatever its import does, the others start."""

import sys
from pathlib import Path

import pytest

from plugins import trial
from plugins.manager import Cities
from processes.people.city import CityUnavailable
from tests.unit.plugins.bad_imports import MISDEEDS, install

FIVE = {"tebingtinggi", "tanjungselor", "serang", "tanjungbalai", "mataram"}
ENDLESS = {"loops", "loops-later"}
TOO_LONG = "it took too long to load"
PATIENCE = 240.0  # seconds; only what never ends takes them


@pytest.fixture(autouse=True)
def misdeeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install one city of each misdeed beside the others; the process that tries them may begin slowly."""
    for name, source in MISDEEDS.items():
        install(tmp_path, name, source)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(trial, "MARGIN_SECONDS", PATIENCE)


def problems_of(found: Cities) -> dict[str, str]:
    return {entry.code: entry.problem for entry in found.entries if entry.plugin is None}


def test_each_misdeed_is_named_and_the_other_cities_are_there() -> None:
    found = Cities.tried({*MISDEEDS, *FIVE} - ENDLESS, seconds=PATIENCE)

    assert problems_of(found) == {
        "ends": "its process ended when it was loaded (exit 0)",
        "exits": "SystemExit: 3",
        "breaks": "its process ended when it was loaded (SIGSEGV)",
        "grows": "MemoryError: ",
        "raises": "ValueError: \u2026",
        "talks": "its process ended when it was loaded (exit 4)",
    }
    assert set(found.codes) == FIVE


def test_what_never_ends_is_left_whatever_else_is_tried_beside_it() -> None:
    found = Cities.tried(seconds=1.0)

    problems = problems_of(found)
    assert {code for code, problem in problems.items() if problem == TOO_LONG} >= ENDLESS
    assert {*problems, *found.codes} == {*MISDEEDS, *FIVE}
    assert not [name for name in sys.modules if name.startswith("bad_import_")]
    with pytest.raises(CityUnavailable, match="took too long"):
        found.city("loops")


def test_a_city_that_this_process_has_imported_needs_no_trial() -> None:
    assert Cities.installed(["serang"]).codes == ("serang",)

    assert Cities.tried(["serang"], seconds=-PATIENCE).codes == ("serang",)


def test_named_cities_alone_are_tried() -> None:
    assert Cities.tried(["serang"]).codes == ("serang",)
    assert Cities.tried([]).codes == ()
