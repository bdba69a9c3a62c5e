"""The bench of allowances runs, and what it measures is right."""

from pathlib import Path

from tests.bench.allowances import measure_month
from tests.bench.city import open_city


def test_a_small_city_goes_through_a_whole_month(tmp_path: Path) -> None:
    with open_city(tmp_path, 45) as city:
        found = measure_month(city)

    assert (found["slips"], found["units"], found["differences"]) == (45, 2, 0)
