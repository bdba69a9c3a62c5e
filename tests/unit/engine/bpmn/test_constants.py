"""An expression that always gives the same is refused where what it gives is of no use."""

import pytest

from engine.bpmn import asking, constants, performing, rounds
from engine.records.packing import pack, unpack
from tests.unit.engine.bpmn.drawings import around, edge, event, found, instances, manual
from tests.unit.engine.diagrams import catch, end, flow, gateway, path, script, start, user

CATCH = event("intermediateCatchEvent", "x", "timer")


def condition(text: str) -> set[tuple[str, str]]:
    """The problems of a choice with one condition."""
    choice = (gateway("exclusive", "which", default="which-done"), flow("which", "x", text), flow("which", "done"))
    return found(start(), *choice, user("x", "1"), end(), path("begin", "which"), path("x", "done"))


@pytest.mark.parametrize("person", ['"budi"', "-5", "1.5", "null", "today()", "99999999999999999999"])
def test_a_person_is_a_number(person: str) -> None:
    assert found(*around(user("x", person))) == {("x", "constant_value")}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("candidate", "1"), ("candidate", '""'), ("candidate", '"%s"' % ("a" * 81)), ("due", '"2026-10-05"'),
     ("due", "2026 - 10 - 5"), ("followUp", "7"), ("priority", "101"), ("priority", '"tinggi"')],
)  # fmt: skip
def test_what_an_assignment_says_fits(said: str, wrong: str) -> None:
    step = user("x", "" if said == "candidate" else "1", **{said: wrong})

    assert found(*around(step)) == {("x", "constant_value")}


def test_a_day_without_quotes_is_refused_as_what_it_is() -> None:
    assert found(*around(user("x", "1", due="2026-10-05"))) == {("x", "expression")}


@pytest.mark.parametrize("right", ['@"2026-10-05"', "today()", "working days after(today(), 3)", "null", "deadline"])
def test_a_due_day_that_is_or_may_be_a_day_passes(right: str) -> None:
    assert found(*around(user("x", "1", due=right))) == set()


@pytest.mark.parametrize("text", ["1", '"ya"', "null", "1 + 1"])
def test_a_condition_that_is_neither_true_nor_false_is_refused(text: str) -> None:
    assert condition(text) == {("which-x", "constant_value")}


@pytest.mark.parametrize("text", ["true", "a > 1", "[1, 2][item = a] = 1", "[1][a]"])
def test_a_condition_that_may_be_true_passes(text: str) -> None:
    assert condition(text) == set()


@pytest.mark.parametrize("number", ["-1", "1.5", "10001", '"a"', "null"])
def test_the_number_of_rounds_is_one_that_can_be(number: str) -> None:
    times = f"<bpmn:loopCardinality>{number}</bpmn:loopCardinality>"
    loop = f"<bpmn:standardLoopCharacteristics loopMaximum='{number}' />"

    assert found(*around(manual("x", instances(times)))) == {("x", "constant_value")}
    assert found(*around(manual("x", loop))) == {("x", "constant_value")}


@pytest.mark.parametrize("time", ["P99999D", "P9999W", '"PT1H"', "1", "null"])
def test_a_time_that_nobody_can_wait_for_is_refused(time: str) -> None:
    assert found(*around(CATCH.replace("PT1H", time))) == {("x", "constant_value")}


@pytest.mark.parametrize("time", ["PT1H", "P36525D", 'duration("P3D")', "2 * span"])
def test_a_time_that_can_come_passes(time: str) -> None:
    assert found(*around(CATCH.replace("PT1H", time))) == set()


def test_a_key_a_payload_and_a_condition_of_an_event_fit() -> None:
    keyless = event("intermediateCatchEvent", "x", "message").replace('key="1"', 'key="true"')
    said = '<bpmn:extensionElements><alur:signal payload="1" /></bpmn:extensionElements><bpmn:signalEvent'
    loaded = event("intermediateThrowEvent", "x", "signal").replace("<bpmn:signalEvent", said)
    always = event("intermediateCatchEvent", "x", "conditional").replace("x &gt; 1", "1")

    assert [found(*around(step)) for step in (keyless, loaded, always)] == [{("x", "constant_value")}] * 3


def test_a_long_computation_is_left_to_the_case() -> None:
    assert condition("count(for i in 1..1000, j in 1..1000 return i) > 1") == set()


def test_the_limits_are_those_of_a_running_case() -> None:
    assert constants.MOST_ROUNDS == rounds.MOST_ROUNDS
    assert (constants.LONGEST_KEY, constants.PERSONS_END) == (performing.LONGEST_KEY, asking.PERSONS_END)


def test_a_timer_at_an_activity_is_looked_at_too() -> None:
    over = edge("limit", "x", "timer").replace("PT1H", "3"), end("over"), path("limit", "over")

    assert found(*around(user("x", "1")), *over) == {("limit", "constant_value")}


KEPT = ["null", "true", "1.50", '"teks"', "today()", "now()", 'date and time("2026-10-05T10:00:00")', '@"10:00:00"',
        'duration("P1Y2M")', 'duration("P3D")', "[1..10]", "[1, [2]]", '{a: {b: "c"}}',
        'date and time("2026-10-05T10:00:00@Asia/Jakarta")']  # fmt: skip


@pytest.mark.parametrize("value", KEPT)
def test_whatever_feel_can_say_can_be_kept_with_a_case(value: str) -> None:
    known, kept = constants.value_of(value)

    assert known
    assert unpack(pack(kept)) == kept
    assert found(*around(script("x", "kept", value))) == set()


def test_what_cannot_be_kept_is_said_by_packing_it() -> None:
    assert [item.code for item in constants.check_kept("x", "1.5", 1.5)] == ["not_storable"]


@pytest.mark.parametrize("step", [script("x", "all", "for i in 1..30000 return i")])
def test_a_computation_that_always_costs_too_much_is_refused(step: str) -> None:
    assert found(*around(step)) == {("x", "costly_value")}
    assert found(*around(step.replace("30000", "3000"))) == set()


def test_of_many_long_computations_only_some_are_tried() -> None:
    steps = [script(f"s{n}", "all", "for i in 1..30000 return i") for n in range(9)]

    problems = found(start(), *steps, end(), path("begin", *(f"s{n}" for n in range(9)), "done"))

    assert len(problems) == 5


@pytest.mark.parametrize("key", ["today()", "date(2026, 10, 5)", "true", '""', "[1]", "null"])
def test_a_key_that_is_no_number_and_no_text_is_refused(key: str) -> None:
    assert found(*around(catch("x", key))) == {("x", "constant_value")}


def test_a_day_that_cannot_be_computed_is_no_day_but_null_is_none() -> None:
    assert found(*around(user("x", "1", due='date("2026-02-30")'))) == {("x", "constant_value")}
    assert found(*around(user("x", "1", due="null"))) == set()
