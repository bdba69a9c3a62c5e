"""Files are kept in one form: nothing is lost, and a small change is a small difference."""

import re
from difflib import unified_diff
from pathlib import Path

import pytest
from lxml import etree

from engine.designs.commenting import keep_comments
from engine.designs.tidying import tidy, tidy_file, tidy_json, tidy_tables
from engine.errors import DiagramRefused
from tests.unit.engine.designs.breaking import ROOT
from tests.unit.engine.feel.counting import steps_of

SHIPPED = sorted([*ROOT.glob("*/*.bpmn"), *ROOT.glob("*/*.dmn")])
SAVED = Path(__file__).with_name("renamed_by_modeler.bpmn")
HEAD = (
    '<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d">'
)


def changed_lines(one: bytes, two: bytes) -> list[str]:
    """Return the lines that differ, each with its sign."""
    lines = unified_diff(one.decode().splitlines(), two.decode().splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def meaning(content: bytes) -> bytes:
    """Return the canonical XML of a file without the white space between its elements."""
    root = etree.fromstring(content, etree.XMLParser(remove_blank_text=True, remove_comments=True))
    etree.cleanup_namespaces(root)
    return etree.tostring(root, method="c14n")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_file_is_tidy(path: Path) -> None:
    assert tidy_file(path.name, path.read_bytes()) == path.read_bytes()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_file_without_its_white_space_says_the_same_when_it_is_tidied(path: Path) -> None:
    bare = meaning(path.read_bytes())

    assert meaning(tidy_file(path.name, bare)) == bare


def test_a_rename_in_the_drawing_editor_is_a_change_of_one_line() -> None:
    shipped = tidy((ROOT / "recognition/unit_award.bpmn").read_bytes())

    lines = changed_lines(shipped, tidy(SAVED.read_bytes(), shipped))

    assert len(changed_lines(shipped, SAVED.read_bytes())) > 30
    assert [line.strip("+- ") for line in lines] == [
        '<bpmn:userTask id="decide" name="Putuskan penghargaan unit">',
        '<bpmn:userTask id="decide" name="Nama baru">',
    ]


def test_the_order_of_flows_is_that_of_the_diagram_before() -> None:
    flows = '<b:sequenceFlow id="{}" /><b:sequenceFlow id="{}" /><b:sequenceFlow id="{}" />'
    before, after = (
        f'{HEAD}<b:process id="p">{flows.format(*names)}</b:process></b:definitions>'.encode()
        for names in (("one", "two", "three"), ("three", "new", "one"))
    )

    lines = tidy(after, before).decode()

    assert lines.index('"one"') < lines.index('"three"') < lines.index('"new"')


def test_what_goes_without_saying_is_not_written() -> None:
    event = '<b:boundaryEvent name="n" cancelActivity="true" attachedToRef="t" id="e" />'
    flow = '<b:sequenceFlow id="f"><b:conditionExpression xsi:type="b:tFormalExpression">x</b:conditionExpression>'
    content = f'{HEAD}<b:process id="p">{event}{flow}</b:sequenceFlow></b:process></b:definitions>'

    tidied = tidy(content.encode()).decode()

    assert '<bpmn:boundaryEvent id="e" name="n" attachedToRef="t" />' in tidied
    assert "<bpmn:conditionExpression>x</bpmn:conditionExpression>" in tidied
    assert "xsi" not in tidied


def test_texts_keep_every_sign_that_counts() -> None:
    text = "satu &lt; dua &amp;&#10;  tiga &gt; empat&#13;"
    content = (
        f'{HEAD}<b:process id="p" name="&quot;a&quot; &#39;b&#39;&#10;c"><b:documentation>{text}</b:documentation>'
    )

    tidied = tidy(f"{content}</b:process></b:definitions>".encode())

    root = etree.fromstring(tidied)
    assert root[0].get("name") == "\"a\" 'b'\nc"
    assert root[0][0].text == "satu < dua &\n  tiga > empat\r"
    assert tidy(tidied) == tidied


def test_notes_of_other_tools_keep_their_namespace() -> None:
    note = '<x:note xmlns:x="urn:tool" x:colour="red">a<x:b />c</x:note>'
    content = f"{HEAD}<b:extensionElements>{note}</b:extensionElements></b:definitions>"

    tidied = tidy(content.encode())

    assert b'xmlns:x="urn:tool"' in tidied
    assert b'<x:note x:colour="red">a<x:b />c</x:note>' in tidied


def test_a_changed_cell_of_a_table_is_a_changed_line() -> None:
    before = tidy_tables((ROOT / "training/training_outcome.dmn").read_bytes())

    after = tidy_tables(before.replace(b"<text>false</text>", b"<text>true</text>", 1))

    assert len(changed_lines(before, after)) == 2


def test_json_keeps_its_order_and_its_signs() -> None:
    assert tidy_json('{"b":1,"a":["é"]}'.encode()).decode() == '{\n  "b": 1,\n  "a": [\n    "é"\n  ]\n}\n'


DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
ODD = {
    "xml:lang of a diagram": ("x.bpmn", f'{HEAD}<b:process id="p" xml:lang="id"/></b:definitions>'),
    "text of a diagram": ("x.bpmn", f'{HEAD}text<b:process id="p"/></b:definitions>'),
    "xml:lang of tables": ("x.dmn", f'<definitions xmlns="{DMN}" xml:lang="id" id="f"/>'),
    "prefixed attribute": ("x.dmn", f'<d:definitions xmlns:d="{DMN}" d:id="a" id="b"><d:x id="c"/></d:definitions>'),
    "element of no namespace": ("x.dmn", f'<d:definitions xmlns:d="{DMN}" id="a"><rule id="b"/></d:definitions>'),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_what_is_rarely_written_says_the_same_when_it_is_tidied(case: str) -> None:
    name, content = ODD[case]

    tidied = tidy_file(name, content.encode())

    names = [[(node.tag, dict(node.attrib)) for node in etree.fromstring(xml).iter()]
             for xml in (content.encode(), tidied)]  # fmt: skip
    assert names[0] == names[1]
    assert tidy_file(name, tidied) == tidied


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.bpmn", b"<!DOCTYPE x><x/>"),
        ("x.dmn", b"<x/>"),
        ("forms/x.json", b"{"),
        ("forms/x.json", b'{"a": 1e999}'),
        ("forms/x.json", b'{"a": NaN}'),
        ("forms/x.json", rb'{"a": "\ud800"}'),
    ],
)
def test_what_may_not_be_read_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(DiagramRefused):
        tidy_file(name, content)


