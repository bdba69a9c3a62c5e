"""The words of BPMN that Alur knows: which attributes and children each element may carry, and why others may not.

Only data: `wording` walks a diagram and compares. Whatever stands here is executed, or is only drawn or said; so a new
word is added here when the engine has learnt it, never to make a diagram pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ALUR = "urn:alur:bpmn:1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DRAWING = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/DD/20100524/DI",
    }
)
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
_DRAWN = ("textAnnotation", "association", "group")
_ONCE: Mapping[str, str] = {"isForCompensation": NO, "startQuantity": ONE, "completionQuantity": ONE}
_DIRECTIONS = ("Unspecified", "Mixed", "Converging", "Diverging")
# What BPMN itself takes when the attribute is absent says nothing about a technology.
_NO_TECHNOLOGY = ("##unspecified", "##WebService")
_EXPRESSION = Word({"id": ANY, "language": FEEL, f"{{{XSI}}}type": ("tFormalExpression", "tExpression")})


def _activity(*children: str, **attributes: str | tuple[str, ...]) -> Word:
    return _word(*_NODE, *children, needs=("id",), **_ONCE, **attributes)


def _event(*children: str, **attributes: str | tuple[str, ...]) -> Word:
    return _word(*_NODE, *children, needs=("id",), **attributes)


def _definitions(*children: str, **attributes: str) -> Word:
    schema = {f"{{{XSI}}}schemaLocation": ANY}  # never fetched
    return Word({"id": ANY, "name": ANY, **schema, **attributes}, _SAID | frozenset(children))


FLOW_NODES: Mapping[str, Word] = {
    "userTask": _activity(implementation=_NO_TECHNOLOGY),
    "manualTask": _activity(),
    "serviceTask": _activity(implementation=_NO_TECHNOLOGY),
    "scriptTask": _activity("script", scriptFormat=ANY),  # its language is checked where the script is read
    "businessRuleTask": _activity(implementation=_NO_TECHNOLOGY),
    "exclusiveGateway": _event(gatewayDirection=_DIRECTIONS, default=ANY),
    "parallelGateway": _event(gatewayDirection=_DIRECTIONS),
    "startEvent": _event(isInterrupting=YES, parallelMultiple=NO),
    "endEvent": _event("terminateEventDefinition", "messageEventDefinition"),
    "intermediateCatchEvent": _event("messageEventDefinition", "timerEventDefinition", parallelMultiple=NO),
    "intermediateThrowEvent": _event("messageEventDefinition"),
    "boundaryEvent": _event(
        "messageEventDefinition", "timerEventDefinition", attachedToRef=ANY, cancelActivity=BOOLEAN, parallelMultiple=NO
    ),
}
# Without a trigger these would wait for nothing, throw nothing, or never happen.
NEED_TRIGGER = frozenset({"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})

WORDS: Mapping[str, Word] = {
    "definitions": _definitions(
        "process", "collaboration", "message", "category", "BPMNDiagram",
        targetNamespace=ANY, exporter=ANY, exporterVersion=ANY, typeLanguage=ANY, expressionLanguage=FEEL,
    ),
    "process": _word(
        *FLOW_NODES, "sequenceFlow", "laneSet", *_DRAWN, "dataObject", "dataObjectReference",
        needs=("id",), isExecutable=BOOLEAN, isClosed=BOOLEAN, processType=("None", "Private"),
    ),
    "sequenceFlow": _word("conditionExpression", needs=("id",), sourceRef=ANY, targetRef=ANY, isImmediate=YES),
    "laneSet": _word("lane"),
    "lane": _word("flowNodeRef"),
    "collaboration": _word("participant", *_DRAWN, isClosed=BOOLEAN),
    "participant": _word(processRef=ANY),
    "message": _word(needs=("id", "name")),
    "messageEventDefinition": _word(messageRef=ANY),
    "timerEventDefinition": _word("timeDate", "timeDuration"),
    "terminateEventDefinition": _word(),
    "conditionExpression": _EXPRESSION,
    "timeDate": _EXPRESSION,
    "timeDuration": _EXPRESSION,
    "script": Word({"id": ANY}),
    "incoming": Word(),
    "outgoing": Word(),
    "flowNodeRef": Word(),
    "documentation": Word({"id": ANY, "textFormat": ANY}),
    # Only drawn. Data objects are no variables: what would join them to a step, a data association, is refused.
    "textAnnotation": _word("text", textFormat=ANY),
    "text": Word(),
    "association": _word(sourceRef=ANY, targetRef=ANY, associationDirection=("None", "One", "Both")),
    "group": _word(categoryValueRef=ANY),
    "category": _word("categoryValue"),
    "categoryValue": _word(value=ANY),
    "dataObject": _word(isCollection=BOOLEAN),
    "dataObjectReference": _word(dataObjectRef=ANY),
    **FLOW_NODES,
}  # fmt: skip

# Of several of these in one element only the first would be read.
ONCE = frozenset({"extensionElements", "conditionExpression", "script"})
# Text anywhere else is read by nobody.
HOLD_TEXT = frozenset(
    {
        "documentation", "text", "script", "conditionExpression", "timeDate", "timeDuration",
        "incoming", "outgoing", "flowNodeRef", "label",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extension:
    """What one of our own extension elements may carry, and on which BPMN elements; `on` empty: on all."""

    attributes: frozenset[str]
    on: frozenset[str] = frozenset()
    needs: tuple[str, ...] = ()


_CATCHES = frozenset({"intermediateCatchEvent", "boundaryEvent"})
_THROWS = frozenset({"intermediateThrowEvent", "endEvent"})

EXTENSIONS: Mapping[str, Extension] = {
    "label": Extension(frozenset({"lang"}), needs=("lang",)),
    "documentation": Extension(frozenset({"lang"}), frozenset(FLOW_NODES), needs=("lang",)),
    "assignment": Extension(frozenset({"assignee", "candidate", "due"}), frozenset({"userTask", "manualTask"})),
    "form": Extension(frozenset({"key", "result"}), frozenset({"userTask"}), needs=("key",)),
    "service": Extension(frozenset({"name", "result"}), frozenset({"serviceTask"}), needs=("name",)),
    "input": Extension(frozenset({"name", "value"}), needs=("name", "value")),
    "decision": Extension(frozenset({"ref", "result"}), frozenset({"businessRuleTask"}), needs=("ref",)),
    "script": Extension(frozenset({"result"}), frozenset({"scriptTask"})),
    "message": Extension(frozenset({"key", "payload", "result"}), _CATCHES | _THROWS),
}
# An event that throws keeps no result; one that catches has nothing to send.
MESSAGE_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_CATCHES, frozenset({"key", "result"})),
    **dict.fromkeys(_THROWS, frozenset({"key", "payload"})),
}
LANGUAGES = frozenset({"en"})  # of labels and documentation; what BPMN itself carries is Indonesian
SPOKEN = frozenset({"label", "documentation"})  # said once in each language
# Inside extensionElements, these change how another engine runs a diagram; ours would not do what is drawn.
EXECUTING_VENDORS = (
    "http://camunda.org/",
    "http://activiti.org/",
    "http://flowable.org/",
    "http://www.jboss.org/drools",
    "http://www.omg.org/bpsim",
    "http://www.bonitasoft",
    "https://www.spiffworkflow.org/",
)
