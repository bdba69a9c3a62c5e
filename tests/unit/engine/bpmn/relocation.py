"""Moves the case of a story to another diagram."""

from engine.bpmn.counterparts import read_pairs
from engine.bpmn.migrate import Moved, Verdict, move_case
from engine.bpmn.plan import Plan
from engine.bpmn.release import Release, load_release, pack_files
from engine.bpmn.state import decode_state
from tests.unit.engine.bpmn.story import Story


def release_of(diagram: str, digest: str = "new", **forms: str) -> Release:
    """Return a release of one diagram and its forms, as it is loaded from the database."""
    files = {"test.bpmn": diagram.encode(), **{f"forms/{key}.json": text.encode() for key, text in forms.items()}}
    return load_release(digest, pack_files(files))


def move(story: Story, diagram: str, *pairs: str, **values: str) -> Moved:
    """Return what becomes of the case; if it can be moved, the story goes on by the other diagram."""
    plan = Plan(story.release, release_of(diagram), read_pairs(pairs), values)
    assert story.bytes is not None
    moved = move_case(plan, story.bytes, story.around)
    if moved.verdict is not Verdict.STUCK:
        story.release = plan.pair.new
    if moved.outcome is not None and moved.outcome.state is not None:
        story.bytes, story.variables = moved.outcome.state, dict(moved.outcome.variables)
        story.state = decode_state(story.bytes)
    return moved


def why(moved: Moved) -> list[str]:
    """Return the codes of the reasons why a case stays."""
    return [reason.code.removeprefix("migration.") for reason in moved.reasons]


def said(moved: Moved) -> list[str]:
    """Return the codes of what changes for a case."""
    return [remark.code.removeprefix("migration.") for remark in moved.remarks]
