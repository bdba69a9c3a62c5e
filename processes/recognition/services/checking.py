"""Services before the panel: the facts that the criteria ask for, and who may score without a conflict."""

from dataclasses import asdict

from sqlalchemy import bindparam, select

from engine.services import Notice, ServiceContext, ServiceResult
from processes.people.conflicts import kin_of
from processes.people.queries.on_day import DAY, is_active
from processes.people.records import employee
from processes.recognition.facts import facts_of, office_for, treasury_for
from processes.recognition.records import award_panel
from processes.recognition.variables import QUORUM, read_nominated

_members = (
    select(award_panel.c.employee_id)
    .join(employee, employee.c.id == award_panel.c.employee_id)
    .where(award_panel.c.tenant == bindparam("tenant"), award_panel.c.program_id == bindparam("program"))
    .where(is_active(DAY))
    .order_by(award_panel.c.employee_id)
)


def gather_facts(call: ServiceContext) -> ServiceResult:
    """Return what the criteria ask, and the groups that carry the case without deciding about one of themselves."""
    about = read_nominated(call.variables)
    day = call.now.astimezone(call.zone).date()
    found = facts_of(call.read, call.tenant, about.employee, about.name, day)
    office = office_for(call.read, call.tenant, about.employee, day)
    treasury = treasury_for(call.read, call.tenant, about.employee, day)
    return ServiceResult({**asdict(found), "office": office, "treasury": treasury})


def compose_panel(call: ServiceContext) -> ServiceResult:
    """Return who scores: members of the programme's panel without a conflict who have not been asked yet.

    The nominee, whoever nominated and the kin of both stay out. Who has scored already counts towards the quorum.
    """
    about = read_nominated(call.variables)
    params = {"tenant": call.tenant, "program": about.program, "day": call.now.astimezone(call.zone).date()}
    named = tuple(call.read.execute(_members, params).scalars())
    barred = about.parties | kin_of(call.read, call.tenant, about.parties)
    given = {int(item["member"]): item["conflict"] for item in call.variables.get("given") or ()}
    members = [person for person in named if person not in barred and person not in given]
    scored = sum(1 for conflict in given.values() if conflict == "none")
    value = {
        "members": members,
        "left_out": [person for person in named if person in barred],
        "is_enough": bool(members) and len(members) + scored >= QUORUM,
    }
    told = members if value["is_enough"] else []
    return ServiceResult(value, notices=tuple(Notice(one, "award.to_score", {"award": about.name}) for one in told))
