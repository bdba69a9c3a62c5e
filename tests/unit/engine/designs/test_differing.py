"""Differences between two versions of a process: none is left out, none is made up, each is a plain sentence."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.designs.difference_tree import read_tree
from engine.designs.difference_words import find_changes
from engine.designs.differing import Difference, DifferenceKind, differences
from engine.designs.tidying import tidy_file
from tests.unit.engine.designs.leave_process import DIAGRAM, FORM, SCENARIO, TABLE, leave_files

FILES = leave_files()
SHIPPED = Path(__file__).parents[4] / "processes"


def changed(name: str, *replacements: tuple[str, str]) -> list[Difference]:
    text = FILES[name].decode()
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return list(differences(FILES, {**FILES, name: text.encode()}))


def sentences(name: str, *replacements: tuple[str, str]) -> list[str]:
    return [found.texts["id"] for found in changed(name, *replacements)]


def _shuffled(content: bytes, random: Random) -> bytes:
    """Write a diagram as another tool would: other prefixes, attributes in another order, other spaces."""
    root = etree.fromstring(content)
    for element in root.iter():
        attributes = list(element.attrib.items())
        random.shuffle(attributes)
        element.attrib.clear()
        element.attrib.update(attributes)
    etree.indent(root, space="\t")
    text = etree.tostring(root, encoding="unicode")
    return re.sub(r"(</?|xmlns:)bpmn([:=])", r"\1model\2", text).encode()


def test_thousands_of_equal_parts_have_names_and_are_told_apart() -> None:
    """With work that grew with their square it would not end within this run."""
    same, text = "<bpmn:documentation>a</bpmn:documentation>", FILES[DIAGRAM].decode()
    many = text.replace("</bpmn:process>", f"{same * 15_000}</bpmn:process>").encode()

    tree = read_tree(DIAGRAM, many)
    numbered = [key for key in tree.nodes if "/documentation#" in key]

    assert [key.rpartition("#")[2] for key in numbered] == [str(number) for number in range(2, 15_001)]
    told = differences({DIAGRAM: text.encode()}, {DIAGRAM: many})
    assert len([found for found in told if found.after == "a"]) == 15_000


def test_a_file_that_says_the_same_in_other_writing_has_no_differences() -> None:
    written = {**FILES, DIAGRAM: _shuffled(FILES[DIAGRAM], Random(1))}
    written[FORM] = json.dumps(json.loads(FILES[FORM]), sort_keys=True, ensure_ascii=True).encode()

    assert written[DIAGRAM] != FILES[DIAGRAM]
    assert differences(FILES, written) == ()


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*/*.bpmn"))[:3], ids=lambda path: path.stem)
def test_tidying_a_shipped_diagram_makes_no_difference(path: Path) -> None:
    content = path.read_bytes()

    assert differences({path.name: content}, {path.name: tidy_file(path.name, content)}) == ()


def _edit_xml(root: etree._Element, choose: Callable[[int], int]) -> None:
    """Change, add or remove an attribute, a text or an element somewhere."""
    elements = list(root.iter())[1:] or [root]
    element = elements[choose(len(elements))]
    names = sorted(map(str, element.attrib))
    kind = choose(6)
    if kind == 0 and names:
        element.set(names[choose(len(names))], f"other{choose(9)}")
    elif kind == 1 and names:
        del element.attrib[names[choose(len(names))]]
    elif kind == 2:
        element.text = f"other {choose(9)}"
    elif kind == 3:
        element.set("name", f"other{choose(9)}")
    elif kind == 4:
        elements[choose(len(elements))].append(deepcopy(element))
    else:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


@settings(max_examples=60)
@given(st.data(), st.sampled_from([DIAGRAM, TABLE]))
def test_whatever_is_edited_in_a_diagram_or_a_table_is_told(data: st.DataObject, name: str) -> None:
    root = etree.fromstring(FILES[name])
    for _ in range(data.draw(st.integers(1, 3))):
        _edit_xml(root, lambda most: data.draw(st.integers(0, most - 1)))
    edited = etree.tostring(root)
    found = differences(FILES, {**FILES, name: edited})

    assert bool(found) is (tidy_file(name, edited) != tidy_file(name, FILES[name]))
    _assert_complete(name, edited, found)


def _edit_json(value: object, choose: Callable[[int], int]) -> None:
    """Change, remove or add something somewhere in a form."""
    places = list(_containers(value))
    box = places[choose(len(places))]
    if isinstance(box, dict) and box:
        name = sorted(box)[choose(len(box))]
        if choose(3) == 0:
            del box[name]
        elif not isinstance(box[name], dict | list):
            box[name] = f"other {choose(9)}"
        else:
            box["unit"] = {"id": "x"}
    elif isinstance(box, list) and box:
        box.reverse() if choose(2) else box.pop(choose(len(box)))


def _containers(value: object) -> list[object]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    found = [value] if isinstance(value, dict | list) else []
    return found + [box for item in inner for box in _containers(item)]


@settings(max_examples=60)
@given(st.data(), st.sampled_from([FORM, SCENARIO]))
def test_whatever_is_edited_in_a_form_or_a_scenario_is_told(data: st.DataObject, name: str) -> None:
    value = json.loads(FILES[name])
    for _ in range(data.draw(st.integers(1, 3))):
        _edit_json(value, lambda most: data.draw(st.integers(0, most - 1)))
    edited = json.dumps(value).encode()
    found = differences(FILES, {**FILES, name: edited})

    assert bool(found) is (json.dumps(value, sort_keys=True) != json.dumps(json.loads(FILES[name]), sort_keys=True))
    _assert_complete(name, edited, found)


def _assert_complete(name: str, edited: bytes, found: tuple[Difference, ...]) -> None:
    """Every fact that differs is told in a sentence that ends, in both languages."""
    changes = find_changes(read_tree(name, FILES[name]), read_tree(name, edited))
    assert {change.place for change in changes} == {place for item in found for place in item.places}
    assert all(re.fullmatch(r"[A-Z].*[.]", item.texts[language], re.S) for item in found for language in ("id", "en"))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('assignee="superior"', 'assignee="head"',
         "Langkah «Setujui» kini dikerjakan oleh «head», sebelumnya «superior»."),
        ('name="Catat"', 'name="Simpan"', "Langkah «Catat»: nama kini «Simpan», sebelumnya «Catat»."),
        ('key="yes"', 'key="no"', "Langkah «Setujui»: formulir kini «no», sebelumnya «yes»."),
        ('name="leave.note"', 'name="leave.keep"',
         "Langkah «Catat»: layanan kini «leave.keep», sebelumnya «leave.note»."),
        ('value="days"', 'value="days + 1"',
         "Langkah «Catat»: masukan days untuk layanan kini «days + 1», sebelumnya «days»."),
        ("P5D", "P7D", "Peristiwa «Terlambat» pada «Setujui»: lama menunggu kini «P7D», sebelumnya «P5D»."),
        ("days &gt; 3", "days &gt; 5",
         "Panah dari «Lama?» ke «Setujui»: syarat kini «days > 5», sebelumnya «days > 3»."),
        ('default="flow_is_long__note"', 'default="flow_is_long__approve"',
         "Gerbang «Lama?»: jalan bila tidak ada syarat yang cocok kini «→ Setujui», sebelumnya «→ Catat»."),
        ("Tentang Catat", "Lain", "Langkah «Catat»: penjelasan kini «Lain», sebelumnya «Tentang Catat»."),
        ('<alur:label lang="en">note', '<alur:label lang="en">record',
         "Langkah «Catat»: nama dalam bahasa Inggris kini «record», sebelumnya «note»."),
        ('name="Cuti" isExec', 'name="Cuti tahunan" isExec',
         "Proses: nama kini «Cuti tahunan», sebelumnya «Cuti»."),
        ('ref="leave_days"', 'ref="leave_hours"',
         "Langkah «Hitung hari»: tabel keputusan kini «leave_hours», sebelumnya «leave_days»."),
    ],
)  # fmt: skip
def test_a_change_of_a_step_is_told_in_plain_words(old: str, new: str, sentence: str) -> None:
    assert sentences(DIAGRAM, (old, new)) == [sentence]


def test_another_lane_is_told_of_the_step() -> None:
    node = "<bpmn:flowNodeRef>note</bpmn:flowNodeRef>"
    approve = "<bpmn:flowNodeRef>approve</bpmn:flowNodeRef>"

    found = changed(DIAGRAM, (node, ""), (approve, approve + node))

    assert [item.texts["id"] for item in found] == ["Langkah «Catat»: jalur kini «Superior», sebelumnya «System»."]
    assert found[0].subjects == ("note",)


def test_a_flow_that_leads_elsewhere_is_told_once() -> None:
    flow = "<bpmn:incoming>flow_note__tell</bpmn:incoming>"
    done = "<bpmn:incoming>flow_tell__done</bpmn:incoming>"

    found = changed(
        DIAGRAM,
        (flow, ""),
        (done, flow + done),
        ('sourceRef="note" targetRef="tell"', 'sourceRef="note" targetRef="done"'),
    )

    assert [item.texts["id"] for item in found] == [
        "Panah kini dari «Catat» ke «Selesai», sebelumnya dari «Catat» ke «Beri tahu»."
    ]


def test_moving_shapes_is_one_quiet_line() -> None:
    found = changed(DIAGRAM, ('x="100" y="100" width', 'x="130" y="100" width'), ('x="250"', 'x="280"'))

    assert [(item.kind, item.is_quiet) for item in found] == [(DifferenceKind.LAYOUT, True)]
    assert set(found[0].subjects) == {"begin", "ask"}


def test_the_order_of_the_ways_out_of_a_gateway_counts() -> None:
    text = FILES[DIAGRAM].decode()
    flows = re.findall(r" *<bpmn:sequenceFlow id=\"flow_is_long.*?(?:/>|</bpmn:sequenceFlow>)\n", text, re.S)

    found = changed(DIAGRAM, ("".join(flows), "".join(reversed(flows))))

    assert [(item.subjects, item.is_quiet) for item in found] == [(("is_long",), False)]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("&lt; 3", "&lt; 4", "Tabel «Hari cuti», baris 1: kolom «Hari» kini «< 4», sebelumnya «< 3»."),
        ("FIRST", "UNIQUE", "Keputusan «Hari cuti»: cara memilih baris kini «UNIQUE», sebelumnya «FIRST»."),
        ('label="Unit"', 'label="OPD"', "Tabel «Hari cuti», kolom «Unit»: judul kini «OPD», sebelumnya «Unit»."),
        ("<text>asked", "<text>wished",
         "Tabel «Hari cuti», kolom «Hari»: yang diperiksa kini «wished», sebelumnya «asked»."),
    ],
)  # fmt: skip
def test_a_change_of_a_table_is_told_cell_by_cell(old: str, new: str, sentence: str) -> None:
    assert sentences(TABLE, (old, new)) == [sentence]


def test_a_new_row_is_told_with_what_it_says() -> None:
    row = '<rule id="new"><inputEntry id="n0"><text>12</text></inputEntry><inputEntry id="n1"><text>-</text>'
    row += '</inputEntry><outputEntry id="no"><text>4</text></outputEntry></rule>'

    assert sentences(TABLE, ("</decisionTable>", f"{row}</decisionTable>")) == [
        "Tabel «Hari cuti», baris 4 ditambahkan: Hari 12 → days 4."
    ]


def test_a_column_that_goes_takes_its_cells_with_it() -> None:
    text = FILES[TABLE].decode()
    text = re.sub(r'<input id="in_unit".*?</input>', "", text)
    text = re.sub(r'<inputEntry id="\w+_1">.*?</inputEntry>', "", text)

    found = differences(FILES, {**FILES, TABLE: text.encode()})

    assert [item.texts["id"] for item in found] == ['Tabel «Hari cuti», kolom «Unit» dihapus: 1: -; 2: "BKPSDM"; 3: -.']


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"required": true', '"required": false', "Isian «Jenis»: wajib diisi kini «tidak», sebelumnya «ya»."),
        ('"id": "Alasan"', '"id": "Sebab"', "Isian «Alasan»: nama kini «Sebab», sebelumnya «Alasan»."),
        ('"id": "Sakit"', '"id": "Dirawat"',
         "Isian «Jenis», pilihan «Sakit»: nama kini «Dirawat», sebelumnya «Sakit»."),
        ('"equals": "sick"', '"equals": "x"',
         "Isian «Alasan»: tampil bila kini «Jenis = x», sebelumnya «Jenis = sick»."),
        ('"max": 12', '"max": 14', "Isian «Hari»: paling banyak kini «14», sebelumnya «12»."),
    ],
)  # fmt: skip
def test_a_change_of_a_form_is_told_field_by_field(old: str, new: str, sentence: str) -> None:
    assert sentences(FORM, (old, new)) == [sentence]


def test_a_scenario_that_differs_is_one_sentence() -> None:
    assert sentences(SCENARIO, ('"ended": true', '"ended": false')) == [
        "Skenario «Diberikan» berubah: hasil yang diharapkan."
    ]


def test_files_that_come_or_go_are_told() -> None:
    before, after = dict(FILES), dict(FILES)
    del before[SCENARIO], after[TABLE]

    assert [item.texts["id"] for item in differences(before, after)] == [
        "Berkas tabel keputusan «Cuti» dihapus.",
        "Skenario «Diberikan» ditambahkan.",
    ]


@pytest.mark.parametrize("content", [b"", b"<bpmn", b"{]", b"\xff\xfe", b"[" * 5000, b"<a/>"])
@pytest.mark.parametrize("name", [DIAGRAM, TABLE, FORM, SCENARIO])
def test_what_cannot_be_read_is_no_obstacle(name: str, content: bytes) -> None:
    found = differences(FILES, {**FILES, name: content})

    assert len(found) == 1
    assert differences({name: content}, {name: content}) == ()


def test_a_half_finished_diagram_is_compared() -> None:
    text = FILES[DIAGRAM].decode().replace('targetRef="tell"', 'targetRef="nowhere"').replace('id="note"', 'id="ask"')

    assert differences(FILES, {**FILES, DIAGRAM: text.encode()})
