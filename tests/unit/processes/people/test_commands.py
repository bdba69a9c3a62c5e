"""Roles, corrected lines and acting heads: each command with who may and who may not."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql

from engine.command import Context
from engine.errors import AlreadyDone, Conflict, Forbidden, Invalid, NotFound
from engine.policy.actor import Actor, system_actor
from engine.records.outbox import notice
from processes.people.commands.approve_line import ApproveLine, RejectLine
from processes.people.commands.end_acting import EndActing
from processes.people.commands.grant_role import GrantRole
from processes.people.commands.propose_line import ProposeLine
from processes.people.commands.revoke_role import AdministratorNeeded, RevokeRole
from processes.people.line_proposals import waiting_proposals
from processes.people.queries import appraiser_on, holders_on, roles_on, unit_head_on
from processes.people.records import Role, employee, reporting_line, unit, unit_head
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KABID, KADIS, KEPSEK, SEKDA, TODAY, Office

SINCE, YESTERDAY = date(2026, 1, 1), date(2026, 9, 27)


def unit_id(office: Office, code: str) -> int:
    return next(int(row["id"]) for row in office.rows(unit) if row["code"] == code)


def admin(office: Office) -> Actor:
    return office.actor(KABID, "city_admin")


def officer(office: Office, of: str = "DISDIK") -> Actor:
    return office.actor(KABID, f"unit_hr_officer:{unit_id(office, of)}")


def verifier(office: Office) -> Actor:
    return office.actor(SEKDA, "hr_verifier")


def propose(office: Office, actor: Actor | None = None, first: date = date(2026, 9, 1)) -> int:
    command = ProposeLine(office.person(GURU), office.person(KADIS), first, "Penilai keliru sejak mutasi.")
    value = office.run(command, actor or officer(office)).value
    assert isinstance(value, int)
    return value


def held(office: Office, nip: str) -> list[Role]:
    with office.reading() as read:
        return [grant.role for grant in roles_on(read, CITY, office.person(nip), TODAY)]


def test_the_administrator_grants_and_revokes_a_role(office: Office) -> None:
    grant = office.run(GrantRole(office.person(GURU), Role.HR_VERIFIER, TODAY), admin(office)).value
    assert held(office, GURU) == [Role.HR_VERIFIER]

    office.run(RevokeRole(grant, date(2026, 9, 27)), admin(office))

    assert held(office, GURU) == []


@pytest.mark.parametrize("groups", [(), ("hr_verifier",), ("unit_hr_officer:1",), ("process_owner",)])
def test_nobody_else_grants_or_revokes_roles(office: Office, groups: tuple[str, ...]) -> None:
    grant = office.run(GrantRole(office.person(GURU_2), Role.INSPECTOR, TODAY), admin(office)).value
    actor = office.actor(GURU, *groups)

    with pytest.raises((NotFound, Forbidden)):
        office.run(GrantRole(office.person(GURU_2), Role.CITY_ADMIN, TODAY), actor)
    with pytest.raises((NotFound, Forbidden)):
        office.run(RevokeRole(grant, TODAY), actor)


def test_the_administrator_does_not_grant_himself_a_role(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.run(GrantRole(office.person(KABID), Role.HR_VERIFIER, TODAY), admin(office))


def test_an_administrator_of_another_city_finds_nobody_here(office: Office) -> None:
    with pytest.raises(NotFound):
        office.run(GrantRole(office.person(GURU), Role.INSPECTOR, TODAY), Actor("serang", 1, frozenset({"city_admin"})))


@pytest.mark.parametrize(
    ("role", "last", "with_unit"),
    [
        (Role.UNIT_HR_OFFICER, None, False),
        (Role.HR_VERIFIER, None, True),
        (Role.HR_VERIFIER, date(2026, 9, 27), False),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(office: Office, role: Role, last: date | None, with_unit: bool) -> None:
    unit_of_role = unit_id(office, "SMP-1") if with_unit else None

    with pytest.raises(Invalid):
        office.run(GrantRole(office.person(GURU), role, TODAY, last, unit_of_role), admin(office))


def test_a_role_is_not_granted_twice(office: Office) -> None:
    office.run(GrantRole(office.person(GURU), Role.INSPECTOR, TODAY), admin(office))

    with pytest.raises(Conflict):
        office.run(GrantRole(office.person(GURU), Role.INSPECTOR, TODAY), admin(office))


def test_a_role_does_not_end_in_the_past(office: Office) -> None:
    grant = office.run(GrantRole(office.person(GURU), Role.INSPECTOR, date(2026, 1, 1)), admin(office)).value

    with pytest.raises(Invalid):
        office.run(RevokeRole(grant, date(2026, 9, 1)), admin(office))


def administrators(office: Office) -> list[int]:
    with office.reading() as read:
        return sorted(holders_on(read, CITY, Role.CITY_ADMIN, TODAY))


def test_the_last_administrator_keeps_his_role_whoever_would_end_it(office: Office) -> None:
    own = office.run(GrantRole(office.person(KABID), Role.CITY_ADMIN, SINCE)).value

    for actor in (admin(office), None):
        with pytest.raises(AdministratorNeeded):
            office.run(RevokeRole(own, YESTERDAY), actor)

    assert administrators(office) == [office.person(KABID)]


def test_an_administrators_role_is_ended_by_another_one_only(office: Office) -> None:
    own, other = (office.run(GrantRole(office.person(nip), Role.CITY_ADMIN, SINCE)).value for nip in (KABID, GURU))

    with pytest.raises(AdministratorNeeded):
        office.run(RevokeRole(own, YESTERDAY), admin(office))
    office.run(RevokeRole(other, YESTERDAY), admin(office))

    assert administrators(office) == [office.person(KABID)]


def test_an_administrator_who_has_left_the_service_does_not_count(office: Office) -> None:
    own, _gone = (office.run(GrantRole(office.person(nip), Role.CITY_ADMIN, SINCE)).value for nip in (KABID, GURU))
    with office.database.writing() as connection:
        gone = employee.update().where(employee.c.id == office.person(GURU))
        connection.execute(gone.values(active_to=YESTERDAY))

    with pytest.raises(AdministratorNeeded):
        office.run(RevokeRole(own, YESTERDAY))


def writes_of_ending(office: Office, grant: int) -> list[str]:
    """What ending a role tells PostgreSQL, in order."""
    engine, command = office.engine, RevokeRole(grant, YESTERDAY)
    with office.reading() as read:
        context = Context(system_actor(CITY), read, engine.clock(), engine.new_id, engine.directory)
        statements: list[Any] = [item.statement for item in command.execute(context, command.subject(context)).writes]
    dialect: Any = postgresql.dialect
    return [str(statement.compile(dialect=dialect())) for statement in statements]


def test_whoever_ends_an_administrators_role_first_locks_those_of_all(office: Office) -> None:
    _one, other = (office.run(GrantRole(office.person(nip), Role.CITY_ADMIN, SINCE)).value for nip in (KABID, GURU))

    lock, ending = writes_of_ending(office, other)

    assert lock.startswith("SELECT role_grant.id") and lock.endswith("ORDER BY role_grant.id FOR UPDATE")
    assert ending.startswith("UPDATE role_grant")


def test_a_wrong_line_is_corrected_by_the_officer_with_the_verifiers_approval(office: Office) -> None:
    proposal = propose(office)
    with office.reading() as read:
        before = appraiser_on(read, CITY, office.person(GURU), TODAY)

    office.run(ApproveLine(proposal, "Sesuai SK."), verifier(office))

    with office.reading() as read:
        after = appraiser_on(read, CITY, office.person(GURU), TODAY)
        assert waiting_proposals(read, CITY) == ()
    assert before is not None
    assert after is not None
    assert (before.person, after.person) == (office.person(KEPSEK), office.person(KADIS))
    lines = {
        row["valid_from"]: row["valid_to"]
        for row in office.rows(reporting_line)
        if row["employee_id"] == office.person(GURU)
    }
    assert lines == {date(2025, 1, 1): date(2026, 8, 31), date(2026, 9, 1): None}


def test_the_three_people_concerned_are_told(office: Office) -> None:
    office.run(ApproveLine(propose(office)), verifier(office))

    told = {(row["person"], row["code"]) for row in office.rows(notice)}
    assert told == {(office.person(nip), "line.approved") for nip in (KABID, GURU, KADIS)}


def test_a_line_that_was_wrong_from_the_start_is_replaced(office: Office) -> None:
    office.run(ApproveLine(propose(office, first=date(2025, 1, 1))), verifier(office))

    rows = [row for row in office.rows(reporting_line) if row["employee_id"] == office.person(GURU)]
    assert [row["appraiser_id"] for row in rows] == [office.person(KADIS)]


def test_a_rejected_correction_leaves_the_line_and_tells_the_proposer(office: Office) -> None:
    office.run(RejectLine(propose(office), "Belum ada SK."), verifier(office))

    with office.reading() as read:
        found = appraiser_on(read, CITY, office.person(GURU), TODAY)
    assert found is not None
    assert found.person == office.person(KEPSEK)
    assert [(row["person"], row["code"]) for row in office.rows(notice)] == [(office.person(KABID), "line.rejected")]


def test_a_proposal_is_decided_once(office: Office) -> None:
    proposal = propose(office)
    office.run(RejectLine(proposal, "Belum ada SK."), verifier(office))

    with pytest.raises(AlreadyDone):
        office.run(ApproveLine(proposal), verifier(office))


@pytest.mark.parametrize("of", ["SMP-1", "DISDIK", "SETDA"])
def test_the_officer_of_the_unit_or_of_one_above_may_propose(office: Office, of: str) -> None:
    assert propose(office, officer(office, of))


def test_others_may_not_propose(office: Office) -> None:
    for actor in (
        office.actor(GURU),
        office.actor(KEPSEK),
        verifier(office),
        office.actor(GURU_2, "unit_hr_officer:1"),
    ):
        with pytest.raises((NotFound, Forbidden)):
            propose(office, actor)


def test_the_officer_of_a_unit_below_may_not_propose_for_the_office_above(office: Office) -> None:
    command = ProposeLine(office.person(KABID), office.person(SEKDA), TODAY, "Coba")

    with pytest.raises(NotFound):
        office.run(command, office.actor(GURU, f"unit_hr_officer:{unit_id(office, 'SMP-1')}"))


def test_only_a_verifier_who_did_not_propose_may_approve(office: Office) -> None:
    both = office.actor(KABID, "hr_verifier", f"unit_hr_officer:{unit_id(office, 'DISDIK')}")
    proposal = propose(office, both)

    for actor in (both, officer(office), office.actor(GURU, "hr_verifier"), office.actor(GURU_2)):
        with pytest.raises((NotFound, Forbidden)):
            office.run(ApproveLine(proposal), actor)


@pytest.mark.parametrize(("appraiser", "reason"), [(GURU, "Alasan"), (KADIS, "  ")])
def test_a_proposal_needs_another_appraiser_and_a_reason(office: Office, appraiser: str, reason: str) -> None:
    command = ProposeLine(office.person(GURU), office.person(appraiser), TODAY, reason)

    with pytest.raises(Invalid):
        office.run(command, officer(office))


def test_a_proposal_that_closes_a_circle_is_refused(office: Office) -> None:
    command = ProposeLine(office.person(KEPSEK), office.person(GURU), TODAY, "Tertukar")

    with pytest.raises(Invalid, match="circle"):
        office.run(command, officer(office))


def acting_head(office: Office) -> int:
    office.load("acting", ("SMP-1", "Plt", GURU, "2026-09-01"))
    return next(int(row["id"]) for row in office.rows(unit_head) if row["kind"] == "plt")


def test_after_an_acting_appointment_ends_the_definitive_head_acts_again(office: Office) -> None:
    head = acting_head(office)

    receipt = office.run(EndActing(head, TODAY), officer(office))

    with office.reading() as read:
        today, tomorrow = (
            unit_head_on(read, CITY, unit_id(office, "SMP-1"), day) for day in (TODAY, date(2026, 9, 29))
        )
    assert today is not None
    assert tomorrow is not None
    assert (today.person, tomorrow.person) == (office.person(GURU), office.person(KEPSEK))
    assert receipt.value == office.person(GURU)


def test_others_may_not_end_an_acting_appointment(office: Office) -> None:
    head = acting_head(office)

    for actor in (office.actor(GURU), office.actor(GURU_2, "process_owner"), office.actor(KABID, "city_admin")):
        with pytest.raises((NotFound, Forbidden)):
            office.run(EndActing(head, TODAY), actor)


def test_a_definitive_head_and_a_day_outside_are_refused(office: Office) -> None:
    head = acting_head(office)
    definitive = next(int(row["id"]) for row in office.rows(unit_head) if row["kind"] == "definitif")

    with pytest.raises(Invalid):
        office.run(EndActing(definitive, TODAY), verifier(office))
    with pytest.raises(Invalid):
        office.run(EndActing(head, date(2026, 8, 31)), verifier(office))
