"""The month of a unit goes through the hands of different people, from the computing to the payment."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import update

from engine.commands.delegate_task import DelegateTask
from engine.errors import Forbidden, NotFound, PersonBarred
from engine.records.case import CaseStatus, case
from engine.records.outbox import notice
from processes.incentive.commands.export_payments import ExportPayments
from processes.incentive.commands.open_month import OpenMonth
from processes.incentive.records import allowance_ceiling, allowance_payment, allowance_run
from processes.incentive.variables import APPROVAL
from processes.people.records import post, role_grant
from tests.processes.allowance_office import (
    AGENCY,
    APPROVE,
    BUDI,
    CITRA,
    DEWI,
    EKA,
    HADI,
    MONTH,
    OFFICE,
    SARI,
    TIO,
    TOWN,
    VERA,
    AllowanceOffice,
    open_allowance_office,
)
from tests.processes.office import CITY


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AllowanceOffice]:
    """An office whose month of March has just been opened."""
    with open_allowance_office(tmp_path) as opened:
        opened.open_month()
        yield opened


def status(office: AllowanceOffice, unit: int = OFFICE) -> str:
    (run,) = office.rows(allowance_run, unit_id=unit)
    return str(run.status)


def told(office: AllowanceOffice, code: str) -> set[int]:
    return {row.person for row in office.rows(notice, code=code)}


def set_ceiling(office: AllowanceOffice, amount: Decimal) -> None:
    with office.engine.database.writing() as connection:
        connection.execute(update(allowance_ceiling).values(amount=amount))


def compute_again(office: AllowanceOffice) -> None:
    office.does(CITRA, "check", outcome="again", note=None)


def test_every_unit_in_which_somebody_worked_has_a_month_of_its_own(office: AllowanceOffice) -> None:
    opened = {row.subject for row in office.rows(case, process=APPROVAL)}

    assert opened == {TOWN, OFFICE, AGENCY}
    assert {office.waits_at(unit) == {"check"} for unit in opened} == {True}


def test_a_month_that_is_opened_twice_is_said_to_be_open(office: AllowanceOffice) -> None:
    with pytest.raises(Exception, match="open already"):
        office.engine.run(OpenMonth(2026, 3), office.actor(VERA))


def test_a_month_that_has_not_ended_is_not_opened(office: AllowanceOffice) -> None:
    with pytest.raises(Exception, match="has not ended"):
        office.engine.run(OpenMonth(2026, 4), office.actor(VERA))


def test_a_month_of_lateness_shows_on_the_slip(office: AllowanceOffice) -> None:
    late, in_time = office.slip(DEWI), office.slip(EKA)

    assert late.gross == in_time.gross - Decimal(10_000_000) * Decimal("0.01")  # 31 to 60 minutes: 1 %
    assert in_time.gross == Decimal(10_000_000)


def test_a_month_goes_through_every_hand_to_the_payment(office: AllowanceOffice) -> None:
    office.approve_until_slips()
    office.let_window_end()
    office.does(TIO, "pay", number="SP2D-7", paid_on=date(2026, 4, 20))

    assert (status(office), office.case(OFFICE).case.status) == ("paid", CaseStatus.FINISHED)
    (paid,) = office.rows(allowance_payment)
    assert (paid.number, paid.amount) == ("SP2D-7", sum(office.slip(person).net for person in (BUDI, CITRA, DEWI, EKA)))
    assert told(office, "incentive.paid") == {BUDI, CITRA, DEWI, EKA}


def test_the_payment_list_of_a_locked_month_adds_up_to_its_slips_and_is_taken_by_the_treasury_alone(
    office: AllowanceOffice,
) -> None:
    office.approve_until_slips()
    with pytest.raises(NotFound):
        office.engine.run(ExportPayments(OFFICE, MONTH), office.actor(TIO))
    office.let_window_end()

    rows = office.engine.run(ExportPayments(OFFICE, MONTH), office.actor(TIO)).value
    assert sum(Decimal(row[-1]) for row in rows) == sum(office.slip(one).net for one in (BUDI, CITRA, DEWI, EKA))
    with pytest.raises((Forbidden, NotFound)):
        office.engine.run(ExportPayments(OFFICE, MONTH), office.actor(BUDI))


def test_a_task_is_not_given_to_whoever_has_done_another_step(office: AllowanceOffice) -> None:
    office.heads(CITRA)
    office.does(CITRA, "check", outcome="pass", note=None)
    (task,) = office.case(OFFICE).waiting

    with pytest.raises(PersonBarred):
        office.engine.run(DelegateTask(office.case(OFFICE).case.id, task.token, CITRA), office.actor(BUDI))

    (task,) = office.case(OFFICE).waiting
    assert task.assignee == BUDI


def test_slips_are_told_of_when_they_are_published_and_not_before(office: AllowanceOffice) -> None:
    before = told(office, "incentive.published")
    office.approve_until_slips()

    assert (before, told(office, "incentive.published")) == (set(), {BUDI, CITRA, DEWI, EKA})
    assert status(office) == "published"


def test_the_month_is_locked_when_five_working_days_are_over(office: AllowanceOffice) -> None:
    office.approve_until_slips()
    office.let_pass(days=6)  # 1 April is a Wednesday: the fifth working day is the 8th
    during = status(office)
    office.let_pass(days=2)

    assert (during, status(office)) == ("published", "locked")


def test_other_units_do_not_wait_for_a_late_one(office: AllowanceOffice) -> None:
    office.approve_until_slips()

    assert (status(office), status(office, TOWN)) == ("published", "computed")


def test_an_overrun_of_the_ceiling_goes_to_a_person_and_nothing_is_prorated(office: AllowanceOffice) -> None:
    set_ceiling(office, Decimal(1_000_000))
    compute_again(office)
    before = office.slip().gross
    office.does(CITRA, "check", outcome="pass", note=None)
    asked = office.waits_at()
    office.does(HADI, "decide_ceiling", outcome="allow", reason="Pergeseran anggaran sudah disahkan.")

    assert (asked, office.waits_at()) == ({"decide_ceiling"}, {"sign"})
    assert office.slip().gross == before


def test_an_overrun_that_is_refused_goes_back_to_the_unit(office: AllowanceOffice) -> None:
    set_ceiling(office, Decimal(1_000_000))
    compute_again(office)
    office.does(CITRA, "check", outcome="pass", note=None)
    office.does(HADI, "decide_ceiling", outcome="return", reason="Anggaran belum digeser.")

    assert office.waits_at() == {"check"}
    assert told(office, "incentive.over_ceiling") == {CITRA}


def test_a_list_that_the_agency_returns_is_computed_checked_and_signed_anew(office: AllowanceOffice) -> None:
    office.does(CITRA, "check", outcome="pass", note=None)
    office.does(BUDI, "sign", confirmed=True, note=None)
    office.does(VERA, "verify", outcome="return", reason="Cuti Eka belum masuk.")

    assert (office.waits_at(), status(office)) == ({"check"}, "computed")
    assert told(office, "incentive.returned") == {CITRA}


def test_the_treasurer_returns_a_list_as_well(office: AllowanceOffice) -> None:
    office.does(CITRA, "check", outcome="pass", note=None)
    office.does(BUDI, "sign", confirmed=True, note=None)
    office.does(VERA, "verify", **APPROVE)
    office.does(TIO, "order", outcome="return", reason="Rekening Dewi berganti.")

    assert (office.waits_at(), status(office)) == ({"check"}, "computed")


def test_findings_that_block_keep_the_month_with_the_unit(office: AllowanceOffice) -> None:
    with office.engine.database.writing() as connection:
        connection.execute(update(post).where(post.c.id == EKA).values(job_class=None))
    compute_again(office)
    blocking = office.variables()["month"]["blocking"]
    office.does(CITRA, "check", outcome="pass", note="Kelas jabatan Eka belum ada.")

    assert (blocking, office.waits_at()) == (1, {"check"})


def test_a_late_check_reminds_the_head_and_a_late_signature_the_one_above(office: AllowanceOffice) -> None:
    office.let_pass(days=7)
    first = told(office, "incentive.late")
    office.does(CITRA, "check", outcome="pass", note=None)
    office.let_pass(days=7)

    assert BUDI in first
    assert SARI in told(office, "incentive.late")
    assert office.waits_at() == {"sign"}, "a reminder takes no task away"


def test_a_late_verification_reminds_the_head_of_the_agency(office: AllowanceOffice) -> None:
    office.does(CITRA, "check", outcome="pass", note=None)
    office.does(BUDI, "sign", confirmed=True, note=None)
    office.let_pass(days=7)

    assert HADI in told(office, "incentive.late")


def test_nobody_acts_in_two_steps_of_a_month(office: AllowanceOffice) -> None:
    grant(office, CITRA, "hr_verifier")
    office.does(CITRA, "check", outcome="pass", note=None)
    office.does(BUDI, "sign", confirmed=True, note=None)

    with pytest.raises((Forbidden, NotFound)):
        office.does(CITRA, "verify", **APPROVE)
    assert office.waits_at() == {"verify"}


def test_whoever_checked_the_month_does_not_sign_it_even_as_head(office: AllowanceOffice) -> None:
    grant(office, BUDI, "unit_hr_officer", OFFICE)
    office.does(BUDI, "check", outcome="pass", note=None)

    assert office.variables()["signer"]["person"] == SARI


def test_whoever_returned_a_list_may_check_it_again_in_the_same_step(office: AllowanceOffice) -> None:
    office.does(CITRA, "check", outcome="again", note=None)
    office.does(CITRA, "check", outcome="pass", note=None)

    assert office.waits_at() == {"sign"}


def grant(office: AllowanceOffice, person: int, role: str, unit: int | None = None) -> None:
    row = {"id": 900 + person, "tenant": CITY, "employee_id": person, "role": role, "unit_id": unit}
    with office.engine.database.writing() as connection:
        connection.execute(role_grant.insert(), {**row, "valid_from": MONTH})
