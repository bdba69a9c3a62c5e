"""The case of a session that runs, and the task in which its attendance is recorded."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, select

from engine.casework import find_case, variables_of
from engine.records.case import case, open_task
from processes.people.queries.on_day import TENANT
from processes.people.records import employee
from processes.training.variables import SESSION

_RECORDING = ("record_attendance", "record_for_agency")
_task = (
    select(open_task.c.case_id, open_task.c.token)
    .join(case, case.c.id == open_task.c.case_id)
    .where(
        case.c.tenant == TENANT,
        case.c.process == SESSION,
        case.c.business_key == bindparam("key"),
        open_task.c.element.in_(_RECORDING),
    )
)
_people = select(employee.c.id, employee.c.nip, employee.c.name).where(
    employee.c.tenant == TENANT, employee.c.id.in_(bindparam("people", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Recording:
    """The task in which the attendance of a session is recorded, with the participants in the order of its form."""

    case_id: int
    token: int
    participants: tuple[int, ...] = field(repr=False)


def find_recording(read: Connection, tenant: str, session_id: int) -> Recording | None:
    """Return the task in which a session's attendance is to be recorded; None while there is nothing to record."""
    row = read.execute(_task, {"tenant": tenant, "key": str(session_id)}).first()
    if row is None:
        return None
    variables = variables_of(find_case(read, tenant, row.case_id))
    people = tuple(int(item["employee"]) for item in variables["participants"])
    return Recording(row.case_id, row.token, people)


def participants_of(read: Connection, tenant: str, recording: Recording) -> tuple[tuple[str, str], ...]:
    """Return the NIP and the name of each participant, in the order of the form."""
    rows = read.execute(_people, {"tenant": tenant, "people": list(recording.participants)})
    known = {row.id: (row.nip, row.name) for row in rows}
    return tuple(known[person] for person in recording.participants if person in known)
