"""The steps of a case as its journal has them, each with the release by which it was made."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from engine.bpmn.model import Outline
from engine.bpmn.release import Release
from engine.casework import find_release, read_entry
from engine.mining.moments import Moment
from engine.moving.runs import MOVES
from engine.records.release import release

Entry = Mapping[str, Any]
_digest = select(release.c.digest).where(release.c.id == bindparam("release_id"))


def moments_of(
    read: Connection, release_id: int, digest: str, steps: Sequence[Row[*tuple[Any, ...]]]
) -> Iterator[Moment]:
    """Yield steps of a case, oldest first.

    :param release_id: by which the case runs now, and its digest.
    :param steps: rows of its journal, up to the last of all.
    """
    contents = [read_entry(read, step.entry) for step in steps]
    told = told_by_release(read, contents, release_id, digest)
    for step, (content, number, outline, is_move) in zip(steps, told, strict=True):
        yield Moment(step.version, step.at, step.actor, content, number, outline, is_move)


def told_by_release(
    read: Connection, contents: Sequence[Entry], release_id: int, digest: str
) -> Iterator[tuple[Entry, int, Outline, bool]]:
    """Yield each entry of a journal with the release by which it was made, its diagram, and whether it is a move.

    :param contents: all entries up to the last of the case, oldest first.
    :param release_id: by which the case runs now, and its digest.
    """
    for content, number in zip(contents, _releases(contents, release_id), strict=True):
        found = _release(read, number, digest if number == release_id else None)
        yield content, number, found.outline, content.get("kind") in MOVES


def _releases(contents: Sequence[Entry], last: int) -> list[int]:
    """Return the release of each step: a move says from which one it came."""
    found, release_id = list[int](), last
    for content in reversed(contents):
        found.append(release_id)
        if content.get("kind") in MOVES:
            release_id = content["data"]["release"]
    return found[::-1]


def _release(read: Connection, release_id: int, digest: str | None) -> Release:
    known = digest or str(read.execute(_digest, {"release_id": release_id}).scalar_one())
    return find_release(read, release_id, known)
