"""One-time codes: readable, forgiving about how they are typed, useless without the installation's secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.auth.codes import ALPHABET, hash_code, make_code, make_token, read_code, show_code


def test_a_code_has_eight_characters_that_nobody_misreads() -> None:
    codes = {make_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == 8 and set(code) <= set(ALPHABET) for code in codes)
    assert not set("0O1IL") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["ABCD-EFGH", "abcd efgh", " abcd–efgh ", "a b c d e f g h"])
def test_a_code_may_be_typed_in_any_case_and_spacing(typed: str) -> None:
    assert read_code(typed) == "ABCDEFGH"


@pytest.mark.parametrize("typed", ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFG0", "empat kata biasa saja"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@given(st.text(min_size=12, max_size=128))
def test_a_password_without_spaces_and_dashes_is_never_taken_for_a_code(text: str) -> None:
    password = "".join(sign for sign in text if not sign.isspace() and sign != "-")

    assert len(password) < 12 or not password.isascii() or read_code(password) is None


def test_showing_and_reading_a_code_are_inverse() -> None:
    code = make_code()

    assert read_code(show_code(code)) == code


def test_the_hash_of_a_code_needs_account_and_secret() -> None:
    hashes = {hash_code("ABCDEFGH", account, pepper) for account in (1, 2) for pepper in ("a", "b")}

    assert len(hashes) == 4
    assert all(len(item) == 32 for item in hashes)


def test_session_ids_have_256_bits() -> None:
    tokens = {make_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(len(token) == 43 for token in tokens)
