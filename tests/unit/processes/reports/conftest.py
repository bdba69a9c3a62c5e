"""The town of the reports, on either database."""

import pytest

from tests.conftest import on_both_databases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what reads several rooms at once on both databases."""
    if "town" in metafunc.fixturenames:
        on_both_databases(metafunc, "open_report_town", "town")
