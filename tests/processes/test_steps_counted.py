"""How many steps of people a case has done and has in all, on every way that it may take."""

from tests.processes.city_hall import AS_EXPECTED, BUDI, CITRA, DEWI, OFFICE, SECRETARY, UNIT, CityHall, assessment
from webapp.cases.counting import human_steps
from webapp.cases.reading import SeenCase


def counted(hall: CityHall, about: int = DEWI, process: str = "periodic_evaluation") -> tuple[int, int]:
    return human_steps(SeenCase(hall.case(about, process), {}, False, False, None))


def test_a_step_that_time_took_away_is_no_step_of_the_way(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    assert counted(hall) == (0, 6)

    hall.until_next_timer(DEWI)
    assert counted(hall) == (0, 5)

    hall.until_next_timer(DEWI)
    assert counted(hall) == (0, 4)


def test_a_case_that_waits_for_its_unit_still_counts_what_lies_behind_it(hall: CityHall) -> None:
    hall.does(DEWI, "record_realisation", DEWI)
    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())

    assert not hall.case(DEWI).waiting
    assert counted(hall) == (2, 6)


def test_a_superior_who_takes_over_does_the_same_steps(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    for _limit in range(3):
        hall.until_next_timer(DEWI)
    assert hall.waits_for(DEWI) == {("confirm_ratings", BUDI)}

    hall.does(BUDI, "confirm_ratings", DEWI, **AS_EXPECTED)

    assert counted(hall) == (1, 4)


def test_a_unit_without_a_question_ends_after_its_one_step(hall: CityHall) -> None:
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    assert counted(hall, OFFICE, UNIT) == (1, 1)

    hall.until_next_timer(OFFICE, UNIT)

    assert counted(hall, OFFICE, UNIT) == (1, 1)


def test_silence_ends_a_case_without_the_employees_step(hall: CityHall) -> None:
    hall.rate_until_signed()
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=hall.now.date(), note="Disampaikan")

    hall.until_next_timer(DEWI)

    assert counted(hall) == (5, 5)
