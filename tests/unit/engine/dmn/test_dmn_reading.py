import pytest

from engine.dmn import DmnUnreadable, read_decisions
from engine.dmn.parsing import MAX_ELEMENTS
from engine.dmn.reading import MAX_BYTES
from tests.unit.engine.dmn.tables import NAMESPACE, column, definitions, table

BODY = table((["-"], ["1"]))
GOOD = definitions(BODY)
BOMB = "".join(f'<!ENTITY e{place} "&e{place - 1};&e{place - 1};">' for place in range(1, 30))
REFUSED = {
    "external entity": (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD, "dmn.doctype"),
    "billion laughs": (f'<!DOCTYPE d [<!ENTITY e0 "a">{BOMB}]>'.encode() + GOOD, "dmn.doctype"),
    "external DTD": (b'<!DOCTYPE definitions SYSTEM "http://192.0.2.1/x.dtd">' + GOOD, "dmn.doctype"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "dmn.encoding"),
    "Latin-1": (GOOD.replace(b"Nilai", b"Nila\xef"), "dmn.encoding"),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(20), "dmn.encoding"),
    "too large": (GOOD + b" " * MAX_BYTES, "dmn.too_large"),
    "empty": (b"", "dmn.not_xml"),
    "text": (b"bukan xml", "dmn.not_xml"),
    "cut off": (GOOD[:-20], "dmn.not_xml"),
    "unknown entity": (GOOD.replace(b"Nilai", b"&x;"), "dmn.not_xml"),
    "too deep": (definitions("<a>" * 300 + "</a>" * 300), "dmn.not_xml"),
    "boxes too deep": (definitions("<list>" * 100 + "</list>" * 100), "dmn.too_deep"),
    "too many elements": (definitions("<a/>" * MAX_ELEMENTS), "dmn.too_many"),
    "NUL": (GOOD.replace(b"Nilai", b"\0"), "dmn.not_xml"),
    "another namespace": (definitions(BODY, "http://www.omg.org/spec/BPMN/20100524/MODEL"), "dmn.not_dmn"),
    "another root": (f'<decision xmlns="{NAMESPACE}"/>'.encode(), "dmn.not_dmn"),
    "no id": (definitions("<decision/>"), "dmn.no_id"),
    "duplicate id": (definitions(BODY + BODY), "dmn.duplicate_id"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_safe_and_plain_dmn_is_refused_in_both_languages(case: str) -> None:
    xml, code = REFUSED[case]

    with pytest.raises(DmnUnreadable) as caught:
        read_decisions(xml)

    assert caught.value.code == code
    assert caught.value.message("id") != caught.value.message("en")


def test_comments_instructions_and_foreign_elements_are_passed_over() -> None:
    noisy = BODY.replace("<rule", "<!-- <rule/> --><?php x?><rule").replace("<text>1", "<text><!-- satu -->1")

    decisions = read_decisions(definitions(f'<extensionElements/>{noisy}<x xmlns="urn:x"/>'))

    assert decisions["d"].problems == ()


def test_a_comment_that_speaks_of_a_doctype_is_none() -> None:
    assert list(read_decisions(b"<!-- <!DOCTYPE d> <!ENTITY x> -->" + GOOD)) == ["d"]


def test_a_doctype_behind_a_comment_is_found() -> None:
    with pytest.raises(DmnUnreadable) as caught:
        read_decisions(b"<!-- a --> <!DOCTYPE d>" + GOOD)

    assert caught.value.code == "dmn.doctype"


def test_a_byte_order_mark_and_an_xml_declaration_are_accepted() -> None:
    xml = b"\xef\xbb\xbf" + b'<?xml version="1.0" encoding="UTF-8"?>' + GOOD

    assert list(read_decisions(xml)) == ["d"]


def test_a_file_may_hold_several_decisions() -> None:
    second = f'<decision id="e" name="Lain">{column("literalExpression", "1")}</decision>'

    decisions = read_decisions(definitions(BODY + second))

    assert {key: decision.name for key, decision in decisions.items()} == {"d": "Nilai", "e": "Lain"}
