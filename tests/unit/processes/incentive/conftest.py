"""The small city with allowances, on either database."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.conftest import on_both_databases
from tests.unit.processes.incentive.treasury import Treasury


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what reads and writes months on both databases."""
    if "treasury" in metafunc.fixturenames:
        on_both_databases(metafunc, "replay", "late")


@pytest.fixture
def treasury(tmp_path: Path, kind: str) -> Generator[Treasury]:
    """The city on a fresh database; `kind` has said where that lies."""
    found = Treasury(tmp_path, Treasury.prepared)
    if kind == "postgresql":
        found.prepare()
    yield found
    found.database.dispose()
