"""The words of BPMN that Alur knows: which attributes and children each element may carry, and why others may not.

Only data: `wording` walks a diagram and compares. Whatever stands here is executed, or is only drawn or said; so a new
word is added here when the engine has learnt it, never to make a diagram pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ALUR = "urn:alur:bpmn:1"
OURS = "urn:alur:"
"""Every namespace of ours begins so; a mistyped one is no other tool's."""
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DRAWING = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/DD/20100524/DI",
    }
)
# Attributes of drawing tools that say with what and for whom a diagram was drawn; they instruct nobody.
TOOLS = frozenset({"http://camunda.org/schema/modeler/1.0"})
COLOURS = frozenset({"http://bpmn.io/schema/bpmn/biocolor/1.0", "http://www.omg.org/spec/BPMN/non-normative/color/1.0"})

ANY = ""
BOOLEAN = "boolean"
YES = "true"
NO = "false"
ONE = "1"
FEEL = "feel"
"""What an attribute may say: anything, either, only true, only false, only 1, or a name of FEEL."""


@dataclass(frozen=True, slots=True)
class Word:
    """What one element may carry.

    :param attributes: what each attribute may say: one of the rules above, or the allowed values.
    :param needs: attributes without which the element says nothing.
    """

    attributes: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()


def _word(*children: str, needs: tuple[str, ...] = (), **attributes: str | tuple[str, ...]) -> Word:
    return Word({"id": ANY, "name": ANY, **attributes}, _SAID | frozenset(children), needs)


_SAID = frozenset({"documentation", "extensionElements"})
_NODE = ("incoming", "outgoing")
_DATA = ("dataInputAssociation", "dataOutputAssociation")
# What bpmn.io draws the end of a line from a data object to.
_PLACEHOLDER = "__targetRef_placeholder"
_DRAWN = ("textAnnotation", "association", "group")
_ONCE: Mapping[str, str] = {"startQuantity": ONE, "completionQuantity": ONE}
LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
_DIRECTIONS = ("Unspecified", "Mixed", "Converging", "Diverging")
# What BPMN itself takes when the attribute is absent says nothing about a technology.
_NO_TECHNOLOGY = ("##unspecified", "##WebService")
_EXPRESSION = Word({"id": ANY, "language": FEEL, f"{{{XSI}}}type": ("tFormalExpression", "tExpression")})


def _activity(*children: str, **attributes: str | tuple[str, ...]) -> Word:
    said = {"isForCompensation": BOOLEAN, "default": ANY, **_ONCE, **attributes}
    return _word(*_NODE, *_DATA, "property", *LOOPS, *children, needs=("id",), **said)


def _event(*children: str, **attributes: str | tuple[str, ...]) -> Word:
    return _word(*_NODE, *_DATA, *children, needs=("id",), **attributes)


def _gateway(**attributes: str | tuple[str, ...]) -> Word:
    return _word(*_NODE, needs=("id",), gatewayDirection=_DIRECTIONS, **attributes)


def _definitions(*children: str, **attributes: str) -> Word:
    schema = {f"{{{XSI}}}schemaLocation": ANY}  # never fetched
    return Word({"id": ANY, "name": ANY, **schema, **attributes}, _SAID | frozenset(children))


