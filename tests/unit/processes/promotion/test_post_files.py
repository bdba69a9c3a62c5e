"""The files about posts and competencies are what their page of the documentation says."""

import re
from pathlib import Path

import pytest

from processes.promotion.imports import POST_KINDS

README = Path(__file__).parents[4] / "processes/promotion/posts/README.md"
#: What a column may hold stands behind it in brackets; a percent sign belongs to its title.
EXPLAINED = re.compile(r" \((?!%)[^)]*\)")


@pytest.mark.parametrize("kind", POST_KINDS)
def test_the_readme_names_the_columns_of_every_file_about_posts(kind: str) -> None:
    (line,) = [line for line in README.read_text().splitlines() if line.startswith(f"| `{kind}` |")]

    columns = EXPLAINED.sub("", line.split("|")[2])
    assert [title.strip() for title in columns.split(",")] == POST_KINDS[kind].template()
