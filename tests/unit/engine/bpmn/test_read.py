"""Hostile and damaged files are refused with a reason, never opened, never a traceback."""

import pytest

from engine.bpmn.read import MAX_BYTES, check_shape, read_xml
from engine.errors import DiagramRefused
from tests.unit.engine.diagrams import end, path, start, text, user

PLAIN = text(start(), user("x"), end(), path("begin", "x", "done"))


def codes(content: bytes) -> set[str]:
    """Return why the bytes are refused."""
    try:
        root = read_xml(content, "a.bpmn")
    except DiagramRefused as refused:
        return {item.code for item in refused.problems}
    return {item.code for item in check_shape(root, "a.bpmn")}


def test_a_plain_diagram_is_read() -> None:
    assert read_xml(PLAIN.encode(), "a.bpmn").tag.endswith("definitions")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_xml"),
        (b"not xml at all", "not_xml"),
        (b"\xff\xfe<\x00", "not_utf8"),
        (PLAIN.encode("utf-16"), "not_utf8"),
        (b"<html/>", "not_bpmn"),
        (b" " * (MAX_BYTES + 1), "too_large"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]>' + PLAIN.encode(), "doctype"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + PLAIN.encode(), "doctype"),
        (PLAIN.replace("<bpmn:process", "<bpmn:process><bpmn:process", 1).encode(), "not_xml"),
    ],
)
def test_what_is_no_diagram_is_refused(content: bytes, code: str) -> None:
    assert codes(content) == {code}


def test_a_billion_laughs_is_refused_before_parsing() -> None:
    bomb = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + PLAIN

    assert codes(bomb.encode()) == {"doctype"}


@pytest.mark.parametrize("note", ["<!-- <!DOCTYPE html> <!ENTITY a 'b'> -->", "<?note <!DOCTYPE x> ?>"])
def test_a_note_that_speaks_of_a_doctype_is_none(note: str) -> None:
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n'

    assert codes(f"{declared}{note}\n{PLAIN}{note}".encode()) == set()
    assert codes(PLAIN.replace('name="x"', 'name="&lt;!DOCTYPE"').encode()) == set()


@pytest.mark.parametrize("before", ["", "\n", "<!-- a --> ", "<?a b?>", "<!-- <a> --><?a b?>\n<!---->"])
def test_a_doctype_is_found_behind_notes_and_never_parsed(before: str) -> None:
    reading = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + PLAIN.replace('name="x"', 'name="&a;"')
    laughing = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + PLAIN.replace('name="x"', 'name="&b;"')

    assert codes((before + reading).encode()) == codes((before + laughing).encode()) == {"doctype"}


def test_a_doctype_in_another_place_is_no_xml() -> None:
    assert codes(f"{PLAIN}<!DOCTYPE x>".encode()) == {"not_xml"}
    assert codes(PLAIN.replace("<bpmn:process", "<!DOCTYPE x><bpmn:process").encode()) == {"not_xml"}
    assert codes(("<!--" * 50_000 + PLAIN).encode()) == {"not_xml"}


def test_deep_nesting_is_refused() -> None:
    deep = "<bpmn:extensionElements>" * 60 + "</bpmn:extensionElements>" * 60

    assert "too_complex" in codes(text(start(), deep).encode())


def test_foreign_elements_are_refused_but_extensions_may_hold_them() -> None:
    foreign = '<x:script xmlns:x="http://www.w3.org/1999/xhtml" />'

    assert codes(text(foreign).encode()) == {"foreign_namespace"}
    assert codes(text(f"<bpmn:extensionElements>{foreign}</bpmn:extensionElements>").encode()) == set()


@pytest.mark.parametrize("name", ["../../etc/passwd", "a b", "x" * 200, "1abc", "a&quot;b"])
def test_odd_ids_are_refused(name: str) -> None:
    assert codes(text(f'<bpmn:startEvent id="{name}" />').encode()) == {"bad_id"}


def test_an_id_used_twice_is_refused() -> None:
    assert codes(text(start(), start()).encode()) == {"duplicate_id"}


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b"])
def test_hidden_characters_are_refused(hidden: str) -> None:
    assert codes(text(f'<bpmn:startEvent id="begin" name="a{hidden}b" />').encode()) == {"hidden_character"}


@pytest.mark.parametrize(
    ("place", "longer"),
    [('name="x"', 'name="{}"'), ('<bpmn:userTask id="x"', '<bpmn:textAnnotation id="n"><bpmn:text>{}</bpmn:text>'
      '</bpmn:textAnnotation><bpmn:userTask id="x"')],
)  # fmt: skip
def test_a_text_of_a_book_is_refused(place: str, longer: str) -> None:
    assert codes(PLAIN.replace(place, longer.format("a" * 20_001), 1).encode()) == {"long_text"}
    assert codes(PLAIN.replace(place, longer.format("a" * 4_000), 1).encode()) == set()


def test_an_element_of_countless_attributes_is_refused_at_once() -> None:
    many = " ".join(f'a{n}="1"' for n in range(20_000))

    assert codes(PLAIN.replace("<bpmn:process ", f"<bpmn:process {many} ", 1).encode()) == {"too_complex"}
