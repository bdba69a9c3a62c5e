"""Who rates when the appraiser is the regional head, leaves, or lets the time pass (dossier 1.4, 1.5, 12.10)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, update

from engine.errors import Invalid
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.records.case import CaseStatus
from processes.appraisal.commands.correct_rater import CorrectRater
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.jobs import follow_line, follow_raters
from processes.appraisal.records import org_predicate
from processes.appraisal.variables import UNIT_PROCESS
from processes.people.commands.propose_line import ProposeLine
from processes.people.records import Role, reporting_line, role_grant, unit_head
from processes.people.spans import ONE_DAY
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

SINCE = date(2026, 9, 1)


def end_plt(hall: CityHall) -> None:
    """End Eka's appointment two days into the window."""
    with hall.engine.database.writing() as connection:
        connection.execute(update(unit_head).where(unit_head.c.id == 900).values(valid_to=date(2026, 10, 2)))


def rate(hall: CityHall, rater: int) -> None:
    """Take Dewi's case from its opening to the signature of a rater."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(rater, "assess_behaviour", DEWI, **assessment())
    hall.does(rater, "confirm_ratings", DEWI, **AS_EXPECTED)
    hall.does(rater, "sign", DEWI, confirmed=True)


def test_the_tasks_of_a_plt_whose_term_ended_go_to_the_new_holder(closed: CityHall) -> None:
    closed.is_led_by_plt(SINCE)
    closed.open_quarter()
    assert ("assess_behaviour", EKA) in closed.waits_for(DEWI)

    end_plt(closed)
    follow_raters(closed.engine)

    assert closed.waits_for(DEWI) == {("record_realisation", DEWI), ("assess_behaviour", BUDI)}
    assert closed.case(DEWI).history[-1].data["to"] == BUDI


def test_what_a_plt_has_rated_keeps_his_name(closed: CityHall) -> None:
    closed.is_led_by_plt(SINCE)
    closed.open_quarter()
    rate(closed, EKA)

    end_plt(closed)
    follow_raters(closed.engine)

    assert closed.waits_for(DEWI) == {("hand_over", EKA)}
    version = closed.result(DEWI).latest
    assert version is not None and version.rater_id == EKA


def test_a_night_in_which_nothing_changed_moves_nothing(hall: CityHall) -> None:
    before = hall.case(DEWI).case.version

    follow_raters(hall.engine)

    assert hall.case(DEWI).case.version == before


def test_a_superior_who_took_over_keeps_the_case(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hall.until_next_timer(DEWI)
    assert hall.waits_for(DEWI) == {("confirm_ratings", BUDI)}

    follow_raters(hall.engine)

    assert hall.waits_for(DEWI) == {("confirm_ratings", BUDI)}


def test_a_superior_has_fourteen_days_after_the_window_and_both_sides_seven_after_it(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    assert hall.until_next_timer(DEWI) == date(2026, 10, 15)
    due = [hall.case(DEWI).waiting[0].due]

    hall.does(BUDI, "confirm_ratings", DEWI, **AS_EXPECTED)
    due.append(hall.case(DEWI).waiting[0].due)
    hall.does(BUDI, "sign", DEWI, confirmed=True)
    due.append(hall.case(DEWI).waiting[0].due)
    hall.does(BUDI, "hand_over", DEWI, dialogue_on=date(2026, 10, 16), note="Disampaikan")
    due.append(hall.case(DEWI).waiting[0].due)

    # The window ends on 15 October; it is 16 October when Budi acts.
    assert due == [date(2026, 11, 4), date(2026, 11, 4), date(2026, 10, 27), date(2026, 10, 27)]


def test_what_the_regional_head_rates_is_final_with_the_usual_limits(closed: CityHall) -> None:
    grant(closed, CITRA, Role.APPOINTING_AUTHORITY, 901)
    closed.open_quarter()
    rate(closed, CITRA)
    assert closed.case(DEWI).waiting[0].due == date(2026, 10, 21)

    closed.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    closed.does(DEWI, "respond", DEWI, answer="object", reason="Saya keberatan")

    version = closed.result(DEWI).latest
    assert version is not None
    assert (version.is_final, version.response, version.rater_id) == (True, "accepted", CITRA)
    assert closed.case(DEWI).case.status is CaseStatus.FINISHED


def test_a_predicate_of_a_later_quarter_is_not_carried_back(closed: CityHall) -> None:
    later = {"year": 2026, "quarter": 4, "predicate": "ISTIMEWA", "basis": "set", "note": "x", "set_at": closed.now}
    earlier = {**later, "quarter": 2, "predicate": "KURANG"}
    with closed.engine.database.writing() as connection:
        rows = [{**row, "tenant": CITY, "unit_id": OFFICE} for row in (later, earlier)]
        connection.execute(insert(org_predicate), rows)
    closed.open_quarter()

    closed.until_next_timer(OFFICE, UNIT_PROCESS)
    closed.until_next_timer(OFFICE, UNIT_PROCESS)

    org = closed.result(DEWI).org
    assert org is not None and (org.predicate, org.basis) == ("KURANG", "carried_over")


def test_a_quarter_that_is_open_cannot_be_opened_again(hall: CityHall) -> None:
    with pytest.raises(Invalid, match="open already"):
        hall.engine.run(OpenQuarter(2026, 3), system_actor(CITY))


def grant(hall: CityHall, person: int, role: Role, key: int) -> None:
    """Give somebody a role since the first of September."""
    row = {"id": key, "tenant": CITY, "employee_id": person, "role": role.value, "valid_from": SINCE}
    with hall.engine.database.writing() as connection:
        connection.execute(insert(role_grant), row)


def point_line(hall: CityHall, rater: int) -> None:
    """Let Dewi's line say somebody else."""
    with hall.engine.database.writing() as connection:
        connection.execute(
            update(reporting_line).where(reporting_line.c.employee_id == DEWI).values(appraiser_id=rater)
        )


