"""Designs: begun, saved by several people, and never a lost edit."""

from pathlib import Path

import pytest
from sqlalchemy import select

from engine.commands.begin_design import BeginDesign
from engine.commands.discard_design import DiscardDesign
from engine.commands.restore_release import RestoreRelease
from engine.commands.save_design import SaveDesign, StaleFile
from engine.designs.finding import Design, DesignClosed, content_mark, find_design
from engine.designs.storable import check_storable
from engine.designs.tidying import tidy_file
from engine.errors import DiagramRefused, Invalid, NotFound
from engine.policy.actor import Actor, system_actor
from engine.queries.designs import designs_in, releases_in_force, running_on
from engine.records.design import DesignStatus, design_revision
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ANN = Actor(CITY, 11, frozenset({"process_owner"}))
BOB = Actor(CITY, 12, frozenset({"process_owner"}))
EVE = Actor(CITY, 13)
FORM = b'{"version": 1}'
HIDDEN = "\u202e"


def approval(folder: Path, name: str = "Tulis") -> bytes:
    """One person writes."""
    parts = start(), user("write", "writer"), end(), path("begin", "write", "done")
    return diagram(folder, *parts).read_bytes().replace(b'name="write"', f'name="{name}"'.encode(), 1)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """The files of a small process."""
    return {"test.bpmn": approval(tmp_path), "forms/any.json": FORM}


@pytest.fixture
def design(world: World, files: dict[str, bytes]) -> int:
    """A design that Ann began."""
    found: int = world.engine.run(BeginDesign(files), ANN).value
    return found


def look(world: World, design: int) -> Design:
    with world.engine.database.reading() as read:
        return find_design(read, CITY, design)


def save(world: World, design: int, actor: Actor, seen: Design, **files: bytes | None) -> None:
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in files.items()}
    marks = {name: content_mark(seen.files[name]) if name in seen.files else None for name in named}
    world.engine.run(SaveDesign(design, named, marks), actor)


def test_a_design_begins_with_what_it_is_given(world: World, design: int, files: dict[str, bytes]) -> None:
    found = look(world, design)
    assert (found.process, found.status, found.base, found.files) == ("test", DesignStatus.OPEN, None, files)
    assert [line.id for line in world.engine.read(designs_in, BOB)] == [design]


def test_a_design_knows_the_release_in_force(world: World, files: dict[str, bytes], tmp_path: Path) -> None:
    number = world.deploy(next(tmp_path.glob("*.bpmn")))
    design = world.engine.run(BeginDesign(files), ANN).value
    assert look(world, design).base_number == number


def test_only_process_owners_design(world: World, design: int, files: dict[str, bytes]) -> None:
    for command in (BeginDesign(files), SaveDesign(design, files, {}), DiscardDesign(design)):
        for stranger in (EVE, Actor("mataram", 11)):
            with pytest.raises(NotFound):
                world.engine.run(command, stranger)
    with pytest.raises(NotFound):
        world.engine.run(DiscardDesign(design), Actor("mataram", 11, frozenset({"process_owner"})))


def test_people_who_change_different_files_do_not_disturb_each_other(world: World, design: int, tmp_path: Path) -> None:
    seen = look(world, design)
    changed = approval(tmp_path, "Tulis lagi")
    save(world, design, ANN, seen, test_dot_bpmn=changed)
    save(world, design, BOB, seen, forms__any_dot_json=b'{"version": 2}')
    found = look(world, design)
    tidied = {"test.bpmn": tidy_file("test.bpmn", changed), "forms/any.json": b'{\n  "version": 2\n}\n'}
    assert found.files == tidied
    assert (found.version, found.saved_by) == (3, BOB.person)


def test_whoever_saves_over_another_ones_change_is_told_whose(world: World, design: int, tmp_path: Path) -> None:
    seen = look(world, design)
    save(world, design, BOB, seen, test_dot_bpmn=approval(tmp_path, "Dari Bob"))
    with pytest.raises(StaleFile) as stale:
        save(world, design, ANN, seen, test_dot_bpmn=approval(tmp_path, "Dari Ann"))
    assert (stale.value.params["file"], stale.value.params["person"]) == ("test.bpmn", BOB.person)
    assert b"Dari Bob" in look(world, design).diagram


def test_saving_the_same_again_changes_nothing(world: World, design: int, files: dict[str, bytes]) -> None:
    world.engine.run(SaveDesign(design, files, {}), BOB)
    assert (look(world, design).version, look(world, design).saved_by) == (1, ANN.person)


def test_a_file_can_be_taken_away_but_not_the_diagram(world: World, design: int) -> None:
    save(world, design, ANN, look(world, design), forms__any_dot_json=None)
    assert set(look(world, design).files) == {"test.bpmn"}
    with pytest.raises(DiagramRefused):
        save(world, design, ANN, look(world, design), test_dot_bpmn=None)


def test_what_was_there_before_a_stretch_of_work_is_kept(world: World, design: int, tmp_path: Path) -> None:
    for name in ("Satu", "Dua"):
        save(world, design, ANN, look(world, design), test_dot_bpmn=approval(tmp_path, name))
    world.clock.forward(minutes=11)
    save(world, design, ANN, look(world, design), test_dot_bpmn=approval(tmp_path, "Tiga"))
    save(world, design, BOB, look(world, design), test_dot_bpmn=approval(tmp_path, "Empat"))
    with world.engine.database.reading() as read:
        kept = read.execute(select(design_revision.c.version).order_by(design_revision.c.version)).scalars().all()
    assert kept == [1, 3, 4]


