"""The bench of careers runs, and no page asks for more than a few statements."""

from pathlib import Path

from tests.bench.careers import measure_pages
from tests.bench.city import open_city

MOST_STATEMENTS = 40


def test_no_page_about_careers_asks_person_by_person(tmp_path: Path) -> None:
    with open_city(tmp_path, 45) as city:
        found = measure_pages(city)

    assert found["units"] == 2
    assert {name: page for name, page in found["pages"].items() if page["statements"] > MOST_STATEMENTS} == {}
