"""The register of innovations, good practices and team activities, with how many found each useful."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee, unit
from processes.recognition.records import (
    Kind,
    Stage,
    innovation,
    innovation_file,
    innovation_step,
    innovation_voice,
)

#: How many ideas the register shows at once.
PAGE: Final = 100

_ONE: Any = bindparam("innovation_id")
_voices = (
    select(func.count())
    .select_from(innovation_voice)
    .where(innovation_voice.c.tenant == TENANT, innovation_voice.c.innovation_id == innovation.c.id)
    .scalar_subquery()
)
_ideas: AnySelect = (
    select(innovation, unit.c.name.label("unit_name"), employee.c.name.label("owner_name"), _voices.label("voices"))
    .select_from(innovation)
    .join(unit, unit.c.id == innovation.c.unit_id)
    .join(employee, employee.c.id == innovation.c.owner_id)
    .where(innovation.c.tenant == TENANT)
)
_register = _ideas.where(innovation.c.kind == bindparam("kind")).order_by(innovation.c.id.desc()).limit(PAGE)
_one = _ideas.where(innovation.c.id == _ONE)
_steps = (
    select(innovation_step, employee.c.name.label("by"))
    .join(employee, employee.c.id == innovation_step.c.noted_by)
    .where(innovation_step.c.tenant == TENANT, innovation_step.c.innovation_id == _ONE)
    .order_by(innovation_step.c.noted_at, innovation_step.c.id)
)
_files = (
    select(innovation_file)
    .where(innovation_file.c.tenant == TENANT, innovation_file.c.innovation_id == _ONE)
    .order_by(innovation_file.c.added_at, innovation_file.c.id)
)
_voted = select(innovation_voice.c.employee_id).where(
    innovation_voice.c.tenant == TENANT,
    innovation_voice.c.innovation_id == _ONE,
    innovation_voice.c.employee_id == bindparam("person"),
)


@dataclass(frozen=True, slots=True)
class Idea:
    """An entry of the register.

    :param voices: how many colleagues said that it is useful to them too.
    """

    id: int
    tenant: str
    kind: Kind
    title: str
    unit_id: int
    unit: str
    owner: int
    owner_name: str
    text: str
    evidence: str | None
    happened_on: date | None
    stage: Stage
    added_at: datetime
    voices: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was noted of an idea, at the stage it had then."""

    stage: Stage
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that shows what an idea has changed."""

    sha256: str
    filename: str
    media_type: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """An idea with its follow-up and files, and whether the reader found it useful."""

    idea: Idea
    steps: tuple[FollowUp, ...]
    files: tuple[EvidenceFile, ...]
    has_voted: bool


def register_of(read: Connection, actor: Actor, kind: Kind) -> tuple[Idea, ...]:
    """Return the newest entries of a kind in the actor's city."""
    return tuple(_idea(row) for row in read.execute(_register, {"tenant": actor.tenant, "kind": str(kind)}))


def find_idea(read: Connection, tenant: str, innovation_id: int) -> Idea:
    """Return an entry of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_one, {"tenant": tenant, "innovation_id": innovation_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _idea(row)


def idea_page(read: Connection, actor: Actor, innovation_id: int) -> IdeaPage:
    """Return an entry with its follow-up.

    :raise NotFound: there is none with that id in the actor's city.
    """
    params = {"tenant": actor.tenant, "innovation_id": innovation_id}
    steps = tuple(FollowUp(Stage(row.stage), row.note, row.by, row.noted_at) for row in read.execute(_steps, params))
    idea = find_idea(read, actor.tenant, innovation_id)
    files = evidence_of(read, actor.tenant, innovation_id)
    return IdeaPage(idea, steps, files, has_voted(read, actor.tenant, innovation_id, actor.person))


def evidence_of(read: Connection, tenant: str, innovation_id: int) -> tuple[EvidenceFile, ...]:
    """Return the files of an idea, the first one first."""
    rows = read.execute(_files, {"tenant": tenant, "innovation_id": innovation_id})
    return tuple(EvidenceFile(row.sha256, row.filename, row.media_type, row.size, row.added_at) for row in rows)


def has_voted(read: Connection, tenant: str, innovation_id: int, person: int | None) -> bool:
    """Say whether somebody found an idea useful."""
    params = {"tenant": tenant, "innovation_id": innovation_id, "person": person}
    return read.execute(_voted, params).first() is not None


def _idea(row: AnyRow) -> Idea:
    return Idea(
        row.id,
        row.tenant,
        Kind(row.kind),
        row.title,
        row.unit_id,
        row.unit_name,
        row.owner_id,
        row.owner_name,
        row.text,
        row.evidence,
        row.happened_on,
        Stage(row.stage),
        row.added_at,
        row.voices,
    )
