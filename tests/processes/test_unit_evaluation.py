"""A unit's quarter on every path of its diagram."""

from datetime import date

from engine.records.case import CaseStatus
from tests.processes.city_hall import BUDI, CITRA, DEWI, HANA, OFFICE, SECRETARY, UNIT, CityHall, assessment


def waits_for(hall: CityHall) -> set[tuple[str, int]]:
    """What the office's case waits for."""
    return {(task.element, task.assignee or 0) for task in hall.case(OFFICE, UNIT).waiting}


def test_the_superior_of_the_unit_sets_its_predicate(hall: CityHall) -> None:
    assert waits_for(hall) == {("set_org_predicate", SECRETARY)}

    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="ISTIMEWA", note="Melampaui rencana aksi")

    org = hall.result(DEWI).org
    assert org is not None and (org.predicate, org.basis, org.set_by) == ("ISTIMEWA", "set", SECRETARY)


def test_a_late_superior_is_helped_out_by_the_deputy(hall: CityHall) -> None:
    assert hall.until_next_timer(OFFICE, UNIT) == date(2026, 10, 8)
    assert waits_for(hall) == {("set_by_deputy", HANA)}

    hall.does(HANA, "set_by_deputy", OFFICE, predicate="BAIK", note="Atas nama Sekretaris Daerah")

    org = hall.result(DEWI).org
    assert org is not None and (org.predicate, org.basis) == ("BAIK", "deputy")


def test_when_the_deputy_is_late_too_the_last_predicate_is_carried_over_and_marked(hall: CityHall) -> None:
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())
    hall.until_next_timer(OFFICE, UNIT)

    hall.until_next_timer(OFFICE, UNIT)

    org = hall.result(DEWI).org
    assert org is not None and (org.predicate, org.basis) == ("BAIK", "carried_over")
    assert hall.waits_for(DEWI) == {("confirm_ratings", CITRA)}


def test_a_distribution_outside_the_guide_asks_the_head_to_justify(hall: CityHall) -> None:
    hall.rate_until_signed()
    hall.until_next_timer(OFFICE, UNIT)
    assert waits_for(hall) == {("justify", BUDI)}

    hall.does(BUDI, "justify", OFFICE, reason="Unit kecil")

    org = hall.result(DEWI).org
    assert org is not None and org.justification == "Unit kecil"
    assert hall.case(OFFICE, UNIT).case.status is CaseStatus.FINISHED


def test_a_justification_that_never_comes_does_not_hold_the_unit_up(hall: CityHall) -> None:
    hall.rate_until_signed()
    hall.until_next_timer(OFFICE, UNIT)

    hall.until_next_timer(OFFICE, UNIT)

    assert hall.case(OFFICE, UNIT).case.status is CaseStatus.FINISHED


def test_a_unit_without_ratings_ends_without_questions(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")

    hall.until_next_timer(OFFICE, UNIT)

    assert hall.case(OFFICE, UNIT).case.status is CaseStatus.FINISHED
