"""The versions of a process that can be laid beside each other: a design, each release, the national default."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, Final

from flask import g

from engine.bpmn.days import local_day
from engine.designs.defaults import last_taken
from engine.designs.finding import Design
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.queries.designs import Turn, release_in_city, turns_of
from webapp.current import current_alur
from webapp.studio.comparing.parameters import Moment
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
    :param moment: the day on which the city's numbers are read for it: when a release came into force, today for what
        is not released.
    """

    key: str
    name: str
    moment: Moment


def choices_for(read: Any, actor: Actor, design: Design) -> tuple[Choice, ...]:
    """Return the versions of the process of a design: the release in force first, the design itself last."""
    alur = current_alur()
    zone, today = alur.zone(actor.tenant), alur.now_in(actor.tenant).date()
    newest: dict[int, Turn] = {}
    for turn in turns_of(read, actor, design.process):
        newest.setdefault(turn.id, turn)
    releases = [
        Choice(f"{RELEASE}{turn.id}", _release_name(turn, zone), Moment(local_day(turn.at, zone)))
        for turn in newest.values()
    ]
    defaults = _defaults(read, actor, design, zone, today)
    return (*releases, *defaults, Choice(DESIGN, _("Rancangan ini"), Moment(today)))


def _defaults(read: Any, actor: Actor, design: Design, zone: tzinfo, today: date) -> Iterator[Choice]:
    if design.process in shipped_releases():
        yield Choice(DEFAULT, _("Bawaan nasional yang terpasang"), Moment(today, is_national=True))
    taken = last_taken(read, actor.tenant, design.process)
    if taken is not None:
        moment = Moment(local_day(taken.taken_at, zone), is_national=True)
        yield Choice(TAKEN, _("Bawaan nasional yang terakhir diambil alih"), moment)


def _release_name(turn: Turn, zone: tzinfo) -> str:
    since = show_instant(turn.at, zone, label=g.city.zone_label)
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