def test_a_discarded_design_stays_readable_and_changes_no_more(world: World, design: int) -> None:
    world.engine.run(DiscardDesign(design), BOB)
    assert look(world, design).status is DesignStatus.DISCARDED
    assert world.engine.read(designs_in, BOB) == ()
    with pytest.raises(DesignClosed):
        save(world, design, ANN, look(world, design), forms__any_dot_json=None)


HOSTILE = {
    "doctype": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "not_utf8": "<a>é</a>".encode("utf-16"),
    "not_xml": b"<a>",
    "too_large": b"<a>" + b" " * (2 << 20) + b"</a>",
    "not_bpmn": b"<script>alert(1)</script>",
}


@pytest.mark.parametrize("code", HOSTILE)
def test_hostile_files_are_refused_and_nothing_is_kept(world: World, design: int, code: str) -> None:
    seen = look(world, design)
    with pytest.raises(DiagramRefused) as refused:
        save(world, design, ANN, seen, test_dot_bpmn=HOSTILE[code])
    assert [found.code for found in refused.value.problems] == [code]
    assert look(world, design) == seen


def test_a_file_that_outgrows_the_limit_when_it_is_tidied_is_refused_and_nothing_is_kept(
    world: World, design: int
) -> None:
    seen = look(world, design)
    form = b'{"a": [' + b",".join([b"1"] * 400_000) + b"]}"
    with pytest.raises(DiagramRefused) as refused:
        save(world, design, ANN, seen, forms__any_dot_json=form)
    assert [found.code for found in refused.value.problems] == ["too_large"]
    assert look(world, design) == seen


def drawn_at(content: bytes, x: str) -> bytes:
    """Return a diagram with one shape at a place."""
    plane = (
        '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" '
        'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><di:BPMNPlane><di:BPMNShape bpmnElement="write">'
        f'<dc:Bounds x="{x}" y="0" width="1" height="1"/></di:BPMNShape></di:BPMNPlane></di:BPMNDiagram>'
    )
    return content.replace(b"</bpmn:definitions>", plane.encode() + b"</bpmn:definitions>")


def test_a_shape_that_lies_too_far_away_to_be_drawn_is_not_kept(world: World, design: int) -> None:
    seen = look(world, design)
    with pytest.raises(DiagramRefused) as refused:
        save(world, design, ANN, seen, test_dot_bpmn=drawn_at(seen.diagram, "1e308"))
    assert [found.code for found in refused.value.problems] == ["drawing_number"]


def test_a_shape_that_lay_too_far_away_before_keeps_nobody_from_changing_the_rest(
    world: World, files: dict[str, bytes]
) -> None:
    far = drawn_at(files["test.bpmn"], "2000000")
    design = world.engine.run(BeginDesign({**files, "test.bpmn": far}), ANN).value

    save(world, design, ANN, look(world, design), forms__any_dot_json=b'{"version": 2}')
    save(world, design, ANN, look(world, design), test_dot_bpmn=far.replace(b"Tulis", b"Tulis lagi"))

    assert b"Tulis lagi" in look(world, design).diagram
    assert look(world, design).version == 3


def test_a_table_that_names_things_twice_is_kept_readable(world: World, design: int) -> None:
    table = b'<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20191111/MODEL/" d:id="a" id="b" xml:lang="id"/>'
    save(world, design, ANN, look(world, design), any_dot_dmn=table)
    assert check_storable(look(world, design).files) == ()


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (b'name="Tulis"', f'name="Tu{HIDDEN}lis"'.encode(), "hidden_character"),
        (b'id="done"', b'id="write"', "duplicate_id"),
        (b'id="done"', b'id="do ne"', "bad_id"),
    ],
)
def test_a_diagram_with_odd_ids_or_hidden_signs_is_refused(
    world: World, files: dict[str, bytes], before: bytes, after: bytes, code: str
) -> None:
    with pytest.raises(DiagramRefused) as refused:
        world.engine.run(BeginDesign({**files, "test.bpmn": files["test.bpmn"].replace(before, after, 1)}), ANN)
    assert code in {found.code for found in refused.value.problems}
    assert world.engine.read(designs_in, ANN) == ()


@pytest.mark.parametrize(
    "name",
    ["../test.json", "forms/../x.json", "test.exe", "forms/a/b.json", "forms/.json", "a#b.dmn", f"{'a' * 117}.dmn"],
)
def test_a_file_of_another_kind_or_place_is_refused(world: World, files: dict[str, bytes], name: str) -> None:
    with pytest.raises(DiagramRefused) as refused:
        world.engine.run(BeginDesign({**files, name: b"{}"}), ANN)
    assert [found.code for found in refused.value.problems] == ["unknown_file"]


def test_an_earlier_release_comes_into_force_again_by_its_number(world: World, tmp_path: Path) -> None:
    for name, content in (("one", approval(tmp_path)), ("two", approval(tmp_path, "Tulis lagi"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "test.bpmn").write_bytes(content)
    assert [world.deploy(tmp_path / name / "test.bpmn") for name in ("one", "two", "two")] == [1, 2, 2]

    world.engine.run(RestoreRelease("test", 1, world.catalogue, "Uji"), ANN)

    world.start("test", writer=ANN.person)
    (in_force,) = world.engine.read(releases_in_force, ANN)
    with world.engine.database.reading() as read:
        assert (in_force.number, running_on(read, [in_force.id])) == (1, {in_force.id: 1})
    with pytest.raises(Invalid):
        world.deploy(tmp_path / "two" / "test.bpmn")


def test_the_system_may_begin_a_design(world: World, files: dict[str, bytes]) -> None:
    assert look(world, world.engine.run(BeginDesign(files), system_actor(CITY)).value).begun_by is None
