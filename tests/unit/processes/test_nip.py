import pytest

from processes.people.nip import InvalidNip, NipFault, NipKind, NipWarning, parse_nip

# Synthetic numbers of the acceptance list (dossier 12.7).
VALID = {
    "198609262015051001": ("PNS", "1986-09-26", "2015-05", "L", "001"),
    "19860926 201505 1 001": ("PNS", "1986-09-26", "2015-05", "L", "001"),
    "198408172010122003": ("PNS", "1984-08-17", "2010-12", "P", "003"),
    "199009132025242014": ("PPPK", "1990-09-13", "2025/24", "P", "014"),
    "199503102022211007": ("PPPK", "1995-03-10", "2022/21", "L", "007"),
    "198609262015051301": ("PNS", "1986-09-26", "2015-05", "L", "301"),
}
INVALID = {
    "198613262015051001": "tanggal lahir",
    "198602302015051001": "tanggal lahir",
    "198609262015131001": "digit 13-14 bukan bulan dan bukan kode PPPK",
    "198609262015053001": "kode jenis kelamin",
    "19860926201505100": "bukan 18 digit",
    "201005012015051001": "usia saat pengangkatan",
    "198609262015051000": "nomor urut",
    "131110468": "bukan 18 digit",
}


@pytest.mark.parametrize(("text", "parts"), VALID.items())
def test_a_valid_number_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    nip = parse_nip(text)

    assert (nip.kind, nip.birth_date.isoformat(), nip.appointed, nip.sex, nip.sequence) == parts
    assert nip.warnings == ()


@pytest.mark.parametrize(("text", "reason"), INVALID.items())
def test_an_invalid_number_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidNip) as caught:
        parse_nip(text)

    assert caught.value.short_id == reason


def test_a_legacy_number_is_told_apart_from_a_mistyped_one() -> None:
    with pytest.raises(InvalidNip) as caught:
        parse_nip("131110468")

    assert caught.value.code is NipFault.LEGACY


def test_an_unseen_pppk_code_is_a_warning_at_import_only() -> None:
    nip = parse_nip("198609262015131001", lenient=True)

    assert (nip.kind, nip.warnings) == (NipKind.PPPK, (NipWarning.UNSEEN_PPPK_CODE,))
    with pytest.raises(InvalidNip):
        parse_nip("198609262015131001")


def test_lenient_reading_still_refuses_month_zero() -> None:
    with pytest.raises(InvalidNip) as caught:
        parse_nip("198609262015001001", lenient=True)

    assert caught.value.code is NipFault.APPOINTMENT


@pytest.mark.parametrize("text", ["", "   ", "\x00" * 18, "\uff11" * 18, "a" * 18, "9" * 10_000])
def test_naughty_text_is_refused_politely(text: str) -> None:
    with pytest.raises(InvalidNip) as caught:
        parse_nip(text)

    assert caught.value.text_id
    assert caught.value.text_en


def test_nothing_printed_discloses_the_number_or_the_birth_date() -> None:
    nip = parse_nip("198609262015051001")

    with pytest.raises(InvalidNip) as caught:
        parse_nip("198613262015051001")

    assert "19860926" not in repr(nip)
    assert "1986" not in str(caught.value)


def test_eighteen_on_the_month_of_appointment_is_old_enough() -> None:
    assert parse_nip("199705012015051001").appointed == "2015-05"
    with pytest.raises(InvalidNip):
        parse_nip("199706012015051001")
