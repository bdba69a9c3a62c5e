"""What is packed comes back exactly, and damaged bytes are named as such."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import cast
from zoneinfo import ZoneInfo

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.holding import Holding
from engine.bpmn.state import ROOT, CaseState, Scope, Stand, Token, decode_state, encode_state, first_state
from engine.feel import Environment, compile_expression
from engine.records.packing import (
    NotStorable,
    Pile,
    Unreadable,
    pack,
    pack_again,
    pack_quickly,
    pile_up,
    refuse_floats,
    unpack,
)

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.datetimes(timezones=st.sampled_from([UTC, None, ZoneInfo("Asia/Jakarta"), timezone(timedelta(hours=-3))]))
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


@given(VALUES)
def test_what_is_packed_quickly_comes_back_the_same(value: object) -> None:
    assert unpack(pack_quickly(value)) == value


@given(st.lists(VALUES))
def test_a_pile_is_stored_as_it_is_inside_another_value(values: list[object]) -> None:
    pile = pile_up(map(pack, values))

    stored = pack({"pile": pile, "text": "many words " * 50})

    found = cast("dict[str, Pile]", unpack(stored))["pile"]
    assert (type(found), found, bytes(pile) in stored) == (Pile, pile, True)
    assert [unpack(part) for part in cast("list[bytes]", unpack(found))] == values


def test_trailing_zeros_and_scale_of_a_decimal_stay() -> None:
    assert str(unpack(pack(Decimal("12.500")))) == "12.500"


KINDS_OF_TIME = [
    'date and time("2026-10-05T01:00:00@Asia/Jakarta")',
    'date and time("2026-10-05T01:00:00+07:00")',
    'date and time("2026-10-04T18:00:00Z")',
    'date and time("2026-10-05T01:00:00.25")',
    'time("01:00:00@Asia/Makassar")',
    'time("01:00:00+07:00")',
    'time("01:00:00")',
    'duration("P1Y2M")',
    '[date("2026-10-05")..date("2026-10-09"))',
    "now()",
]


@pytest.mark.parametrize("expression", KINDS_OF_TIME)
def test_what_an_expression_says_of_a_kept_time_is_what_it_said_before(expression: str) -> None:
    environment = Environment(now=datetime(2026, 10, 5, 6, tzinfo=ZoneInfo("Asia/Jakarta")))
    value = compile_expression(expression).evaluate({}, environment).value

    kept = unpack(pack({"x": value}))
    assert isinstance(kept, dict)

    for asked in ("x", "string(x)", "x.timezone", "x.hour", "x.day", "date(x)", "x.time offset"):
        said = [compile_expression(asked).evaluate(of, environment).value for of in ({"x": value}, kept)]
        assert said[0] == said[1]


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("hour", [2, 3])
def test_an_hour_that_clocks_show_twice_or_never_stays_the_same_instant(fold: int, hour: int) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for day in (datetime(2026, 10, 25, hour, 30), datetime(2026, 3, 29, hour, 30)):  # noqa: DTZ001  # the zone is next
        shown = day.replace(tzinfo=berlin, fold=fold)

        kept = unpack(pack(shown))

        assert isinstance(kept, datetime)
        assert (kept.isoformat(), kept.astimezone(UTC)) == (shown.isoformat(), shown.astimezone(UTC))


def _packed(code: int, text: str) -> bytes:
    return b"\x01" + cast(bytes, msgpack.packb(msgpack.ExtType(code, text.encode())))


def test_an_instant_that_was_kept_before_zones_were_is_read_in_utc() -> None:
    before = _packed(3, "2026-10-04T18:00:00+00:00")

    assert str(unpack(before)) == "2026-10-04 18:00:00+00:00"


@pytest.mark.parametrize("place", ["Asia", "Asia/Nowhere", "../etc/passwd", ""])
def test_an_instant_at_a_place_that_is_not_known_here_is_unreadable(place: str) -> None:
    content = _packed(8, f"2026-10-05T01:00:00+07:00@{place}")

    with pytest.raises(Unreadable):
        unpack(content)


def test_choices_are_kept_as_their_text() -> None:
    assert unpack(pack({"colour": Colour.RED})) == {"colour": "red"}


@pytest.mark.parametrize("value", [{1, 2}, object(), 1.5, {"a": [0.1]}])
def test_what_cannot_be_kept_exactly_is_refused(value: object) -> None:
    with pytest.raises(NotStorable):
        pack([value])
    with pytest.raises(NotStorable):
        pack_quickly([203, value])


@given(VALUES)
def test_what_was_looked_through_is_packed_as_before(value: object) -> None:
    refuse_floats(value)

    assert pack_again(value) == pack(value)


@pytest.mark.parametrize("value", [0.5, [{"a": (1, [0.5])}]])
def test_no_float_becomes_a_variable(value: object) -> None:
    with pytest.raises(NotStorable):
        first_state("process", MappingProxyType({"points": value}))
    case = Holding(first_state("process", {}))
    with pytest.raises(NotStorable):
        case.assign(ROOT, MappingProxyType({"points": value}))
    with pytest.raises(NotStorable):
        case.add_scope("inside", case.place("task", case.scopes[ROOT], Stand.RUNS), {"points": value})
    with pytest.raises(NotStorable):
        encode_state(
            CaseState((Scope(0, "process", variables={}),), (Token(1, "task", 0, Stand.WAITS, {"a": value}),), 1)
        )


def test_a_list_that_holds_itself_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)

    for act in (pack, refuse_floats):
        with pytest.raises(NotStorable):
            act(endless)


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
