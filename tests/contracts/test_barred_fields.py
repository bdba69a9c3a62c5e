"""No career decision asks for what must not count: religion, ethnicity, family, politics, sex, origin (TB-14)."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import Table

from processes.people.careers import education, rank
from processes.people.records import employee, placement
from processes.promotion.board.records import board_candidate, board_criteria
from processes.promotion.selection.records import selection, selection_rank, selection_score

PROCESSES = Path(__file__).parents[2] / "processes"
DECISIONS = sorted(
    path for room in ("promotion", "recognition", "training") for path in (PROCESSES / room).glob("*.dmn")
)
#: What is known of people, what a ranking weighs, and what it is made of.
TABLES = (
    employee,
    placement,
    education,
    rank,
    board_criteria,
    board_candidate,
    selection,
    selection_score,
    selection_rank,
)
BARRED = re.compile(
    "relig|agama|ethnic|suku|famil|kin$|kinship|keluarga|marital|spouse|politic|party|partai|sex$|gender|kelamin|origin|birth|lahir"
)


def barred_in(texts: Iterable[str]) -> list[str]:
    """Return the words that must not count; what stands in quotation marks is data."""
    return [word for text in texts for word in _words_of(re.sub(r'"[^"]*"', "", text)) if BARRED.match(word)]


def _words_of(text: str) -> Iterator[str]:
    for name in re.findall(r"[A-Za-z_]+", text):
        yield from name.lower().split("_")


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_no_table_asks_for_what_must_not_count(path: Path) -> None:
    asked = [text.text or "" for text in etree.parse(path).iterfind(".//{*}inputExpression/{*}text")]

    assert asked
    assert barred_in(asked) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_no_ranking_and_no_file_of_a_person_has_a_place_for_it(table: Table) -> None:
    assert barred_in(table.columns.keys()) == []


def test_the_list_finds_what_it_is_for() -> None:
    assert barred_in(["facts.agama", "facts.place_of_birth", 'if x = "family" then facts.grade else 1']) == [
        "agama",
        "birth",
    ]
