"""Values that are frozen for type checkers: what is left of a frozen dataclass while it runs, and who keeps them so."""

from dataclasses import field, replace

import pytest
from mypy import api

from engine.values import value

CHANGES = """
from engine.values import value

@value(frozen=True, slots=True)
class Mark:
    of: str
    points: int = 0

mark = Mark("Ani", 3)
mark.points = 4
"""


@value(frozen=True, slots=True)
class Mark:
    of: str
    points: int = 0
    why: str = field(default="", repr=False)


def test_a_value_is_equal_to_another_with_the_same_fields_and_stands_for_it_in_a_set() -> None:
    assert Mark("Ani", 3) == Mark("Ani", 3) != Mark("Ani", 4)
    assert {Mark("Ani", 3), Mark("Ani", 3)} == {Mark("Ani", 3)}


def test_another_value_is_made_of_it() -> None:
    assert replace(Mark("Ani", 3), points=4) == Mark("Ani", 4)


def test_it_shows_no_field_that_is_kept_out_of_logs() -> None:
    assert repr(Mark("Ani", 3, "cuti sakit")) == "Mark(of='Ani', points=3)"


def test_it_has_no_room_for_anything_else() -> None:
    with pytest.raises(AttributeError):
        Mark("Ani").__setattr__("grade", "A")


def test_whoever_changes_one_is_told_by_mypy() -> None:
    said, _, status = api.run(["--config-file", "", "--follow-imports=silent", "-c", CHANGES])
    assert status == 1
    assert 'Property "points" defined in "Mark" is read-only' in said
