"""What differs between two moments of a case is told down to the part that does."""

from decimal import Decimal

import pytest

from webapp.operations.comparing import Compared, compare, pieces_of
from webapp.values import ABSENT

RATINGS = {"work": "SESUAI", "notes": [{"by": 1, "text": "baik"}, {"by": 2, "text": "cukup"}]}


def changes(then: dict[str, object], now: dict[str, object]) -> list[tuple[str, object, object]]:
    return [(item.name, item.then, item.now) for item in compare(then, now) if item.differs]


def test_of_a_group_of_values_only_the_part_that_changed_is_told() -> None:
    now = {**RATINGS, "notes": [RATINGS["notes"][0], {"by": 2, "text": "baik"}]}

    assert changes({"ratings": RATINGS}, {"ratings": now}) == [("ratings › notes › 2 › text", "cukup", "baik")]


def test_what_came_and_what_went_is_something_else_than_empty() -> None:
    found = changes({"went": None, "same": 1}, {"came": None, "same": 1})

    assert found == [("came", ABSENT, None), ("went", None, ABSENT)]


def test_what_is_the_same_is_told_whole() -> None:
    assert compare({"ratings": RATINGS}, {"ratings": RATINGS}) == (Compared("ratings", (), RATINGS, RATINGS),)


def test_too_many_parts_are_told_as_one() -> None:
    then, now = list(range(100)), list(range(1, 101))

    assert changes({"list": then}, {"list": now}) == [("list", then, now)]


@pytest.mark.parametrize(("then", "now", "differs"), [(1, True, True), (Decimal("7.0"), 7, False), ("7", 7, True)])
def test_a_number_is_neither_yes_nor_text(then: object, now: object, differs: bool) -> None:
    assert [item.differs for item in compare({"x": then}, {"x": now})] == [differs]


def test_a_long_word_may_break_and_nothing_of_it_is_lost() -> None:
    assert pieces_of("kode berakhlak_berorientasi_pelayanan") == ("kode berakhlak_", "berorientasi_", "pelayanan")
    assert pieces_of("c680ea448133c04940a2f87a91c3") == ("c680ea448133", "c04940a2f87a", "91c3")
    assert pieces_of("dua\nbaris") == ("dua baris",)
