"""What follows from somebody's talent box: actions that the personnel agency chose, with day and state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Index, SmallInteger, String, Table, bindparam, select

from engine.errors import NotFound
from engine.records.proofs import PROVED, Proved
from engine.records.schema import Day, UtcDateTime, metadata
from processes.people.city import Text
from processes.people.columns import employee_column, key_column, tenant_column


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


#: What can follow from a box, as the decision table of the talent box names it (PermenPANRB 3/2020).
ACTIONS: Final[Mapping[str, Text]] = {
    "promotion": Text("Diusulkan promosi jabatan", "Proposed for promotion to a post"),
    "retention": Text("Dipertahankan pada jabatannya", "Kept in the present post"),
    "succession": Text("Masuk kelompok rencana suksesi", "Joins the succession group"),
    "award": Text("Diusulkan penghargaan", "Proposed for an award"),
    "rotation": Text("Rotasi jabatan", "Rotation to another post"),
    "enlargement": Text("Perluasan jabatan", "Job enlargement"),
    "enrichment": Text("Pengayaan jabatan", "Job enrichment"),
    "study": Text("Tugas belajar", "Study assignment"),
    "placement": Text("Penempatan yang sesuai", "Fitting placement"),
    "guidance": Text("Bimbingan kinerja", "Performance guidance"),
    "counselling": Text("Konseling kinerja", "Performance counselling"),
    "development": Text("Pengembangan kompetensi", "Development of competencies"),
    "by_law": Text("Diproses sesuai peraturan perundang-undangan", "Handled as the law provides"),
}
#: What a state is called.
STATES: Final[Mapping[FollowUpState, Text]] = {
    FollowUpState.PLANNED: Text("Direncanakan", "Planned"),
    FollowUpState.UNDER_WAY: Text("Berjalan", "Under way"),
    FollowUpState.DONE: Text("Selesai", "Done"),
    FollowUpState.DROPPED: Text("Dibatalkan", "Dropped"),
}

# `action` as `ACTIONS` has it; `box` is where the person stood when it was chosen.
talent_follow_up = Table(
    "talent_follow_up",
    metadata,
    key_column(),
    tenant_column(),
    employee_column(),
    Column("action", String(30), nullable=False),
    Column("box", SmallInteger, nullable=False),
    Column("due_on", Day, nullable=False),
    Column("note", String(300)),
    Column("state", String(12), nullable=False),
    Column("outcome", String(300)),
    Column("chosen_by", BigInteger),
    Column("chosen_at", UtcDateTime, nullable=False),
    Column("moved_by", BigInteger),
    Column("moved_at", UtcDateTime),
    Index("ix_talent_follow_up_person", "tenant", "employee_id"),
    info={PROVED: Proved()},
)
_of_person = (
    select(talent_follow_up)
    .where(talent_follow_up.c.tenant == bindparam("tenant"), talent_follow_up.c.employee_id == bindparam("person"))
    .order_by(talent_follow_up.c.due_on, talent_follow_up.c.id)
)
_by_id = select(talent_follow_up).where(
    talent_follow_up.c.tenant == bindparam("tenant"), talent_follow_up.c.id == bindparam("follow_up")
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An action for somebody.

    :param outcome: what came of it, once it is done or dropped.
    """

    id: int
    tenant: str
    person: int
    action: str
    box: int
    due_on: date
    note: str | None
    state: FollowUpState
    outcome: str | None

    @property
    def is_open(self) -> bool:
        """It is still to be done."""
        return self.state in (FollowUpState.PLANNED, FollowUpState.UNDER_WAY)


def follow_ups_of(read: Connection, tenant: str, person: int) -> tuple[FollowUp, ...]:
    """Return the follow-ups of somebody, the one that is due first before the others."""
    return tuple(_follow_up_of(row) for row in read.execute(_of_person, {"tenant": tenant, "person": person}))


def find_follow_up(read: Connection, tenant: str, follow_up: int) -> FollowUp:
    """Return a follow-up of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_by_id, {"tenant": tenant, "follow_up": follow_up}).one_or_none()
    if row is None:
        raise NotFound()
    return _follow_up_of(row)


def _follow_up_of(row: Any) -> FollowUp:
    state = FollowUpState(row.state)
    return FollowUp(row.id, row.tenant, row.employee_id, row.action, row.box, row.due_on, row.note, state, row.outcome)
