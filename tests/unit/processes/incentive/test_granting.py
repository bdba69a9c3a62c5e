"""What a won dispute writes: days with their evidence, and what they change before they are in the records."""

from datetime import date
from decimal import Decimal

from engine.records.files import StoredFile
from processes.incentive.adjusting import adjustment_write
from processes.incentive.granting import granted_writes
from processes.incentive.months import compute_month
from processes.incentive.records import attendance, attendance_correction
from processes.incentive.rules.attendance import Day
from tests.unit.processes.incentive.treasury import MAY, Treasury
from tests.unit.processes.people.office import CITY, GURU, KABID, KADIS, NOW

FOURTH = date(2026, 5, 4)
DAYS = {FOURTH: Day("hadir")}
LETTER = StoredFile("b" * 64, 1000, "application/pdf", "rekaman-gerbang.pdf")


def grant(treasury: Treasury) -> None:
    with treasury.reading() as read:
        rows = granted_writes(
            read,
            CITY,
            employee_id=treasury.person(GURU),
            unit_id=treasury.school,
            days=DAYS,
            reason="Mesin presensi rusak",
            file=LETTER,
            proposed_by=treasury.person(KABID),
            decided_by=treasury.person(KADIS),
            case_id=7,
            now=NOW,
            new_id=treasury.engine.new_id,
        )
    treasury.write(*rows)


def test_granted_days_are_corrected_with_evidence_and_case(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("TK",))

    grant(treasury)

    (correction,) = treasury.rows(attendance_correction)
    assert (correction["status"], correction["case_id"], correction["sha256"]) == ("approved", 7, "b" * 64)
    (day,) = [row for row in treasury.rows(attendance) if row["case_id"] == 7]
    assert (day["kind"], day["correction_id"]) == ("hadir", correction["id"])


def test_a_granted_day_can_be_seen_in_the_slip_before_it_is_written(treasury: Treasury) -> None:
    treasury.attend(GURU, d4=("TK",))
    city = treasury.engine.directory.city(CITY)

    with treasury.reading() as read:
        overlay = {treasury.person(GURU): DAYS}
        planned = compute_month(read, CITY, treasury.school, MAY, city=city, overlay=overlay)
    grant(treasury)

    assert planned.gross == treasury.compute().gross == Decimal(19_000_000)
    assert planned.digest == treasury.compute().digest


def test_a_month_that_is_not_locked_is_owed_no_line(treasury: Treasury) -> None:
    treasury.keep()

    with treasury.reading() as read:
        row = adjustment_write(
            read,
            CITY,
            employee_id=treasury.person(GURU),
            unit_id=treasury.school,
            of_month=MAY,
            city=treasury.engine.directory.city(CITY),
            reason="x",
            signed_by=treasury.person(KADIS),
            now=NOW,
            new_id=treasury.engine.new_id,
        )

    assert row is None
