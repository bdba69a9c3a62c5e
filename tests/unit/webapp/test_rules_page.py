"""Decision tables as whoever looks from outside reads them."""

import pytest

from webapp.studio.picture.rules import plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("true", "ya"),
        ("null", "kosong"),
        ('"KURANG"', "KURANG"),
        ('"KURANG", "CUKUP"', "KURANG, CUKUP"),
        ("< 12", "< 12"),
        ('not("a")', 'not("a")'),
        ('"a" + b', '"a" + b'),
    ],
)
def test_values_are_shown_without_the_signs_of_feel(written: str, read: str) -> None:
    assert plain(written) == read