def test_comments_stay_where_they_were_though_a_drawing_tool_leaves_them_out() -> None:
    bare = (ROOT / "recognition/award_reward.dmn").read_bytes()
    [first, *_rest] = re.findall(rb'    *<rule id="[^"]+"', bare)
    said = bare.replace(b"<definitions", b"<!-- Biro Hukum -->\n<definitions", 1)
    said = said.replace(first, b"<!-- Pasal 3:\n  lihat lampiran -->\n" + first, 1)
    said = said.replace(b"</definitions>", b"<!-- selesai --></definitions>")

    kept = tidy_file("a.dmn", said)
    again = tidy_file("a.dmn", bare, kept)

    assert again == kept == tidy_file("a.dmn", kept)
    assert meaning(kept) == meaning(bare)
    lines = kept.decode().split("\n")
    assert lines[1] == "<!-- Biro Hukum -->" and lines[-3].strip() == "<!-- selesai -->"
    assert lines[lines.index("  lihat lampiran -->") + 1].startswith(first.decode())


def test_a_comment_moves_on_to_what_is_still_there_and_never_into_a_text() -> None:
    flows = '<b:sequenceFlow id="{0}"><b:documentation>a\n{0}</b:documentation></b:sequenceFlow>'
    said = f'{HEAD}<b:process id="p">{flows.format("one")}<!-- x -->{flows.format("two")}{flows.format("three")}'
    before = tidy_file("a.bpmn", f"{said}</b:process></b:definitions>".encode())
    after = before.replace(b'<bpmn:sequenceFlow id="two">', b'<bpmn:sequenceFlow id="new">').replace(b"<!-- x -->", b"")

    moved = tidy_file("a.bpmn", after, before)

    assert moved.decode().index("<!-- x -->") < moved.decode().index('id="three"')
    assert moved.decode().index('id="new"') < moved.decode().index("<!-- x -->")
    assert meaning(moved) == meaning(tidy_file("a.bpmn", after))


def test_twice_as_many_comments_before_twice_as_many_elements_cost_twice_as_much() -> None:
    def cost(count: int) -> int:
        elements = "".join(f'<b:process id="p{number}" />' for number in range(count))
        before = f"{HEAD}{'<!-- x -->' * count}{elements}</b:definitions>".encode()
        after = tidy(f"{HEAD}</b:definitions>".encode())
        return steps_of(lambda: keep_comments(after, after, before))

    assert cost(200) < 2.2 * cost(100)


def test_comments_that_say_nothing_are_dropped() -> None:
    bare = f'{HEAD}<b:process id="p" /></b:definitions>'.encode()

    assert tidy_file("a.bpmn", bare.replace(b"<b:p", b"<!----><!-- \n --><b:p")) == tidy_file("a.bpmn", bare)
