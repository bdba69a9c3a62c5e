"""Each word of a diagram is known or refused: nothing in it is silently ignored, whatever tool wrote it."""

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.bpmn.release import check_release
from engine.bpmn.vocabulary import WORDS
from tests.unit.engine.bpmn.drawings import around, call, event, inside, instances, manual, process, whole
from tests.unit.engine.diagrams import boundary_timer, end, flow, gateway, path, service, start, text, user

CATALOGUE = Catalogue(frozenset({"known.service"}), frozenset({"any"}))
CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
PLAIN = text(start(), user("x"), end(), path("begin", "x", "done"))
CHOICE = text(
    start(),
    gateway("exclusive", "which", default="which-done"),
    user("x"),
    end(),
    path("begin", "which", "done"),
    flow("which", "x", "a > 1"),
    path("x", "done"),
)
LATE = text(
    start(), user("x"), boundary_timer("late", "x", "PT1H"), end(), path("begin", "x", "done"), flow("late", "done")
)


def codes(diagram: str) -> set[tuple[str, str]]:
    """Return the problems of a diagram as (element, code)."""
    return {(item.element, item.code) for item in check_release({"test.bpmn": diagram.encode()}, CATALOGUE)}


def with_attribute(tag: str, attribute: str, diagram: str = PLAIN) -> str:
    return diagram.replace(f"<bpmn:{tag} ", f"<bpmn:{tag} {attribute} ", 1)


def with_child(tag: str, child: str, diagram: str = PLAIN) -> str:
    return diagram.replace(f"</bpmn:{tag}>", f"{child}</bpmn:{tag}>", 1)


@pytest.mark.parametrize("diagram", [PLAIN, CHOICE, LATE])
def test_what_is_known_has_no_problem(diagram: str) -> None:
    assert codes(diagram) == set()


@pytest.mark.parametrize(
    ("attribute", "code"),
    [
        ('isForCompensation="perhaps"', "not_boolean"),
        ('startQuantity="2"', "attribute_value"),
        ('completionQuantity="2"', "attribute_value"),
        ('implementation="http://example.org/own"', "attribute_value"),
        ('foo="1"', "unknown_attribute"),
        ('triggeredByEvent="false"', "unknown_attribute"),
        (f'{CAMUNDA} camunda:assignee="other"', "foreign_attribute"),
        (f'{CAMUNDA} camunda:asyncBefore="true"', "foreign_attribute"),
        ('alur:assignee="person"', "foreign_attribute"),
    ],
)
def test_an_attribute_that_would_be_ignored_is_refused(attribute: str, code: str) -> None:
    assert codes(with_attribute("userTask", attribute)) == {("x", code)}


@pytest.mark.parametrize(
    "attribute",
    ['isForCompensation="false"', 'startQuantity="1"', 'completionQuantity="1"', 'implementation="##unspecified"'],
)
def test_what_says_no_more_than_its_absence_passes(attribute: str) -> None:
    assert codes(with_attribute("userTask", attribute)) == set()


@pytest.mark.parametrize(
    "tag",
    [
        "potentialOwner",
        "humanPerformer",
        "resourceRole",
        "ioSpecification",
        "timerEventDefinition",
        "standardLoop",
    ],
)
def test_a_part_of_a_step_that_would_be_ignored_is_refused_at_the_step(tag: str) -> None:
    assert codes(with_child("userTask", f'<bpmn:{tag} id="part" />')) == {("x", "not_executed")}


@pytest.mark.parametrize(
    "tag", ["import", "itemDefinition", "dataStore", "globalUserTask", "correlationProperty", "resource"]
)
def test_what_stands_beside_the_process_and_is_not_used_is_refused(tag: str) -> None:
    assert codes(with_child("definitions", f'<bpmn:{tag} id="more" />')) == {("more", "not_executed")}


@pytest.mark.parametrize("language", ["http://python.org", "juel", "http://www.w3.org/1999/XPath"])
def test_an_expression_of_another_language_is_refused(language: str) -> None:
    diagram = CHOICE.replace("<bpmn:conditionExpression>", f'<bpmn:conditionExpression language="{language}">')

    assert codes(diagram) == {("which-x", "attribute_value")}


def test_an_expression_may_say_that_it_is_feel() -> None:
    feel = 'language="https://www.omg.org/spec/DMN/20191111/FEEL/"'
    formal = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="bpmn:tFormalExpression"'

    assert codes(CHOICE.replace("<bpmn:conditionExpression>", f"<bpmn:conditionExpression {feel} {formal}>")) == set()


