"""On *Orang Saya* everybody stands with whoever his case gives him to, whatever the reporting lines say by now."""

from datetime import date

from sqlalchemy import update

from engine.commands.delegate_task import DelegateTask
from engine.commands.wake_event import WakeEvent
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.records.case import timer
from processes.appraisal.commands.correct_rater import CorrectRater
from processes.appraisal.queries.people import rates_somebody
from processes.appraisal.queries.team import UnreadyPerson, WaitsFor, unready_people
from processes.people.commands.propose_line import ProposeLine
from processes.people.records import reporting_line
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA, OFFICE, SECRETARY, CityHall, assessment
from tests.processes.office import CITY

SINCE = date(2026, 9, 1)
TODAY = date(2026, 10, 2)


def let_assessment_lapse(hall: CityHall) -> None:
    """The time for Dewi's assessment is over before anything else is: its timer is the last of hers."""
    case_id = hall.case(DEWI).case.id
    with hall.engine.database.reading() as read:
        last = read.execute(timer.select().where(timer.c.case_id == case_id).order_by(timer.c.due.desc())).first()
    assert last is not None
    hall.engine.run(WakeEvent(case_id, last.token), system_actor(CITY))
    run_until_idle(hall.app)


def unready(hall: CityHall, rater: int) -> dict[int, UnreadyPerson]:
    """Who is not ready on the page of a rater, by employee."""
    found = hall.engine.read(unready_people, Actor(CITY, rater), 2026, 3, TODAY)
    return {person.employee_id: person for person in found}


def test_whom_an_acting_head_rates_without_a_line_stays_on_his_page(closed: CityHall) -> None:
    closed.is_led_by_plt(SINCE)
    closed.open_quarter()

    let_assessment_lapse(closed)

    assert unready(closed, EKA)[DEWI].is_late
    assert DEWI not in unready(closed, BUDI)


def test_an_acting_head_whose_tasks_are_all_over_keeps_the_page_in_the_menu(closed: CityHall) -> None:
    closed.is_led_by_plt(SINCE)

    assert closed.engine.read(rates_somebody, Actor(CITY, EKA), TODAY)
    assert not closed.engine.read(rates_somebody, Actor(CITY, DEWI), TODAY)


def test_whose_line_changed_in_the_window_stays_with_whoever_the_case_names(hall: CityHall) -> None:
    let_assessment_lapse(hall)
    with hall.engine.database.writing() as connection:
        new = {"appraiser_id": BUDI, "valid_from": SINCE}
        connection.execute(update(reporting_line).where(reporting_line.c.employee_id == DEWI).values(**new))

    assert DEWI in unready(hall, CITRA)
    assert DEWI not in unready(hall, BUDI)


def test_whose_line_was_corrected_after_the_assessment_goes_to_the_new_rater(hall: CityHall) -> None:
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    officer = Actor(CITY, SECRETARY, frozenset({f"unit_hr_officer:{OFFICE}"}))
    asked = hall.engine.run(ProposeLine(DEWI, BUDI, date(2026, 1, 1), "Salah tulis"), officer)

    hall.engine.run(CorrectRater(int(asked.value)), Actor(CITY, HANA, frozenset({"hr_verifier"})))
    run_until_idle(hall.app)

    assert DEWI not in unready(hall, CITRA)
    assert (unready(hall, BUDI)[DEWI].is_late, unready(hall, BUDI)[DEWI].waits_for) == (False, WaitsFor.REALISATION)


def test_whom_a_deputy_was_asked_to_assess_waits_for_the_deputy(hall: CityHall) -> None:
    task = hall.tasks(CITRA)["assess_behaviour", DEWI]
    hall.engine.run(DelegateTask(task.case_id, task.token, BUDI), Actor(CITY, CITRA))

    person = unready(hall, CITRA)[DEWI]

    assert (person.is_late, person.waits_for) == (False, WaitsFor.DEPUTY)
