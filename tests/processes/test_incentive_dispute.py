"""A dispute about a slip: before the lock it makes a new slip, after the lock a signed line of a later month."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.casework import find_task
from engine.errors import EngineError, Forbidden, Invalid, NotFound
from engine.records.outbox import notice
from processes.incentive.commands.file_dispute import FileDispute
from processes.incentive.commands.read_slip import ReadSlip
from processes.incentive.queries.disputes import disputes_of
from processes.incentive.records import (
    allowance_adjustment,
    allowance_run,
    allowance_slip,
    attendance,
    attendance_correction,
)
from processes.incentive.slips import slips_of_unit
from processes.incentive.variables import DISPUTE
from tests.processes.allowance_office import (
    BUDI,
    CITRA,
    DEWI,
    EKA,
    EVIDENCE,
    HADI,
    LATE_DAY,
    MONTH,
    OFFICE,
    REASON,
    TIO,
    VERA,
    AllowanceOffice,
    open_allowance_office,
)
from tests.processes.office import CITY

GRANT = {"outcome": "as_answered", "reason": "Surat tugas sah."}
DENY = {"outcome": "deny", "reason": "Rekaman mesin sudah benar."}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AllowanceOffice]:
    """An office whose slips of March have just been published."""
    with open_allowance_office(tmp_path) as opened:
        opened.open_month()
        opened.approve_until_slips()
        yield opened


def decide(office: AllowanceOffice, **decision: object) -> None:
    office.does(VERA, "decide", DEWI, DISPUTE, **decision)


def told(office: AllowanceOffice, code: str) -> set[int]:
    return {row.person for row in office.rows(notice, code=code)}


def test_a_won_dispute_before_the_lock_makes_a_new_slip(office: AllowanceOffice) -> None:
    before = office.slip()
    office.dispute()
    office.answer()
    decide(office, **GRANT)

    after = office.slip()
    assert (after.version, after.gross - before.gross) == (before.version + 1, Decimal(100_000))
    assert told(office, "incentive.dispute_granted") == {DEWI}


def test_the_sums_of_the_month_follow_a_won_dispute(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    decide(office, **GRANT)

    (run,) = office.rows(allowance_run, unit_id=OFFICE)
    with office.engine.database.reading() as read:
        slips = slips_of_unit(read, CITY, OFFICE, MONTH)
    assert (run.gross, run.net) == (sum(slip.gross for slip in slips), sum(slip.net for slip in slips))
    assert run.status == "published"


def test_only_the_disputed_slip_changes(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    decide(office, **GRANT)

    changed = {row.employee_id for row in office.rows(allowance_slip, version=2)}
    assert changed == {DEWI}


def test_the_corrected_day_names_who_proposed_and_who_decided(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    decide(office, **GRANT)

    (correction,) = office.rows(attendance_correction)
    (day,) = office.rows(attendance, employee_id=DEWI, day=LATE_DAY)
    assert (correction.proposed_by, correction.decided_by, correction.sha256) == (CITRA, VERA, EVIDENCE["sha256"])
    assert (day.kind, day.late, day.correction_id) == ("dinas_luar", 0, correction.id)


def test_a_dispute_that_is_won_after_the_lock_is_a_signed_line_of_a_later_month(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    locked = office.slip()
    office.let_pass(days=8)
    decide_late(office, **GRANT)

    (line,) = office.rows(allowance_adjustment)
    assert (line.amount, line.paid_in, line.signed_by) == (Decimal(100_000), date(2026, 4, 1), HADI)
    assert office.slip().version == locked.version, "a locked slip stays as it is"


def decide_late(office: AllowanceOffice, **decision: object) -> None:
    element = "decide_above" if "decide_above" in office.waits_at(DEWI, DISPUTE) else "decide"
    office.does(HADI if element == "decide_above" else VERA, element, DEWI, DISPUTE, **decision)


def test_a_denied_dispute_changes_nothing_and_says_so(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer(outcome="right", statement="Sudah benar.", day=None, kind=None, evidence=[])
    decide(office, **DENY)

    assert office.slip().version == 1
    assert told(office, "incentive.dispute_denied") == {DEWI}


def test_a_unit_that_does_not_answer_holds_up_no_dispute(office: AllowanceOffice) -> None:
    office.dispute()
    office.let_pass(days=5)

    assert office.waits_at(DEWI, DISPUTE) == {"decide"}
    assert office.variables(DEWI, DISPUTE)["answered"] == {"person": None, "is_answered": False}


def test_a_dispute_nobody_decides_goes_to_the_head_of_the_agency(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    office.let_pass(days=9)

    assert office.waits_at(DEWI, DISPUTE) == {"decide_above"}
    assert told(office, "incentive.dispute_escalated") == {HADI}


def test_the_decider_may_correct_the_day_with_evidence_of_his_own(office: AllowanceOffice) -> None:
    office.dispute()
    office.let_pass(days=5)
    own = {"day": LATE_DAY, "kind": "hadir", "late": 0, "early": 0, "evidence": [EVIDENCE]}
    decide(office, outcome="other", reason="Rekaman gerbang menunjukkan tepat waktu.", **own)

    assert office.slip().gross == office.slip(EKA).gross


def test_a_granted_dispute_that_changes_no_amount_says_so(office: AllowanceOffice) -> None:
    before = office.slip()
    office.dispute()
    office.answer(outcome="mended", statement="Datanya sudah benar.", day=None, kind=None, evidence=[])

    decide(office, outcome="mended", reason="Nama jabatannya sudah diperbaiki.")

    with office.engine.database.reading() as read:
        (dispute,) = disputes_of(read, CITY, DEWI, MONTH, OFFICE)
    assert (told(office, "incentive.dispute_unchanged"), told(office, "incentive.dispute_granted")) == ({DEWI}, set())
    assert (dispute.is_granted, dispute.changes_amount) == (True, False)
    assert office.slip() == before, "nothing was different, so no version is made"


def test_whoever_answered_for_the_unit_does_not_decide(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    view = office.case(DEWI, DISPUTE)
    (task,) = view.waiting

    assert not allowed(office, CITRA, "hr_verifier", view.case.id, task.token)
    assert allowed(office, VERA, "hr_verifier", view.case.id, task.token)


def test_nobody_decides_his_own_dispute(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    view = office.case(DEWI, DISPUTE)

    assert not allowed(office, DEWI, "hr_verifier", view.case.id, view.waiting[0].token)


def allowed(office: AllowanceOffice, person: int, role: str, case_id: int, token: int) -> bool:
    actor = replace(office.actor(person), groups=frozenset({role}))
    with office.engine.database.reading() as read:
        task = find_task(read, actor, case_id, token)
        return office.engine.policy.allows(actor, "task:claim", task, read)


def test_a_slip_is_disputed_once(office: AllowanceOffice) -> None:
    office.dispute()

    with pytest.raises(Invalid) as refused:
        office.dispute()
    assert refused.value.code == "incentive.disputed_already"


def test_after_the_window_a_slip_is_not_disputed_any_more(office: AllowanceOffice) -> None:
    office.let_pass(days=8)

    with pytest.raises(Invalid) as refused:
        office.dispute()
    assert refused.value.code == "incentive.window_over"


def test_before_slips_are_out_there_is_nothing_to_dispute(tmp_path: Path) -> None:
    with open_allowance_office(tmp_path) as early:
        early.open_month()

        with pytest.raises(Invalid) as refused:
            early.dispute()
    assert refused.value.code == "incentive.window_over"


def test_a_dispute_needs_a_reason(office: AllowanceOffice) -> None:
    with pytest.raises(Invalid) as refused:
        office.engine.run(FileDispute(OFFICE, MONTH, "", "salah"), office.actor(DEWI))
    assert refused.value.code == "incentive.reason_missing"


def test_nobody_disputes_a_slip_he_has_not(office: AllowanceOffice) -> None:
    with pytest.raises(NotFound):
        office.engine.run(FileDispute(OFFICE, MONTH, "", REASON), office.actor(TIO))


def test_the_line_reads_a_slip_and_leaves_a_trace_and_colleagues_do_not(office: AllowanceOffice) -> None:
    receipt = office.engine.run(ReadSlip(DEWI, MONTH), office.actor(BUDI))

    assert receipt.subject == DEWI
    with pytest.raises((Forbidden, NotFound)):
        office.engine.run(ReadSlip(DEWI, MONTH), office.actor(EKA))
    with pytest.raises(EngineError):
        office.engine.run(ReadSlip(DEWI, date(2026, 1, 1)), office.actor(BUDI))