def test_a_case_that_moves_away_from_the_regional_head_is_not_final_any_more(closed: CityHall) -> None:
    grant(closed, EKA, Role.APPOINTING_AUTHORITY, 901)
    point_line(closed, EKA)
    closed.open_quarter()
    until_recommended(closed, EKA)

    point_line(closed, CITRA)
    follow_raters(closed.engine)

    version = closed.result(DEWI).latest
    assert version is not None and (version.rater_id, version.is_final) == (CITRA, False)
    hand_over(closed, CITRA)
    assert closed.waits_for(DEWI) == {("decide_objection", BUDI)}


def test_a_case_that_moves_to_the_regional_head_becomes_final(closed: CityHall) -> None:
    grant(closed, SECRETARY, Role.APPOINTING_AUTHORITY, 901)
    closed.open_quarter()
    until_recommended(closed, CITRA)

    point_line(closed, SECRETARY)
    follow_raters(closed.engine)
    hand_over(closed, SECRETARY)

    version = closed.result(DEWI).latest
    assert version is not None and (version.is_final, version.response) == (True, "accepted")


def until_recommended(hall: CityHall, rater: int) -> None:
    """Take Dewi's case up to the ratings of a rater."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(rater, "assess_behaviour", DEWI, **assessment())


def hand_over(hall: CityHall, rater: int) -> None:
    """Take Dewi's case from the ratings to her objection."""
    hall.does(rater, "confirm_ratings", DEWI, **AS_EXPECTED)
    hall.does(rater, "sign", DEWI, confirmed=True)
    hall.does(rater, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    hall.does(DEWI, "respond", DEWI, answer="object", reason="Saya keberatan")


def let_mayor_stand_above_the_sekda(hall: CityHall) -> None:
    """Hana is the Sekda and heads the city; the one whom the other tests call secretary is its mayor."""
    grant(hall, SECRETARY, Role.APPOINTING_AUTHORITY, 901)
    with hall.engine.database.writing() as connection:
        connection.execute(update(unit_head).where(unit_head.c.unit_id == CITY_UNIT).values(employee_id=HANA))
        connection.execute(update(reporting_line).where(reporting_line.c.employee_id == BUDI).values(appraiser_id=HANA))
        connection.execute(delete(reporting_line).where(reporting_line.c.employee_id == HANA))


def test_at_the_top_a_late_case_stays_and_never_goes_down(closed: CityHall) -> None:
    let_mayor_stand_above_the_sekda(closed)
    closed.open_quarter()
    closed.does(HANA, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    closed.does(DEWI, "record_realisation", DEWI)
    closed.does(CITRA, "assess_behaviour", DEWI, **assessment())

    late = []
    for _limit in range(3):
        closed.until_next_timer(DEWI)
        late += [person for _element, person in closed.waits_for(DEWI)]
    closed.let_pass(days=365)

    assert late == [BUDI, HANA, SECRETARY]
    assert closed.waits_for(DEWI) == {("confirm_ratings", SECRETARY)}


def test_an_objection_that_nobody_decides_stays_with_the_last_in_the_line(closed: CityHall) -> None:
    let_mayor_stand_above_the_sekda(closed)
    closed.open_quarter()
    closed.does(HANA, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    closed.does(DEWI, "record_realisation", DEWI)
    closed.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hand_over(closed, CITRA)

    deciders = []
    for _limit in range(2):
        deciders += [person for _element, person in closed.waits_for(DEWI)]
        closed.until_next_timer(DEWI)
    closed.let_pass(days=365)

    assert deciders == [BUDI, HANA]
    assert closed.waits_for(DEWI) == {("decide_objection", SECRETARY)}


def end_line(hall: CityHall, last: date) -> None:
    """Citra's line to Dewi ends, and Budi's begins the day after."""
    new = {"id": 500, "tenant": CITY, "employee_id": DEWI, "appraiser_id": BUDI, "valid_from": last + ONE_DAY}
    with hall.engine.database.writing() as connection:
        connection.execute(update(reporting_line).where(reporting_line.c.employee_id == DEWI).values(valid_to=last))
        connection.execute(insert(reporting_line), new)


@pytest.mark.parametrize(("moved", "rater"), [(date(2026, 8, 25), BUDI), (date(2026, 9, 25), CITRA)])
def test_an_appraiser_who_moves_shortly_before_the_quarters_end_still_rates_it(
    closed: CityHall, moved: date, rater: int
) -> None:
    end_line(closed, moved - ONE_DAY)

    closed.open_quarter()

    assert ("assess_behaviour", rater) in closed.waits_for(DEWI)


def test_the_night_leaves_an_approved_correction_as_it_is(hall: CityHall) -> None:
    hall.now += timedelta(days=1)
    officer = Actor(CITY, SECRETARY, frozenset({f"unit_hr_officer:{OFFICE}"}))
    asked = hall.engine.run(ProposeLine(DEWI, BUDI, date(2026, 10, 2), "Salah tulis"), officer)
    hall.engine.run(CorrectRater(int(asked.value)), Actor(CITY, HANA, frozenset({"hr_verifier"})))
    run_until_idle(hall.app)
    assert ("assess_behaviour", BUDI) in hall.waits_for(DEWI)

    follow_raters(hall.engine)

    assert ("assess_behaviour", BUDI) in hall.waits_for(DEWI)


def test_a_line_that_is_imported_for_a_later_day_moves_nothing_by_day_or_night(hall: CityHall) -> None:
    end_line(hall, date(2026, 10, 1))

    follow_raters(hall.engine)
    follow_line(hall.engine, CITY, DEWI, 0)

    assert ("assess_behaviour", CITRA) in hall.waits_for(DEWI)
