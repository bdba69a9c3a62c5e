"""A suspended evaluation stays suspended whoever is asked in it, and a quarter waits for it; a cancelled one ends."""

from datetime import date

import pytest
from sqlalchemy import update

from engine.commands.cancel_case import CancelCase
from engine.commands.resume_case import ResumeCase
from engine.commands.suspend_case import SuspendCase
from engine.errors import CaseSuspended
from engine.jobs import run_until_idle
from engine.policy.actor import Actor
from engine.records.case import CaseStatus, case
from processes.appraisal.closing import is_reported
from processes.appraisal.commands.correct_rater import CorrectRater
from processes.appraisal.schedule import Quarter
from processes.people.commands.propose_line import ProposeLine
from tests.processes.city_hall import BUDI, CITRA, DEWI, HANA, OFFICE, OPENS, SECRETARY, CityHall
from tests.processes.office import CITY

OFFICER = Actor(CITY, SECRETARY, frozenset({f"unit_hr_officer:{OFFICE}"}))
VERIFIER = Actor(CITY, HANA, frozenset({"hr_verifier"}))


def status(hall: CityHall) -> CaseStatus:
    return hall.case(DEWI).case.status


def suspend(hall: CityHall) -> int:
    """Let the verifier suspend Dewi's evaluation."""
    case_id = hall.case(DEWI).case.id
    hall.engine.run(SuspendCase(case_id, "Keberatan atas garis penilaian"), VERIFIER)
    return case_id


def test_a_corrected_line_hands_the_tasks_on_and_the_case_stays_suspended(hall: CityHall) -> None:
    suspend(hall)
    proposal = hall.engine.run(ProposeLine(DEWI, BUDI, date(2026, 1, 1), "Salah tulis"), OFFICER).value

    hall.engine.run(CorrectRater(proposal), VERIFIER)
    run_until_idle(hall.app)

    assert ("assess_behaviour", BUDI) in hall.waits_for(DEWI)
    assert status(hall) is CaseStatus.SUSPENDED


def test_nothing_is_rated_until_the_evaluation_goes_on(hall: CityHall) -> None:
    case_id = suspend(hall)
    with pytest.raises(CaseSuspended):
        hall.does(DEWI, "record_realisation", DEWI)

    hall.engine.run(ResumeCase(case_id, "Sudah diputuskan"), VERIFIER)
    hall.does(DEWI, "record_realisation", DEWI)

    assert hall.waits_for(DEWI) == {("assess_behaviour", CITRA)}


def test_a_quarter_waits_for_a_suspended_evaluation_and_not_for_a_cancelled_one(hall: CityHall) -> None:
    case_id = suspend(hall)
    with hall.engine.database.writing() as connection:
        others = update(case).where(case.c.id != case_id)
        connection.execute(others.values(status=int(CaseStatus.FINISHED), ended_at=hall.engine.clock()))
    quarter = Quarter(CITY, 2026, 3, OPENS), date(2027, 3, 1)
    with hall.engine.database.reading() as read:
        assert not is_reported(read, *quarter)

    hall.engine.run(CancelCase(case_id, "Pegawai pensiun"), VERIFIER)

    with hall.engine.database.reading() as read:
        assert is_reported(read, *quarter)


def test_a_cancelled_evaluation_waits_for_nobody(hall: CityHall) -> None:
    case_id = hall.case(DEWI).case.id

    hall.engine.run(CancelCase(case_id, "Pegawai meninggal dunia"), VERIFIER)
    run_until_idle(hall.app)

    assert (hall.waits_for(DEWI), status(hall)) == (set(), CaseStatus.CANCELLED)
