"""Keeps an uploaded spreadsheet between its dry run and the import: under a random name, in the home folder."""

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.errors import NotFound
from engine.policy.actor import Actor

FOLDER = "impor"
TICKET_BYTES = 16
#: Seconds after which a file that nobody confirmed is deleted.
KEPT_FOR = 24 * 3600


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits to be imported."""

    kind: str
    name: str
    content: bytes


def keep(home: Path, actor: Actor, upload: Upload, now: datetime) -> str:
    """Keep a file for the actor and return the ticket with which he gets it back."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    forget_uploads(home, now)
    ticket = secrets.token_hex(TICKET_BYTES)
    path = _path(home, actor, ticket)
    path.with_suffix(".json").write_text(json.dumps({"kind": upload.kind, "name": upload.name}))
    path.touch(mode=0o600)
    path.write_bytes(upload.content)
    return ticket


def fetch(home: Path, actor: Actor, ticket: str) -> Upload:
    """Return the file of a ticket.

    :raise NotFound: it is not the actor's, was imported already, or is a day old.
    """
    path = _path(home, actor, ticket)
    try:
        facts = json.loads(path.with_suffix(".json").read_text())
        return Upload(str(facts["kind"]), str(facts["name"]), path.read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise NotFound() from error


def drop(home: Path, actor: Actor, ticket: str) -> None:
    """Delete the file of a ticket."""
    path = _path(home, actor, ticket)
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)


def forget_uploads(home: Path, now: datetime) -> None:
    """Delete the files that nobody confirmed within a day."""
    oldest = now.timestamp() - KEPT_FOR
    for path in (home / FOLDER).glob("*"):
        with suppress(FileNotFoundError):  # imported at this very moment
            if path.stat().st_mtime < oldest:
                path.unlink()


def _path(home: Path, actor: Actor, ticket: str) -> Path:
    """Return where a ticket's file lies; city and person are part of the name: a stolen ticket opens nothing."""
    if len(ticket) != 2 * TICKET_BYTES or not set(ticket) <= set("0123456789abcdef"):
        raise NotFound()
    return home / FOLDER / f"{actor.tenant}-{actor.person}-{ticket}.data"
