"""Reads an employee number (NIP of a PNS, NI PPPK): 18 digits that hold birth date, appointment, sex and a sequence.

The number is an attribute, never a key: it changes with a new PPPK contract, and it discloses birth date and sex, so it
is kept out of `repr` and out of error messages. A number that is valid here need not exist: there is no check digit.
Structure: Perka BKN 22/2007 for PNS; for PPPK the 13th and 14th digit count the work agreement (21, 22, ... seen).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

DIGITS = 18
LEGACY_DIGITS = 9
MINIMUM_AGE = 18
FIRST_SEEN_PPPK_CODE = 21
MONTHS = 12


class NipKind(StrEnum):
    """Whose number it is."""

    PNS = "PNS"
    PPPK = "PPPK"


class Sex(StrEnum):
    """Laki-laki or perempuan, as the number says."""

    MALE = "L"
    FEMALE = "P"


class NipFault(StrEnum):
    """Why a number is not valid; the value is the stable code."""

    NOT_18_DIGITS = "nip_not_18_digits"
    LEGACY = "nip_legacy"
    BIRTH_DATE = "nip_birth_date"
    APPOINTMENT = "nip_appointment"
    SEX = "nip_sex"
    AGE = "nip_age"
    SEQUENCE = "nip_sequence"


class NipWarning(StrEnum):
    """What is unusual about a number that is accepted leniently."""

    UNSEEN_PPPK_CODE = "nip_unseen_pppk_code"


#: Short name of each fault (the words of the acceptance list), sentence in Indonesian, sentence in English.
FAULT_TEXTS: dict[NipFault, tuple[str, str, str]] = {
    NipFault.NOT_18_DIGITS: (
        "bukan 18 digit",
        "NIP bukan 18 digit. Tuliskan 18 angka lengkap; spasi boleh.",
        "The NIP does not have 18 digits. Please give all 18; spaces are fine.",
    ),
    NipFault.LEGACY: (
        "bukan 18 digit",
        "NIP bukan 18 digit: tampaknya ini NIP lama (9 angka). Pakai NIP baru yang 18 angka.",
        "The NIP does not have 18 digits: it looks like an old 9-digit one. Please use the new one of 18 digits.",
    ),
    NipFault.BIRTH_DATE: (
        "tanggal lahir",
        "Digit 1-8 NIP bukan tanggal lahir yang ada di kalender. Periksa kembali angkanya.",
        "Digits 1-8 of the NIP are not a calendar date of birth. Please check them.",
    ),
    NipFault.APPOINTMENT: (
        "digit 13-14 bukan bulan dan bukan kode PPPK",
        "NIP tidak valid: digit 13-14 bukan bulan dan bukan kode PPPK (21 ke atas). Periksa kembali angkanya.",
        "Digits 13-14 of the NIP are neither a month nor a PPPK code (21 and up). Please check them.",
    ),
    NipFault.SEX: (
        "kode jenis kelamin",
        "Digit 15 NIP bukan kode jenis kelamin (1 laki-laki, 2 perempuan). Periksa kembali angkanya.",
        "Digit 15 of the NIP is not a sex code (1 male, 2 female). Please check it.",
    ),
    NipFault.AGE: (
        "usia saat pengangkatan",
        "Menurut NIP ini usia saat pengangkatan kurang dari 18 tahun. Periksa digit 1-12.",
        "By this NIP the age at appointment is below 18. Please check digits 1-12.",
    ),
    NipFault.SEQUENCE: (
        "nomor urut",
        "Tiga digit terakhir NIP (nomor urut) tidak boleh 000. Periksa kembali angkanya.",
        "The last three digits of the NIP (sequence) cannot be 000. Please check them.",
    ),
}

WARNING_TEXTS: dict[NipWarning, tuple[str, str]] = {
    NipWarning.UNSEEN_PPPK_CODE: (
        "Digit 13-14 NIP bernilai 13-20: belum pernah terlihat pada NI PPPK. Mohon pastikan angkanya benar.",
        "Digits 13-14 of the NIP are 13-20, which no known PPPK number has. Please make sure they are right.",
    ),
}


class InvalidNip(ValueError):
    """The text is not a NIP; `code` says why, `text_id` and `text_en` tell a person. Never contains the number."""

    def __init__(self, code: NipFault) -> None:
        """Look up the texts of the fault."""
        self.code = code
        self.short_id, self.text_id, self.text_en = FAULT_TEXTS[code]
        super().__init__(self.text_en)


@dataclass(frozen=True, slots=True)
class Nip:
    """A valid number, taken apart. `appointed` is `YYYY-MM` for a PNS, `YYYY/agreement` for a PPPK."""

    digits: str = field(repr=False)
    kind: NipKind
    birth_date: date = field(repr=False)
    appointed: str
    sex: Sex = field(repr=False)
    sequence: str
    warnings: tuple[NipWarning, ...] = ()


def parse_nip(text: str, *, lenient: bool = False) -> Nip:
    """Return the number taken apart; white space inside is ignored.

    :param lenient: at import, accept 13 to 20 in digits 13-14 as a PPPK code nobody has seen yet, with a warning.
    :raise InvalidNip: the text is not a NIP.
    """
    digits = "".join(text.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        legacy = len(digits) == LEGACY_DIGITS and digits.isascii() and digits.isdigit()
        raise InvalidNip(NipFault.LEGACY if legacy else NipFault.NOT_18_DIGITS)
    birth = _read_birth_date(digits)
    code = int(digits[12:14])
    kind, warnings = _read_kind(code, lenient)
    if digits[14] not in "12":
        raise InvalidNip(NipFault.SEX)
    year = int(digits[8:12])
    _check_age(birth, year, code if kind is NipKind.PNS else MONTHS)
    if digits[15:] == "000":
        raise InvalidNip(NipFault.SEQUENCE)
    separator = "-" if kind is NipKind.PNS else "/"
    appointed = f"{digits[8:12]}{separator}{digits[12:14]}"
    sex = Sex.MALE if digits[14] == "1" else Sex.FEMALE
    return Nip(digits, kind, birth, appointed, sex, digits[15:], warnings)


def _read_birth_date(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise InvalidNip(NipFault.BIRTH_DATE) from None


def _read_kind(code: int, lenient: bool) -> tuple[NipKind, tuple[NipWarning, ...]]:
    if 1 <= code <= MONTHS:
        return NipKind.PNS, ()
    if code >= FIRST_SEEN_PPPK_CODE:
        return NipKind.PPPK, ()
    if lenient and code > MONTHS:
        return NipKind.PPPK, (NipWarning.UNSEEN_PPPK_CODE,)
    raise InvalidNip(NipFault.APPOINTMENT)


def _check_age(birth: date, year: int, month: int) -> None:
    # The day of appointment is not in the number and of a PPPK not even the month: the latest possible one counts.
    if (year, month) < (birth.year + MINIMUM_AGE, birth.month):
        raise InvalidNip(NipFault.AGE)
