"""A unit's quarter on every path of its diagram."""

from datetime import date

import pytest

from engine.records.case import CaseStatus
from processes.appraisal.records import org_predicate
from tests.processes.city_hall import (
    ABOVE,
    BUDI,
    CITRA,
    DEWI,
    EKA,
    HANA,
    OFFICE,
    RATERS,
    SECRETARY,
    UNIT,
    CityHall,
    assessment,
)
from tests.processes.office import CITY


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


def test_when_the_deputy_is_late_too_the_predicate_of_the_period_before_is_carried_over_and_marked(
    hall: CityHall,
) -> None:
    had(hall, (2025, 4, "ISTIMEWA", "set"), (2026, 1, "KURANG", "deputy"))
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())

    let_both_be_late(hall)

    org = hall.result(DEWI).org
    assert org is not None and (org.predicate, org.basis, org.since) == ("KURANG", "carried_over", (2026, 1))
    assert hall.waits_for(DEWI) == {("confirm_ratings", CITRA)}
    assert "carry_over" in hall.case(OFFICE, UNIT).passed


def had(hall: CityHall, *earlier: tuple[int, int, str, str]) -> None:
    """Let the office have predicates of earlier quarters: year, quarter, predicate, basis."""
    names = ("year", "quarter", "predicate", "basis")
    common = {"tenant": CITY, "unit_id": OFFICE, "note": "", "set_at": hall.now}
    with hall.engine.database.writing() as connection:
        rows = [{**common, **dict(zip(names, values, strict=True))} for values in earlier]
        connection.execute(org_predicate.insert(), rows)


def let_both_be_late(hall: CityHall) -> None:
    """Neither the superior nor the deputy sets the predicate in time."""
    hall.until_next_timer(OFFICE, UNIT)
    hall.until_next_timer(OFFICE, UNIT)


@pytest.mark.parametrize("earlier", [(), ((2026, 2, "KURANG", "carried_over"), (2025, 4, "KURANG", "neutral"))])
def test_without_any_predicate_that_somebody_set_the_neutral_one_is_taken_and_marked_as_such(
    hall: CityHall, earlier: tuple[tuple[int, int, str, str], ...]
) -> None:
    if earlier:
        had(hall, *earlier)

    let_both_be_late(hall)

    org = hall.result(DEWI).org
    assert org is not None and (org.predicate, org.basis, org.since, org.note) == ("BAIK", "neutral", None, "")
    assert "take_neutral" in hall.case(OFFICE, UNIT).passed
    assert "carry_over" not in hall.case(OFFICE, UNIT).passed


@pytest.fixture
def rated(hall: CityHall) -> CityHall:
    """The office rated far too well: three of its four people are above all expectations."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    for person in (DEWI, EKA, CITRA):
        rate(hall, person, RATERS[person])
    return hall


def rate(hall: CityHall, about: int, rater: int) -> None:
    hall.does(about, "record_realisation", about)
    hall.does(rater, "assess_behaviour", about, **assessment())
    hall.does(rater, "confirm_ratings", about, **ABOVE)


def test_a_distribution_outside_the_guide_asks_the_head_to_justify(rated: CityHall) -> None:
    rated.until_next_timer(OFFICE, UNIT)
    assert waits_for(rated) == {("justify", BUDI)}

    rated.does(BUDI, "justify", OFFICE, reason="Unit kecil")

    org = rated.result(DEWI).org
    assert org is not None and org.justification == "Unit kecil"
    assert rated.case(OFFICE, UNIT).case.status is CaseStatus.FINISHED


def test_a_justification_that_never_comes_does_not_hold_the_unit_up(rated: CityHall) -> None:
    rated.until_next_timer(OFFICE, UNIT)

    rated.until_next_timer(OFFICE, UNIT)

    assert rated.case(OFFICE, UNIT).case.status is CaseStatus.FINISHED


def test_the_first_few_of_a_unit_are_nothing_that_the_head_must_justify(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    rate(hall, DEWI, CITRA)

    hall.until_next_timer(OFFICE, UNIT)

    assert hall.case(OFFICE, UNIT).case.status is CaseStatus.FINISHED


def test_what_superiors_rate_after_the_window_is_reviewed_too(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    for person in (DEWI, EKA, CITRA):
        hall.does(person, "record_realisation", person)
        hall.does(RATERS[person], "assess_behaviour", person, **assessment())
    hall.until_next_timer(DEWI)  # the appraisers let the window pass
    assert waits_for(hall) == set()

    for person in (DEWI, EKA, CITRA):
        (superior,) = [person_of for element, person_of in hall.waits_for(person) if element == "confirm_ratings"]
        hall.does(superior, "confirm_ratings", person, **ABOVE)

    assert hall.until_next_timer(OFFICE, UNIT) == date(2026, 11, 4)
    assert waits_for(hall) == {("justify", BUDI)}


def test_a_unit_without_ratings_ends_without_questions(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")

    hall.until_next_timer(OFFICE, UNIT)

    assert hall.case(OFFICE, UNIT).case.status is CaseStatus.FINISHED
