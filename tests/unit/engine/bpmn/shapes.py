"""Writes the parts of BPMN that tests of the machine draw: activities inside others, loops, events of every kind."""

from xml.sax.saxutils import escape, quoteattr

from tests.unit.engine import diagrams

_CODES = {"error": "errorCode", "escalation": "escalationCode"}


def text(*parts: str, beside: str = "", process: str = "test") -> str:
    """The XML of a process, with the messages, signals, errors and escalations that `event` refers to.

    :param beside: what stands beside the process: other processes.
    """
    names = "".join(f'<bpmn:message id="message_{name}" name="{name}" />' for name in ("news", "other"))
    names += "".join(f'<bpmn:signal id="signal_{name}" name="{name}" />' for name in ("alarm", "calm"))
    names += "".join(
        f'<bpmn:{kind} id="{kind}_{code}" {attribute}="{code}" />'
        for kind, attribute in _CODES.items()
        for code in ("late", "lost")
    )
    body = f'<bpmn:process id="{process}" isExecutable="true">{"".join(parts)}</bpmn:process>'
    return f"{diagrams.HEAD}{names}{body}{beside}</bpmn:definitions>"


def user(name: str, *, result: str | None = None) -> str:
    """A task of the person with the number 1."""
    return diagrams.user(name, "1", result)


def process(name: str, *parts: str) -> str:
    """A process that another one calls."""
    return f'<bpmn:process id="{name}" isExecutable="false">{"".join(parts)}</bpmn:process>'


def inside(name: str, *parts: str, tag: str = "subProcess", **attributes: str) -> str:
    """A sub-process or transaction, with what is drawn in it."""
    return f'<bpmn:{tag} id="{name}" name="{name}"{_written(attributes)}>{"".join(parts)}</bpmn:{tag}>'


def triggered(name: str, *parts: str) -> str:
    """An event sub-process."""
    return inside(name, *parts, triggeredByEvent="true")


def call(name: str, called: str, inner: str = "", **inputs: str) -> str:
    """A call activity; `inner` holds its outputs."""
    given = "".join(f"<alur:input name={quoteattr(key)} value={quoteattr(value)} />" for key, value in inputs.items())
    extension = f"<bpmn:extensionElements><alur:call>{given}{inner}</alur:call></bpmn:extensionElements>"
    return f'<bpmn:callActivity id="{name}" name="{name}" calledElement="{called}">{extension}</bpmn:callActivity>'


def output(name: str, value: str) -> str:
    """What a called process gives back."""
    return f"<alur:output name={quoteattr(name)} value={quoteattr(value)} />"


def event(
    tag: str, name: str, trigger: str = "", refers: str = "", said: str = "", result: str = "", **attributes: str
) -> str:
    """An event; `refers` is a name that `text` defines, `said` the time, condition, payload or key."""
    extra, inner, reference = "", "", ""
    if trigger == "timer":
        kind = "timeCycle" if said.startswith("R") else "timeDuration"
        inner = f"<bpmn:{kind}>{escape(said)}</bpmn:{kind}>"
    elif trigger == "conditional":
        inner = f"<bpmn:condition>{escape(said)}</bpmn:condition>"
    elif trigger == "link":
        reference = f' name="{refers}"'
    elif trigger == "compensate":
        reference = f' activityRef="{refers}"' if refers else ""
    elif refers:
        reference = f' {trigger}Ref="{trigger}_{refers}"'
        extra = _extension(tag, trigger, said, result)
    definition = f"<bpmn:{trigger}EventDefinition{reference}>{inner}</bpmn:{trigger}EventDefinition>" if trigger else ""
    return f'<bpmn:{tag} id="{name}" name="{name}"{_written(attributes)}>{extra}{definition}</bpmn:{tag}>'


def _extension(tag: str, trigger: str, said: str, result: str) -> str:
    attributes = {"result": result} if result else {}
    if trigger == "message":
        attributes["key"] = said or '"k"'
    elif said and tag in ("endEvent", "intermediateThrowEvent"):
        attributes["payload"] = said
    extension = f"<alur:{trigger}{_written(attributes)} />" if attributes else ""
    return f"<bpmn:extensionElements>{extension}</bpmn:extensionElements>" if extension else ""


def start(
    name: str, trigger: str = "", refers: str = "", said: str = "", *, interrupting: bool = True, result: str = ""
) -> str:
    """A start event of an event sub-process."""
    return event("startEvent", name, trigger, refers, said, result, isInterrupting=str(interrupting).lower())


def boundary(
    name: str, host: str, trigger: str, refers: str = "", said: str = "", *, interrupting: bool = True, result: str = ""
) -> str:
    """An event at an activity."""
    cancel = str(interrupting).lower()
    return event("boundaryEvent", name, trigger, refers, said, result, attachedToRef=host, cancelActivity=cancel)


def catch(name: str, trigger: str, refers: str = "", said: str = "", result: str = "") -> str:
    """An event on the path that waits."""
    return event("intermediateCatchEvent", name, trigger, refers, said, result)


def throw(name: str, trigger: str, refers: str = "", said: str = "") -> str:
    """An event on the path that tells somebody something."""
    return event("intermediateThrowEvent", name, trigger, refers, said)


def end(name: str = "done", trigger: str = "", refers: str = "", said: str = "") -> str:
    """An end event."""
    return event("endEvent", name, trigger, refers, said)


def undone_by(activity: str, handler: str) -> str:
    """The compensation event at an activity, and a person's task that undoes it."""
    host = f'<bpmn:association id="{activity}_undone" sourceRef="{activity}_undo" targetRef="{handler}" />'
    return f"{boundary(f'{activity}_undo', activity, 'compensate')}{host}"


def marked(activity: str, marker: str) -> str:
    """Put a marker into an activity, before its content."""
    extension = activity.find("</bpmn:extensionElements>")
    place = extension + len("</bpmn:extensionElements>") if extension > 0 else activity.find(">") + 1
    return activity[:place] + marker + activity[place:]


def looped(condition: str = "", most: str = "", *, before: bool = False) -> str:
    """The marker of a standard loop."""
    attributes = {"loopMaximum": most, "testBefore": str(before).lower()}
    inner = f"<bpmn:loopCondition>{escape(condition)}</bpmn:loopCondition>" if condition else ""
    return f"<bpmn:standardLoopCharacteristics{_written(attributes)}>{inner}</bpmn:standardLoopCharacteristics>"


def each(collection: str = "", *, one_by_one: bool = False, until: str = "", times: str = "", **items: str) -> str:
    """The marker of a multi-instance activity; `items` are `item`, `output` and `gives`."""
    given = {"collection": collection, **items} if collection else items
    extension = f"<bpmn:extensionElements><alur:items{_written(given)} /></bpmn:extensionElements>" if given else ""
    number = f"<bpmn:loopCardinality>{escape(times)}</bpmn:loopCardinality>" if times else ""
    enough = f"<bpmn:completionCondition>{escape(until)}</bpmn:completionCondition>" if until else ""
    inner = extension + number + enough
    kind = _written({"isSequential": str(one_by_one).lower()})
    return f"<bpmn:multiInstanceLoopCharacteristics{kind}>{inner}</bpmn:multiInstanceLoopCharacteristics>"


def handler(activity: str) -> str:
    """Make a task run for compensation only."""
    return activity.replace(" id=", ' isForCompensation="true" id=', 1)


def name_of(part: str) -> str:
    """Return the id of something drawn."""
    return part.split('id="', 1)[1].split('"', 1)[0]


def _written(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)