def test_the_default_flow_is_one_of_the_gateway_and_has_no_condition() -> None:
    elsewhere = CHOICE.replace('default="which-done"', 'default="x-done"')
    conditional = text(
        start(),
        gateway("exclusive", "which", default="which-done"),
        user("x"),
        end(),
        path("begin", "which"),
        flow("which", "done", "false"),
        flow("which", "x", "a > 1"),
        path("x", "done"),
    )

    assert codes(elsewhere) == {("which", "default_flow"), ("which-done", "no_condition")}
    assert codes(conditional) == {("which-done", "default_condition")}


@pytest.mark.parametrize(
    ("said", "meant"), [("true", True), ("1", True), ("false", False), ("0", False), (" 0 ", False)]
)
def test_a_boolean_is_read_in_all_its_spellings(said: str, meant: bool) -> None:
    diagram = LATE.replace('cancelActivity="true"', f'cancelActivity="{said}"')
    diagram = diagram.replace('isExecutable="true"', 'isExecutable="1"')

    outline, _ = read_outline(read_xml(diagram.encode(), "a.bpmn"), "a.bpmn")

    assert codes(diagram) == set()
    assert outline is not None
    assert outline.elements["late"].is_interrupting is meant


def test_what_is_no_boolean_is_refused() -> None:
    assert ("late", "not_boolean") in codes(LATE.replace('cancelActivity="true"', 'cancelActivity="False"'))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('result="x"', 'resutl="x"', "unknown_attribute"),
        ('key="any"', "", "missing_attribute"),
        ("<alur:assignment", '<alur:assignment assignee="other" /><alur:assignment', "said_twice"),
        ("<alur:form", "<alur:magic /><alur:form", "alur_element"),
        ("<alur:form", '<alur:service name="known.service" /><alur:form', "alur_element"),
        ("<alur:form", '<alur:message key="1" /><alur:form', "alur_element"),
        ("<alur:form", '<alur:label lang="de">x</alur:label><alur:form', "attribute_value"),
        ("<alur:form", '<alur:documentation lang="de">x</alur:documentation><alur:form', "attribute_value"),
        ("<alur:form", "<alur:documentation>x</alur:documentation><alur:form", "missing_attribute"),
        (
            "<alur:form",
            '<alur:label lang="en">x</alur:label><alur:label lang="en">y</alur:label><alur:form',
            "said_twice",
        ),
        ("<alur:form", f"<camunda:formData {CAMUNDA} /><alur:form", "vendor_extension"),
    ],
)
def test_our_own_words_are_checked_to_the_letter(old: str, new: str, code: str) -> None:
    assert ("x", code) in codes(PLAIN.replace(old, new, 1))


def test_a_slip_of_the_pen_is_told_with_what_could_have_been_meant() -> None:
    found = check_release({"a.bpmn": PLAIN.replace('result="x"', 'resutl="x"').encode()}, CATALOGUE)

    assert "key, result" in found[0].message("id")
    assert "key, result" in found[0].message("en")


def test_an_input_of_a_service_is_named_once_with_its_value() -> None:
    task = service("x", "known.service", a="1").replace("</alur:service>", '<alur:input name="a" /></alur:service>')

    found = codes(text(start(), task, end(), path("begin", "x", "done")))

    assert {("x", "missing_attribute"), ("x", "said_twice")} <= found


@pytest.mark.parametrize("what", ["message", "signal", "error", "escalation"])
def test_what_an_event_carries_is_said_only_where_there_is_such_an_event(what: str) -> None:
    said = f"<bpmn:extensionElements><alur:{what} /></bpmn:extensionElements>"

    assert ("done", "alur_element") in codes(with_child("endEvent", said))


@pytest.mark.parametrize(
    ("tag", "said", "attribute"),
    [
        ("intermediateThrowEvent", "result", "payload"),
        ("intermediateCatchEvent", "payload", "result"),
    ],
)
def test_a_signal_that_is_sent_has_a_payload_and_one_that_is_caught_a_result(
    tag: str, said: str, attribute: str
) -> None:
    drawn = whole(*around(event(tag, "x", "signal")))
    inner = '<bpmn:extensionElements><alur:signal {}="given" /></bpmn:extensionElements>'

    assert codes(drawn.replace("<bpmn:signalEvent", inner.format(attribute) + "<bpmn:signalEvent")) == set()
    assert codes(drawn.replace("<bpmn:signalEvent", inner.format(said) + "<bpmn:signalEvent")) == {
        ("x", "unknown_attribute")
    }