_SEND = ("messageEventDefinition", "signalEventDefinition")
_WAIT = (*_SEND, "timerEventDefinition", "conditionalEventDefinition")
_INSIDE = ("errorEventDefinition", "escalationEventDefinition", "compensateEventDefinition")
_TASKS: Mapping[str, Word] = {
    "userTask": _activity(implementation=_NO_TECHNOLOGY),
    "manualTask": _activity(),
    "serviceTask": _activity(implementation=_NO_TECHNOLOGY),
    "scriptTask": _activity("script", scriptFormat=ANY),  # its language is checked where the script is read
    "businessRuleTask": _activity(implementation=_NO_TECHNOLOGY),
    "sendTask": _activity(implementation=_NO_TECHNOLOGY, messageRef=ANY),
    "receiveTask": _activity(implementation=_NO_TECHNOLOGY, messageRef=ANY, instantiate=NO),
    "callActivity": _activity(calledElement=ANY),
}
GATEWAYS: Mapping[str, Word] = {
    "exclusiveGateway": _gateway(default=ANY),
    "parallelGateway": _gateway(),
    "inclusiveGateway": _gateway(default=ANY),
    "eventBasedGateway": _gateway(instantiate=NO, eventGatewayType=("Exclusive",)),
}
_EVENTS: Mapping[str, Word] = {
    "startEvent": _event(*_WAIT, *_INSIDE, isInterrupting=BOOLEAN, parallelMultiple=NO),
    "endEvent": _event("terminateEventDefinition", "cancelEventDefinition", *_SEND, *_INSIDE),
    "intermediateCatchEvent": _event(*_WAIT, "linkEventDefinition", parallelMultiple=NO),
    "intermediateThrowEvent": _event(
        *_SEND, "linkEventDefinition", "escalationEventDefinition", "compensateEventDefinition"
    ),
    "boundaryEvent": _event(
        *_WAIT, *_INSIDE, "cancelEventDefinition", attachedToRef=ANY, cancelActivity=BOOLEAN, parallelMultiple=NO
    ),
}
_CONTENT = (
    *_TASKS, *GATEWAYS, *_EVENTS, "subProcess", "transaction",
    "sequenceFlow", "laneSet", *_DRAWN, "dataObject", "dataObjectReference",
)  # fmt: skip
FLOW_NODES: Mapping[str, Word] = {
    **_TASKS,
    **GATEWAYS,
    **_EVENTS,
    "subProcess": _activity(*_CONTENT, triggeredByEvent=BOOLEAN),
    "transaction": _activity(*_CONTENT, triggeredByEvent=NO, method=("##Compensate",)),
}
# Without a trigger these would wait for nothing, throw nothing, or never happen.
NEED_TRIGGER = frozenset({"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})

WORDS: Mapping[str, Word] = {
    "definitions": _definitions(
        "process", "collaboration", "message", "signal", "error", "escalation", "category", "BPMNDiagram",
        targetNamespace=ANY, exporter=ANY, exporterVersion=ANY, typeLanguage=ANY, expressionLanguage=FEEL,
    ),
    "process": _word(
        *_CONTENT,
        needs=("id",), isExecutable=BOOLEAN, isClosed=BOOLEAN, processType=("None", "Private"),
    ),
    "sequenceFlow": _word("conditionExpression", needs=("id",), sourceRef=ANY, targetRef=ANY, isImmediate=YES),
    "laneSet": _word("lane"),
    "lane": _word("flowNodeRef"),
    "collaboration": _word("participant", *_DRAWN, isClosed=BOOLEAN),
    "participant": _word(processRef=ANY),
    "message": _word(needs=("id", "name")),
    "signal": _word(needs=("id", "name")),
    "error": _word(needs=("id", "errorCode"), errorCode=ANY),
    "escalation": _word(needs=("id", "escalationCode"), escalationCode=ANY),
    "messageEventDefinition": _word(messageRef=ANY),
    "signalEventDefinition": _word(signalRef=ANY),
    "errorEventDefinition": _word(errorRef=ANY),
    "escalationEventDefinition": _word(escalationRef=ANY),
    "compensateEventDefinition": _word(activityRef=ANY, waitForCompletion=YES),
    "linkEventDefinition": _word(needs=("name",)),
    "conditionalEventDefinition": _word("condition"),
    "timerEventDefinition": _word("timeDate", "timeDuration", "timeCycle"),
    "terminateEventDefinition": _word(),
    "cancelEventDefinition": _word(),
    "standardLoopCharacteristics": _word("loopCondition", testBefore=BOOLEAN, loopMaximum=ANY),
    "multiInstanceLoopCharacteristics": _word(
        "loopCardinality", "completionCondition", isSequential=BOOLEAN, behavior=("All",)
    ),
    "loopCondition": _EXPRESSION,
    "loopCardinality": _EXPRESSION,
    "completionCondition": _EXPRESSION,
    "condition": _EXPRESSION,
    "timeCycle": _EXPRESSION,
    "conditionExpression": _EXPRESSION,
    "timeDate": _EXPRESSION,
    "timeDuration": _EXPRESSION,
    "script": Word({"id": ANY}),
    "incoming": Word(),
    "outgoing": Word(),
    "flowNodeRef": Word(),
    "documentation": Word({"id": ANY, "textFormat": ANY}),
    # A data object is the variable of its id; `dataobjects` sees to it that the lines to steps are true.
    "dataObject": _word(isCollection=BOOLEAN),
    "dataObjectReference": _word(dataObjectRef=ANY),
    "dataInputAssociation": Word({"id": ANY}, _SAID | {"sourceRef", "targetRef"}),
    "dataOutputAssociation": Word({"id": ANY}, _SAID | {"targetRef"}),
    "sourceRef": Word(),
    "targetRef": Word(),
    "property": Word({"id": ANY, "name": (_PLACEHOLDER,)}, _SAID, ("name",)),
    # Only drawn.
    "textAnnotation": _word("text", textFormat=ANY),
    "text": Word(),
    "association": _word(sourceRef=ANY, targetRef=ANY, associationDirection=("None", "One", "Both")),
    "group": _word(categoryValueRef=ANY),
    "category": _word("categoryValue"),
    "categoryValue": _word(value=ANY),
    **FLOW_NODES,
}  # fmt: skip

# Of several of these in one element only the first would be read.
ONCE = frozenset(
    {
        "extensionElements", "documentation", "conditionExpression", "script", "condition", *LOOPS,
        "loopCondition", "loopCardinality", "completionCondition", "timeDate", "timeDuration", "timeCycle",
    }
)  # fmt: skip
# Found by a modeller at the step, not by the id that some tools give them.
PARTS = frozenset({*LOOPS, *_DATA, "property", *(word for word in WORDS if word.endswith("EventDefinition"))}) | (
    ONCE - {"script"}
)
# Left empty they say nothing: whoever drew them meant to write something there.
FILLED = frozenset({"conditionExpression", "loopCondition", "loopCardinality", "completionCondition"})
# Text anywhere else is read by nobody.
HOLD_TEXT = frozenset(
    {
        "documentation", "text", "script", "conditionExpression", "timeDate", "timeDuration", "timeCycle",
        "condition", "loopCondition", "loopCardinality", "completionCondition",
        "incoming", "outgoing", "flowNodeRef", "label", "sourceRef", "targetRef",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extension:
    """What one of our own extension elements may carry, and on which BPMN elements; `on` empty: on all.

    :param parts: our own elements that may stand inside it, each name once.
    """

    attributes: frozenset[str]
    on: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()


_CATCHES = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"})
_THROWS = frozenset({"intermediateThrowEvent", "endEvent", "sendTask"})
_EVENTS_CATCH, _EVENTS_THROW = _CATCHES - {"receiveTask"}, _THROWS - {"sendTask"}
# What may count working days: the days of tasks, and timers.
_COUNTS = frozenset({"userTask", "manualTask", *_EVENTS_CATCH})
_INPUT, _OUTPUT = frozenset({"input"}), frozenset({"output"})

EXTENSIONS: Mapping[str, Extension] = {
    "label": Extension(frozenset({"lang"}), needs=("lang",)),
    "documentation": Extension(frozenset({"lang"}), frozenset(FLOW_NODES), needs=("lang",)),
    "assignment": Extension(
        frozenset({"assignee", "candidate", "due", "followUp", "priority"}), frozenset({"userTask", "manualTask"})
    ),
    "calendar": Extension(frozenset({"name"}), _COUNTS, needs=("name",)),
    "form": Extension(frozenset({"key", "result"}), frozenset({"userTask"}), needs=("key",)),
    "service": Extension(frozenset({"name", "result"}), frozenset({"serviceTask"}), ("name",), _INPUT),
    "decision": Extension(frozenset({"ref", "result"}), frozenset({"businessRuleTask"}), needs=("ref",)),
    "script": Extension(frozenset({"result"}), frozenset({"scriptTask"})),
    "message": Extension(frozenset({"key", "payload", "result"}), _CATCHES | _THROWS),
    "signal": Extension(frozenset({"payload", "result"}), _EVENTS_CATCH | _EVENTS_THROW),
    "error": Extension(frozenset({"result"}), _EVENTS_CATCH),
    "escalation": Extension(frozenset({"result"}), _EVENTS_CATCH),
    "call": Extension(frozenset(), frozenset({"callActivity"}), parts=_INPUT | _OUTPUT),
    "case": Extension(frozenset({"subject", "title"}), frozenset({"startEvent"})),
    # Only shown: who answers for the process, by which law, what for, and how long its data are kept.
    "about": Extension(frozenset({"owner", "legalBasis", "purpose", "retention"}), frozenset({"process"})),
    "items": Extension(
        frozenset({"collection", "item", "output", "gives"}), frozenset({"multiInstanceLoopCharacteristics"})
    ),
}
# These stand only inside others of ours.
PARAMETERS: Mapping[str, Extension] = {
    name: Extension(frozenset({"name", "value"}), needs=("name", "value")) for name in _INPUT | _OUTPUT
}
# What an event carries is said only where there is such an event.
CARRIED = frozenset({"message", "signal", "error", "escalation"})
# An event that throws keeps no result; one that catches has nothing to send.
NOT_CARRIED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_CATCHES, frozenset({"payload"})),
    **dict.fromkeys(_THROWS, frozenset({"result"})),
}
MESSAGE_TASKS = frozenset({"sendTask", "receiveTask"})
LANGUAGES = frozenset({"en"})  # of labels and documentation; what BPMN itself carries is Indonesian
SPOKEN = frozenset({"label", "documentation"})  # said once in each language
# Inside extensionElements, these change how another engine runs a diagram; ours would not do what is drawn.
EXECUTING_VENDORS = (
    "http://camunda.org/",
    "http://activiti.org/",
    "http://flowable.org/",
    "http://www.jboss.org/",
    "http://www.flowable.",
    "http://www.activiti.",
    "http://www.omg.org/bpsim",
    "http://www.bonitasoft",
    "https://www.spiffworkflow.org/",
    "http://spiffworkflow.org/",
)
