"""Thanks among colleagues: the wall of a unit, one's own, what somebody found unfitting, and limits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.records.schema import UtcDateTime
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect, holds_on
from processes.people.records import employee, placement, reporting_line, unit
from processes.recognition.records import Shown, kudos

#: How many thanks a wall shows.
WALL: Final = 50

_PERSON: Any = bindparam("person")
_giver, _receiver = employee.alias("giver"), employee.alias("receiver")
_is_on_wall = and_(kudos.c.shown == Shown.SHOWN.value, or_(kudos.c.reported_by.is_(None), kudos.c.is_fitting.is_(True)))
_own_units = select(placement.c.unit_id).where(
    placement.c.tenant == TENANT, placement.c.employee_id == _PERSON, holds_on(placement)
)
_team = select(reporting_line.c.employee_id).where(
    reporting_line.c.tenant == TENANT, reporting_line.c.appraiser_id == _PERSON, holds_on(reporting_line)
)
_thanks: AnySelect = (
    select(kudos, _giver.c.name.label("giver_name"), _receiver.c.name.label("receiver_name"), unit.c.name.label("unit"))
    .select_from(kudos)
    .join(_giver, _giver.c.id == kudos.c.giver_id)
    .join(_receiver, _receiver.c.id == kudos.c.receiver_id)
    .outerjoin(unit, unit.c.id == kudos.c.unit_id)
    .where(kudos.c.tenant == TENANT)
    .order_by(kudos.c.given_at.desc(), kudos.c.id.desc())
)
_one = _thanks.where(kudos.c.id == bindparam("kudos_id"))
_wall = _thanks.where(_is_on_wall, kudos.c.unit_id.in_(_own_units)).limit(WALL)
_of_team = _thanks.where(_is_on_wall, kudos.c.receiver_id.in_(_team)).limit(WALL)
_received = _thanks.where(kudos.c.receiver_id == _PERSON, kudos.c.is_fitting.is_not(False))
_given = _thanks.where(kudos.c.giver_id == _PERSON)
_reported = _thanks.where(kudos.c.reported_by.is_not(None), kudos.c.is_fitting.is_(None))
_count = (
    select(func.count())
    .select_from(kudos)
    .where(
        kudos.c.tenant == TENANT,
        kudos.c.giver_id == _PERSON,
        kudos.c.given_at >= bindparam("since", type_=UtcDateTime),
    )
)
_count_for_one = _count.where(kudos.c.receiver_id == bindparam("receiver"))


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks of one colleague to another.

    :param is_fitting: what the personnel agency said of it after a report; None while nobody did.
    """

    id: int
    tenant: str
    giver: int
    giver_name: str
    receiver: int
    receiver_name: str
    unit_id: int | None
    unit: str | None
    text: str
    given_at: datetime
    shown: Shown
    report: str | None
    is_reported: bool
    is_fitting: bool | None

    @property
    def is_on_wall(self) -> bool:
        """The receiver shows it, and nobody's report stands against it."""
        return self.shown is Shown.SHOWN and (not self.is_reported or self.is_fitting is True)


@dataclass(frozen=True, slots=True)
class OwnThanks:
    """What somebody was thanked for, and whom he thanked."""

    received: tuple[Thanks, ...]
    given: tuple[Thanks, ...]


def find_thanks(read: Connection, tenant: str, kudos_id: int) -> Thanks:
    """Return thanks of a city.

    :raise NotFound: there are none with that id in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "kudos_id": kudos_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _thanks_of(row)


def wall_of(read: Connection, actor: Actor) -> tuple[Thanks, ...]:
    """Return what people of the actor's unit show of their thanks, the newest first."""
    return _all(read, _wall, actor)


def team_wall(read: Connection, actor: Actor) -> tuple[Thanks, ...]:
    """Return what the people whom the actor appraises show of their thanks, the newest first."""
    return _all(read, _of_team, actor)


def own_thanks(read: Connection, actor: Actor) -> OwnThanks:
    """Return all thanks for the actor and all that the actor gave; what was found unfitting is not for the receiver."""
    return OwnThanks(_all(read, _received, actor), _all(read, _given, actor))


def reported_thanks(read: Connection, actor: Actor) -> tuple[Thanks, ...]:
    """Return what somebody found unfitting and nobody has looked at yet."""
    return _all(read, _reported, actor)


def given_since(read: Connection, tenant: str, person: int, since: datetime, receiver: int | None = None) -> int:
    """Return how often a person has thanked since an instant, anybody or one colleague."""
    params = {"tenant": tenant, "person": person, "since": since}
    if receiver is None:
        return int(read.execute(_count, params).scalar_one())
    return int(read.execute(_count_for_one, {**params, "receiver": receiver}).scalar_one())


def _all(read: Connection, statement: AnySelect, actor: Actor) -> tuple[Thanks, ...]:
    params = {"tenant": actor.tenant, "person": actor.person, "day": actor.day}
    return tuple(_thanks_of(row) for row in read.execute(statement, params))


def _thanks_of(row: AnyRow) -> Thanks:
    return Thanks(
        row.id,
        row.tenant,
        row.giver_id,
        row.giver_name,
        row.receiver_id,
        row.receiver_name,
        row.unit_id,
        row.unit,
        row.text,
        row.given_at,
        Shown(row.shown),
        row.report,
        row.reported_by is not None,
        row.is_fitting,
    )
