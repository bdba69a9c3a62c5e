"""Other versions of the process of a design, and what comes of merging one of them into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import Connection, select

from engine.designs.defaults import last_taken
from engine.designs.finding import Design
from engine.designs.merging import Merged, Side, merge
from engine.designs.storable import SCENARIO_FOLDER
from engine.errors import NotFound
from engine.records.packing import unpack
from engine.records.release import release

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Other:
    """The version that is merged into a design: a release, or a national default.

    :param release_id: None for a default.
    :param base: what it and the design have in common; empty if they have nothing in common.
    """

    release_id: int | None
    files: Files = field(repr=False)
    base: Files = field(repr=False)

    def merged_into(self, design: Design, choices: Mapping[str, Side] | None = None) -> Merged:
        """Return what comes of it."""
        return merge(self.base, design.files, self.files, choices)


def other_release(read: Connection, design: Design, release_id: int, scenarios: Files) -> Other:
    """Return a release of the process as something to merge into a design.

    :param scenarios: those that Alur ships; a release from before they were part of releases has these.
    :raise NotFound: there is no such release of this process in the city.
    """
    files = _release_files(read, design, release_id)
    base = _release_files(read, design, design.base) if design.base is not None else {}
    return Other(release_id, _with(files, scenarios), _with(base, scenarios) if base else {})


def other_default(read: Connection, design: Design, shipped: Files, scenarios: Files) -> Other:
    """Return the installed national default as something to merge into a design.

    What both have in common is the default that went into the design, or that the city has taken over last.

    :param shipped: the files of the default.
    :param scenarios: those that come with it.
    """
    taken = last_taken(read, design.tenant, design.process)
    base = design.taken or (taken.files if taken is not None else {})
    return Other(None, _with(shipped, scenarios), _with(base, scenarios) if base else {})


def _with(files: Files, scenarios: Files) -> Files:
    has_own = any(name.startswith(SCENARIO_FOLDER) for name in files)
    return files if has_own else {**files, **scenarios}


def _release_files(read: Connection, design: Design, release_id: int) -> Files:
    row = read.execute(
        select(release.c.content).where(
            release.c.id == release_id, release.c.tenant == design.tenant, release.c.process == design.process
        )
    ).one_or_none()
    if row is None:
        raise NotFound()
    return cast("dict[str, bytes]", unpack(row.content))
