"""The month of a unit on PostgreSQL: paid, with a won dispute on the way and corrections by two people behind it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.policy.actor import system_actor
from engine.records.files import StoredFile
from processes.incentive.commands.decide_adjustment import ConfirmAdjustment
from processes.incentive.commands.decide_correction import ApproveCorrection
from processes.incentive.commands.find_signals import FindSignals
from processes.incentive.commands.propose_adjustment import ProposeAdjustment
from processes.incentive.commands.propose_correction import ProposeCorrection
from processes.incentive.proposals import adjustments_of, waiting_proposals
from processes.incentive.records import allowance_payment, attendance
from processes.incentive.rules.attendance import Day
from processes.incentive.signals.kept import open_signals, signals_of_month
from processes.incentive.variables import DISPUTE
from tests.processes.allowance_office import (
    CITRA,
    DEWI,
    EKA,
    EVIDENCE,
    HADI,
    MONTH,
    OFFICE,
    TIO,
    VERA,
    AllowanceOffice,
    open_allowance_office,
)
from tests.processes.office import CITY

LETTER = StoredFile(str(EVIDENCE["sha256"]), 1200, "application/pdf", "surat-tugas.pdf")


@pytest.fixture
def office(on_postgresql: Path) -> Iterator[AllowanceOffice]:
    """An office whose slips of March have just been published."""
    with open_allowance_office(on_postgresql) as opened:
        opened.open_month()
        opened.approve_until_slips()
        yield opened


def test_a_month_is_disputed_locked_paid_and_corrected(office: AllowanceOffice) -> None:
    office.dispute()
    office.answer()
    office.does(VERA, "decide", DEWI, DISPUTE, outcome="as_answered", reason="Surat tugas sah.")
    office.let_window_end()
    office.does(TIO, "pay", number="SP2D-9", paid_on=date(2026, 4, 8))
    proposed = ProposeCorrection(EKA, date(2026, 3, 5), Day("tanpa_keterangan"), "Tidak masuk.", LETTER)
    correction = office.engine.run(proposed, office.actor(CITRA)).value
    office.engine.run(ApproveCorrection(correction), office.actor(VERA))
    with office.engine.database.writing() as connection:
        connection.execute(attendance.update().where(attendance.c.employee_id == DEWI).values(late=95))
    again = ProposeAdjustment(DEWI, OFFICE, MONTH, "Rekaman mesin diperiksa ulang.")
    office.engine.run(ConfirmAdjustment(office.engine.run(again, office.actor(VERA)).value), office.actor(HADI))

    with office.engine.database.reading() as read:
        lines = [adjustments_of(read, CITY, person, MONTH) for person in (DEWI, EKA)]
        assert waiting_proposals(read, CITY, 10) == ()
    assert (office.slip().version, len(office.rows(allowance_payment, unit_id=OFFICE))) == (2, 1)
    assert [len(found) for found in lines] == [1, 1]


def test_signals_are_kept_listed_and_counted(office: AllowanceOffice) -> None:
    pair = attendance.c.employee_id.in_((DEWI, EKA))
    with office.engine.database.writing() as connection:
        connection.execute(attendance.update().where(pair).values(check_in=441, check_out=973))

    office.engine.run(FindSignals(OFFICE, MONTH), system_actor(CITY))

    with office.engine.database.reading() as read:
        found, has_more = signals_of_month(read, CITY, MONTH, is_open=True)
        assert (open_signals(read, CITY, MONTH), has_more) == ({OFFICE: len(found)}, False)
    assert {kept.signal.code for kept in found} == {"identical_times", "same_minute"}
