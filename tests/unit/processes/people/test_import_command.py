"""The command that imports: who may, all or nothing, never twice at once, and written down."""

import pytest
from sqlalchemy import Connection

from engine.errors import NotFound
from engine.policy.actor import Actor, system_actor
from engine.records.history import audit
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, ImportRefused
from processes.people.imports.runs import import_run
from processes.people.records import holiday
from tests.unit.processes.people.office import CITY, GURU, KABID, KADIS, Office

DAY = ("2026-08-17", "Hari Kemerdekaan")


def plan_of(office: Office, kind: str = "holidays", *rows: tuple[str, ...]) -> ImportPlan:
    plan = office.plan(kind, *(rows or (DAY,)))
    assert isinstance(plan, ImportPlan)
    return plan


@pytest.mark.parametrize("group", ["hr_verifier", "city_admin"])
def test_the_verifier_and_the_administrator_may_import(office: Office, group: str) -> None:
    office.run(ImportRows(plan_of(office)), office.actor(KADIS, group))

    assert len(office.rows(holiday)) == 1


@pytest.mark.parametrize("groups", [(), ("unit_hr_officer:1",), ("process_owner",), ("hr_head",)])
def test_others_may_not_import(office: Office, groups: tuple[str, ...]) -> None:
    with pytest.raises(NotFound):
        office.run(ImportRows(plan_of(office)), office.actor(GURU, *groups))

    assert office.rows(holiday) == []


def test_an_import_stays_in_the_city_of_the_actor(office: Office) -> None:
    office.run(ImportRows(plan_of(office)), system_actor("serang"))

    assert [row["tenant"] for row in office.rows(holiday)] == ["serang"]


def test_an_import_is_listed_with_its_counts_and_audited(office: Office) -> None:
    receipt = office.run(ImportRows(plan_of(office)), office.actor(KADIS, "hr_verifier"))

    run = office.rows(import_run)[-1]
    assert (run["id"], run["kind"], run["source"], run["new"]) == (receipt.subject, "holidays", "holidays.csv", 1)
    assert office.rows(audit)[-1]["subject"] == receipt.subject
    assert run["by"] == office.person(KADIS)


def test_rows_that_do_not_fit_any_more_are_refused_and_leave_nothing(office: Office) -> None:
    plan = plan_of(office, "lines", (KABID, GURU, "2027-01-01"))
    office.load("lines", (GURU, KABID, "2027-06-01"))

    with pytest.raises(ImportRefused) as caught:
        office.run(ImportRows(plan))

    assert {problem.code for problem in caught.value.problems} == {"line_circle"}
    assert GURU not in str(caught.value)


class Interrupting(ImportRows):
    """An import between whose computing and writing another one comes, once."""

    def execute(self, context, subject):  # type: ignore[no-untyped-def]  # as the parent
        changes = super().execute(context, subject)
        if not _INTERRUPTED:
            _INTERRUPTED.append(True)
            _OFFICES[0].load("holidays", ("2026-12-25", "Natal"))
        return changes


_INTERRUPTED: list[bool] = []
_OFFICES: list[Office] = []


def test_an_import_that_was_overtaken_is_computed_again(office: Office) -> None:
    _INTERRUPTED.clear()
    _OFFICES[:] = [office]

    office.run(Interrupting(plan_of(office, "holidays", DAY, ("2026-12-25", "Natal"))))

    assert [(row["new"], row["unchanged"]) for row in office.rows(import_run)[-2:]] == [(1, 0), (1, 1)]
    assert len(office.rows(holiday)) == 2


def test_the_permission_is_asked_with_the_city(office: Office) -> None:
    def may(read: Connection, actor: Actor) -> bool:
        policy = office.engine.policy
        return policy.allows(actor, "people:import", Actor(CITY, None), read)

    assert not office.engine.read(may, Actor("serang", 1, frozenset({"hr_verifier"})))
    assert office.engine.read(may, Actor(CITY, 1, frozenset({"hr_verifier"})))
