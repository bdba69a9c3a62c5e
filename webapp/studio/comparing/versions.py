"""The versions of a process that can be laid beside each other: a design, each release, the national default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import g

from engine.designs.defaults import last_taken
from engine.designs.finding import Design
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.queries.designs import Turn, release_in_city, turns_of
from webapp.current import current_alur
from webapp.studio.reading import with_scenarios
from webapp.texts import gettext as _
from webapp.texts import show_instant
from webapp.wiring import shipped_releases

DESIGN: Final = "rancangan"
DEFAULT: Final = "bawaan"
TAKEN: Final = "bawaan-lama"
RELEASE: Final = "rilis-"
#: Digits with which every number is one that the database can hold.
LONGEST_NUMBER: Final = 18

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Choice:
    """A version that can be chosen.

    :param key: how addresses name it.
    """

    key: str
    name: str


def choices_for(read: Any, actor: Actor, design: Design) -> tuple[Choice, ...]:
    """Return the versions of the process of a design: the release in force first, the design itself last."""
    turns = turns_of(read, actor, design.process)
    newest = {turn.id: turn for turn in reversed(turns)}
    order = dict.fromkeys(turn.id for turn in turns)
    releases = (Choice(f"{RELEASE}{release}", _release_name(newest[release])) for release in order)
    defaults = [Choice(DEFAULT, _("Bawaan nasional yang terpasang"))] if design.process in shipped_releases() else []
    if last_taken(read, actor.tenant, design.process) is not None:
        defaults.append(Choice(TAKEN, _("Bawaan nasional yang terakhir diambil alih")))
    return (*releases, *defaults, Choice(DESIGN, _("Rancangan ini")))


def _release_name(turn: Turn) -> str:
    city = g.city
    since = show_instant(turn.at, current_alur().zone(city.code), label=city.zone_label)
    return _("Rilis %(number)s, berlaku sejak %(when)s", number=turn.number, when=since)


def files_of(read: Any, actor: Actor, design: Design, key: str) -> Files:
    """Return the files of a version of the process of a design.

    :raise NotFound: there is no such version of it.
    """
    if key == DESIGN:
        return design.files
    return with_scenarios(design.process, _stored(read, actor, design, key))


def _stored(read: Any, actor: Actor, design: Design, key: str) -> Files:
    if key == DEFAULT and design.process in shipped_releases():
        return shipped_releases()[design.process]
    taken = last_taken(read, actor.tenant, design.process) if key == TAKEN else None
    if taken is not None:
        return taken.files
    number = key.removeprefix(RELEASE)
    if not key.startswith(RELEASE) or not number.isascii() or not number.isdigit() or len(number) > LONGEST_NUMBER:
        raise NotFound()
    release = release_in_city(read, actor, int(number))
    if release.process != design.process:
        raise NotFound()
    return release.files
