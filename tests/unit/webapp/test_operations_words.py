"""What operators type and read: values of a case, and why something failed."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.causes import without_values
from engine.errors import CaseDamaged, ElementFailed
from engine.feel import MonthDuration, Range
from webapp.operations.literals import NotReadable, read_value
from webapp.reasons import in_plain_words
from webapp.values import ValueKind, as_typed, kind_of, show_value

NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
VALUES = [
    None,
    True,
    'Kata "kutip" dan\nbaris',
    Decimal("-12.50"),
    7,
    date(2026, 8, 17),
    time(8, 30),
    NOW,
    timedelta(hours=3),
    timedelta(days=-2, microseconds=5),
    datetime(2026, 10, 5, 6, 0, tzinfo=ZoneInfo("Asia/Jakarta")),
    datetime(2026, 10, 5, 6, 0, tzinfo=None),  # noqa: DTZ001  # a local time of FEEL
    time(8, 30, tzinfo=ZoneInfo("Asia/Jakarta")),
    MonthDuration(14),
    Range(Decimal(1), Decimal(10), end_included=False),
    [Decimal(1), ["a"], {}],
    {"nama lengkap": "Ani", "nilai": [True, None]},
]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_what_is_shown_of_a_value_reads_back_as_that_value(value: object) -> None:
    assert read_value(ValueKind.FEEL, show_value(value), "id", NOW) == value


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_value_is_offered_in_a_form_in_which_it_may_be_sent_back(value: object, language: str) -> None:
    kind = kind_of(value)
    typed = as_typed(value, "en" if language == "en" else "id")

    assert read_value(kind, typed, "en" if language == "en" else "id", NOW) == value


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_no_number_is_told_with_an_example(language: str) -> None:
    with pytest.raises(NotReadable, match="1234"):
        read_value(ValueKind.NUMBER, "seratus %", "en" if language == "en" else "id", NOW)


@pytest.mark.parametrize("typed", ["x", "[x]", "1 +", "1/0", "", "now()+"])
def test_feel_that_is_no_literal_is_refused(typed: str) -> None:
    with pytest.raises(NotReadable):
        read_value(ValueKind.FEEL, typed, "id", NOW)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Person 77, whom 'boss' names for task 'check', is not there: nobody of that number", "sudah berhenti"),
        (without_values("Person 77, whom 'boss' names for task 'check', is not there: nobody"), "sudah berhenti"),
        ("Service 'tax' is not provided by anything (known: a).", "Layanan yang dipanggil"),
        ("Nobody is named by 'x' for task 'y'.", "Tidak ada orang yang ditunjuk"),
        ("No condition after 'which' is true, and there is no default flow.", "Tidak satu pun syarat"),
        ("Join 'j' waits for a token from a, and nothing can send one any more.", "Gabungan menunggu"),
        ("What 'a' hands over cannot be kept: a float", "tidak dapat disimpan"),
        ("'people' gives no list of at most 1000 items.", "Berapa kali langkah ini diulang"),
        ("The scenario does not say what service 's' answers.", "Skenario tidak mengatakan"),
        ("The priority 'p' of task 't' gives no whole number from 0 to 100.", "Prioritas tugas"),
        ("The payload of message 'm' is no context.", "Isi pesan"),
        ("Nothing catches the cancellation that 'a' throws.", "Langkah membatalkan"),
        ("Something nobody has thought of.", "Langkah otomatis gagal"),
    ],
)
def test_why_something_failed_is_said_in_plain_words(text: str, said: str) -> None:
    assert said in in_plain_words(ElementFailed.code, text)


def test_a_case_that_cannot_be_read_is_said_to_need_a_backup() -> None:
    assert "cadangan" in in_plain_words(CaseDamaged.code, str(CaseDamaged()))
