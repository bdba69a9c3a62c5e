"""Makes a release of files and puts one in force: the one way to deploy, for every command that does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from engine.bpmn.check import Catalogue
from engine.bpmn.release import Release, compile_release, pack_files
from engine.casework import find_release
from engine.command import Changes, Context
from engine.errors import DiagramRefused, Invalid
from engine.journal import common_entries
from engine.records.changes import Write, write
from engine.records.packing import Wordbook
from engine.records.release import (
    insert_enactment,
    insert_release,
    latest_release,
    newest_number,
    release_by_digest,
)
from engine.records.wordbook import insert_wordbook, is_stored, make_wordbook, wordbook_row
from engine.scenarios import check_scenarios
from engine.start_events import NO_CASE, start_event_writes
from engine.surroundings import CaseSurroundings


def deployment(
    context: Context,
    tenant: str,
    files: Mapping[str, bytes],
    catalogue: Catalogue,
    *,
    reason: str | None = None,
    brings_back: bool = False,
) -> Changes:
    """Return what makes these files the release in force; running cases stay on theirs.

    Files that are in force change nothing. The subject is the release, the value its number.

    :param brings_back: files of an earlier release put that one in force again.
    :raise Invalid: they are an earlier release, and must not bring it back.
    :raise DiagramRefused: with every problem found; a start event whose time cannot be told is found only here.
    """
    release = compile_release(files, catalogue)
    if problems := check_scenarios(files, release.process):
        raise DiagramRefused(tuple(problems))
    params = {"tenant": tenant, "process": release.process}
    latest = context.read.execute(latest_release, params).one_or_none()
    if latest is not None and latest.digest == release.digest:
        return Changes(subject=latest.id, value=latest.number)
    earlier = context.read.execute(release_by_digest, {**params, "digest": release.digest}).one_or_none()
    if earlier is not None and not brings_back:
        raise Invalid(
            f"These files are release {earlier.number} of '{release.process}', and another one is in force; "
            "put that release in force again instead.",
            number=earlier.number,
        )
    if earlier is not None:
        return _enacted(context, tenant, _Turn(release, earlier.id, earlier.number, latest, reason))
    number = (context.read.execute(newest_number, params).scalar_one_or_none() or 0) + 1
    turn = _Turn(release, context.new_id(), number, latest, reason)
    return _enacted(context, tenant, turn, _release_writes(context, tenant, turn, files))


def restoration(context: Context, tenant: str, process: str, row: Row[*tuple[Any, ...]], reason: str) -> Changes:
    """Return what puts an earlier release in force again.

    :param row: the release, with its `id`, `number` and `digest`.
    :raise DiagramRefused: a start event gives no time any more.
    """
    latest = context.read.execute(latest_release, {"tenant": tenant, "process": process}).one_or_none()
    release = find_release(context.read, row.id, row.digest)
    return _enacted(context, tenant, _Turn(release, row.id, row.number, latest, reason))


@dataclass(frozen=True, slots=True)
class _Turn:
    """A release that comes into force in the place of the one so far."""

    release: Release
    id: int
    number: int
    latest: Row[*tuple[Any, ...]] | None
    reason: str | None


def _enacted(context: Context, tenant: str, turn: _Turn, made: Iterable[Write] = ()) -> Changes:
    writes = (*made, *_enactment_writes(context, tenant, turn))
    return Changes(writes, subject=turn.id, value=turn.number)


def _enactment_writes(context: Context, tenant: str, turn: _Turn) -> Iterator[Write]:
    """Yield what puts a release in force, and its start events with it."""
    yield write(
        insert_enactment,
        tenant=tenant,
        process=turn.release.process,
        turn=turn.latest.turn + 1 if turn.latest is not None else 1,
        release_id=turn.id,
        enacted_at=context.now,
        enacted_by=context.actor.person,
        reason=turn.reason,
    )
    around = CaseSurroundings(context, tenant, NO_CASE, _book(context, tenant, turn.release))
    yield from start_event_writes(turn.release, turn.id, around, turn.latest)


def _release_writes(context: Context, tenant: str, turn: _Turn, files: Mapping[str, bytes]) -> Iterator[Write]:
    book = _book(context, tenant, turn.release)
    if not is_stored(context.read, book):
        yield Write(insert_wordbook, (wordbook_row(book),))
    yield write(
        insert_release,
        id=turn.id,
        tenant=tenant,
        process=turn.release.process,
        number=turn.number,
        digest=turn.release.digest,
        content=pack_files(files),
        wordbook_id=book.id,
        deployed_at=context.now,
        deployed_by=context.actor.person,
    )


def _book(context: Context, tenant: str, release: Release) -> Wordbook:
    return make_wordbook((*common_entries(release.outline), *context.directory.samples(tenant)))
