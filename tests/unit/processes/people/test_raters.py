"""Who appraises whom: by line, in the place of somebody who is away, and above (dossier 12.10)."""

from datetime import date

import pytest

from engine.records.counting import count_statements
from processes.people.commands.approve_line import ApproveLine
from processes.people.commands.grant_role import GrantRole
from processes.people.commands.propose_line import ProposeLine
from processes.people.queries import (
    Rater,
    RaterBasis,
    appraiser_on,
    appraiser_superior,
    leads,
    people_led_by,
    rater_for,
)
from processes.people.records import Role, unit
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KABID, KADIS, KEPSEK, PEOPLE, SEKDA, Office

DAY = date(2026, 9, 28)
WINDOW = (date(2026, 9, 20), date(2026, 10, 10))


def appraiser(office: Office, nip: str, day: date = DAY) -> tuple[str, RaterBasis] | None:
    with office.reading() as read:
        return named(office, appraiser_on(read, CITY, office.person(nip), day))


def superior(office: Office, nip: str, day: date = DAY) -> tuple[str, RaterBasis] | None:
    with office.reading() as read:
        return named(office, appraiser_superior(read, CITY, office.person(nip), day))


def rater(office: Office, nip: str) -> tuple[str, RaterBasis] | None:
    with office.reading() as read:
        found = rater_for(
            read, CITY, office.person(nip), date(2026, 9, 30), window_first=WINDOW[0], window_last=WINDOW[1]
        )
    return named(office, found)


def named(office: Office, found: Rater | None) -> tuple[str, RaterBasis] | None:
    return (
        next(((row[0], found.basis) for row in PEOPLE if office.person(row[0]) == found.person), None)
        if found
        else None
    )


def leaves_service(office: Office, nip: str, last_day: str) -> None:
    row = next(row for row in PEOPLE if row[0] == nip)
    office.load("employees", (*row, "", last_day))


def test_the_reporting_line_decides(office: Office) -> None:
    assert appraiser(office, GURU) == (KEPSEK, RaterBasis.LINE)
    assert superior(office, GURU) == (KADIS, RaterBasis.LINE)


def test_the_line_of_the_day_counts(office: Office) -> None:
    office.load("lines", (GURU, KABID, "2026-09-01"))

    assert appraiser(office, GURU, date(2026, 8, 31)) == (KEPSEK, RaterBasis.LINE)
    assert appraiser(office, GURU, date(2026, 9, 1)) == (KABID, RaterBasis.LINE)


def test_a_plt_appraises_when_the_appraiser_has_left(office: Office) -> None:
    leaves_service(office, KEPSEK, "2026-06-30")
    office.load("acting", ("SMP-1", "Plt", GURU_2, "2026-07-01"))

    assert appraiser(office, GURU) == (GURU_2, RaterBasis.ACTING_HEAD)
    assert appraiser(office, GURU_2) == (KADIS, RaterBasis.PARENT_HEAD)


def test_without_a_plt_the_head_of_the_unit_above_appraises(office: Office) -> None:
    leaves_service(office, KEPSEK, "2026-06-30")

    assert appraiser(office, GURU) == (KADIS, RaterBasis.PARENT_HEAD)


@pytest.mark.parametrize(
    ("last", "who"), [("2026-10-05", (KEPSEK, RaterBasis.LINE)), ("2026-11-30", (KADIS, RaterBasis.PARENT_HEAD))]
)
def test_a_short_absence_is_waited_for_a_long_leave_is_not(
    office: Office, last: str, who: tuple[str, RaterBasis]
) -> None:
    office.load("leave", (KEPSEK, "Cuti Besar", "2026-09-25", last))

    assert appraiser(office, GURU) == who


def test_at_the_top_the_authorized_official_appraises(office: Office) -> None:
    leaves_service(office, KADIS, "2026-06-30")
    office.run(GrantRole(office.person(SEKDA), Role.AUTHORIZED_OFFICIAL, DAY))

    assert appraiser(office, KEPSEK) == (SEKDA, RaterBasis.PARENT_HEAD)
    assert appraiser(office, SEKDA) is None


