"""Choose what is done for somebody because of the talent box, and say how it goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Final

from sqlalchemy import bindparam

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid
from engine.records.changes import Write, write
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from processes.people.follow_ups import (
    FollowUp,
    FollowUpState,
    find_follow_up,
    follow_ups_of,
    talent_follow_up,
)
from processes.people.queries import placement_on
from processes.people.subjects import EmployeeSubject, employee_subject
from processes.promotion.queries.coming import Surroundings
from processes.promotion.queries.talents import Box, talents

LONGEST_NOTE: Final = 300
#: Which states may follow; what is over stays.
NEXT: Final[Mapping[FollowUpState, tuple[FollowUpState, ...]]] = MappingProxyType(
    {
        FollowUpState.PLANNED: (FollowUpState.UNDER_WAY, FollowUpState.DONE, FollowUpState.DROPPED),
        FollowUpState.UNDER_WAY: (FollowUpState.DONE, FollowUpState.DROPPED),
    }
)
# Only from the state that was read: of two who move it at once, one does.
_move = (
    talent_follow_up.update()
    .where(
        talent_follow_up.c.id == bindparam("of_id"),
        talent_follow_up.c.tenant == bindparam("of_tenant"),
        talent_follow_up.c.state == bindparam("was_state"),
    )
    .values(
        state=bindparam("new_state"),
        outcome=bindparam("new_outcome"),
        moved_by=bindparam("new_by"),
        moved_at=bindparam("new_at"),
    )
)


class NotOfTheBox(Invalid):
    """The employee has no box, or the action is none of his box."""

    code = "talent.not_of_the_box"


class PastDay(Invalid):
    """The action would be due before today."""

    code = "talent.past_day"


class ChosenAlready(Conflict):
    """The same action is open for the employee."""

    code = "talent.chosen_already"


class WrongState(Conflict):
    """The follow-up does not go from where it stands to that state."""

    code = "talent.state"


class NoOutcome(Invalid):
    """What is over needs a sentence on what came of it."""

    code = "talent.no_outcome"


@dataclass(frozen=True, slots=True)
class ChooseFollowUp:
    """Plan one of the actions of somebody's box for a day, and tell him; the receipt's value is its id."""

    employee: int
    action: str
    due_on: date
    note: str = field(default="", repr=False)
    permission: ClassVar[str] = "talent:follow_up"

    def subject(self, context: Context) -> EmployeeSubject:
        """Return the employee.

        :raise NotFound: there is none in the city.
        """
        return employee_subject(context, self.employee)

    def execute(self, context: Context, subject: EmployeeSubject) -> Changes:
        """Add the row.

        :raise Invalid: the action is none of the box, the day is over, or the note is too long.
        :raise ChosenAlready: the action is open for the employee.
        """
        box, note = _box_of(context, subject), self.note.strip()
        if self.due_on < subject.day:
            raise PastDay()
        if len(note) > LONGEST_NOTE:
            raise Invalid(f"A note has {LONGEST_NOTE} characters at most.")
        if box is None or self.action not in box.actions:
            raise NotOfTheBox()
        known = follow_ups_of(context.read, subject.tenant, subject.person)
        if any(item.is_open and item.action == self.action for item in known):
            raise ChosenAlready()
        number = context.new_id()
        row = write(
            talent_follow_up.insert(),
            id=number,
            tenant=subject.tenant,
            employee_id=subject.person,
            action=self.action,
            box=box.number,
            due_on=self.due_on,
            note=note or None,
            state=str(FollowUpState.PLANNED),
            chosen_by=context.actor.person,
            chosen_at=context.now,
        )
        return Changes((row, _told(context, subject.person)), subject=subject.person, value=number)


@dataclass(frozen=True, slots=True)
class MoveFollowUp:
    """Say that a follow-up has begun, is done, or was dropped; what is over says what came of it."""

    follow_up: int
    state: FollowUpState
    outcome: str = field(default="", repr=False)
    permission: ClassVar[str] = "talent:follow_up"

    def subject(self, context: Context) -> FollowUp:
        """Return the follow-up.

        :raise NotFound: there is none with that id in the city.
        """
        return find_follow_up(context.read, context.actor.tenant, self.follow_up)

    def execute(self, context: Context, subject: FollowUp) -> Changes:
        """Change the state.

        :raise WrongState: that state does not follow.
        :raise Invalid: what came of it is not said, or is too long.
        """
        if self.state not in NEXT.get(subject.state, ()):
            raise WrongState()
        outcome, is_over = self.outcome.strip(), self.state is not FollowUpState.UNDER_WAY
        if is_over and not outcome:
            raise NoOutcome()
        if len(outcome) > LONGEST_NOTE:
            raise Invalid(f"An outcome has {LONGEST_NOTE} characters at most.")
        key = {"of_id": subject.id, "of_tenant": subject.tenant, "was_state": str(subject.state)}
        new = {"new_state": str(self.state), "new_outcome": outcome or None}
        change = write(_move, expect=1, **key, **new, new_by=context.actor.person, new_at=context.now)
        return Changes((change,), subject=subject.person)


def _box_of(context: Context, subject: EmployeeSubject) -> Box | None:
    tenant = subject.tenant
    member = placement_on(context.read, tenant, subject.person, subject.day)
    if member is None:
        return None
    around = Surroundings(context.directory.city(tenant), context.now.astimezone(context.directory.zone(tenant)))
    return talents(context.read, tenant, around, [member])[0].box


def _told(context: Context, person: int) -> Write:
    return write(
        insert_notice,
        id=context.new_id(),
        person=person,
        code="talent.follow_up",
        params=pack({}),
        case_id=None,
        at=context.now,
        read_at=None,
    )
