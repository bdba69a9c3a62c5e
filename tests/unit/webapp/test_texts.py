"""Both languages are complete, and speak alike."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, g

from engine.records.contents import Refusal
from tests.unit.webapp.msgids import used_texts
from webapp.texts import english, gettext, ngettext, show_day, show_instant, show_number, text_for
from webapp.texts.codes import TEXTS, known_codes
from webapp.texts.flask_security import INDONESIAN, SecurityTexts

PLACES = re.compile(r"%\((\w+)\)s")


@pytest.fixture
def in_english() -> Iterator[None]:
    """Let the reader of this test read English."""
    with Flask("texts").app_context():
        g.language = "en"
        yield


def test_every_text_of_the_application_has_an_english_one() -> None:
    missing = {text: place for text, place in used_texts().items() if text not in english()}

    assert missing == {}


def test_no_english_text_is_left_over() -> None:
    assert sorted(set(english()) - set(used_texts())) == []


def test_both_languages_fill_in_the_same_values() -> None:
    different = {
        text: texts
        for text, texts in english().items()
        if any(set(PLACES.findall(text)) != set(PLACES.findall(other)) for other in texts)
    }

    assert different == {}


def test_every_code_has_both_texts_with_the_same_values() -> None:
    places = re.compile(r"\{(\w+)\}")

    different = [code for code, (one, other) in TEXTS.items() if set(places.findall(one)) != set(places.findall(other))]

    assert different == []
    assert all(one and other for one, other in TEXTS.values())


def test_every_refusal_of_a_file_has_a_text() -> None:
    assert {refusal.value for refusal in Refusal} <= known_codes()


def test_a_code_is_said_with_its_values_in_either_language() -> None:
    values = {"extension": ".txt", "expected": ".pdf"}

    assert ".txt" in text_for("file.extension_differs", values, "id")
    assert "does not fit its extension (.txt)" in text_for("file.extension_differs", values, "en")


def test_a_month_is_told_by_its_name_in_either_language() -> None:
    october = {"year": 2026, "month": 10}

    assert text_for("incentive.paid", october, "id").startswith("TPP bulan Oktober 2026 sudah")
    assert text_for("incentive.paid", october, "en").startswith("The allowance of October 2026 has")


def test_a_missing_value_leaves_a_gap_and_an_unknown_code_shows_itself() -> None:
    assert "…" in text_for("task.delegated", {}, "id")
    assert text_for("no.such.code", {}, "id") == "no.such.code"


def test_indonesian_is_what_stands_in_the_code() -> None:
    assert gettext("Masuk") == "Masuk"
    assert ngettext("%(count)s orang", "%(count)s orang", 3) == "3 orang"


@pytest.mark.usefixtures("in_english")
def test_english_comes_from_the_catalogue_with_its_plural() -> None:
    text = "Terlalu banyak percobaan. Coba lagi dalam %(count)s menit."

    assert gettext("Masuk") == "Sign in"
    assert ngettext(text, text, 1).endswith("1 minute.")
    assert ngettext(text, text, 2).endswith("2 minutes.")


def test_days_instants_and_numbers_are_written_as_indonesians_do() -> None:
    instant = datetime(2026, 8, 17, 6, 5, tzinfo=UTC)

    assert show_day(date(2026, 8, 17)) == "17 Agustus 2026"
    assert show_instant(instant, ZoneInfo("Asia/Makassar"), label="WITA") == "17 Agustus 2026 pukul 14.05 WITA"
    assert show_number(Decimal("1234.5"), 2) == "1.234,50"
    assert show_number(Decimal("1234.5")) == "1.234,5"
    assert show_number(1200, 0) == "1.200"
    assert (show_day(None), show_instant(None, UTC)) == ("", "")


@pytest.mark.usefixtures("in_english")
def test_days_instants_and_numbers_are_written_as_in_english() -> None:
    assert show_day(date(2026, 8, 17), width="medium") == "17 Aug 2026"
    assert show_number(Decimal("1234.5"), 2) == "1,234.50"


def test_flask_security_speaks_indonesian_where_it_speaks() -> None:
    texts = SecurityTexts()

    assert texts.gettext("Password must be at least %(length)s characters", length=12).startswith("Kata sandi paling")
    assert all(PLACES.findall(english) == PLACES.findall(own) for english, own in INDONESIAN.items())