def test_inputs_and_outputs_stand_in_a_call_and_inputs_in_a_service() -> None:
    output = '<alur:output name="a" value="1" />'
    called = whole(*around(call("x", "other", output)), beside=process("other", *inside("other")))
    served = text(*around(service("x", "known.service").replace("</alur:service>", f"{output}</alur:service>")))

    assert codes(called) == set()
    assert codes(served) == {("x", "alur_element")}
    assert codes(PLAIN.replace("<alur:form", f"{output}<alur:form")) == {("x", "alur_element")}
    assert codes(called.replace(output, output * 2)) == {("x", "said_twice")}


def test_a_part_with_an_id_of_its_own_is_told_at_its_step() -> None:
    marker = instances("<bpmn:loopCardinality>3</bpmn:loopCardinality>").replace(
        "isSequential", 'id="m" foo="1" isSequential'
    )

    assert codes(whole(*around(manual("x", marker)))) == {("x", "unknown_attribute")}


def test_what_a_drawing_tool_says_of_itself_passes() -> None:
    tool = 'xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Cloud"'

    assert codes(with_attribute("definitions", tool)) == set()
    assert codes(with_attribute("userTask", tool)) == {("x", "foreign_attribute")}


def test_a_message_named_at_an_event_without_one_is_refused() -> None:
    said = '<bpmn:extensionElements><alur:message key="1" /></bpmn:extensionElements>'

    assert codes(with_child("endEvent", said)) == {("done", "alur_element")}


@pytest.mark.parametrize("place", ["<alur:assignment", "<alur:form", "</bpmn:extensionElements>", "</bpmn:userTask>"])
def test_text_that_nobody_reads_is_refused(place: str) -> None:
    assert codes(PLAIN.replace(place, f"person = 7{place}", 1)) == {("x", "stray_text")}


def test_a_second_block_of_extensions_cannot_hide_a_second_assignment() -> None:
    more = '<bpmn:extensionElements><alur:assignment assignee="other" /></bpmn:extensionElements>'

    assert codes(with_child("userTask", more)) == {("x", "said_twice")}
    assert codes(with_child("documentation", more, with_child("userTask", "<bpmn:documentation></bpmn:documentation>")))


def test_a_second_condition_is_refused() -> None:
    assert codes(
        CHOICE.replace(
            "</bpmn:conditionExpression>",
            "</bpmn:conditionExpression><bpmn:conditionExpression>a</bpmn:conditionExpression>",
        )
    ) == {("which-x", "said_twice")}


def test_a_timer_says_one_time() -> None:
    two = LATE.replace(
        "</bpmn:timerEventDefinition>", "<bpmn:timeDate>today()</bpmn:timeDate></bpmn:timerEventDefinition>"
    )
    cycle = LATE.replace(
        "</bpmn:timerEventDefinition>", "<bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>"
    )

    assert codes(two) == {("late", "timer_value")}
    assert codes(cycle) == {("late", "timer_value")}


def test_a_gateway_does_not_contradict_its_flows() -> None:
    assert codes(with_attribute("exclusiveGateway", 'gatewayDirection="Diverging"', CHOICE)) == set()
    assert codes(with_attribute("exclusiveGateway", 'gatewayDirection="Converging"', CHOICE)) == {
        ("which", "attribute_value")
    }


