"""The guide to FEEL: each example gives what stands beside it, and every built-in has one."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.feel import compile_expression
from engine.feel.compiling import FUNCTION_NAMES
from tests.unit.engine.feel.expressions import ENVIRONMENT

GUIDE = (Path(__file__).parents[2] / "docs" / "feel.md").read_text("utf-8")
EXAMPLES = re.findall(r"^\| `(.+?)` \| `(.+?)` \|", GUIDE, re.MULTILINE)
DATA = {
    "skor": Decimal("82.5"),
    "status": "DISETUJUI",
    "pegawai": {"nama": "Sari", "unit kerja": "Dinas Kesehatan", "nilai": [80, 91, 76]},
    "cuti": [{"jenis": "tahunan", "hari": 3}, {"jenis": "sakit", "hari": 5}, {"jenis": "tahunan", "hari": 2}],
    "lahir": date(1986, 11, 16),
    "atasan": None,
    "penilai": {"nama": "Budi", "nomor": 12},
}


@pytest.mark.parametrize(("source", "shown"), EXAMPLES)
def test_an_example_of_the_guide_gives_what_stands_beside_it(source: str, shown: str) -> None:
    found = compile_expression(source).evaluate(DATA, ENVIRONMENT)
    written = compile_expression("string([found])").evaluate({"found": found.value}, ENVIRONMENT).value

    assert written == f"[{shown}]"
    assert bool(found.notes) == (shown == "null")


@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_every_built_in_function_has_an_example_in_the_guide(name: str) -> None:
    assert any(re.search(rf"(?<![a-z] )(?<![a-z]){name}\(", source) for source, _ in EXAMPLES)
