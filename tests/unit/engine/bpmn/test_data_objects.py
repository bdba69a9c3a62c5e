"""A data object is the variable of its id, and the lines between steps and data objects are true."""

from tests.unit.engine.bpmn.drawings import around, call, found, inside, process, sub
from tests.unit.engine.diagrams import path, script, start, user

LETTER = '<bpmn:dataObject id="letter" /><bpmn:dataObjectReference id="drawn" name="Surat" dataObjectRef="letter" />'


def reads(step: str, source: str = "drawn") -> str:
    """A step with a line from a data object, as bpmn.io draws it."""
    line = (
        '<bpmn:property id="end" name="__targetRef_placeholder" /><bpmn:dataInputAssociation id="in">'
        f"<bpmn:sourceRef>{source}</bpmn:sourceRef><bpmn:targetRef>end</bpmn:targetRef></bpmn:dataInputAssociation>"
    )
    return step.replace("</bpmn:extensionElements>", f"</bpmn:extensionElements>{line}", 1)


def writes(step: str, target: str = "drawn") -> str:
    """A step with a line to a data object."""
    line = (
        f'<bpmn:dataOutputAssociation id="out"><bpmn:targetRef>{target}</bpmn:targetRef></bpmn:dataOutputAssociation>'
    )
    return step.replace("</bpmn:extensionElements>", f"</bpmn:extensionElements>{line}", 1)


def test_a_step_that_sets_the_variable_may_be_joined_to_the_data_object() -> None:
    assert found(*around(writes(user("x", "1", "letter"))), LETTER) == set()
    assert found(*around(writes(script("x", "letter", "1"))), LETTER) == set()


def test_a_step_that_sets_another_variable_may_not() -> None:
    assert found(*around(writes(user("x", "1", "answer"))), LETTER) == {("x", "data_output")}


def test_a_step_whose_reading_is_written_down_names_the_variable() -> None:
    assert found(*around(reads(script("x", "n", "count(letter)"))), LETTER) == set()
    assert found(*around(reads(script("x", "n", "1"))), LETTER) == {("x", "data_input")}
    assert found(*around(reads(user("x", "1"))), LETTER) == set()  # a form may show whatever the case holds


def test_a_called_process_sees_a_data_object_only_if_it_is_handed_over() -> None:
    other = process("other", *inside("other"))
    blind, told = (call("x", "other", f'<alur:input name="a" value="{value}" />') for value in ("1", "letter"))

    assert found(*around(reads(blind)), LETTER, beside=other) == {("x", "data_input")}
    assert found(*around(reads(told)), LETTER, beside=other) == set()


def test_a_line_leads_to_a_data_object_here_or_around() -> None:
    assert found(*around(reads(user("x", "1"), "gone")), LETTER) == {("x", "data_reference")}
    assert found(*around(sub("x", *inside("x", "y", reads(user("y", "1")))), "x", LETTER)) == set()
    assert found(*around(reads(user("x", "1"))), sub("s", LETTER, start("b"), path("b"))) > {("x", "data_reference")}


def test_a_drawn_data_object_belongs_to_one_that_exists() -> None:
    drawn = '<bpmn:dataObjectReference id="drawn" dataObjectRef="gone" />'

    assert found(*around(user("x", "1")), drawn) == {("drawn", "data_reference")}


def test_the_id_of_a_data_object_in_use_can_be_named() -> None:
    odd = LETTER.replace('"letter"', '"my-letter"')

    assert found(*around(writes(user("x", "1", "letter"))), odd) == {("my-letter", "variable_name")}
    assert found(*around(user("x", "1")), odd) == set()
