"""Writes a diagram twice: in FEEL as Alur reads it, and with Python expressions as SpiffWorkflow reads it."""

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from tests.unit.engine import diagrams
from tests.unit.engine.bpmn import shapes

SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
_SPIFF_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    f'xmlns:spiffworkflow="{SPIFF}" id="definitions" targetNamespace="urn:twin">'
    '<bpmn:message id="message_news" name="news" />'
)


@dataclass(frozen=True, slots=True)
class Twins:
    """The same part of a diagram in both languages."""

    feel: str
    python: str


def same(part: str) -> Twins:
    """A part that both read alike."""
    return Twins(part, part)


def user(name: str, result: str | None = None, loop: Twins | None = None) -> Twins:
    """A person's task, whose answers become a variable, of its own name if no other is given."""
    if loop is None:
        return Twins(shapes.user(name, result=result), f'<bpmn:userTask id="{name}" name="{name}" />')
    marked = shapes.marked(shapes.user(name, result=result), loop.feel)
    return Twins(marked, f'<bpmn:userTask id="{name}" name="{name}">{loop.python}</bpmn:userTask>')


def each(collection: str, item: str, output: str, gives: str, *, one_by_one: bool = False) -> Twins:
    """The marker of a task done for every item of a list; `gives` names the variable that is collected."""
    inner = (
        f"<bpmn:loopDataInputRef>{collection}</bpmn:loopDataInputRef>"
        f"<bpmn:loopDataOutputRef>{output}</bpmn:loopDataOutputRef>"
        f'<bpmn:inputDataItem id="{item}" name="{item}" /><bpmn:outputDataItem id="{gives}" name="{gives}" />'
    )
    kind = str(one_by_one).lower()
    tag = "bpmn:multiInstanceLoopCharacteristics"
    ours = shapes.each(collection, one_by_one=one_by_one, item=item, output=output, gives=gives)
    return Twins(ours, f'<{tag} isSequential="{kind}">{inner}</{tag}>')


def script(name: str, result: str, feel: str, python: str) -> Twins:
    """A script that sets one variable."""
    body = f"<bpmn:script>{escape(f'{result} = {python}')}</bpmn:script>"
    return Twins(
        diagrams.script(name, result, feel), f'<bpmn:scriptTask id="{name}" name="{name}">{body}</bpmn:scriptTask>'
    )


def decision(name: str, table: str) -> Twins:
    """A business rule task; its result becomes the variable of the task's name."""
    ours = f'<alur:decision ref="{table}" result="{name}" />'
    theirs = f"<spiffworkflow:calledDecisionId>{table}</spiffworkflow:calledDecisionId>"
    return Twins(*(_element("businessRuleTask", name, text) for text in (ours, theirs)))


def catch_message(name: str) -> Twins:
    """An event that waits for the message `news`."""
    definition = '<bpmn:messageEventDefinition messageRef="message_news" />'
    tag = "bpmn:intermediateCatchEvent"
    return Twins(diagrams.catch(name, '"k"', name), f'<{tag} id="{name}" name="{name}">{definition}</{tag}>')


def catch_timer(name: str, duration: str) -> Twins:
    """An event that waits for a time."""
    tag = "bpmn:intermediateCatchEvent"
    when = f'<bpmn:timeDuration>"{duration}"</bpmn:timeDuration>'
    theirs = f"<bpmn:timerEventDefinition>{when}</bpmn:timerEventDefinition>"
    return Twins(shapes.catch(name, "timer", said=duration), f'<{tag} id="{name}" name="{name}">{theirs}</{tag}>')


def flow(source: str, target: str, feel: str = "", python: str = "") -> Twins:
    """A flow, perhaps with a condition."""
    return Twins(diagrams.flow(source, target, feel), diagrams.flow(source, target, python))


def path(*names: str) -> Twins:
    """Flows along a chain."""
    return same(diagrams.path(*names))


def diagram(process: str, *parts: Twins) -> Twins:
    """The whole of both files."""
    theirs = "".join(part.python for part in parts)
    return Twins(
        diagrams.text(*(part.feel for part in parts), process=process),
        f'{_SPIFF_HEAD}<bpmn:process id={quoteattr(process)} isExecutable="true">{theirs}</bpmn:process>'
        "</bpmn:definitions>",
    )


def _element(tag: str, name: str, extension: str) -> str:
    inner = f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>"
    return f'<bpmn:{tag} id="{name}" name="{name}">{inner}</bpmn:{tag}>'
