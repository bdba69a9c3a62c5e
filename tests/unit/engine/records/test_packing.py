"""What is packed comes back exactly, and damaged bytes are named as such."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.state import CaseState, Scope, Stand, Token, decode_state, encode_state, first_state
from engine.records.packing import NotStorable, Unreadable, pack, unpack

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.times()
    | st.timedeltas()
    | st.binary()
)
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


class Colour(StrEnum):
    """A choice that is text."""

    RED = "red"


@given(VALUES)
def test_what_is_packed_comes_back_the_same(value: object) -> None:
    assert unpack(pack(value)) == value


def test_trailing_zeros_and_scale_of_a_decimal_stay() -> None:
    assert str(unpack(pack(Decimal("12.500")))) == "12.500"


def test_choices_are_kept_as_their_text() -> None:
    assert unpack(pack({"colour": Colour.RED})) == {"colour": "red"}


@pytest.mark.parametrize("value", [{1, 2}, object(), datetime.min, 1.5, {"a": [0.1]}])  # noqa: DTZ901  # the naive one is the case
def test_what_cannot_be_kept_exactly_is_refused(value: object) -> None:
    with pytest.raises(NotStorable):
        pack([value])


@given(st.binary(max_size=200))
def test_damaged_bytes_are_unreadable_or_a_value_but_never_a_crash(content: bytes) -> None:
    try:
        unpack(content)
    except Unreadable as error:
        assert str(error)


@given(st.dictionaries(st.text(), PLAIN, max_size=5), st.integers(1, 9), st.booleans())
def test_a_state_comes_back_the_same(variables: dict[str, object], number: int, is_ready: bool) -> None:
    due = datetime(2026, 10, 1, tzinfo=UTC)
    stand = Stand.ASKS if is_ready else Stand.WAITS
    scope = Scope(0, "process", variables=variables, arrivals={"join": {"a": 1}})
    state = CaseState((scope,), (Token(number, "task", 0, stand, {"due": due}),), number)

    assert decode_state(encode_state(state)) == state


def test_truncated_state_is_named_as_damaged() -> None:
    content = encode_state(first_state("process", {"text": "x" * 500}))

    with pytest.raises(Unreadable):
        decode_state(content[: len(content) // 2])


def test_kinds_of_time_do_not_mix() -> None:
    values = [date(2026, 1, 1), time(8, 30), timedelta(days=2, microseconds=5)]

    assert unpack(pack(values)) == values
