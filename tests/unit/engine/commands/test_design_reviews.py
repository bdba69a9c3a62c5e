"""Designs: what is said of them, the second person, and the way to a release and back."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from engine.bpmn.check import Catalogue
from engine.bpmn.release import digest_of
from engine.command import Command, Context, Refused
from engine.commands.answer_remark import AnswerRemark
from engine.commands.ask_for_review import AskForReview
from engine.commands.begin_design import BeginDesign
from engine.commands.discard_design import DiscardDesign
from engine.commands.end_invitation import EndInvitation
from engine.commands.invite_to_design import InviteToDesign
from engine.commands.merge_design import MergeDesign
from engine.commands.read_notices import ReadNotices
from engine.commands.release_design import ReleaseDesign
from engine.commands.remark_on_design import RemarkOnDesign
from engine.commands.restore_release import RestoreRelease
from engine.commands.review_design import ReviewDesign
from engine.commands.save_design import SaveDesign
from engine.commands.settle_remark import SettleRemark
from engine.designs.defaults import last_taken
from engine.designs.finding import Design, DesignClosed, content_mark, find_design
from engine.designs.reviewing import (
    DesignOutdated,
    ReasonNeeded,
    RemarkKind,
    ReviewNeeded,
    ReviewOpen,
    ScenariosDiffer,
    deployable,
    outcomes_of,
    remarks_on,
    reviews_of,
)
from engine.errors import Conflict, DiagramRefused, Forbidden, NotFound
from engine.policy.actor import Actor
from engine.queries.designs import designs_in, designs_to_look_at, releases_in_force, running_on, turns_of
from engine.queries.notices import latest_notices
from engine.queries.verification import verify
from engine.records.case import case
from engine.records.changes import Write, apply_writes
from engine.records.design import DesignStatus, Verdict
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

OWNER = frozenset({"process_owner"})
ANN, BOB, CAM = Actor(CITY, 11, OWNER), Actor(CITY, 12, OWNER), Actor(CITY, 13, OWNER)
ADMIN = Actor(CITY, 14, frozenset({"city_admin"}))
EVE = Actor(CITY, 15)
CATALOGUE = Catalogue(frozenset(), frozenset({"any"}))


def approval(folder: Path, name: str = "Tulis") -> bytes:
    """One person writes."""
    parts = start(), user("write", "writer"), end(), path("begin", "write", "done")
    return diagram(folder, *parts).read_bytes().replace(b'name="write"', f'name="{name}"'.encode(), 1)


def scenario(at: str) -> bytes:
    """Begin, and stop at a step."""
    said = {"process": "test", "at": "2026-10-05T09:00:00+07:00", "start": {"writer": 11}, "steps": []}
    return json.dumps({**said, "expect": {"at": [at]}}).encode()


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """The files of a small process."""
    return {"test.bpmn": approval(tmp_path)}


@pytest.fixture
def design(world: World, files: dict[str, bytes]) -> int:
    """A design that Ann began."""
    return begun(world, files)


def begun(world: World, files: dict[str, bytes], **more: Any) -> int:
    found: int = world.engine.run(BeginDesign(files, **more), ANN).value
    return found


def look(world: World, design: int) -> Design:
    with world.engine.database.reading() as read:
        return find_design(read, CITY, design)


def save(world: World, design: int, actor: Actor, **files: bytes) -> None:
    named = {name.replace("_dot_", "."): content for name, content in files.items()}
    seen = look(world, design).files
    marks = {name: content_mark(seen[name]) if name in seen else None for name in named}
    world.engine.run(SaveDesign(design, named, marks), actor)


def approve(world: World, design: int, actor: Actor = BOB, asker: Actor = ANN) -> None:
    world.engine.run(AskForReview(design, CATALOGUE), asker)
    world.engine.run(ReviewDesign(design, Verdict.APPROVED, digest_of(look(world, design).files)), actor)


def release(world: World, design: int, reason: str = "", actor: Actor = ANN) -> int:
    number: int = world.engine.run(ReleaseDesign(design, CATALOGUE, reason), actor).value
    return number


def codes(world: World, actor: Actor) -> list[str]:
    return [row.code for row in world.engine.read(latest_notices, actor)]


def test_a_colleague_who_is_invited_sees_the_design_and_says_something(world: World, design: int) -> None:
    with pytest.raises(NotFound):
        world.engine.run(RemarkOnDesign(design, RemarkKind.REMARK, "Mengapa?"), EVE)
    for _ in range(2):
        world.engine.run(InviteToDesign(design, 15), ANN)

    said = world.engine.run(RemarkOnDesign(design, RemarkKind.REMARK, "Mengapa?", "test.bpmn", "write"), EVE).value
    world.engine.run(AnswerRemark(said, " Karena aturan. "), ANN)

    with pytest.raises(Forbidden):
        world.engine.run(DiscardDesign(design), EVE)
    with world.engine.database.reading() as read:
        first, second = remarks_on(read, CITY, design)
    assert (first.file, first.element, first.said_by) == ("test.bpmn", "write", 15)
    assert (second.answers, second.element, second.text) == (first.id, "write", "Karena aturan.")
    assert codes(world, EVE) == ["design.answered", "design.invited"]
    assert codes(world, ANN) == ["design.remarked"]


def test_of_many_remarks_on_a_design_its_owner_is_told_once_until_he_has_read_it(
    world: World, design: int, files: dict[str, bytes]
) -> None:
    other = begun(world, files)
    for place in (design, design, other):
        world.engine.run(RemarkOnDesign(place, RemarkKind.REMARK, "Mengapa?"), BOB)
    assert codes(world, ANN) == ["design.remarked"] * 2

    world.engine.run(ReadNotices(), ANN)
    world.engine.run(RemarkOnDesign(design, RemarkKind.REMARK, "Mengapa?"), BOB)

    assert codes(world, ANN) == ["design.remarked"] * 3


def test_an_invitation_can_be_taken_back(world: World, design: int) -> None:
    world.engine.run(InviteToDesign(design, 15), ANN)
    assert [line.id for line in world.engine.read(designs_to_look_at, EVE, is_reviewer=False)] == [design]

    world.engine.run(EndInvitation(design, 15), BOB)

    assert world.engine.read(designs_to_look_at, EVE, is_reviewer=False) == ()
    with pytest.raises(NotFound):
        world.engine.run(RemarkOnDesign(design, RemarkKind.REMARK, "Mengapa?"), EVE)


def test_a_remark_is_settled_and_opened_again_by_those_who_design(world: World, design: int) -> None:
    world.engine.run(InviteToDesign(design, 15), ANN)
    said = world.engine.run(RemarkOnDesign(design, RemarkKind.SUGGESTION, "Lebih singkat"), EVE).value

    with pytest.raises(Forbidden):
        world.engine.run(SettleRemark(said), EVE)
    for is_settled in (True, False):
        world.engine.run(SettleRemark(said, is_settled), BOB)
        with world.engine.database.reading() as read:
            assert remarks_on(read, CITY, design)[0].is_open is not is_settled


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
def test_a_remark_says_something_and_not_too_much(world: World, design: int, text: str) -> None:
    with pytest.raises(ReasonNeeded):
        world.engine.run(RemarkOnDesign(design, RemarkKind.REMARK, text), ANN)


@pytest.mark.parametrize("reviewer", [BOB, ADMIN], ids=["owner", "admin"])
def test_a_second_person_approves_and_the_design_becomes_a_release(world: World, design: int, reviewer: Actor) -> None:
    approve(world, design, reviewer)
    assert look(world, design).status is DesignStatus.APPROVED

    number = release(world, design)

    (in_force,) = world.engine.read(releases_in_force, ANN)
    assert (in_force.number, number, look(world, design).status) == (1, 1, DesignStatus.RELEASED)
    assert codes(world, ANN) == ["design.approved"]
    with pytest.raises(DesignClosed):
        release(world, design)


def test_nobody_reviews_what_he_worked_on_or_asks_about(world: World, design: int) -> None:
    save(world, design, BOB, test_dot_bpmn=look(world, design).diagram.replace(b"Tulis", b"Tulis lagi"))
    save(world, design, ANN, test_dot_bpmn=look(world, design).diagram.replace(b"Tulis lagi", b"Tulis"))
    world.engine.run(AskForReview(design, CATALOGUE), CAM)
    command = ReviewDesign(design, Verdict.APPROVED, digest_of(look(world, design).files))

    for person in (ANN, BOB, CAM):
        with pytest.raises(Forbidden):
            world.engine.run(command, person)
    with pytest.raises(NotFound):
        world.engine.run(command, EVE)
    world.engine.run(command, ADMIN)


def test_a_save_takes_question_and_approval_back(world: World, design: int) -> None:
    changed = look(world, design).diagram.replace(b"Tulis", b"Tulis lagi")
    approve(world, design)
    before = digest_of(look(world, design).files)

    save(world, design, ANN, test_dot_bpmn=changed)

    assert look(world, design).status is DesignStatus.OPEN
    with pytest.raises(ReviewNeeded):
        release(world, design)
    world.engine.run(AskForReview(design, CATALOGUE), ANN)
    with pytest.raises(ReviewNeeded):
        world.engine.run(ReviewDesign(design, Verdict.APPROVED, before), BOB)
    with pytest.raises(ReviewOpen):
        world.engine.run(AskForReview(design, CATALOGUE), ANN)


def test_a_design_is_given_back_with_a_reason(world: World, design: int) -> None:
    world.engine.run(AskForReview(design, CATALOGUE, frozenset({12, 14})), ANN)
    digest = digest_of(look(world, design).files)
    assert [line.id for line in world.engine.read(designs_to_look_at, BOB, is_reviewer=True)] == [design]

    with pytest.raises(ReasonNeeded):
        world.engine.run(ReviewDesign(design, Verdict.RETURNED, digest, " "), BOB)
    world.engine.run(ReviewDesign(design, Verdict.RETURNED, digest, "Kurang jelas"), BOB)

    with world.engine.database.reading() as read:
        (review,) = reviews_of(read, design)
    assert (review.verdict, review.reason, review.decided_by) == (Verdict.RETURNED, "Kurang jelas", 12)
    assert look(world, design).status is DesignStatus.OPEN
    assert (codes(world, BOB), codes(world, ANN)) == (["design.review_asked"], ["design.returned"])
    with pytest.raises(ReviewNeeded):
        world.engine.run(ReviewDesign(design, Verdict.APPROVED, digest), ADMIN)


def test_only_what_could_be_deployed_is_reviewed(world: World, files: dict[str, bytes]) -> None:
    unknown = files["test.bpmn"].replace(b'formKey="any"', b'formKey="other"').replace(b"writer", b"2 +")
    for broken in ({"test.bpmn": unknown}, {**files, "scenarios/a.json": b'{"process": 1}'}):
        design = begun(world, broken)
        with pytest.raises(DiagramRefused):
            world.engine.run(AskForReview(design, CATALOGUE), ANN)


def test_a_design_whose_base_is_no_more_in_force_is_merged_first(world: World, files: dict[str, bytes]) -> None:
    first, second = begun(world, files), begun(world, {"test.bpmn": files["test.bpmn"].replace(b"Tulis", b"Baca")})
    for design in (first, second):
        approve(world, design)
    release(world, first)

    with pytest.raises(DesignOutdated):
        release(world, second)


def test_a_scenario_that_fails_needs_a_reason(world: World, files: dict[str, bytes]) -> None:
    design = begun(world, {**files, "scenarios/good.json": scenario("write"), "scenarios/bad.json": scenario("done")})
    approve(world, design)

    with pytest.raises(ScenariosDiffer) as differ:
        release(world, design)
    assert differ.value.params["names"] == "scenarios/bad.json"
    assert release(world, design, "Skenario itu diperbaiki minggu depan") == 1
    (turn,) = world.engine.read(turns_of, ANN, "test")
    assert turn.reason == "Skenario itu diperbaiki minggu depan"


def test_a_scenario_for_which_there_is_no_time_does_not_count_as_good(files: dict[str, bytes]) -> None:
    names = ("scenarios/a.json", "scenarios/b.json")
    found = deployable({**files, **dict.fromkeys(names, scenario("write"))}, CATALOGUE)
    assert [outcome.problems for outcome in outcomes_of(found)] == [(), ()]

    left = outcomes_of(found, lambda: True)

    assert [(outcome.name, outcome.problems[0].code) for outcome in left] == [(name, "out_of_time") for name in names]


def computed(world: World, command: Command, actor: Actor) -> tuple[Write, ...]:
    """Return what a command is about to write, as the design is now."""
    with world.engine.database.reading() as read:
        now, policy = world.engine.clock(), world.engine.policy
        context = Context(actor, read, now, world.engine.new_id, world.directory, Refused(), policy)
        return command.execute(context, command.subject(context)).writes


def assert_too_late(world: World, design: int, late: tuple[Write, ...], first: Command) -> None:
    world.engine.run(first, BOB)
    closed = look(world, design)
    with pytest.raises(Conflict), world.engine.database.writing() as connection:
        apply_writes(connection, late)
    assert closed.status.is_closed and look(world, design) == closed


def test_nothing_that_was_computed_before_it_was_discarded_opens_it_again(
    world: World, files: dict[str, bytes], tmp_path: Path
) -> None:
    changed = approval(tmp_path, "Ubah")
    marks = {"test.bpmn": content_mark(files["test.bpmn"])}
    for make in (
        lambda found: SaveDesign(found.id, {"test.bpmn": changed}, marks),
        lambda found: MergeDesign(found.id, found.version, default=files),
        lambda found: AskForReview(found.id, CATALOGUE),
        lambda found: DiscardDesign(found.id),
    ):
        design = begun(world, files)
        assert_too_late(world, design, computed(world, make(look(world, design)), ANN), DiscardDesign(design))


def test_no_verdict_release_or_save_that_comes_too_late_changes_a_closed_design(
    world: World, files: dict[str, bytes], tmp_path: Path
) -> None:
    judged, ready, saved = (begun(world, files) for _ in range(3))
    world.engine.run(AskForReview(judged, CATALOGUE), ANN)
    approve(world, ready)
    approve(world, saved)
    verdict = ReviewDesign(judged, Verdict.APPROVED, digest_of(look(world, judged).files))
    seen = content_mark(look(world, saved).files["test.bpmn"])
    save_it = SaveDesign(saved, {"test.bpmn": approval(tmp_path, "Ubah")}, {"test.bpmn": seen})

    assert_too_late(world, judged, computed(world, verdict, BOB), DiscardDesign(judged))
    assert_too_late(world, ready, computed(world, ReleaseDesign(ready, CATALOGUE), ANN), DiscardDesign(ready))
    assert_too_late(world, saved, computed(world, save_it, ANN), ReleaseDesign(saved, CATALOGUE))


def test_what_was_released_by_a_design_is_explained(world: World, design: int) -> None:
    approve(world, design)
    release(world, design)

    with world.engine.database.reading() as read:
        found = [item.code for item in verify(read, world.directory).findings()]
    assert "release_unexplained" not in found and "starts_differ" not in found


def test_a_taken_default_is_remembered_when_it_is_released(world: World, files: dict[str, bytes]) -> None:
    design = begun(world, files, taken=files)
    approve(world, design)
    with world.engine.database.reading() as read:
        assert last_taken(read, CITY, "test") is None

    release(world, design)

    with world.engine.database.reading() as read:
        taken = last_taken(read, CITY, "test")
    assert taken is not None
    assert (taken.digest, taken.files) == (digest_of(files), files)


def test_an_earlier_release_comes_again_and_cases_stay_where_they_are(world: World, files: dict[str, bytes]) -> None:
    first = begun(world, files)
    approve(world, first)
    release(world, first)
    old_case = world.start("test", key="a", writer=11)
    second = begun(world, {"test.bpmn": files["test.bpmn"].replace(b"Tulis", b"Baca")})
    approve(world, second)
    release(world, second)
    new_case = world.start("test", key="b", writer=11)

    world.engine.run(RestoreRelease("test", 1, world.catalogue, "Langkah baru keliru", frozenset({12, 11})), ANN)
    again = world.start("test", key="c", writer=11)

    with world.engine.database.reading() as read:
        on = {row.id: row.release_id for row in read.execute(select(case.c.id, case.c.release_id))}
        counted = running_on(read, on.values())
    turns = world.engine.read(turns_of, ANN, "test")
    assert [(turn.turn, turn.number) for turn in turns] == [(3, 1), (2, 2), (1, 1)]
    assert (turns[0].reason, turns[0].by) == ("Langkah baru keliru", 11)
    assert on[old_case] == on[again] == turns[0].id
    assert counted == {turns[0].id: 2, on[new_case]: 1}
    assert codes(world, BOB) == ["release.restored"]


def test_a_release_that_needs_what_is_gone_comes_again_only_on_purpose(world: World, files: dict[str, bytes]) -> None:
    for name in (b"Tulis", b"Baca"):
        design = begun(world, {"test.bpmn": files["test.bpmn"].replace(b"Tulis", name)})
        approve(world, design)
        release(world, design)
    gone = replace(world.catalogue, forms=frozenset[str]())

    with pytest.raises(DiagramRefused):
        world.engine.run(RestoreRelease("test", 1, gone, "Alasan"), ANN)
    assert world.engine.read(turns_of, ANN, "test")[0].number == 2
    world.engine.run(RestoreRelease("test", 1, gone, "Alasan", despite_errors=True), ANN)

    assert world.engine.read(turns_of, ANN, "test")[0].number == 1


def test_a_release_comes_again_only_with_a_reason_and_by_those_who_may(world: World, files: dict[str, bytes]) -> None:
    design = begun(world, files)
    approve(world, design)
    release(world, design)

    with pytest.raises(ReasonNeeded):
        world.engine.run(RestoreRelease("test", 1, world.catalogue, " "), ANN)
    for process, number, actor in (("test", 2, ANN), ("other", 1, ANN), ("test", 1, EVE), ("test", 1, ADMIN)):
        with pytest.raises(NotFound):
            world.engine.run(RestoreRelease(process, number, world.catalogue, "Alasan"), actor)
    world.engine.run(RestoreRelease("test", 1, world.catalogue, "Alasan"), ANN)
    assert len(world.engine.read(turns_of, ANN, "test")) == 1
    assert world.engine.read(designs_in, ANN) == ()