def test_an_objection_goes_one_level_up_when_appraiser_and_superior_are_one(office: Office) -> None:
    office.load("acting", ("DISDIK", "Plt", KEPSEK, "2026-07-01"))
    leaves_service(office, KADIS, "2026-06-30")

    assert appraiser(office, GURU) == (KEPSEK, RaterBasis.LINE)
    assert superior(office, GURU) == (SEKDA, RaterBasis.PARENT_HEAD)


def test_nobody_decides_about_himself_when_he_acts_above_his_appraiser(office: Office) -> None:
    leaves_service(office, KADIS, "2026-06-30")
    office.load("acting", ("DISDIK", "Plt", GURU, "2026-07-01"))

    assert superior(office, GURU) == (SEKDA, RaterBasis.PARENT_HEAD)


@pytest.mark.parametrize(("moved", "who"), [("2026-08-25", KABID), ("2026-09-25", KEPSEK)])
def test_an_appraiser_who_moves_inside_the_window_still_evaluates(office: Office, moved: str, who: str) -> None:
    office.load("lines", (GURU, KABID, moved))

    assert rater(office, GURU) == (who, RaterBasis.LINE)


def test_an_employee_who_moves_inside_the_window_is_evaluated_by_the_new_appraiser(office: Office) -> None:
    office.load("lines", (GURU, KABID, "2026-09-25"))
    office.load("employees", (GURU, "", "Gita Guru", "PNS", "III/c", "DISDIK", "KABID", "2026-09-25"))

    assert rater(office, GURU) == (KABID, RaterBasis.LINE)


def test_an_appraiser_who_moved_and_then_left_does_not_evaluate(office: Office) -> None:
    office.load("lines", (GURU, KABID, "2026-09-25"))
    leaves_service(office, KEPSEK, "2026-10-01")

    assert rater(office, GURU) == (KABID, RaterBasis.LINE)


def test_an_appraiser_who_retires_before_the_window_ends_is_replaced(office: Office) -> None:
    leaves_service(office, KEPSEK, "2026-09-30")

    assert rater(office, GURU) == (KADIS, RaterBasis.PARENT_HEAD)


def test_nobody_is_appraised_by_whom_he_appraises(office: Office) -> None:
    office.load("acting", ("SETDA", "Plt", KADIS, "2026-09-01"))

    assert appraiser(office, KADIS) == (SEKDA, RaterBasis.LINE)
    assert appraiser(office, SEKDA) is None


def test_a_correction_that_begins_inside_the_window_counts_for_the_quarter(office: Office) -> None:
    person, new = office.person(GURU), office.person(KABID)
    school = next(int(row["id"]) for row in office.rows(unit) if row["code"] == "SMP-1")
    officer = office.actor(GURU_2, f"unit_hr_officer:{school}")
    proposal = office.run(ProposeLine(person, new, date(2026, 10, 2), "Salah tulis"), officer)
    assert rater(office, GURU) == (KEPSEK, RaterBasis.LINE)

    office.run(ApproveLine(int(proposal.value)), office.actor(KADIS, "hr_verifier"))

    assert rater(office, GURU) == (KABID, RaterBasis.LINE)


def test_a_head_leads_his_people_and_those_whose_appraiser_is_away(office: Office) -> None:
    leaves_service(office, KEPSEK, "2026-06-30")

    with office.reading() as read:
        led = people_led_by(read, CITY, office.person(KADIS), DAY)

    assert set(led) == {office.person(nip) for nip in (KABID, KEPSEK, GURU, GURU_2)}


def test_leading_ends_with_the_line(office: Office) -> None:
    office.load("lines", (GURU, KABID, "2026-09-01"))

    with office.reading() as read:
        assert not leads(read, CITY, office.person(KEPSEK), office.person(GURU), DAY)
        assert leads(read, CITY, office.person(KEPSEK), office.person(GURU_2), DAY)
        assert leads(read, CITY, office.person(KABID), office.person(GURU), DAY)


def test_the_usual_case_costs_one_statement_and_the_superior_two(office: Office) -> None:
    person = office.person(GURU)

    with office.reading() as read, count_statements(office.database) as statements:
        found = appraiser_on(read, CITY, person, DAY)
        assert found is not None
        assert len(statements) == 1
        appraiser_superior(read, CITY, person, DAY, found.person)

    assert len(statements) == 2
