"""Tasks after the ratings that wait for somebody who has left go on at night (dossier 1.4, 12.10)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, update

from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.errors import AlreadyDone, Forbidden
from engine.policy.actor import Actor
from engine.queries.verification import Extensions, Weight, verify
from processes.appraisal.jobs import follow_raters
from processes.appraisal.variables import UNIT_PROCESS
from processes.appraisal.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from processes.people.records import placement, reporting_line, unit_head
from processes.people.verification import days_changed
from tests.processes.city_hall import AS_EXPECTED, BUDI, CITRA, DEWI, EKA, HANA, OFFICE, SECRETARY, CityHall, assessment
from tests.processes.office import CITY


def move_elsewhere(hall: CityHall, person: int) -> None:
    """Let somebody else head the office and appraise Citra; the person stays in service."""
    since = hall.now.date() - timedelta(days=1)
    head = {"id": 900, "tenant": CITY, "unit_id": OFFICE, "employee_id": EKA, "kind": "definitif", "valid_from": since}
    with hall.engine.database.writing() as connection:
        connection.execute(delete(unit_head).where(unit_head.c.employee_id == person))
        connection.execute(delete(placement).where(placement.c.employee_id == person))
        for below, rater in ((CITRA, EKA), (EKA, SECRETARY)):
            mine = reporting_line.c.employee_id == below
            connection.execute(update(reporting_line).where(mine).values(appraiser_id=rater))
        connection.execute(insert(unit_head), head)


def object_to(hall: CityHall) -> None:
    """Dewi objects to Citra's ratings; Budi is to decide."""
    hall.rate_until_signed()
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    hall.does(DEWI, "respond", DEWI, answer="object", reason="Bukti saya belum dihitung")


def test_an_objection_follows_when_its_decider_has_left(hall: CityHall) -> None:
    object_to(hall)
    hall.end_service(BUDI)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("decide_objection", SECRETARY)}
    assert hall.case(DEWI).history[-1].data["from"] == BUDI


def test_an_objection_follows_a_changed_head_with_the_usual_time_to_decide(hall: CityHall) -> None:
    object_to(hall)
    hall.now += timedelta(days=4)
    move_elsewhere(hall, BUDI)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("decide_objection", EKA)}
    assert hall.case(DEWI).waiting[0].due == date(2026, 10, 14)
    assert hall.until_next_timer(DEWI) == date(2026, 10, 14)


def test_an_objection_that_follows_up_to_the_last_in_the_line_is_never_taken_away(hall: CityHall) -> None:
    object_to(hall)
    hall.end_service(BUDI)
    follow_raters(hall.engine)

    hall.let_pass(days=120)

    assert hall.waits_for(DEWI) == {("decide_objection", SECRETARY)}


def test_a_night_in_which_nobody_left_moves_no_objection(hall: CityHall) -> None:
    object_to(hall)
    before = hall.case(DEWI).case.version

    follow_raters(hall.engine)

    assert hall.case(DEWI).case.version == before


def test_an_objection_does_not_go_back_to_a_decider_who_let_his_time_pass(hall: CityHall) -> None:
    object_to(hall)
    hall.until_next_timer(DEWI)
    assert hall.waits_for(DEWI) == {("decide_objection", SECRETARY)}
    hall.end_service(SECRETARY)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("decide_objection", HANA)}


def test_an_objection_goes_back_to_a_late_decider_where_nobody_else_is_left(hall: CityHall) -> None:
    object_to(hall)
    hall.until_next_timer(DEWI)
    hall.end_service(SECRETARY, HANA)

    follow_raters(hall.engine)
    hall.let_pass(days=120)

    assert hall.waits_for(DEWI) == {("decide_objection", BUDI)}


def test_an_objection_that_nobody_is_left_to_decide_waits(hall: CityHall) -> None:
    object_to(hall)
    hall.end_service(BUDI, SECRETARY, HANA)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("decide_objection", BUDI)}


def test_a_result_is_handed_over_by_whoever_appraises_now_when_the_rater_has_left(hall: CityHall) -> None:
    hall.rate_until_signed()
    hall.end_service(CITRA)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("hand_over", BUDI)}
    hall.does(BUDI, "hand_over", DEWI, dialogue_on=date(2026, 10, 2), note="Disampaikan")
    version = hall.result(DEWI).latest
    assert version is not None and version.rater_id == CITRA


def test_a_task_that_was_opened_anew_is_told_as_done_by_whoever_did_it(hall: CityHall) -> None:
    point_line(hall, BUDI)
    follow_raters(hall.engine)
    row = hall.tasks(BUDI)[("assess_behaviour", DEWI)]
    hall.does(BUDI, "assess_behaviour", DEWI, **assessment())

    with pytest.raises(AlreadyDone) as refused:
        hall.engine.run(CompleteTask(row.case_id, row.token, assessment()), Actor(CITY, BUDI))

    assert refused.value.params["person"] == BUDI


