"""Who rates when the appraiser is the regional head, leaves, or lets the time pass (dossier 1.4, 1.5, 12.10)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from engine.errors import Invalid
from engine.policy.actor import system_actor
from engine.records.case import CaseStatus
from processes.appraisal.commands.open_quarter import OpenQuarter
from processes.appraisal.jobs import follow_raters
from processes.appraisal.records import org_predicate
from processes.appraisal.variables import UNIT_PROCESS
from processes.people.records import Role, reporting_line, role_grant, unit_head
from tests.processes.city_hall import (
    AS_EXPECTED,
    BUDI,
    CITRA,
    CITY,
    DEWI,
    EKA,
    OFFICE,
    SECRETARY,
    CityHall,
    assessment,
    open_city_hall,
)

SINCE = date(2026, 9, 1)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[CityHall]:
    """A city hall before the quarter is opened."""
    with open_city_hall(tmp_path) as opened:
        yield opened


def appoint_plt(hall: CityHall) -> None:
    """Let Eka head the office as Plt; Dewi has no line of her own."""
    head = {"id": 900, "tenant": CITY, "unit_id": OFFICE, "employee_id": EKA, "kind": "plt", "valid_from": SINCE}
    with hall.engine.database.writing() as connection:
        connection.execute(delete(reporting_line).where(reporting_line.c.employee_id == DEWI))
        connection.execute(insert(unit_head), head)


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
    appoint_plt(closed)
    closed.open_quarter()
    assert ("assess_behaviour", EKA) in closed.waits_for(DEWI)

    end_plt(closed)
    follow_raters(closed.engine)

    assert closed.waits_for(DEWI) == {("record_realisation", DEWI), ("assess_behaviour", BUDI)}
    assert closed.case(DEWI).history[-1].data["to"] == BUDI


def test_what_a_plt_has_rated_keeps_his_name(closed: CityHall) -> None:
    appoint_plt(closed)
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
    grant = {"id": 901, "tenant": CITY, "employee_id": CITRA, "role": Role.APPOINTING_AUTHORITY.value}
    with closed.engine.database.writing() as connection:
        connection.execute(insert(role_grant), {**grant, "valid_from": SINCE})
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
        hall.engine.run(OpenQuarter(2026, 3, date(2026, 10, 1)), system_actor(CITY))
