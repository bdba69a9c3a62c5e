"""Nobody stands above the last in the line: his result is final, and no limit takes his tasks away (dossier 1.4)."""

from datetime import date, timedelta

from sqlalchemy import select, update

from engine.commands.save_draft import SaveDraft
from engine.policy.actor import Actor
from engine.records.case import CaseStatus, draft
from engine.records.outbox import notice
from processes.people.records import employee
from tests.processes.city_hall import AS_EXPECTED, BUDI, CITRA, DEWI, HANA, OFFICE, SECRETARY, CityHall, assessment
from tests.processes.office import CITY


def told(hall: CityHall, person: int, *, about: int) -> list[str]:
    """The codes of what a person was told about an employee's case, oldest first."""
    found = select(notice.c.code).where(notice.c.person == person, notice.c.case_id == hall.case(about).case.id)
    with hall.engine.database.reading() as read:
        return list(read.execute(found.order_by(notice.c.at, notice.c.id)).scalars())


def until_recommended(hall: CityHall, about: int, rater: int) -> None:
    """Take a case up to the ratings."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(about, "record_realisation", about)
    hall.does(rater, "assess_behaviour", about, **assessment())


def sign(hall: CityHall, about: int, rater: int) -> None:
    """Take a case from the ratings to the signature."""
    hall.does(rater, "confirm_ratings", about, **AS_EXPECTED)
    hall.does(rater, "sign", about, confirmed=True)


def leave_service(hall: CityHall, *people: int) -> None:
    """Let the service of some people end yesterday."""
    last = hall.now.date() - timedelta(days=1)
    with hall.engine.database.writing() as connection:
        connection.execute(update(employee).where(employee.c.id.in_(people)).values(active_to=last))


def test_the_result_of_the_last_in_the_line_is_final_and_ends_without_an_objection(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    sign(hall, BUDI, SECRETARY)
    hall.does(SECRETARY, "hand_over", BUDI, dialogue_on=date(2026, 10, 1), note="Disampaikan")

    hall.does(BUDI, "respond", BUDI, answer="object", reason="Saya keberatan")

    version = hall.result(BUDI).latest
    assert version is not None and (version.is_final, version.response) == (True, "accepted")
    assert hall.case(BUDI).case.status is CaseStatus.FINISHED
    assert "appraisal.handed_over_final" in told(hall, BUDI, about=BUDI)


def test_a_result_with_somebody_above_the_appraiser_is_not_final(hall: CityHall) -> None:
    until_recommended(hall, DEWI, CITRA)
    sign(hall, DEWI, CITRA)

    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")

    version = hall.result(DEWI).latest
    assert version is not None and not version.is_final
    assert "appraisal.handed_over" in told(hall, DEWI, about=DEWI)


def test_the_usual_limits_hold_for_the_employee_of_the_last_in_the_line(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    sign(hall, BUDI, SECRETARY)

    hall.does(SECRETARY, "hand_over", BUDI, dialogue_on=date(2026, 10, 1), note="Disampaikan")

    assert hall.case(BUDI).waiting[0].due == date(2026, 10, 21)


def test_a_result_is_final_once_everybody_above_has_left_before_it_was_handed_over(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    until_recommended_of_citra(hall)
    sign(hall, CITRA, BUDI)
    leave_service(hall, SECRETARY, HANA)

    hall.does(BUDI, "hand_over", CITRA, dialogue_on=date(2026, 10, 1), note="Disampaikan")

    version = hall.result(CITRA).latest
    assert version is not None and version.is_final
    assert "appraisal.handed_over_final" in told(hall, CITRA, about=CITRA)


def until_recommended_of_citra(hall: CityHall) -> None:
    """Take Citra's case up to the ratings; the unit's predicate is known already."""
    hall.does(CITRA, "record_realisation", CITRA)
    hall.does(BUDI, "assess_behaviour", CITRA, **assessment())


def test_no_limit_takes_the_ratings_or_a_draft_of_the_last_in_the_line_away(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    row = hall.tasks(SECRETARY)[("confirm_ratings", BUDI)]
    hall.engine.run(SaveDraft(row.case_id, row.token, {"work_note": "Belum selesai"}), Actor(CITY, SECRETARY))
    before = told(hall, SECRETARY, about=BUDI)

    hall.let_pass(days=120)

    after = hall.tasks(SECRETARY)[("confirm_ratings", BUDI)]
    assert (after.token, after.due) == (row.token, date(2026, 10, 15))
    with hall.engine.database.reading() as read:
        assert read.execute(select(draft.c.person).where(draft.c.case_id == row.case_id)).scalars().all() == [SECRETARY]
    assert told(hall, SECRETARY, about=BUDI) == before
    sign(hall, BUDI, SECRETARY)
    assert hall.waits_for(BUDI) == {("hand_over", SECRETARY)}


def test_no_limit_takes_the_signature_of_the_last_in_the_line_away(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    hall.does(SECRETARY, "confirm_ratings", BUDI, **AS_EXPECTED)

    hall.let_pass(days=120)

    assert hall.waits_for(BUDI) == {("sign", SECRETARY)}


def test_no_limit_takes_an_objection_from_the_last_who_can_decide_it(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    until_recommended_of_citra(hall)
    sign(hall, CITRA, BUDI)
    hall.does(BUDI, "hand_over", CITRA, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    hall.does(CITRA, "respond", CITRA, answer="object", reason="Saya keberatan")
    row = hall.tasks(SECRETARY)[("decide_objection", CITRA)]

    hall.let_pass(days=120)

    after = hall.tasks(SECRETARY)[("decide_objection", CITRA)]
    assert (after.token, after.due) == (row.token, date(2026, 10, 12))
    assert told(hall, SECRETARY, about=CITRA).count("appraisal.objection") == 1


def test_a_late_appraiser_above_whom_everybody_has_left_meanwhile_keeps_his_task_for_good(hall: CityHall) -> None:
    until_recommended(hall, BUDI, SECRETARY)
    until_recommended_of_citra(hall)
    leave_service(hall, SECRETARY, HANA)

    hall.until_next_timer(CITRA)
    row = hall.tasks(BUDI)[("confirm_ratings", CITRA)]
    hall.let_pass(days=120)

    assert hall.tasks(BUDI)[("confirm_ratings", CITRA)].token == row.token
    assert "appraisal.escalated" not in told(hall, BUDI, about=CITRA)
