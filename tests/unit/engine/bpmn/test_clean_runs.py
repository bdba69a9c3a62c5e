"""Every kind of element that the check lets through runs to the end, whichever way conditions and events go."""

from random import Random

import pytest

from engine.bpmn.model import Kind
from tests.unit.engine.bpmn.drawings import (
    around,
    association,
    call,
    definition,
    edge,
    event,
    event_sub,
    inside,
    instances,
    manual,
    process,
    sub,
    whole,
)
from tests.unit.engine.bpmn.test_verdicts import troubles, verdict
from tests.unit.engine.diagrams import end, flow, gateway, path, script, service, start, user

COUNT = "<bpmn:loopCardinality>3</bpmn:loopCardinality>"
OVER = (end("over"), path("edge", "over"))
SEND = '<bpmn:extensionElements><alur:message key="1" /></bpmn:extensionElements>'
UNDO = (manual("undo", isForCompensation="true"), association("comp", "undo"))


def risky(kind: str, tag: str = "subProcess") -> str:
    """A sub-process `x` of a person's step that ends well, or badly with an error, escalation or cancellation."""
    choice = (gateway("exclusive", "ok", default="ok-well"), flow("ok", "well"), flow("ok", "badly", "a > 1"))
    parts = (start("in"), user("y"), path("in", "y", "ok"), *choice, end("well"), end("badly", definition(kind)))
    return sub("x", *parts, edge("comp", "y", "compensate"), *UNDO, tag=tag)


HOSTS = {"task": user("x"), "sub": sub("x", *inside("x", "y", user("y"))), "call": call("x", "other")}
DRAWN = {
    "send": around(f'<bpmn:sendTask id="x" messageRef="message_news">{SEND}</bpmn:sendTask>'),
    "receive": around(f'<bpmn:receiveTask id="x" messageRef="message_news">{SEND}</bpmn:receiveTask>'),
    "service": around(service("x", "known.service")),
    "script": around(script("x", "y", "1")),
    "error": (*around(risky("error")), edge("edge", "x", "error"), *OVER),
    "escalation": (*around(risky("escalation")), edge("edge", "x", "escalation"), *OVER),
    "calm escalation": (*around(risky("escalation")), edge("edge", "x", "escalation", calm=True), *OVER),
    "cancel": (*around(risky("cancel", "transaction")), edge("edge", "x", "cancel"), *OVER),
    "terminate": around(risky("terminate")),
    "compensation": (
        *(start(), user("x"), edge("comp", "x", "compensate"), *UNDO),
        *(event("endEvent", "done", "compensate"), path("begin", "x", "done")),
    ),
    "link": (
        *(start(), event("intermediateThrowEvent", "go", "link", _name="n"), user("x"), end(), path("begin", "go")),
        *(event("intermediateCatchEvent", "come", "link", _name="n"), path("come", "x", "done")),
    ),
    "bare sub-process": around(sub("x", user("a"), user("b"), user("c"), path("a", "b"))),
    "empty sub-process": around(sub("x")),
    "call": around(call("x", "other", '<alur:input name="a" value="1" /><alur:output name="b" value="a" />')),
    "loop": around(manual("x", '<bpmn:standardLoopCharacteristics loopMaximum="2" />')),
    **{f"instances {one}": around(manual("x", instances(COUNT, sequential=one))) for one in (True, False)},
    "instances of a sub-process": around(sub("x", instances(COUNT), *inside("x", "y", user("y")))),
    **{f"{kind} catch": around(event("intermediateCatchEvent", "x", kind)) for kind in ("message", "timer", "signal")},
    **{f"{kind} event sub-process, calm {calm}": (*around(user("x")), event_sub("on", kind, calm=calm))
       for kind in ("message", "timer", "signal") for calm in (True, False)},
    **{f"{kind} at {name}, calm {calm}": (*around(host), edge("edge", "x", kind, calm=calm), *OVER)
       for kind in ("message", "timer", "signal") for calm in (True, False)
       for name, host in HOSTS.items()},
    "error event sub-process": around(
        sub("x", *inside("x", "y", user("y"), last=definition("error")), event_sub("on", "error"))
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DRAWN)
def test_what_is_clean_runs_to_its_end(kind: str) -> None:
    parts = DRAWN[kind]
    needs_other = any("calledElement" in part for part in parts)
    other = process("other", *inside("other", "z", user("z"))) if needs_other else ""

    outline, codes = verdict(whole(*parts, beside=other))

    assert codes <= {"unknown_service", "never_reached"}
    assert {element.kind for element in outline.elements.values()} <= set(Kind)
    assert not {trouble for walk in range(30) for trouble in troubles(outline, Random(walk))}