def test_what_only_explains_or_draws_passes() -> None:
    drawn = (
        "<bpmn:documentation>Penjelasan.</bpmn:documentation>"
        '<bpmn:laneSet id="lanes"><bpmn:lane id="lane" name="Pegawai"><bpmn:flowNodeRef>x</bpmn:flowNodeRef>'
        "</bpmn:lane></bpmn:laneSet>"
        '<bpmn:textAnnotation id="note"><bpmn:text>Catatan</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:association id="line" sourceRef="x" targetRef="note" associationDirection="None" />'
        '<bpmn:group id="group" categoryValueRef="value" />'
        '<bpmn:dataObject id="data" /><bpmn:dataObjectReference id="data_seen" name="Berkas" dataObjectRef="data" />'
    )
    beside = (
        '<bpmn:category id="category"><bpmn:categoryValue id="value" value="Kelompok" /></bpmn:category>'
        '<bpmn:collaboration id="pools"><bpmn:participant id="pool" name="Kota" processRef="test" />'
        '<bpmn:participant id="outside" name="BKN" /></bpmn:collaboration>'
        '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" id="picture">'
        '<bpmndi:BPMNPlane id="plane" bpmnElement="test"><bpmndi:BPMNShape id="shape" bpmnElement="x" '
        'xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" bioc:stroke="#1e88e5" '
        'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" color:background-color="#bbdefb" />'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    whole = with_child("definitions", beside, with_child("process", drawn))

    found = codes(with_attribute("definitions", 'exporter="bpmn-js" exporterVersion="18.0"', whole))

    assert {code for _, code in found} == {"not_drawn"}  # of what this drawing leaves out


def test_a_second_process_is_refused_even_if_it_is_not_executable() -> None:
    other = '<bpmn:process id="other"><bpmn:userTask id="y" /></bpmn:process>'

    assert ("other", "other_process") in codes(with_child("definitions", other))


def test_everything_is_said_in_one_pass() -> None:
    parts = start(), user("x", "").replace("<bpmn:userTask", '<bpmn:userTask foo="1"'), "<html />", end()
    files = {
        "a.bpmn": text(*parts, path("begin", "x", "done")).replace('isExecutable="true"', "").encode(),
        "b.dmn": b"<no/>",
        "notes.txt": b"",
    }

    found = {item.code for item in check_release(files, CATALOGUE)}

    assert found == {
        "one_process", "foreign_namespace", "unknown_attribute", "assignment", "dmn_unreadable", "unknown_file",
    }  # fmt: skip


@pytest.mark.parametrize(
    "parent", ["definitions", "process", "userTask", "boundaryEvent", "sequenceFlow", "documentation"]
)
def test_any_word_anywhere_is_reported_or_known_and_never_a_traceback(parent: str) -> None:
    whole = with_child("process", "<bpmn:documentation></bpmn:documentation>", LATE)
    words = [*WORDS, "complexGateway", "callableElement", "x", "EventDefinition", "loopCharacteristics"]

    for word in words:
        child = f"<bpmn:{word}><bpmn:{word} /></bpmn:{word}>"
        found = check_release({"a.bpmn": with_child(parent, child, whole).encode()}, CATALOGUE)
        assert found or word in WORDS[parent].children, word


@pytest.mark.parametrize(
    ("namespace", "code"),
    [("http://spiffworkflow.org/bpmn/schema/1.0/core", "vendor_extension"), ("urn:alur:bpmn:2", "alur_namespace"),
     ("http://www.signavio.com", "unread_extension")],
)  # fmt: skip
def test_what_another_tool_wrote_is_never_passed_over_in_silence(namespace: str, code: str) -> None:
    foreign = f'<bpmn:extensionElements><z:note xmlns:z="{namespace}">1</z:note></bpmn:extensionElements>'

    assert codes(with_child("process", foreign)) == {("test", code)}


@pytest.mark.parametrize(
    "part", ['<bpmn:message id="hidden" name="hidden" />', '<alur:assignment assignee="2" />',
             '<y:more xmlns:y="urn:y"><bpmn:association sourceRef="x" targetRef="x" /></y:more>'],
)  # fmt: skip
def test_a_part_of_the_diagram_does_not_hide_in_what_another_tool_wrote(part: str) -> None:
    foreign = f'<bpmn:extensionElements><z:note xmlns:z="urn:z">{part}</z:note></bpmn:extensionElements>'

    assert ("test", "enclosed") in codes(with_child("process", foreign))


@pytest.mark.parametrize("tag", ["loopCondition", "loopCardinality", "completionCondition"])
def test_a_marker_left_empty_is_refused(tag: str) -> None:
    kind = "standard" if tag == "loopCondition" else "multiInstance"
    marker = f"<bpmn:{kind}LoopCharacteristics><bpmn:{tag}> </bpmn:{tag}></bpmn:{kind}LoopCharacteristics>"

    assert ("x", "empty_expression") in codes(with_child("userTask", marker))


def test_a_condition_left_empty_is_refused_and_not_taken_for_none() -> None:
    drawn = whole(*around(user("x"))).replace(
        'targetRef="done">', 'targetRef="done"><bpmn:conditionExpression> </bpmn:conditionExpression>'
    )

    assert codes(drawn) == {("x-done", "empty_expression")}


def test_a_second_documentation_would_be_lost() -> None:
    said = "<bpmn:documentation>Satu.</bpmn:documentation><bpmn:documentation>Dua.</bpmn:documentation>"

    assert codes(with_child("userTask", said)) == {("x", "said_twice")}


@pytest.mark.parametrize("attribute", ["due", "followUp", "priority", "candidate"])
def test_an_attribute_of_ours_left_empty_is_refused(attribute: str) -> None:
    step = user("x").replace('assignee="person"', f'assignee="person" {attribute}=" "')

    assert ("x", "empty_attribute") in codes(whole(*around(step)))
