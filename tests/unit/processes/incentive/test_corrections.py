"""Corrections of attendance: evidence, a second person, and what a locked month is wrong by."""

from datetime import date

import pytest

from engine.errors import AlreadyDone, EngineError, Invalid, NotFound
from engine.records.files import StoredFile
from processes.incentive.commands.decide_adjustment import AmountChanged, ConfirmAdjustment, RejectAdjustment
from processes.incentive.commands.decide_correction import ApproveCorrection, RejectCorrection
from processes.incentive.commands.propose_adjustment import NothingToAdjust, ProposeAdjustment, ProposedAlready
from processes.incentive.commands.propose_correction import ListSigned, ProposeCorrection
from processes.incentive.corrections import corrections_of, waiting_corrections
from processes.incentive.months import status_write
from processes.incentive.proposals import adjustments_of, proposals_of
from processes.incentive.records import RunStatus, allowance_adjustment, attendance
from processes.incentive.rules.attendance import Day
from tests.unit.processes.incentive.treasury import MAY, Treasury
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KABID, KADIS, NOW

FOURTH = date(2026, 5, 4)
JUNE = date(2026, 6, 1)
AGAIN = "Predikat triwulan I diubah setelah keberatan."
LETTER = StoredFile("a" * 64, 1000, "application/pdf", "surat-dinas-luar.pdf")


@pytest.fixture
def late(treasury: Treasury) -> Treasury:
    """A teacher was late by 135 minutes on the fourth; an officer proposes that he was on duty elsewhere."""
    treasury.attend(GURU, d4=("Hadir", "09:45", "16:00", "135"))
    return treasury


def propose(office: Treasury, day: date = FOURTH, reason: str = "Rapat dinas") -> int:
    officer = office.actor(KABID, f"unit_hr_officer:{office.school}")
    command = ProposeCorrection(office.person(GURU), day, Day("dinas_luar"), reason, LETTER)
    return int(office.run(command, officer).value)


def test_an_approved_correction_changes_the_day_and_keeps_the_evidence(late: Treasury) -> None:
    number = propose(late)

    late.run(ApproveCorrection(number), late.actor(KADIS, "hr_verifier"))

    (row,) = [row for row in late.rows(attendance) if row["correction_id"] == number]
    assert (row["kind"], row["late"], row["source"]) == ("dinas_luar", 0, "correction")
    with late.reading() as read:
        (kept,) = corrections_of(read, CITY, late.person(GURU), FOURTH, FOURTH)
    assert (kept.sha256, kept.proposed_by, kept.decided_by) == ("a" * 64, late.person(KABID), late.person(KADIS))


def test_a_rejected_correction_changes_nothing_and_says_why(late: Treasury) -> None:
    before = late.rows(attendance)

    late.run(RejectCorrection(propose(late), "Surat tidak sesuai"), late.actor(KADIS, "hr_verifier"))

    assert late.rows(attendance) == before
    with late.reading() as read:
        assert waiting_corrections(read, CITY, [late.school]) == ()


def test_nobody_approves_what_he_has_proposed_or_what_is_about_himself(late: Treasury) -> None:
    number = propose(late)

    for nip in (KABID, GURU):
        with pytest.raises(EngineError):
            late.run(ApproveCorrection(number), late.actor(nip, "hr_verifier", f"unit_hr_officer:{late.school}"))


def test_others_propose_nothing(late: Treasury) -> None:
    command = ProposeCorrection(late.person(GURU), FOURTH, Day("dinas_luar"), "x", LETTER)

    with pytest.raises(NotFound):
        late.run(command, late.actor(GURU_2))


def test_a_correction_is_decided_once(late: Treasury) -> None:
    number = propose(late)
    late.run(ApproveCorrection(number), late.actor(KADIS, "hr_verifier"))

    with pytest.raises(AlreadyDone):
        late.run(RejectCorrection(number, "terlambat"), late.actor(KADIS, "hr_verifier"))


@pytest.mark.parametrize(
    ("day", "reason"), [(FOURTH, " "), (date(2026, 12, 1), "besok"), (date(2020, 1, 6), "belum bekerja")]
)
def test_a_correction_without_reason_or_of_an_impossible_day_is_refused(late: Treasury, day: date, reason: str) -> None:
    with pytest.raises(Invalid):
        propose(late, day, reason)


def test_a_corrected_day_is_not_changed_by_a_later_file(late: Treasury) -> None:
    late.run(ApproveCorrection(propose(late)), late.actor(KADIS, "hr_verifier"))

    late.attend(GURU, [FOURTH], d4=("Hadir", "09:45", "16:00", "135"))

    (row,) = [row for row in late.rows(attendance) if row["day"] == FOURTH and row["employee_id"] == late.person(GURU)]
    assert row["kind"] == "dinas_luar"


