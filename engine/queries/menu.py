"""The numbers in a person's menu, which every page shows."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, func, literal_column, select

from engine.policy.actor import Actor
from engine.records.case import incident
from engine.records.outbox import notice

#: Beyond it a number tells nobody more, and counting would cost more with every case.
MOST_COUNTED: Final = 999

_unread = (
    select(func.count())
    .select_from(notice)
    .where(notice.c.person == bindparam("person"), notice.c.read_at.is_(None))
    .scalar_subquery()
)
_some_stuck = (
    select(incident.c.case_id)
    .distinct()
    .where(incident.c.tenant == bindparam("tenant"))
    .limit(MOST_COUNTED + 1)
    .subquery()
)
_stuck = select(func.count()).select_from(_some_stuck).scalar_subquery()
_for_everybody = select(_unread.label("unread"), literal_column("0").label("stuck"))
_for_operators = select(_unread.label("unread"), _stuck.label("stuck"))


@dataclass(frozen=True, slots=True)
class MenuCounts:
    """What a person has not seen yet.

    :param unread: notices that the person has not read.
    :param stuck: cases of the city in which something has failed, up to one more than `MOST_COUNTED`; 0 for whoever
        does not operate cases.
    """

    unread: int
    stuck: int


def count_for_menu(read: Connection, actor: Actor, *, operates: bool) -> MenuCounts:
    """Return the numbers of the actor's menu, in one statement.

    :param operates: the actor may see what is stuck.
    """
    row = read.execute(
        _for_operators if operates else _for_everybody, {"person": actor.person, "tenant": actor.tenant}
    ).one()
    return MenuCounts(row.unread, row.stuck)
