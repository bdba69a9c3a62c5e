"""A condition compares answers, and holds for no question that is open or hidden."""

from decimal import Decimal

import pytest

from forms import AlurForm, CheckboxField, Condition, DecimalField, Option, RadioField, RequiredIf, TextField
from forms.conditions import as_text

YES_NO = [Option("YA", "Ya"), Option("TIDAK", "Tidak")]


class Chain(AlurForm):
    sick = RadioField("Sakit", options=YES_NO)
    long = RadioField("Lama", options=YES_NO, show_when=Condition("sick", equals="YA"))
    doctor = TextField("Dokter", [RequiredIf(Condition("long", equals="YA"))], show_when=Condition("long", equals="YA"))


class Compared(AlurForm):
    amount = DecimalField("Jumlah")
    asked = DecimalField("Usulan")
    ticked = CheckboxField("Centang")


@pytest.mark.parametrize(
    ("condition", "sent", "holds"),
    [
        (Condition("amount", equals=5), {"amount": "5,0"}, True),
        (Condition("amount", equals=5), {"amount": "6"}, False),
        (Condition("amount", equals=0), {"amount": "0"}, True),
        (Condition("amount", not_equals=5), {"amount": "6"}, True),
        (Condition("amount", not_equals=5), {"amount": ""}, False),
        (Condition("amount", not_equals=5), {"amount": "lima"}, False),
        (Condition("amount", differs_from="asked"), {"amount": "6", "asked": "5"}, True),
        (Condition("amount", differs_from="asked"), {"amount": "5", "asked": "5,00"}, False),
        (Condition("amount", differs_from="asked"), {"amount": "5"}, False),
        (Condition("ticked", equals=True), {"ticked": "on"}, True),
        (Condition("ticked", equals=False), {}, True),
    ],
)
def test_a_condition_compares_what_was_answered(condition: Condition, sent: dict[str, str], holds: bool) -> None:
    assert condition.holds(Compared(sent)) is holds


def test_a_condition_needs_exactly_one_comparison() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Condition("amount")

    with pytest.raises(ValueError, match="exactly one"):
        Condition("amount", equals=1, not_equals=2)


def test_what_depends_on_a_hidden_field_is_hidden_as_well() -> None:
    form = Chain({"sick": "TIDAK", "long": "YA"})

    assert form.validate()

    assert not form["doctor"].is_shown
    assert form.typed_data() == {"sick": "TIDAK"}


def test_a_hidden_field_is_neither_checked_nor_handed_on() -> None:
    form = Chain({"sick": "YA", "long": "TIDAK", "doctor": "\x00"})

    assert form.validate()

    assert form.error_summary() == []
    assert form.typed_data() == {"sick": "YA", "long": "TIDAK"}


def test_a_field_is_required_only_while_its_condition_holds() -> None:
    form = Chain({"sick": "YA", "long": "YA"})

    assert not form.validate()

    assert form["doctor"].is_required
    assert [link.field_id for link in form.error_summary()] == ["doctor"]


def test_equal_answers_are_equal_texts() -> None:
    assert as_text(5) == as_text(Decimal("5.00")) == "5"
    assert as_text(True) == "true"
    assert as_text("") is None