def test_a_new_rater_who_is_last_in_the_line_has_no_limit(hall: CityHall) -> None:
    until_recommended(hall, CITRA)
    point_line(hall, SECRETARY)

    follow_raters(hall.engine)
    hall.let_pass(days=120)

    assert hall.waits_for(DEWI) == {("confirm_ratings", SECRETARY)}
    version = hall.result(DEWI).latest
    assert version is not None and version.is_final


def test_a_new_rater_who_has_somebody_above_has_the_usual_limit(closed: CityHall) -> None:
    point_line(closed, SECRETARY)
    closed.open_quarter()
    until_recommended(closed, SECRETARY)
    point_line(closed, CITRA)

    follow_raters(closed.engine)

    assert closed.waits_for(DEWI) == {("confirm_ratings", CITRA)}
    assert closed.until_next_timer(DEWI) == date(2026, 10, 15)
    assert closed.waits_for(DEWI) == {("confirm_ratings", BUDI)}


def until_recommended(hall: CityHall, rater: int) -> None:
    """Take Dewi's case up to the ratings of a rater."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(rater, "assess_behaviour", DEWI, **assessment())


def point_line(hall: CityHall, rater: int) -> None:
    """Let Dewi's line say somebody else."""
    with hall.engine.database.writing() as connection:
        mine = reporting_line.c.employee_id == DEWI
        connection.execute(update(reporting_line).where(mine).values(appraiser_id=rater))


def test_what_was_rated_is_not_followed(hall: CityHall) -> None:
    until_recommended(hall, CITRA)
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    point_line(hall, SECRETARY)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("sign", CITRA)}


def is_sound(hall: CityHall) -> bool:
    more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY, days_changed=days_changed)
    with hall.engine.database.reading() as read:
        found = list(verify(read, hall.engine.directory, more=more).findings())
    return all(item.weight is Weight.NOTE for item in found)


def stuck_at(hall: CityHall) -> list[str]:
    return [item.element for item in hall.case(DEWI).incidents]


def test_a_result_whose_rater_left_before_is_stuck_until_the_night_hands_it_on(hall: CityHall) -> None:
    until_recommended(hall, CITRA)
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    row = hall.tasks(CITRA)[("sign", DEWI)]
    hall.engine.run(DelegateTask(row.case_id, row.token, BUDI), Actor(CITY, CITRA))
    hall.end_service(CITRA)
    hall.does(BUDI, "sign", DEWI, confirmed=True)
    assert stuck_at(hall) == ["hand_over"]

    follow_raters(hall.engine)

    assert (stuck_at(hall), hall.waits_for(DEWI)) == ([], {("hand_over", BUDI)})
    assert is_sound(hall)


def test_ratings_whose_rater_left_before_are_stuck_until_the_night_hands_them_on(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hall.end_service(CITRA)
    hall.does(DEWI, "record_realisation", DEWI)
    assert stuck_at(hall) == ["confirm_ratings"]

    follow_raters(hall.engine)

    assert (stuck_at(hall), hall.waits_for(DEWI)) == ([], {("confirm_ratings", BUDI)})
    assert is_sound(hall)


def test_an_employee_who_has_left_is_not_asked_and_the_time_ends_it(hall: CityHall) -> None:
    hall.rate_until_signed()
    hall.end_service(DEWI)
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    assert stuck_at(hall) == ["respond"]

    hall.until_next_timer(DEWI)

    assert stuck_at(hall) == []
    version = hall.result(DEWI).latest
    assert version is not None and version.response == "silent"
    assert is_sound(hall)


def test_a_task_is_not_handed_to_a_superior_who_has_left(hall: CityHall) -> None:
    hall.end_service(BUDI)
    row = hall.tasks(CITRA)[("assess_behaviour", DEWI)]

    with pytest.raises(Forbidden):
        hall.engine.run(DelegateTask(row.case_id, row.token, BUDI), Actor(CITY, CITRA))

    assert ("assess_behaviour", CITRA) in hall.waits_for(DEWI)


def test_a_predicate_that_waits_for_a_head_who_has_left_is_set_by_his_deputy_in_time(hall: CityHall) -> None:
    hall.end_service(SECRETARY)

    hall.until_next_timer(OFFICE, UNIT_PROCESS)

    waiting = hall.case(OFFICE, UNIT_PROCESS).waiting
    assert [(task.element, task.assignee) for task in waiting] == [("set_by_deputy", HANA)]


def test_a_deputy_who_has_left_as_well_is_an_incident_at_the_step(hall: CityHall) -> None:
    hall.end_service(SECRETARY, HANA)

    hall.until_next_timer(OFFICE, UNIT_PROCESS)

    assert [item.element for item in hall.case(OFFICE, UNIT_PROCESS).incidents] == ["set_by_deputy"]
