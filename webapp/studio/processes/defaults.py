"""National defaults: which one a city's release came from, whether a newer one is there, and how it is taken over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from engine.bpmn.release import digest_of
from engine.designs.defaults import last_taken, taken_digests
from engine.designs.differing import Difference, DifferenceKind, differences
from engine.designs.merging import Merged, merge
from engine.policy.actor import Actor
from engine.queries.designs import InForce, release_in_city
from webapp.studio.reading import with_scenarios
from webapp.wiring import shipped_releases

_QUIET = (DifferenceKind.LAYOUT, DifferenceKind.TECHNICAL)


@dataclass(frozen=True, slots=True)
class DefaultNews:
    """How a city's process stands to the national default that comes with the installed Alur.

    :param taken_at: when the city has taken a default over last; None for a process that it has made itself.
    :param is_new: the installed one is another than that.
    :param is_same: the release in force is the installed default.
    :param changes: from the one taken over last, or from the release in force; `redrawn` counts those of the drawing.
    :param merged: what comes of the city's own changes and those of the default; None if nothing is new.
    """

    taken_at: datetime | None
    is_new: bool
    is_same: bool
    changes: tuple[Difference, ...] = ()
    redrawn: int = 0
    merged: Merged | None = field(default=None, repr=False)


@cache
def shipped_digest(process: str) -> str | None:
    """Return the digest of the national default that comes with Alur; None for a process without."""
    files = shipped_releases().get(process)
    return digest_of(files) if files is not None else None


def new_defaults(read: Any, actor: Actor, in_force: Mapping[str, InForce]) -> frozenset[str]:
    """Return the processes of which a national default is installed that the city has not taken over yet."""
    taken = taken_digests(read, actor.tenant)
    shipped = {process: shipped_digest(process) for process in in_force}
    return frozenset(
        process
        for process, digest in shipped.items()
        if digest is not None and digest not in (taken.get(process), in_force[process].digest)
    )


def default_news(read: Any, actor: Actor, in_force: InForce) -> DefaultNews | None:
    """Return how a process stands to its national default; None if it has none."""
    shipped = shipped_releases().get(in_force.process)
    if shipped is None:
        return None
    taken = last_taken(read, actor.tenant, in_force.process)
    is_new = in_force.process in new_defaults(read, actor, {in_force.process: in_force})
    is_same = in_force.digest == shipped_digest(in_force.process)
    if not is_new:
        return DefaultNews(taken.taken_at if taken is not None else None, is_new, is_same)
    mine = with_scenarios(in_force.process, release_in_city(read, actor, in_force.id).files)
    theirs = with_scenarios(in_force.process, shipped)
    base = _with_scenarios_of(mine, theirs, taken.files) if taken is not None else {}
    found = differences(base or mine, theirs)
    told = tuple(item for item in found if item.kind not in _QUIET)
    taken_at = taken.taken_at if taken is not None else None
    return DefaultNews(taken_at, is_new, is_same, told, len(found) - len(told), merge(base, mine, theirs))


def _with_scenarios_of(
    mine: Mapping[str, bytes], theirs: Mapping[str, bytes], files: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    """Return a default with the scenarios that both have: defaults are kept without theirs."""
    both = {name: content for name, content in mine.items() if name.startswith("scenarios/") and name in theirs}
    return {**both, **files}
