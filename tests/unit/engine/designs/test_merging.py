"""Three-way merge: what is independent comes together as if one person had done both, what collides is asked."""

from collections.abc import Mapping
from random import Random

import pytest

from engine.designs.difference_tree import Tree, read_tree
from engine.designs.difference_words import ORDER, find_changes
from engine.designs.differing import differences
from engine.designs.merging import Merged, Side, merge
from engine.designs.merging_sides import is_following
from tests.unit.engine.designs.leave_process import DIAGRAM, FORM, SCENARIO, TABLE
from tests.unit.engine.designs.random_edits import BASE, Work, begin, do_collide, note_gaps, random_edits

Files = Mapping[str, bytes]


def edited(name: str, *replacements: tuple[str, str], files: Files = BASE) -> Files:
    text = files[name].decode()
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return {**files, name: text.encode()}


def _sentences(merged: Merged) -> list[str]:
    return [found.texts["id"] for found in merged.taken]


def test_what_each_has_changed_comes_together() -> None:
    mine = edited(DIAGRAM, ('name="Catat"', 'name="Simpan"'))
    theirs = edited(DIAGRAM, ('assignee="superior"', 'assignee="head"'))

    merged = merge(BASE, mine, theirs)

    assert merged.files == edited(DIAGRAM, ('assignee="superior"', 'assignee="head"'), files=mine)
    assert _sentences(merged) == ["Langkah «Setujui» kini dikerjakan oleh «head», sebelumnya «superior»."]
    assert merged.is_settled


def test_two_names_for_one_step_are_asked_and_the_choice_is_taken() -> None:
    mine = edited(DIAGRAM, ('name="Catat"', 'name="Simpan"'))
    theirs = edited(DIAGRAM, ('name="Catat"', 'name="Tulis"'))

    asked = merge(BASE, mine, theirs)
    [conflict] = asked.conflicts

    assert not asked.is_settled
    assert conflict.mine[0].texts["id"] == "Langkah «Catat»: nama kini «Simpan», sebelumnya «Catat»."
    assert conflict.theirs[0].texts["id"] == "Langkah «Catat»: nama kini «Tulis», sebelumnya «Catat»."
    assert merge(BASE, mine, theirs, {conflict.id: Side.MINE}).files == mine
    assert merge(BASE, mine, theirs, {conflict.id: Side.THEIRS}).files == theirs


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    both = edited(TABLE, ("&lt; 3", "&lt; 4"))

    merged = merge(BASE, both, {**both})

    assert (merged.files, merged.conflicts, merged.taken) == (both, (), ())


def test_a_scenario_that_both_have_changed_is_taken_as_a_whole() -> None:
    mine, theirs = (edited(SCENARIO, ('"days": 2', f'"days": {days}')) for days in (3, 4))

    [conflict] = merge(BASE, mine, theirs).conflicts

    assert merge(BASE, mine, theirs, {conflict.id: Side.THEIRS}).files == theirs


def test_a_file_that_one_removed_and_the_other_changed_is_asked() -> None:
    mine = {name: content for name, content in BASE.items() if name != FORM}
    theirs = edited(FORM, ('"max": 12', '"max": 14'))

    [conflict] = merge(BASE, mine, theirs).conflicts

    assert merge(BASE, mine, theirs, {conflict.id: Side.MINE}).files == mine
    assert merge(BASE, mine, theirs, {conflict.id: Side.THEIRS}).files == theirs


def test_files_that_only_one_has_brought_are_in_the_result() -> None:
    mine = {**BASE, "scenarios/mine.json": BASE[SCENARIO]}
    theirs = {**BASE, "scenarios/theirs.json": BASE[SCENARIO]}

    merged = merge(BASE, mine, theirs)

    assert merged.files.keys() == mine.keys() | theirs.keys()


def test_a_diagram_under_another_name_is_the_same_diagram() -> None:
    theirs = edited(DIAGRAM, ('name="Catat"', 'name="Tulis"'))
    renamed = {name.replace("leave.bpmn", "cuti.bpmn"): content for name, content in theirs.items()}

    assert merge(BASE, BASE, renamed).files == theirs


def test_places_in_the_drawing_are_no_conflict_and_lines_follow_their_steps() -> None:
    mine = edited(DIAGRAM, ('x="100" y="100" width', 'x="130" y="100" width'))
    theirs = edited(
        DIAGRAM, ('x="100" y="100" width', 'x="190" y="100" width'), ('x="100" y="100" />', 'x="160" y="100" />')
    )

    merged = merge(BASE, mine, theirs)

    assert merged.conflicts == ()
    assert 'x="130" y="100" width' in merged.files[DIAGRAM].decode()
    assert '<di:waypoint x="100" y="100" />' in merged.files[DIAGRAM].decode()


