"""Typed text is cleaned at its edges, refused inside, and can always be shown and kept."""

import pytest

from forms.cleaning import InputError, clean_block, clean_line, showable, storable


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Budi ", "Budi"),
        ("\ufeffBudi\u200b\r\n", "Budi"),
        ("\u00a0\u200e12\u00a0", "12"),
        ("Nyi Ageng Serang", "Nyi Ageng Serang"),
        ("\u0301\u00ad", ""),
        ("👍", "👍"),
    ],
)
def test_invisible_characters_around_a_line_are_dropped(typed: str, cleaned: str) -> None:
    assert clean_line(typed, 100) == cleaned


def test_a_block_keeps_tabs_and_has_one_kind_of_line_end() -> None:
    assert clean_block(" satu\r\n\tdua\rtiga\u2028empat ", 100) == "satu\n\tdua\ntiga\nempat"


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x85", "\ud800", "\udfff", "\ufffe", "\U0001ffff", "\u202e"])
def test_a_refused_character_is_named_with_its_place(char: str) -> None:
    with pytest.raises(InputError) as refused:
        clean_block(f"ab{char}c", 100)

    assert refused.value.params == {"position": 3, "code": f"U+{ord(char):04X}"}


def test_a_line_break_inside_a_line_is_refused() -> None:
    with pytest.raises(InputError, match="one line"):
        clean_line("satu\ndua", 100)


def test_length_counts_characters_after_cleaning() -> None:
    assert clean_block(" a\r\nb ", 3) == "a\nb"

    with pytest.raises(InputError) as refused:
        clean_line("abcd", 3)

    assert refused.value.params == {"length": 4, "max": 3}


def test_what_cannot_be_encoded_is_shown_as_a_visible_mark() -> None:
    assert showable("a\x00b\ud800c") == "a\ufffdb\ufffdc"


def test_a_draft_keeps_what_can_be_kept_up_to_a_limit() -> None:
    assert storable("a\x00b\ud800c\r\nd", 4) == "abc\n"
