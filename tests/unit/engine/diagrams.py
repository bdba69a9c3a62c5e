"""Writes small BPMN diagrams for tests from a few words, without shapes."""

from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:alur="urn:alur:bpmn:1" id="definitions" targetNamespace="urn:test">'
)


def user(name: str, assignee: str = "person", result: str | None = None, **extra: str) -> str:
    """A user task with the form `any`."""
    attributes = "".join(
        f" {key}={quoteattr(value)}" for key, value in {"assignee": assignee, **extra}.items() if value
    )
    form = f'<alur:form key="any" result="{result or name}" />'
    return _element("userTask", name, f"<alur:assignment{attributes} />{form}")


def service(name: str, service: str, result: str = "", **inputs: str) -> str:
    """A service task."""
    given = "".join(f"<alur:input name={quoteattr(key)} value={quoteattr(value)} />" for key, value in inputs.items())
    to = f' result="{result}"' if result else ""
    return _element("serviceTask", name, f'<alur:service name="{service}"{to}>{given}</alur:service>')


def script(name: str, result: str, feel: str) -> str:
    """A FEEL script task."""
    extension = f'<alur:script result="{result}" />'
    return _element("scriptTask", name, extension, f"<bpmn:script>{escape(feel)}</bpmn:script>")


def gateway(kind: str, name: str, default: str = "") -> str:
    """An exclusive or parallel gateway."""
    attribute = f' default="{default}"' if default else ""
    return f'<bpmn:{kind}Gateway id="{name}"{attribute} />'


def start(name: str = "begin") -> str:
    """A plain start event."""
    return f'<bpmn:startEvent id="{name}" />'


def end(name: str = "done", definition: str = "") -> str:
    """An end event."""
    return f'<bpmn:endEvent id="{name}">{definition}</bpmn:endEvent>'


def boundary_timer(name: str, host: str, when: str, *, interrupting: bool = True, kind: str = "timeDuration") -> str:
    """A timer at the edge of a task."""
    cancel = "true" if interrupting else "false"
    timer = f"<bpmn:timerEventDefinition><bpmn:{kind}>{escape(when)}</bpmn:{kind}></bpmn:timerEventDefinition>"
    return (
        f'<bpmn:boundaryEvent id="{name}" attachedToRef="{host}" cancelActivity="{cancel}">{timer}</bpmn:boundaryEvent>'
    )


def catch(name: str, key: str, result: str = "") -> str:
    """An intermediate event that waits for the message `news`."""
    return _message("intermediateCatchEvent", name, key, f' result="{result}"' if result else "")


def throw(name: str, key: str, payload: str) -> str:
    """An intermediate event that sends the message `news`."""
    return _message("intermediateThrowEvent", name, key, f" payload={quoteattr(payload)}")


def flow(source: str, target: str, condition: str = "") -> str:
    """A sequence flow, named after its ends."""
    inner = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>" if condition else ""
    ends = f'id="{source}-{target}" sourceRef="{source}" targetRef="{target}"'
    return f"<bpmn:sequenceFlow {ends}>{inner}</bpmn:sequenceFlow>"


def path(*names: str) -> str:
    """Flows along a chain of elements."""
    return "".join(flow(source, target) for source, target in pairwise(names))


def diagram(folder: Path, *parts: str, process: str = "test") -> Path:
    """Write the diagram and return its path."""
    target = folder / f"{process}.bpmn"
    target.write_text(text(*parts, process=process), encoding="utf-8")
    return target


def text(*parts: str, process: str = "test") -> str:
    """The XML of a diagram."""
    message = '<bpmn:message id="message_news" name="news" />'
    body = "".join(parts)
    return f'{HEAD}{message}<bpmn:process id="{process}" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'


def _element(tag: str, name: str, extension: str, body: str = "") -> str:
    inner = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>{body}"
    return f'<bpmn:{tag} id="{name}" name="{name}">{inner}</bpmn:{tag}>'


def _message(tag: str, name: str, key: str, extra: str) -> str:
    extension = f"<bpmn:extensionElements><alur:message key={quoteattr(key)}{extra} /></bpmn:extensionElements>"
    definition = '<bpmn:messageEventDefinition messageRef="message_news" />'
    return f'<bpmn:{tag} id="{name}" name="{name}">{extension}{definition}</bpmn:{tag}>'
