"""What starts beside the rest at a signal or message, and sends it again at once, would never end."""

from tests.unit.engine.bpmn.drawings import around, call, edge, event, event_sub, found, inside, process, sub
from tests.unit.engine.diagrams import end, flow, gateway, path, script, start, throw, user


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


SAY = event("intermediateThrowEvent", "say", "signal")
NEWS = '<bpmn:startEvent id="begin"><bpmn:messageEventDefinition messageRef="message_news"/></bpmn:startEvent>'


def begun_by(
    start_event: str, *middle: str, names: tuple[str, ...] = ("say",), beside: str = ""
) -> set[tuple[str, str]]:
    """The problems of a process that begins by an event and goes through some elements."""
    return found(start_event, *middle, end(), path("begin", *names, "done"), beside=beside)


def test_a_process_that_begins_by_a_signal_does_not_throw_it_at_once() -> None:
    heard = event("startEvent", "begin", "signal")

    assert begun_by(heard, SAY) == {("begin", "endless_echo")}
    assert begun_by(heard, user("x", "1"), SAY, names=("x", "say")) == set()
    assert begun_by(heard, SAY.replace('signalRef="alarm"', 'signalRef="calm"'), beside=CALM) == set()


def test_what_another_process_throws_that_it_calls_counts() -> None:
    other = process("other", *inside("other", "say", SAY))

    assert begun_by(event("startEvent", "begin", "signal"), call("x", "other"), names=("x",), beside=other) == {
        ("begin", "endless_echo")
    }


def test_a_message_under_keys_that_change_begins_cases_for_ever_but_one_key_begins_one() -> None:
    assert begun_by(NEWS, throw("say", "string(n + 1)", "{}")) == {("begin", "endless_echo")}
    assert begun_by(NEWS, throw("say", '"the one"', "{}")) == set()


def test_two_beginnings_through_a_listener_inside_the_new_case_are_found() -> None:
    answer = answering("on", "calm", "alarm")

    both = begun_by(
        event("startEvent", "begin", "signal"),
        event("intermediateThrowEvent", "say", "signal", _signalRef="calm"),
        user("x", "1"),
        answer,
        names=("say", "x"),
        beside=CALM,
    )

    assert both == {("begin", "endless_echo"), ("on_in", "endless_echo")}


def coming_back(*inner: str, kind: str = "signal") -> set[tuple[str, str]]:
    """The problems of a sub-process `s`, which an event interrupts whose way leads back into it."""
    meet = gateway("exclusive", "meet")
    ways = path("begin", "meet", "s", "done") + path("edge", "meet")
    return found(start(), meet, sub("s", *inner), edge("edge", "s", kind), end(), ways)


def loud(say: str) -> tuple[str, ...]:
    """The content of a sub-process that sends first and then asks somebody."""
    return start("in"), say, user("x", "1"), end("out"), path("in", "say", "x", "out")


def test_an_interruption_that_leads_back_to_what_sends_again_is_refused() -> None:
    assert coming_back(*loud(SAY)) == {("edge", "endless_echo")}
    assert coming_back(*loud(throw("say", "1", "{}")), kind="message") == {("edge", "endless_echo")}
    assert coming_back(*loud(throw("say", "2", "{}")), kind="message") == set()


def test_an_interruption_that_leads_back_after_a_persons_step_is_fine() -> None:
    asked = start("in"), user("x", "1"), SAY, end("out"), path("in", "x", "say", "out")

    assert coming_back(*asked) == set()


def test_a_signal_thrown_before_its_listener_is_there_again_is_not_heard() -> None:
    drawn = (start(), gateway("exclusive", "meet"), user("x", "1"), edge("edge", "x", "signal"), SAY, end())

    assert found(*drawn, path("begin", "meet", "x", "done"), path("edge", "say", "meet")) == set()


def test_a_signal_thrown_on_a_way_beside_the_one_that_leads_back_is_heard() -> None:
    drawn = (
        start(),
        gateway("exclusive", "meet"),
        gateway("parallel", "fork"),
        user("x", "1"),
        SAY,
        end(),
        end("over"),
    )
    ways = path("begin", "meet", "fork", "x", "done") + path("fork", "say", "over") + path("edge", "meet")

    assert ("edge", "endless_echo") in found(*drawn, edge("edge", "x", "signal"), ways)


def test_an_event_sub_process_that_ends_what_begins_again_is_refused() -> None:
    ends = event_sub("on", "signal")
    ways = path("begin", "meet", "s", "which"), flow("which", "meet", "a > 1"), flow("which", "done")
    which = gateway("exclusive", "which", default="which-done")

    problems = found(start(), gateway("exclusive", "meet"), sub("s", *loud(SAY), ends), which, end(), *ways)

    assert problems == {("on_start", "endless_echo")}


def on_condition(condition: str, *steps: tuple[str, str]) -> set[tuple[str, str]]:
    """The problems of an event that interrupts nothing at a condition, and sets variables one after another."""
    names = [f"set{number}" for number in range(len(steps))]
    scripts = [script(name, *step) for name, step in zip(names, steps, strict=True)]
    begin = event("startEvent", "on_in", "conditional", isInterrupting="false").replace("x &gt; 1", condition)
    parts = begin, *scripts, end("on_out"), path("on_in", *names, "on_out")
    return found(*around(user("x", "1")), sub("on", *parts, triggeredByEvent="true"))


def test_a_condition_that_makes_itself_false_and_true_again_is_refused() -> None:
    assert on_condition("n = 2", ("n", "0"), ("n", "2")) == {("on_in", "endless_echo")}
    assert on_condition("n = 2", ("n", "0"), ("n", "amount")) == {("on_in", "endless_echo")}


def test_a_condition_that_is_put_back_once_is_fine() -> None:
    assert on_condition("n = 2", ("n", "0")) == set()
    assert on_condition("n = 2", ("n", "0"), ("m", "2")) == set()
    assert on_condition("n = 2", ("n", "0"), ("n", "1")) == set()
