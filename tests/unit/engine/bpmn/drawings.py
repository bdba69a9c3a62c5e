"""Writes what `diagrams` does not: sub-processes, events of every kind, loops, compensation, a second process."""

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from tests.unit.engine.diagrams import end, path, start, text

CATALOGUE = Catalogue(frozenset({"known.service"}), frozenset({"any"}))
DEFINED = (
    '<bpmn:signal id="alarm" name="alarm" /><bpmn:error id="broken" errorCode="E1" />'
    '<bpmn:error id="worse" errorCode="E2" /><bpmn:escalation id="late" escalationCode="L1" />'
)


def whole(*parts: str, beside: str = "") -> str:
    """A diagram with the signal `alarm`, the errors `broken` and `worse` and the escalation `late` defined.

    :param beside: what stands after the process, another process for instance.
    """
    diagram = text(*parts).replace("<bpmn:process ", f"{DEFINED}<bpmn:process ", 1)
    return diagram.replace("</bpmn:definitions>", f"{beside}</bpmn:definitions>")


def found(*parts: str, beside: str = "") -> set[tuple[str, str]]:
    """Return the problems of a diagram as (element, code)."""
    diagram = whole(*parts, beside=beside)
    return {(item.element, item.code) for item in check_release({"test.bpmn": diagram.encode()}, CATALOGUE)}


def around(middle: str, name: str = "x", *more: str) -> tuple[str, ...]:
    """A diagram with one element between start and end."""
    return (start(), middle, end(), path("begin", name, "done"), *more)


def definition(kind: str, **attributes: str) -> str:
    """What an event throws or waits for; a timer in an hour, a condition that is `x > 1`."""
    inside = {
        "timer": "<bpmn:timeDuration>PT1H</bpmn:timeDuration>",
        "conditional": "<bpmn:condition>x &gt; 1</bpmn:condition>",
    }.get(kind, "")
    refers = {"signal": "alarm", "error": "broken", "escalation": "late", "message": "message_news"}.get(kind)
    said = {f"{kind}Ref": refers, **attributes} if refers else attributes
    written = "".join(f' {key}="{value}"' for key, value in said.items() if value)
    return f"<bpmn:{kind}EventDefinition{written}>{inside}</bpmn:{kind}EventDefinition>"


def event(tag: str, name: str, kind: str = "", **attributes: str) -> str:
    """An event of any kind; attributes of the definition begin with an underscore."""
    inner = definition(kind, **{key[1:]: value for key, value in attributes.items() if key[0] == "_"}) if kind else ""
    written = "".join(f' {key}="{value}"' for key, value in attributes.items() if key[0] != "_")
    key = '<bpmn:extensionElements><alur:message key="1" /></bpmn:extensionElements>' if kind == "message" else ""
    return f'<bpmn:{tag} id="{name}"{written}>{key}{inner}</bpmn:{tag}>'


def edge(name: str, host: str, kind: str, *, calm: bool = False, **attributes: str) -> str:
    """A boundary event; a calm one does not interrupt."""
    said = {"attachedToRef": host, **({"cancelActivity": "false"} if calm else {}), **attributes}
    return event("boundaryEvent", name, kind, **said)


def sub(name: str, *parts: str, tag: str = "subProcess", **attributes: str) -> str:
    """A sub-process."""
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<bpmn:{tag} id="{name}" name="{name}"{written}>{"".join(parts)}</bpmn:{tag}>'


def event_sub(name: str, kind: str, *middle: str, calm: bool = False, **attributes: str) -> str:
    """An event sub-process that begins at `NAME_start` and ends at `NAME_end`."""
    said = {**({"isInterrupting": "false"} if calm else {}), **attributes}
    begin = event("startEvent", f"{name}_start", kind, **said)
    return sub(name, begin, *middle, end(f"{name}_end"), path(f"{name}_start", f"{name}_end"), triggeredByEvent="true")


def inside(name: str, middle: str = "", *more: str, last: str = "") -> tuple[str, ...]:
    """What stands in a sub-process: start `NAME_in`, perhaps one element, end `NAME_out`."""
    names = [f"{name}_in", *([middle] if middle else []), f"{name}_out"]
    return (start(f"{name}_in"), end(f"{name}_out", last), path(*names), *more)


def manual(name: str, *inner: str, **attributes: str) -> str:
    """A manual task of the person with the number 1, which needs no form."""
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    asked = '<bpmn:extensionElements><alur:assignment assignee="1" /></bpmn:extensionElements>'
    return f'<bpmn:manualTask id="{name}" name="{name}"{written}>{asked}{"".join(inner)}</bpmn:manualTask>'


def instances(*inner: str, sequential: bool = False, **items: str) -> str:
    """A multi-instance marker."""
    written = "".join(f' {key}="{value}"' for key, value in items.items())
    said = f"<bpmn:extensionElements><alur:items{written} /></bpmn:extensionElements>" if items else ""
    tag = "multiInstanceLoopCharacteristics"
    return f'<bpmn:{tag} isSequential="{str(sequential).lower()}">{said}{"".join(inner)}</bpmn:{tag}>'


def call(name: str, process: str, inputs: str = "") -> str:
    """A call activity."""
    said = f"<bpmn:extensionElements><alur:call>{inputs}</alur:call></bpmn:extensionElements>" if inputs else ""
    return f'<bpmn:callActivity id="{name}" calledElement="{process}">{said}</bpmn:callActivity>'


def process(name: str, *parts: str) -> str:
    """A second process, not executable by itself."""
    return f'<bpmn:process id="{name}">{"".join(parts)}</bpmn:process>'


def association(source: str, target: str) -> str:
    """The line from a compensation event to the step that undoes."""
    return f'<bpmn:association id="{source}_{target}" sourceRef="{source}" targetRef="{target}" />'
