"""Every process that comes with Alur has scenarios that walk all of its nodes, flows and rules."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from processes.people.about import ABOUT_EMPLOYEES
from webapp.cli import main
from webapp.wiring import shipped_releases

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tested() -> dict[str, Any]:
    """What `alur test processes` finds, by process."""
    said = StringIO()
    with redirect_stdout(said), pytest.raises(SystemExit):
        main(["test", str(ROOT / "processes"), "--json"])
    return {found["process"]: found for found in json.loads(said.getvalue())}


@pytest.mark.parametrize("process", sorted(shipped_releases()))
def test_every_path_of_a_process_is_walked_by_a_scenario(tested: dict[str, Any], process: str) -> None:
    found = tested[process]

    assert {name: problems for name, problems in found["scenarios"].items() if problems} == {}
    assert {part: counts["missing"] for part, counts in found["coverage"].items()} == {
        "nodes": [],
        "flows": [],
        "rules": [],
    }


def test_every_process_that_is_about_employees_is_there() -> None:
    assert set(shipped_releases()) >= ABOUT_EMPLOYEES
