"""Whose certificate a file is, by its name."""

from dataclasses import dataclass

import pytest

from processes.training.rules.certificates import owner_of


@dataclass(frozen=True)
class Holder:
    """Somebody with a certificate."""

    nip: str
    certificate: str


ANI = Holder("198601011990011001", "SERT-00001/2026")
BUDI = Holder("198702022011011002", "SERT-1")
SAME = Holder("198803032012011003", "SERT-1")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SERT-00001-2026.pdf", ANI),
        ("Sertifikat sert_00001_2026 (Ani).PDF", ANI),
        ("198601011990011001_sertifikat.pdf", ANI),
        ("SERT-1.pdf", BUDI),
        ("SERT-12.pdf", None),
        ("sertifikat.pdf", None),
        ("198601011990011001-198702022011011002.pdf", None),
        ("", None),
    ],
)
def test_a_file_is_of_whom_its_name_tells(name: str, expected: Holder | None) -> None:
    assert owner_of(name, (ANI, BUDI)) is expected


def test_a_name_that_tells_of_two_is_of_nobody() -> None:
    assert owner_of("SERT-1.pdf", (BUDI, SAME)) is None
