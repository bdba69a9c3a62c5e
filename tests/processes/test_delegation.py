"""What a delegated task may lead to: nobody rates himself or judges his own rating, and the doer's name is kept."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from engine.commands.delegate_task import DelegateTask
from engine.commands.retry_incident import RetryIncident
from engine.errors import Forbidden
from engine.policy.actor import Actor
from processes.appraisal.records import evaluation
from processes.people.records import Role, result, unit_head
from tests.processes.city_hall import (
    ABOVE,
    AS_EXPECTED,
    BUDI,
    CITRA,
    DEWI,
    EKA,
    HANA,
    OFFICE,
    SECRETARY,
    CityHall,
    assessment,
)
from tests.processes.office import CITY

SINCE = date(2026, 9, 28)


@pytest.fixture
def office(closed: CityHall) -> CityHall:
    """The quarter is open, and Citra stands in as Plh for Budi, who appraises her."""
    make_head(closed, CITRA, 900)
    closed.open_quarter()
    return closed


def make_head(hall: CityHall, person: int, key: int) -> None:
    """Let somebody head the office as Plh beside its head."""
    head = {"id": key, "tenant": CITY, "unit_id": OFFICE, "employee_id": person, "kind": "plh", "valid_from": SINCE}
    with hall.engine.database.writing() as connection:
        connection.execute(insert(unit_head), head)


def delegate(hall: CityHall, element: str, about: int, *, before: int, after: int) -> None:
    """Let a person hand his task to somebody."""
    row = hall.tasks(before)[(element, about)]
    hall.engine.run(DelegateTask(row.case_id, row.token, after), Actor(CITY, before))


def until_recommended(hall: CityHall, about: int, rater: int) -> None:
    """Take a case up to the ratings."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    hall.does(about, "record_realisation", about)
    hall.does(rater, "assess_behaviour", about, **assessment())


def hand_over(hall: CityHall, about: int, rater: int) -> None:
    """Take a signed case to the employee's objection."""
    hall.does(rater, "hand_over", about, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    hall.does(about, "respond", about, answer="object", reason="Saya keberatan")


def signed_by_superior(hall: CityHall) -> None:
    """Citra sets Dewi's ratings, and her superior Budi signs in her place."""
    until_recommended(hall, DEWI, CITRA)
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    delegate(hall, "sign", DEWI, before=CITRA, after=BUDI)
    hall.does(BUDI, "sign", DEWI, confirmed=True)


@pytest.mark.parametrize("element", ["assess_behaviour", "confirm_ratings"])
def test_nobody_is_given_a_task_about_himself(office: CityHall, element: str) -> None:
    if element == "confirm_ratings":
        until_recommended(office, CITRA, BUDI)

    with pytest.raises(Forbidden):
        delegate(office, element, CITRA, before=BUDI, after=CITRA)

    assert (element, BUDI) in office.waits_for(CITRA)


def test_the_same_deputy_may_rate_others(office: CityHall) -> None:
    office.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")

    delegate(office, "assess_behaviour", CITRA, before=BUDI, after=SECRETARY)

    assert ("assess_behaviour", SECRETARY) in office.waits_for(CITRA)


def test_an_objection_is_not_handed_to_whoever_rated(office: CityHall) -> None:
    office.rate_until_signed()
    hand_over(office, DEWI, CITRA)

    with pytest.raises(Forbidden):
        delegate(office, "decide_objection", DEWI, before=BUDI, after=CITRA)

    assert office.waits_for(DEWI) == {("decide_objection", BUDI)}


def test_an_objection_is_not_handed_to_whoever_set_the_ratings_for_the_appraiser(office: CityHall) -> None:
    make_head(office, EKA, 901)
    until_recommended(office, DEWI, CITRA)
    delegate(office, "confirm_ratings", DEWI, before=CITRA, after=EKA)
    office.does(EKA, "confirm_ratings", DEWI, **AS_EXPECTED)
    office.does(CITRA, "sign", DEWI, confirmed=True)
    hand_over(office, DEWI, CITRA)

    with pytest.raises(Forbidden):
        delegate(office, "decide_objection", DEWI, before=BUDI, after=EKA)

    assert office.waits_for(DEWI) == {("decide_objection", BUDI)}


def test_an_objection_passes_over_the_superior_who_signed(hall: CityHall) -> None:
    signed_by_superior(hall)

    hand_over(hall, DEWI, CITRA)

    assert hall.waits_for(DEWI) == {("decide_objection", SECRETARY)}


def test_a_result_that_the_last_in_the_line_signed_is_final(hall: CityHall) -> None:
    until_recommended(hall, DEWI, CITRA)
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    delegate(hall, "sign", DEWI, before=CITRA, after=BUDI)
    delegate(hall, "sign", DEWI, before=BUDI, after=SECRETARY)
    hall.does(SECRETARY, "sign", DEWI, confirmed=True)

    hand_over(hall, DEWI, CITRA)

    version = hall.result(DEWI).latest
    assert version is not None and (version.is_final, version.response) == (True, "accepted")


def test_a_signature_and_the_ledger_name_the_one_who_signed(hall: CityHall) -> None:
    signed_by_superior(hall)
    hall.does(CITRA, "hand_over", DEWI, dialogue_on=date(2026, 10, 1), note="Disampaikan")
    hall.does(DEWI, "respond", DEWI, answer="accept", reason=None)

    version = hall.result(DEWI).latest
    assert version is not None and version.rater_id == BUDI
    assert appraisers(hall, DEWI) == [BUDI]


def appraisers(hall: CityHall, person: int) -> list[int | None]:
    """Whom the results ledger names as appraiser of a person."""
    with hall.engine.database.reading() as read:
        return list(read.execute(select(result.c.appraiser_id).where(result.c.employee_id == person)).scalars())


def test_a_decision_names_the_one_who_decided(hall: CityHall) -> None:
    hall.rate_until_signed()
    hand_over(hall, DEWI, CITRA)
    delegate(hall, "decide_objection", DEWI, before=BUDI, after=SECRETARY)

    hall.does(SECRETARY, "decide_objection", DEWI, outcome="change", reason="Bukti diterima", **ABOVE)

    first, second = hall.result(DEWI).versions
    assert (first.rater_id, first.decided_by, second.rater_id) == (CITRA, SECRETARY, SECRETARY)


def test_who_mends_a_failed_signature_has_not_signed(hall: CityHall) -> None:
    until_recommended(hall, DEWI, CITRA)
    hall.does(CITRA, "confirm_ratings", DEWI, **AS_EXPECTED)
    delegate(hall, "sign", DEWI, before=CITRA, after=BUDI)
    row = dict(take_evaluation(hall))
    hall.does(BUDI, "sign", DEWI, confirmed=True)
    with hall.engine.database.writing() as connection:
        connection.execute(insert(evaluation), row)

    stuck = hall.case(DEWI).incidents[0]
    hall.engine.run(
        RetryIncident(hall.case(DEWI).case.id, stuck.token), Actor(CITY, HANA, frozenset({Role.HR_HEAD.value}))
    )

    version = hall.result(DEWI).latest
    assert version is not None and version.rater_id == BUDI


def take_evaluation(hall: CityHall) -> dict[str, object]:
    """Remove Dewi's evaluation, so that what is written to it fails; return it."""
    mine = evaluation.c.case_id == hall.case(DEWI).case.id
    with hall.engine.database.writing() as connection:
        row = connection.execute(select(evaluation).where(mine)).one()
        connection.execute(evaluation.delete().where(mine))
    return dict(row._mapping)
