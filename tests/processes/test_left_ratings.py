"""Ratings and signatures that wait for somebody who has left go on at night, also behind the last in the line."""

from datetime import date

from sqlalchemy import insert, select, update

from engine.casework import find_case, variables_of
from engine.commands.delegate_task import DelegateTask
from engine.policy.actor import Actor
from engine.records.outbox import notice
from processes.appraisal.jobs import follow_line, follow_raters
from processes.appraisal.raters import changed_raters, open_quarters
from processes.people.records import reporting_line, unit_head
from tests.processes.city_hall import (
    AS_EXPECTED,
    BUDI,
    CITRA,
    CITY_UNIT,
    DEWI,
    EKA,
    HANA,
    OFFICE,
    SECRETARY,
    CityHall,
    assessment,
)
from tests.processes.office import CITY
from webapp.appraisal.result_reading import principals_of


def until_recommended(hall: CityHall, about: int, rater: int) -> None:
    """Take a case up to the ratings."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(about, "record_realisation", about)
    hall.does(rater, "assess_behaviour", about, **assessment())


def taken_over_from_budi(hall: CityHall) -> None:
    """Let Budi's time for Citra's ratings pass; the secretary takes over."""
    until_recommended(hall, CITRA, BUDI)
    hall.until_next_timer(CITRA)
    assert hall.waits_for(CITRA) == {("confirm_ratings", SECRETARY)}


def delegate(hall: CityHall, element: str, about: int, *, before: int, after: int) -> None:
    """Let a person hand his task to somebody."""
    row = hall.tasks(before)[(element, about)]
    hall.engine.run(DelegateTask(row.case_id, row.token, after), Actor(CITY, before))


def stand_in_for_secretary(hall: CityHall) -> None:
    """Let Eka stand in as Plh for the secretary, who is the last in the line."""
    head = {"id": 900, "tenant": CITY, "unit_id": CITY_UNIT, "employee_id": EKA, "kind": "plh"}
    with hall.engine.database.writing() as connection:
        connection.execute(insert(unit_head), {**head, "valid_from": date(2026, 9, 28)})


def point_line(hall: CityHall, rater: int) -> None:
    """Let Dewi's line say somebody else."""
    with hall.engine.database.writing() as connection:
        mine = reporting_line.c.employee_id == DEWI
        connection.execute(update(reporting_line).where(mine).values(appraiser_id=rater))


def told(hall: CityHall, person: int, *, about: int) -> list[str]:
    """The codes of what a person was told about an employee's case."""
    mine = select(notice.c.code).where(notice.c.person == person, notice.c.case_id == hall.case(about).case.id)
    with hall.engine.database.reading() as read:
        return list(read.execute(mine).scalars())


def rater_of(hall: CityHall, about: int) -> int:
    """Who rates an employee, as the case says."""
    with hall.engine.database.reading() as read:
        return int(variables_of(find_case(read, CITY, hall.case(about).case.id))["rating_by"]["person"])


def test_the_signature_of_the_last_in_the_line_goes_to_the_appraiser_of_today(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    hall.does(SECRETARY, "confirm_ratings", BUDI, **AS_EXPECTED)
    hall.end_service(SECRETARY)

    follow_raters(hall.engine)

    assert hall.waits_for(BUDI) == {("sign", HANA)}
    moved = hall.case(BUDI).history[-1]
    assert (moved.kind, moved.data["from"], moved.data["to"]) == ("delegate", SECRETARY, HANA)
    hall.does(HANA, "sign", BUDI, confirmed=True)
    version = hall.result(BUDI).latest
    assert version is not None and version.rater_id == HANA
    assert hall.waits_for(BUDI) == {("hand_over", HANA)}


def test_a_signature_is_final_or_not_by_whoever_takes_it_over(hall: CityHall) -> None:
    until_recommended(hall, DEWI, CITRA)
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    hall.end_service(CITRA, SECRETARY, HANA)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("sign", BUDI)}
    version = hall.result(DEWI).latest
    assert version is not None and (version.rater_id, version.is_final) == (CITRA, True)
    hall.let_pass(days=120)
    assert hall.waits_for(DEWI) == {("sign", BUDI)}


def test_whoever_takes_a_signature_over_has_the_usual_limit(hall: CityHall) -> None:
    until_recommended(hall, DEWI, CITRA)
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    hall.end_service(CITRA)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("sign", BUDI)}
    assert hall.until_next_timer(DEWI) == date(2026, 10, 15)
    assert hall.waits_for(DEWI) == {("confirm_ratings", SECRETARY)}


