"""A corrected reporting line and the evaluations that follow it: one commit, nothing lost in between."""

from datetime import date

import pytest

from engine.errors import AlreadyDone
from engine.jobs import run_until_idle
from engine.jobs.tables import jobs
from engine.policy.actor import Actor
from processes.appraisal.commands.correct_rater import CorrectRater
from processes.people.commands.propose_line import ProposeLine
from tests.processes.city_hall import BUDI, CITRA, CITY, DEWI, HANA, OFFICE, SECRETARY, CityHall, assessment

OFFICER = Actor(CITY, SECRETARY, frozenset({f"unit_hr_officer:{OFFICE}"}))
VERIFIER = Actor(CITY, HANA, frozenset({"hr_verifier"}))
SINCE = date(2026, 1, 1)


@pytest.fixture
def proposal(hall: CityHall) -> int:
    """The officer's proposal that Budi appraises Dewi, instead of Citra."""
    return int(hall.engine.run(ProposeLine(DEWI, BUDI, SINCE, "Salah tulis"), OFFICER).value)


def test_the_hand_over_is_deferred_in_the_commit_that_changes_the_line(hall: CityHall, proposal: int) -> None:
    hall.engine.run(CorrectRater(proposal), VERIFIER)

    with hall.engine.database.reading() as read:
        waiting = read.execute(jobs.select().where(jobs.c.task_name == "follow_line")).one()
    assert waiting.status == "todo"
    assert waiting.args == {"tenant": CITY, "employee_id": DEWI, "proposal": proposal}


def test_a_worker_that_starts_later_finishes_what_a_dead_one_left(hall: CityHall, proposal: int) -> None:
    hall.engine.run(CorrectRater(proposal), VERIFIER)
    assert ("assess_behaviour", CITRA) in hall.waits_for(DEWI)

    run_until_idle(hall.app)

    assert ("assess_behaviour", BUDI) in hall.waits_for(DEWI)


def test_what_was_rated_stays_with_whoever_answers_for_it(hall: CityHall, proposal: int) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hall.does(CITRA, "confirm_ratings", DEWI, work="SESUAI_EKSPEKTASI", behaviour="SESUAI_EKSPEKTASI")

    hall.engine.run(CorrectRater(proposal), VERIFIER)
    run_until_idle(hall.app)

    assert hall.waits_for(DEWI) == {("sign", CITRA)}


def test_a_second_approval_defers_nothing(hall: CityHall, proposal: int) -> None:
    hall.engine.run(CorrectRater(proposal), VERIFIER)

    with pytest.raises(AlreadyDone):
        hall.engine.run(CorrectRater(proposal), VERIFIER)

    with hall.engine.database.reading() as read:
        assert len(read.execute(jobs.select().where(jobs.c.task_name == "follow_line")).all()) == 1
