"""Ways out: what is offered mends the problem and makes no other error."""

import json

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from engine.designs.commenting import MOST_COMMENTS, comments_of
from engine.designs.editing.diagram import open_diagram
from engine.designs.fixing import FIXED, apply_fix, find_fix, fixes_for
from engine.designs.storable import check_storable
from engine.designs.tidying import tidy_file
from engine.errors import DiagramRefused, NotFound, Problem
from tests.unit.engine.designs.breaking import WAYS, broken, catalogue_of, files_of

SMALL = "unit_award"
#: In these diagrams nothing near is there, or mending one thing cannot help: what is offered is then refused in words.
LEFT = {
    "unknown_service",
    "unknown_role",
    "unknown_decision",
    "assignment",
    "start_incoming",
    "boundary_incoming",
    "join_never_completes",
}


def outcome(process: str, code: str, number: int) -> set[str]:
    """Break a shipped process in one way and return what becomes of the ways out that are offered."""
    files = files_of(process)
    catalogue = catalogue_of(files)
    try:
        damaged = broken(files, WAYS[code][number])
    except (StopIteration, DiagramRefused):
        return {"not possible"}
    problems = [found for found in check_release(damaged, catalogue) if found.code == code]
    if not problems:
        return {"not possible"}
    fixes = fixes_for(problems[0], damaged, catalogue)
    return {tried(damaged, problems[0], fix.name, catalogue) for fix in fixes} or {"nothing offered"}


def tried(files: dict[str, bytes], found: Problem, name: str, catalogue: Catalogue) -> str:
    """Apply a way out, and say what came of it."""
    try:
        mended = apply_fix(files, found, find_fix(found, name, files, catalogue), catalogue)
    except DiagramRefused:
        return "refused"
    left = {(one.element, one.code) for one in check_release(mended, catalogue) if one.texts == found.texts}
    return "still there" if (found.element, found.code) in left else "mended"


@pytest.mark.parametrize("code", WAYS)
def test_what_is_broken_in_a_small_diagram_is_mended(code: str) -> None:
    found = {one for number in range(len(WAYS[code])) for one in outcome(SMALL, code, number)}

    allowed = {"mended", "not possible"} | ({"nothing offered", "refused"} if code in LEFT else set())
    assert found <= allowed


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("process", ["training_nomination", "training_session", "periodic_evaluation"])
def test_what_is_broken_in_a_large_diagram_is_mended(process: str) -> None:
    ways = [(code, number) for code, ways in WAYS.items() for number in range(len(ways))]

    found = {way: outcome(process, *way) for way in ways if way[0] not in LEFT}

    assert {way: one for way, one in found.items() if not one <= {"mended", "not possible"}} == {}


def test_every_broken_thing_has_somebody_who_knows_a_way_out() -> None:
    assert WAYS.keys() <= FIXED.keys()
    assert len(FIXED) > 55


@pytest.mark.parametrize(
    ("comments", "code", "element", "left"),
    [
        ("<!-- Pasal \u202e3 -->" * 2, "hidden_in_comment", "decide", 2),
        ("<!-- \u200b -->", "hidden_in_comment", "decide", 0),
        ("<!-- Pasal 3 -->" * (MOST_COMMENTS + 2), "too_many_comments", f"{SMALL}.bpmn", MOST_COMMENTS),
    ],
)
def test_comments_that_may_not_be_kept_are_told_with_their_place_and_mended(
    comments: str, code: str, element: str, left: int
) -> None:
    files, name = files_of(SMALL), f"{SMALL}.bpmn"
    head, sign, rest = files[name].partition(b'<bpmn:userTask id="decide"')
    damaged = {**files, name: head + comments.encode() + sign + rest}

    (found,) = check_storable(damaged)
    (fix,) = fixes_for(found, damaged, catalogue_of(files))
    mended = apply_fix(damaged, found, fix, catalogue_of(files))

    assert (found.code, found.element, found.params["file"]) == (code, element, name)
    assert "decide" in found.message("en")
    assert check_storable(mended) == ()
    assert len(comments_of(mended[name])) == left


def test_what_nobody_sees_in_a_comment_keeps_nobody_from_saving_the_diagram_without_it() -> None:
    files, name = files_of(SMALL), f"{SMALL}.bpmn"
    before = files[name].replace(b"<bpmn:laneSet", "<!-- Pasal \u202e3 --><bpmn:laneSet".encode(), 1)

    kept = tidy_file(name, open_diagram(before).write(), before)

    assert check_storable({**files, name: before}) and not check_storable({**files, name: kept})
    assert b"<!-- Pasal 3 -->" in kept


def test_a_new_form_is_made_under_the_name_that_was_meant() -> None:
    files = files_of(SMALL)
    damaged = broken(files, WAYS["unknown_form"][1])
    catalogue = catalogue_of(files)
    (found,) = [one for one in check_release(damaged, catalogue) if one.code == "unknown_form"]

    mended = apply_fix(damaged, found, find_fix(found, "new_form", damaged, catalogue), catalogue)

    assert json.loads(mended["forms/sama_sekali_baru.json"])["version"] == 1


def test_a_way_out_that_would_break_something_else_is_refused() -> None:
    files = files_of("training_nomination")
    catalogue = catalogue_of(files)
    damaged = broken(files, WAYS["start_incoming"][0])
    (found,) = [one for one in check_release(damaged, catalogue) if one.code == "start_incoming"]
    (fix,) = fixes_for(found, damaged, catalogue)  # what comes to the start would go round for ever behind it

    with pytest.raises(DiagramRefused, match="another problem"):
        apply_fix(damaged, found, fix, catalogue)
    with pytest.raises(NotFound):
        find_fix(found, "no such thing", damaged, catalogue)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (b'hitPolicy="FIRST"', b'hitPolicy="FIRSTLY"', "hit_policy"),
        (b'<outputEntry id="closed_out_2"><text>"closed"</text></outputEntry>', b"", "column_count"),
        (b'<text>"closed"</text>', b"<text></text>", "empty_output"),
    ],
)
def test_a_table_is_mended(before: bytes, after: bytes, code: str) -> None:
    files = files_of("training_nomination")
    name = "training_eligibility.dmn"
    damaged = {**files, name: files[name].replace(before, after)}
    catalogue = catalogue_of(files)
    found = next(one for one in check_release(damaged, catalogue) if one.code == code)

    (fix,) = fixes_for(found, damaged, catalogue)

    mended = apply_fix(damaged, found, fix, catalogue)
    assert code not in {one.code for one in check_release(mended, catalogue)}


def test_a_file_that_is_not_read_is_taken_out() -> None:
    files = {**files_of(SMALL), "notes.txt": b"x"}
    catalogue = catalogue_of(files_of(SMALL))
    (found,) = [one for one in check_release(files, catalogue) if one.code == "unknown_file"]

    (fix,) = fixes_for(found, files, catalogue)

    assert "notes.txt" not in apply_fix(files, found, fix, catalogue)
