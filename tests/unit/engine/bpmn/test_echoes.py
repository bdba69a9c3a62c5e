"""What starts beside the rest at a signal or message, and sends it again at once, would never end."""

from tests.unit.engine.bpmn.drawings import around, edge, event, found, inside, sub
from tests.unit.engine.diagrams import end, path, user


def answering(name: str, hears: str, says: str, middle: str = "") -> str:
    """An event sub-process beside the rest that hears one signal and throws another."""
    begin = event("startEvent", f"{name}_in", "signal", isInterrupting="false", _signalRef=hears)
    way = [f"{name}_in", *([f"{name}_mid"] if middle else []), f"{name}_out"]
    parts = (begin, middle, event("endEvent", f"{name}_out", "signal", _signalRef=says), path(*way))
    return sub(name, *parts, triggeredByEvent="true")


CALM = '<bpmn:signal id="calm" name="calm" />'


def test_a_signal_that_throws_itself_is_refused() -> None:
    assert found(*around(user("x", "1")), answering("on", "alarm", "alarm")) == {("on_in", "endless_echo")}


def test_two_that_call_each_other_are_refused() -> None:
    both = answering("one", "alarm", "calm"), answering("two", "calm", "alarm")

    assert found(*around(user("x", "1")), *both, beside=CALM) == {
        ("one_in", "endless_echo"),
        ("two_in", "endless_echo"),
    }


def test_one_that_calls_another_is_fine() -> None:
    assert found(*around(user("x", "1")), answering("one", "alarm", "calm"), beside=CALM) == set()


def test_one_that_asks_somebody_before_it_calls_itself_is_fine() -> None:
    asking = answering("on", "alarm", "alarm", user("on_mid", "1"))

    assert found(*around(user("x", "1")), asking) == set()


def test_an_event_at_an_activity_echoes_as_well() -> None:
    loud = edge("edge", "x", "signal", calm=True), event("endEvent", "over", "signal"), path("edge", "over")
    quiet = edge("edge", "x", "signal"), event("endEvent", "over", "signal"), path("edge", "over")

    assert found(*around(user("x", "1")), *loud) == {("edge", "endless_echo")}
    assert found(*around(user("x", "1")), *quiet) == set()  # it interrupts, so it hears no more


def test_what_is_thrown_inside_a_sub_process_counts() -> None:
    inner = sub("s", *inside("s", "say", event("intermediateThrowEvent", "say", "signal")))
    loud = edge("edge", "x", "signal", calm=True), inner, end("over"), path("edge", "s", "over")

    assert ("edge", "endless_echo") in found(*around(user("x", "1")), *loud)
