"""A corrected reporting line and the evaluations that follow it: one commit, nothing lost in between."""

from datetime import date

import pytest
from sqlalchemy import insert, select, update

from engine.errors import AlreadyDone, Invalid
from engine.jobs import run_until_idle
from engine.jobs.tables import jobs
from engine.policy.actor import Actor
from processes.appraisal.commands.correct_rater import CorrectRater
from processes.people.commands.propose_line import ProposeLine
from processes.people.line_proposals import line_proposal
from processes.people.records import reporting_line
from processes.people.spans import ONE_DAY
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA, OFFICE, SECRETARY, CityHall, assessment
from tests.processes.office import CITY

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


def begin_line(hall: CityHall, first: date, *, then: date | None = None) -> None:
    """Let Citra's line to Dewi begin on a day, and Eka's on a later one."""
    of_dewi = update(reporting_line).where(reporting_line.c.employee_id == DEWI)
    line = {"id": 700, "tenant": CITY, "employee_id": DEWI, "appraiser_id": EKA, "valid_from": then}
    with hall.engine.database.writing() as connection:
        connection.execute(of_dewi.values(valid_from=first, valid_to=then - ONE_DAY if then else None))
        if then is not None:
            connection.execute(insert(reporting_line), line)


def correct(hall: CityHall, first: date) -> list[tuple[int, date, date | None]]:
    """Let Budi appraise Dewi from a day on, with approval; return her lines."""
    asked = hall.engine.run(ProposeLine(DEWI, BUDI, first, "Salah sejak awal"), OFFICER).value
    hall.engine.run(CorrectRater(int(asked)), VERIFIER)
    run_until_idle(hall.app)
    of_dewi = select(reporting_line).where(reporting_line.c.employee_id == DEWI).order_by(reporting_line.c.valid_from)
    with hall.engine.database.reading() as read:
        return [(row.appraiser_id, row.valid_from, row.valid_to) for row in read.execute(of_dewi)]


def test_a_wrong_line_that_began_after_the_corrected_one_holds_no_more(closed: CityHall) -> None:
    begin_line(closed, date(2026, 8, 1))
    closed.open_quarter()

    lines = correct(closed, date(2026, 7, 1))

    assert lines == [(BUDI, date(2026, 7, 1), None)]
    assert ("assess_behaviour", BUDI) in closed.waits_for(DEWI)


def test_a_line_that_is_still_to_come_begins_as_planned(closed: CityHall) -> None:
    begin_line(closed, date(2026, 1, 1), then=date(2027, 1, 1))
    closed.open_quarter()

    lines = correct(closed, date(2026, 7, 1))

    assert lines == [
        (CITRA, date(2026, 1, 1), date(2026, 6, 30)),
        (BUDI, date(2026, 7, 1), date(2026, 12, 31)),
        (EKA, date(2027, 1, 1), None),
    ]


def test_the_decision_names_the_lines_that_are_no_more(closed: CityHall) -> None:
    begin_line(closed, date(2026, 8, 1))

    correct(closed, date(2026, 7, 1))

    with closed.engine.database.reading() as read:
        note = read.execute(select(line_proposal.c.decision_note)).scalar_one()
    assert note == "Garis yang diganti: Citra (sejak 2026-08-01)."


def test_a_correction_that_changes_nothing_is_refused(hall: CityHall) -> None:
    with pytest.raises(Invalid) as refused:
        hall.engine.run(ProposeLine(DEWI, CITRA, SINCE, "Sudah benar"), OFFICER)

    assert refused.value.params["code"] == "line_same"


def test_a_second_approval_defers_nothing(hall: CityHall, proposal: int) -> None:
    hall.engine.run(CorrectRater(proposal), VERIFIER)

    with pytest.raises(AlreadyDone):
        hall.engine.run(CorrectRater(proposal), VERIFIER)

    with hall.engine.database.reading() as read:
        assert len(read.execute(jobs.select().where(jobs.c.task_name == "follow_line")).all()) == 1
