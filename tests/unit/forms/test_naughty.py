"""No text, whatever is in it, makes a form raise, gets through unclean, or is refused without a word."""

import json

import pytest

from forms import AlurForm
from tests.unit.forms.examples import AppraisalForm
from tests.unit.forms.naughty import NAUGHTY

GOOD = {"rating": "SESUAI_EKSPEKTASI"}
TARGETS = [
    "reason",
    "name",
    "days",
    "score",
    "day",
    "unit",
    "rating",
    "agreed",
    "evidence",
    "recommended",
    "advice",
    "rows-0-indicator",
    "rows-0-reached",
    "undeclared",
]


def filled(target: str, text: str, language: str = "id") -> AlurForm:
    return AppraisalForm({**GOOD, target: text}, language="id" if language == "id" else "en")


def test_there_are_enough_nasty_texts() -> None:
    assert len(NAUGHTY) >= 60


@pytest.mark.parametrize("target", TARGETS)
def test_every_nasty_text_is_taken_or_refused_in_indonesian(target: str) -> None:
    for text in NAUGHTY.values():
        form, english = filled(target, text), filled(target, text, "en")

        assert form.validate() == english.validate()

        told, said = form.error_summary(), english.error_summary()
        assert bool(told) != (form.validate() is True)
        assert all(ours.message != theirs.message for ours, theirs in zip(told, said, strict=True))


@pytest.mark.parametrize("target", TARGETS)
def test_every_nasty_text_can_be_shown_again(target: str) -> None:
    for text in NAUGHTY.values():
        form = filled(target, text)
        form.validate()

        page = "".join(str(field()) for field in form.fields)
        messages = "".join(link.message for link in form.error_summary())

        assert (page + messages).encode()
        assert "<script" not in page
        assert "\x00" not in page


@pytest.mark.parametrize("target", TARGETS)
def test_every_nasty_text_leaves_a_draft_that_a_database_can_keep(target: str) -> None:
    for text in NAUGHTY.values():
        draft = AppraisalForm.draft_of({**GOOD, target: text})

        kept = json.dumps(draft, ensure_ascii=False)

        assert kept.encode()
        assert "\\u0000" not in kept
        assert max(len(value) for value in draft.values()) <= 100_000
        assert AppraisalForm(draft=draft).draft() == draft


@pytest.mark.parametrize("target", ["name", "reason", "rows-0-indicator"])
def test_text_that_got_through_holds_nothing_invisible_that_harms(target: str) -> None:
    for text in NAUGHTY.values():
        form = filled(target, text)
        if not form.validate():
            continue

        got = json.dumps(form.typed_data(), ensure_ascii=False, default=str)

        assert got.encode()
        assert not any(ord(char) < 32 or "\x7f" <= char <= "\x9f" or "\u202a" <= char <= "\u202e" for char in got)


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("days", {"-0", "−1"}),
        ("score", {"-0", "-0,00", "−1"}),
        ("day", set[str]()),
        ("unit", set[str]()),
    ],
)
def test_no_nasty_text_becomes_a_number_a_day_or_a_choice(kind: str, allowed: set[str]) -> None:
    for text in NAUGHTY.values():
        form = filled(kind, text)

        if form.validate() and form.typed_data()[kind] is not None:
            assert text in allowed


@pytest.mark.parametrize("wrong", [0, 1.5, True, b"abc", ["a"], {"a": "b"}, object()])
@pytest.mark.parametrize("target", TARGETS[:9] + TARGETS[11:13])
def test_a_value_that_is_no_text_is_refused_on_its_field(target: str, wrong: object) -> None:
    form = AppraisalForm({**GOOD, target: [wrong]})

    assert not form.validate()

    assert any(link.field_id.startswith(target) for link in form.error_summary())
