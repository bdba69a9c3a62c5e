"""What cases of training know from their start on, and the keys under which they meet."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from engine.calendar import WorkCalendar
from processes.training.queries.catalogue import Session

NOMINATION: Final = "training_nomination"
SESSION: Final = "training_session"
EVALUATION: Final = "training_evaluation"

#: How long a nomination without a seat is carried on to later sessions.
LAPSES_AFTER: Final = timedelta(days=182)
#: Working days that superiors and officers have after enrolment has closed: five each.
APPROVAL_DAYS: Final = 10
#: Whoever is chosen hears it at least so long before the session.
LAST_CHOICE: Final = timedelta(days=3)


def session_variable(session: Session, employee: int, *, is_found: bool = True) -> dict[str, Any]:
    """Return what a nomination knows of its session; under `key` it is told of the choice and the attendance."""
    return {
        "id": session.id,
        "course": session.course,
        "first_day": session.first_day,
        "last_day": session.last_day,
        "key": nomination_key(session.id, employee),
        "seat_key": seat_key(session.id),
        "is_found": is_found,
    }


def session_variables(session: Session, calendar: WorkCalendar) -> dict[str, Any]:
    """Return with what the case of a session starts."""
    after_approval = calendar.add_working_days(session.enrol_until, APPROVAL_DAYS)
    return {
        "session": session.id,
        "seat_key": seat_key(session.id),
        "ranked_on": min(after_approval, session.first_day - LAST_CHOICE),
        "last_day": session.last_day,
    }


def nomination_variables(
    session: Session,
    *,
    employee: int,
    unit: int,
    proposed_by: int | None,
    superior: int | None,
    officer: int | None,
    need_id: int | None,
    reason: str,
    today: date,
) -> dict[str, Any]:
    """Return with what the case of a nomination starts."""
    return {
        "employee": employee,
        "unit": unit,
        "session": session_variable(session, employee),
        "proposed_by": proposed_by,
        "superior": superior,
        "officer": officer,
        "need_id": need_id,
        "reason": reason,
        "lapses_on": today + LAPSES_AFTER,
    }


def nomination_key(session_id: int, employee: int) -> str:
    """Return the key under which a nomination is told of its session; also its business key."""
    return f"{session_id}:{employee}"


def seat_key(session_id: int) -> str:
    """Return the key under which a session hears that a seat is free."""
    return f"seat:{session_id}"


def session_id_of(variables: Mapping[str, Any]) -> int:
    """Return the session of a nomination's case."""
    return int(variables["session"]["id"])