def test_a_correction_of_a_locked_month_is_a_signed_line_of_a_later_one(late: Treasury) -> None:
    late.lock()
    locked = late.slips()[late.person(GURU)]

    number = propose(late)
    late.run(ApproveCorrection(number), late.actor(KADIS, "hr_verifier"))

    (line,) = late.rows(allowance_adjustment)
    assert (line["of_month"], line["paid_in"], line["amount"]) == (MAY, JUNE, 75_000)
    assert (line["signed_by"], line["correction_id"]) == (late.person(KADIS), number)
    assert late.slips()[late.person(GURU)] == locked


def test_the_line_is_paid_with_the_later_month_and_never_twice(late: Treasury) -> None:
    late.lock()
    late.run(ApproveCorrection(propose(late)), late.actor(KADIS, "hr_verifier"))
    late.attend(GURU, [date(2026, 6, day) for day in range(1, 31) if date(2026, 6, day).weekday() < 6])

    (slip,) = [item for item in late.compute(JUNE).slips if item.facts.employee == late.person(GURU)]

    assert [line.amount for line in slip.outcome.lines if line.code == "adjustment"] == [75_000]
    with pytest.raises(NothingToAdjust):
        late.run(ProposeAdjustment(late.person(GURU), late.school, MAY, AGAIN), late.actor(KADIS, "hr_verifier"))


def rerated(treasury: Treasury) -> int:
    """Lock May, change a teacher's rating after it, and let an officer of the agency propose the line."""
    treasury.lock()
    treasury.load("results", (GURU, "2026", "1", "", "Di bawah ekspektasi", "Sesuai ekspektasi", "Butuh Perbaikan"))
    command = ProposeAdjustment(treasury.person(GURU), treasury.school, MAY, AGAIN)
    return int(treasury.run(command, treasury.actor(KADIS, "hr_verifier")).value)


def test_a_rating_changed_after_the_lock_is_paid_when_a_second_person_agrees(treasury: Treasury) -> None:
    number = rerated(treasury)
    assert treasury.rows(allowance_adjustment) == []

    treasury.run(ConfirmAdjustment(number), treasury.actor(KABID, "hr_verifier"))

    (line,) = treasury.rows(allowance_adjustment)
    assert (line["amount"], line["signed_by"], line["reason"]) == (-300_000, treasury.person(KABID), AGAIN)
    with treasury.reading() as read:
        (found,) = adjustments_of(read, CITY, treasury.person(GURU), JUNE)
        (kept,) = proposals_of(read, CITY, treasury.person(GURU), MAY)
    assert (found.of_month, kept.adjustment_id, kept.proposed_by) == (MAY, line["id"], treasury.person(KADIS))


@pytest.mark.parametrize("nip", [KADIS, GURU])
def test_neither_the_proposer_nor_the_employee_agrees_to_a_line(treasury: Treasury, nip: str) -> None:
    number = rerated(treasury)

    with pytest.raises(EngineError):
        treasury.run(ConfirmAdjustment(number), treasury.actor(nip, "hr_verifier"))


def test_a_line_of_another_amount_by_now_is_not_signed(treasury: Treasury) -> None:
    number = rerated(treasury)
    treasury.load("results", (GURU, "2026", "1", "", "Di bawah ekspektasi", "Di bawah ekspektasi", "Sangat Kurang"))

    with pytest.raises(AmountChanged):
        treasury.run(ConfirmAdjustment(number), treasury.actor(KABID, "hr_verifier"))


def test_a_refused_line_is_kept_with_the_reason_and_may_be_proposed_anew(treasury: Treasury) -> None:
    number, officer = rerated(treasury), treasury.actor(KADIS, "hr_verifier")
    again = ProposeAdjustment(treasury.person(GURU), treasury.school, MAY, AGAIN)
    with pytest.raises(ProposedAlready):
        treasury.run(again, officer)

    treasury.run(RejectAdjustment(number, "Keputusannya belum final"), treasury.actor(KABID, "hr_verifier"))
    treasury.run(again, officer)

    with treasury.reading() as read:
        kept = proposals_of(read, CITY, treasury.person(GURU), MAY)
    assert [(one.status, one.decision_note) for one in kept] == [
        ("rejected", "Keputusannya belum final"),
        ("proposed", None),
    ]
    with pytest.raises(AlreadyDone):
        treasury.run(RejectAdjustment(number, "Keputusannya belum final"), treasury.actor(KABID, "hr_verifier"))


def test_nobody_proposes_his_own_line(treasury: Treasury) -> None:
    treasury.lock()
    own = ProposeAdjustment(treasury.person(GURU), treasury.school, MAY, AGAIN)

    with pytest.raises(EngineError):
        treasury.run(own, treasury.actor(GURU, "hr_verifier"))


@pytest.mark.parametrize("status", [RunStatus.STATED, RunStatus.VERIFIED, RunStatus.APPROVED, RunStatus.PUBLISHED])
def test_between_signature_and_lock_attendance_is_not_corrected(late: Treasury, status: RunStatus) -> None:
    number = propose(late)
    late.write(status_write(late.keep(), status, now=NOW))

    with pytest.raises(ListSigned):
        propose(late, date(2026, 5, 5))
    with pytest.raises(ListSigned):
        late.run(ApproveCorrection(number), late.actor(KADIS, "hr_verifier"))
