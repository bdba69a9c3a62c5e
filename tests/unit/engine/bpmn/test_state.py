"""The stored state of a case: it comes back the same, or is known to be damaged."""

from random import Random

import pytest

from engine.bpmn.state import CaseState, Scope, Stand, Token, decode_state, encode_state, first_state
from engine.records.packing import Unreadable, pack

SCOPES = (Scope(0, "test", variables={"x": 1}), Scope(3, "ask", 0, 2, {"loopCounter": 2}, False, 2))
STATE = CaseState(SCOPES, (Token(2, "ask", 0, Stand.HOLDS), Token(4, "ask", 3, Stand.ASKS)), 4)


def test_a_state_comes_back_the_same() -> None:
    assert decode_state(encode_state(STATE)) == STATE


LARGE = first_state("test", {"picture": Random(7).randbytes(4_000)})


@pytest.mark.parametrize(
    "state", [STATE, first_state("test", {}), first_state("test", {"text": "many words " * 50}), LARGE]
)
def test_damaged_bytes_are_never_another_case(state: CaseState) -> None:
    random, good = Random(7), encode_state(state)

    for _ in range(3000):
        damaged = bytearray(good)
        for _ in range(random.randint(1, 3)):
            damaged[random.randrange(len(good))] ^= 1 << random.randrange(8)
        if bytes(damaged) != good:
            with pytest.raises(Unreadable):
                decode_state(bytes(damaged))


def test_a_large_state_keeps_its_size_while_it_changes_little() -> None:
    states = [first_state("test", {**LARGE.variables, "note": "x" * more}) for more in range(50)]

    stored = [encode_state(state) for state in states]

    assert len({len(content) for content in stored}) <= 2
    assert [decode_state(content) for content in stored] == states


def test_bytes_of_any_kind_are_unreadable() -> None:
    random = Random(7)

    for _ in range(5000):
        with pytest.raises(Unreadable):
            decode_state(
                random.choice([b"", b"\x01", b"\x02", b"\x04", b"\x05"]) + random.randbytes(random.randrange(40))
            )


@pytest.mark.parametrize(
    "content",
    [
        [0, [], []],
        [1, [[0, "test", None, None, None]], []],
        [1, [[0, "test", None, None, {}], [1, "sub", 0, 7]], []],
        [1, [[0, "test", None, None, {}]], [[1, "ask", 5, "a"]]],
        [1, [[0, "test", None, None, {}]], [[1, "ask", 0, "?"]]],
        [1, [[0, "test", None, None, {}]], [[9, "ask", 0, "a"]]],
        [2, [[0, "test", None, None, {}]], [[1, "ask", 0, "a"], [1, "ask", 0, "a"]]],
    ],
)
def test_what_does_not_hang_together_is_unreadable(content: list[object]) -> None:
    with pytest.raises(Unreadable):
        decode_state(pack(content))


def test_a_state_that_was_stored_without_a_check_is_read() -> None:
    rounds = [3, "ask", 0, 2, {"loopCounter": 2}, False, True]

    content = pack([4, [[0, "test", None, None, {"x": 1}], rounds], [[2, "ask", 0, "h"], [4, "ask", 3, "a"]]])

    assert decode_state(content) == STATE
