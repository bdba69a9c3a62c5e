"""What is cleared away every night: files that no form was sent with, and whatever the parts let lie until then."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection, select

from engine.engine import Engine
from engine.fleet import forget_migrations
from engine.foreseeing import forget_foresights
from engine.jobs import JobRegistry
from engine.moving.rows import drafts_of_before
from engine.records.case import draft
from engine.records.files import FileStore
from engine.records.packing import Unreadable, unpack
from webapp.wiring.parts import offers
from webapp.wiring.settings import Settings

EVERY_NIGHT: Final = "40 18 * * *"  # in UTC: twenty to two in WIB, twenty to three in WITA
#: How long a file may wait for its form to be handed in, unless a draft names it; a page may stay open as long.
WAITING: Final = timedelta(days=7)


def upkeep_of(settings: Settings, files: FileStore) -> JobRegistry:
    """Return the nightly tasks of an installation: its own, and what each part offers in `upkeep.NIGHTLY` by name."""
    tasks = JobRegistry()
    tasks.task("forget_files", cron=EVERY_NIGHT)(partial(forget_files, files=files))
    tasks.task("forget_migrations", cron=EVERY_NIGHT)(forget_migrations)
    tasks.task("forget_foresights", cron=EVERY_NIGHT)(forget_foresights)
    for module in offers("upkeep"):
        for name, body in module.NIGHTLY.items():
            tasks.task(name, cron=EVERY_NIGHT)(partial(body, settings=settings))
    return tasks


def forget_files(engine: Engine, *, files: FileStore, waiting: timedelta = WAITING) -> None:
    """Remove the files that have waited too long for their form, except those that a draft names.

    A draft that this snapshot does not show yet holds its files anew before it is stored, so that they are too young;
    a form that is handed in claims its files first. Either finds its file, or is told that it is gone.
    """
    with engine.database.reading() as read:
        named = frozenset(_drafted(read))
    files.sweep(engine.clock() - waiting, named)


def _drafted(read: Connection) -> Iterator[str]:
    for content in chain(read.execute(select(draft.c.content)).scalars(), drafts_of_before(read)):
        try:
            yield from _hashes(unpack(content))
        except Unreadable:
            continue  # nobody can hand it in any more


def _hashes(value: Any) -> Iterator[str]:
    """Yield the hashes of the files that a draft names, wherever they stand in it."""
    if isinstance(value, Mapping):
        if "sha256" in value:
            yield str(value["sha256"])
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _hashes(item)