def test_what_cannot_be_read_is_taken_from_one_side() -> None:
    mine, theirs = {**BASE, DIAGRAM: b"<broken"}, edited(DIAGRAM, ('name="Catat"', 'name="Tulis"'))

    [conflict] = merge(BASE, mine, theirs).conflicts

    assert merge(BASE, mine, theirs, {conflict.id: Side.THEIRS}).files == theirs


def test_two_who_move_steps_into_each_other_are_asked() -> None:
    two = '<bpmn:subProcess id="one" name="1"/><bpmn:subProcess id="two" name="2"/>'
    base = edited(DIAGRAM, ("</bpmn:process>", f"{two}</bpmn:process>"))
    inner = ('<bpmn:subProcess id="one" name="1"/><bpmn:subProcess id="two" name="2"/>',
             '<bpmn:subProcess id="one" name="1"><bpmn:subProcess id="two" name="2"/></bpmn:subProcess>',
             '<bpmn:subProcess id="two" name="2"><bpmn:subProcess id="one" name="1"/></bpmn:subProcess>')  # fmt: skip
    mine, theirs = (edited(DIAGRAM, (inner[0], nested), files=base) for nested in inner[1:])

    [conflict] = merge(base, mine, theirs).conflicts

    for side, files in ((Side.MINE, mine), (Side.THEIRS, theirs)):
        assert differences(files, merge(base, mine, theirs, {conflict.id: side}).files) == ()


def _worked(edits: list[object], files: Files = BASE) -> Work:
    work = begin(files)
    for edit in edits:
        edit(work)  # type: ignore[operator]
    return work


def _pair(seed: int) -> tuple[list[object], list[object]]:
    random = Random(seed)
    return list(random_edits(random, "mine")), list(random_edits(random, "theirs"))


def assert_merged_like_one_person(seed: int) -> bool:
    """Compare a merge with doing the edits of both one after the other; return whether they collide."""
    edits = _pair(seed)
    mine, theirs = _worked(edits[0]), _worked(edits[1])
    note_gaps(mine, theirs)
    merged = merge(BASE, mine.files(), theirs.files())
    if do_collide(mine, theirs):
        assert merged.conflicts, seed
        assert_choices(mine.files(), theirs.files(), merged)
        return True
    assert merged.conflicts == (), seed
    for first, second in (edits, reversed(edits)):
        expected = _worked([*first, *second]).files()
        assert [*_unlike(expected, merged.files)] == [], seed
    return False


def assert_choices(mine: Files, theirs: Files, merged: Merged) -> None:
    """Whatever is chosen, the result is whole: everything that it names is there."""
    for side in Side:
        chosen = merge(BASE, mine, theirs, {conflict.id: side for conflict in merged.conflicts})
        assert chosen.is_settled
        assert _dangling(chosen.files) == set()


def _unlike(expected: Files, found: Files) -> list[object]:
    """Return what differs but the drawing, and the order where it does not count."""
    unlike: list[object] = []
    for name in expected:
        trees = read_tree(name, expected[name]), read_tree(name, found[name])
        is_order_free = not name.endswith(".dmn")
        unlike += [
            change
            for change in find_changes(*trees)
            if not (change.fact == ORDER and is_order_free) and not _is_drawn(trees, change.key)
        ]
    return unlike


def _is_drawn(trees: tuple[Tree, Tree], key: str) -> bool:
    node = trees[0].get(key) or trees[1].get(key)
    assert node is not None
    return is_following(node) and node.tag not in ("incoming", "outgoing")


def _dangling(files: Files) -> set[str]:
    """Return what is named and is not there."""
    named: set[str] = set()
    for name in (DIAGRAM, TABLE):
        tree = read_tree(name, files[name])
        facts = ("@sourceRef", "@targetRef", "@attachedToRef", "@default", "@bpmnElement", "text")
        named |= {
            key
            for node in tree.nodes.values()
            for fact, key in node.names.items()
            if fact in facts and key not in tree and key != "leave"
        }
        rows = [node for node in tree.nodes.values() if node.tag == "rule"]
        columns = [node for node in tree.nodes.values() if node.tag in ("input", "output")]
        named |= {row.key for row in rows if len(row.children) != len(columns)}
    return named


def test_random_edits_merge_as_if_one_person_had_made_them_or_are_asked() -> None:
    collided = [assert_merged_like_one_person(seed) for seed in range(30)]

    assert any(collided)
    assert not all(collided)


@pytest.mark.long
@pytest.mark.parametrize("part", range(5))
def test_many_random_edits_merge_as_if_one_person_had_made_them_or_are_asked(part: int) -> None:
    for seed in range(1000 + part * 200, 1200 + part * 200):
        assert_merged_like_one_person(seed)
