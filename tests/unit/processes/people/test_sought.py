"""Whom somebody looks for by what he types."""

import pytest

from processes.people.queries.sought import MOST_WORDS, Sought

NIP = "198405122009011005"


@pytest.mark.parametrize("typed", [NIP, "19840512 200901 1 005", "19840512-200901.1 005", "19840512"])
def test_a_number_is_found_however_it_is_grouped(typed: str) -> None:
    assert Sought.read(typed).fits("Siti Aminah", NIP)
    assert Sought.read(f"siti {typed}").fits("Siti Aminah", NIP)
    assert not Sought.read(f"rina {typed}").fits("Siti Aminah", NIP)


def test_few_digits_are_part_of_a_name() -> None:
    assert Sought.read("guru 1984") == Sought(("guru", "1984"))


def test_an_empty_text_means_nobody() -> None:
    assert not Sought.read("  -  ").fits("Siti Aminah", NIP)
    assert not Sought.read("").fits("Siti Aminah", NIP)


def test_more_words_than_a_name_has_are_left_out() -> None:
    assert len(Sought.read("a b c d e f g").names) == MOST_WORDS


def test_a_number_is_kept_out_of_what_is_printed() -> None:
    assert NIP not in repr(Sought.read(NIP))