def test_the_objection_to_what_was_signed_for_somebody_who_left_goes_above_the_signer(hall: CityHall) -> None:
    until_recommended(hall, DEWI, CITRA)
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    hall.end_service(CITRA)
    follow_raters(hall.engine)

    hall.does(BUDI, "sign", DEWI, confirmed=True)
    hall.does(BUDI, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    hall.does(DEWI, "respond", DEWI, answer="object", reason="Saya keberatan")

    assert hall.waits_for(DEWI) == {("decide_objection", SECRETARY)}


def test_a_superior_who_took_over_and_left_is_followed_by_the_one_above(hall: CityHall) -> None:
    taken_over_from_budi(hall)
    hall.end_service(SECRETARY)

    follow_raters(hall.engine)

    assert hall.waits_for(CITRA) == {("confirm_ratings", HANA)}
    assert hall.case(CITRA).waiting[0].due == date(2026, 11, 4)
    version = hall.result(CITRA).latest
    assert version is not None and version.is_final


def test_a_case_taken_over_goes_back_to_the_appraiser_where_nobody_is_left_above(hall: CityHall) -> None:
    taken_over_from_budi(hall)
    hall.end_service(SECRETARY, HANA)

    follow_raters(hall.engine)
    hall.let_pass(days=120)

    assert hall.waits_for(CITRA) == {("confirm_ratings", BUDI)}
    hall.does(BUDI, "confirm_ratings", CITRA, **AS_EXPECTED)
    version = hall.result(CITRA).latest
    assert version is not None and (version.rater_id, version.is_final) == (BUDI, True)


def test_the_task_of_a_deputy_who_left_goes_back_to_whoever_rates(hall: CityHall) -> None:
    stand_in_for_secretary(hall)
    until_recommended(hall, BUDI, SECRETARY)
    delegate(hall, "confirm_ratings", BUDI, before=SECRETARY, after=EKA)
    hall.end_service(EKA)

    follow_raters(hall.engine)

    assert hall.waits_for(BUDI) == {("confirm_ratings", SECRETARY)}
    hall.does(SECRETARY, "confirm_ratings", BUDI, **AS_EXPECTED)
    assert principals_of(hall.case(BUDI).history) == {}


def test_a_task_whose_deputy_and_rater_have_left_goes_to_the_appraiser_of_today(hall: CityHall) -> None:
    stand_in_for_secretary(hall)
    until_recommended(hall, BUDI, SECRETARY)
    hall.does(SECRETARY, "confirm_ratings", BUDI, **AS_EXPECTED)
    delegate(hall, "sign", BUDI, before=SECRETARY, after=EKA)
    hall.end_service(SECRETARY, EKA)

    follow_raters(hall.engine)

    assert hall.waits_for(BUDI) == {("sign", HANA)}


def test_a_signature_that_nobody_is_left_to_take_over_waits(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    hall.does(SECRETARY, "confirm_ratings", BUDI, **AS_EXPECTED)
    hall.end_service(SECRETARY, HANA)
    before = hall.case(BUDI).case.version

    follow_raters(hall.engine)

    assert hall.case(BUDI).case.version == before


def test_a_second_night_moves_nothing_more(hall: CityHall) -> None:
    taken_over_from_budi(hall)
    hall.end_service(SECRETARY)
    follow_raters(hall.engine)
    before = hall.case(CITRA).case.version

    follow_raters(hall.engine)

    assert hall.case(CITRA).case.version == before


def test_a_delegated_task_follows_a_corrected_line(hall: CityHall) -> None:
    until_recommended(hall, DEWI, CITRA)
    delegate(hall, "confirm_ratings", DEWI, before=CITRA, after=BUDI)
    point_line(hall, SECRETARY)

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("confirm_ratings", SECRETARY)}
    assert told(hall, SECRETARY, about=DEWI) == ["task.delegated"]
    hall.does(SECRETARY, "confirm_ratings", DEWI, **AS_EXPECTED)
    assert principals_of(hall.case(DEWI).history) == {}


def test_a_new_rater_for_whom_no_task_waits_is_told_of_none(hall: CityHall) -> None:
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    point_line(hall, SECRETARY)

    follow_line(hall.engine, CITY, DEWI, 1)

    assert rater_of(hall, DEWI) == SECRETARY
    assert told(hall, SECRETARY, about=DEWI) == []


def test_a_task_that_a_deputy_holds_for_the_right_rater_is_nobody_elses(hall: CityHall) -> None:
    until_recommended(hall, DEWI, CITRA)
    delegate(hall, "confirm_ratings", DEWI, before=CITRA, after=BUDI)

    with hall.engine.database.reading() as read:
        (quarter,) = open_quarters(read)
        moves = changed_raters(read, quarter, hall.now.date(), hall.engine.directory.zone(CITY))

    assert moves == ()
