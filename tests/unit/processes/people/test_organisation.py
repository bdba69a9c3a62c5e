"""Staff, units, heads, roles and working days as every process asks for them."""

from datetime import date

import pytest

from engine.errors import NotFound
from processes.people.city import PositionLevel, UnitKind
from processes.people.commands.grant_role import GrantRole
from processes.people.queries import (
    calendar_of_unit,
    employees_of_unit,
    find_employee,
    groups_on,
    ids_above,
    ids_below,
    placement_on,
    raters_of,
    staff_on,
    superior_head,
    unit_calendars,
    unit_head_on,
    units_with_heads,
)
from processes.people.queries.heads import UnitHead, people_above
from processes.people.records import HeadKind, Role, unit
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KABID, KADIS, KEPSEK, PEOPLE, SEKDA, Office

DAY = date(2026, 9, 28)


def unit_id(office: Office, code: str) -> int:
    return next(int(row["id"]) for row in office.rows(unit) if row["code"] == code)


def test_a_unit_holds_the_people_of_the_units_below(office: Office) -> None:
    with office.reading() as read:
        names = [member.name for member in employees_of_unit(read, CITY, unit_id(office, "DISDIK"), DAY)]

    assert names == ["Bela Kabid", "Dodi Kadis", "Gani Guru", "Gita Guru", "Karim Kepsek"]


def test_a_placement_tells_the_rules_what_they_may_know(office: Office) -> None:
    with office.reading() as read:
        place = placement_on(read, CITY, office.person(GURU), DAY)

    assert place is not None
    assert (place.position.family, place.position.level) == ("teacher", PositionLevel.FUNCTIONAL_POSITION)
    assert (place.position.unit_kind, place.week) == (UnitKind.SCHOOL, 6)
    assert GURU not in repr(place)


def test_who_has_left_service_is_not_on_the_staff(office: Office) -> None:
    office.load("employees", (*PEOPLE[4], "", "2026-09-27"))

    with office.reading() as read:
        present = {member.nip for member in staff_on(read, CITY, DAY)}
        ever = {member.nip for member in staff_on(read, CITY, DAY, also_left=True)}

    assert ever - present == {GURU}


def test_people_of_another_city_are_not_found(office: Office) -> None:
    with office.reading() as read, pytest.raises(NotFound):
        find_employee(read, "serang", office.person(GURU))


def test_the_tree_is_read_upwards_and_downwards(office: Office) -> None:
    school, office_id, top = (unit_id(office, code) for code in ("SMP-1", "DISDIK", "SETDA"))

    with office.reading() as read:
        assert ids_above(read, CITY, school) == (school, office_id, top)
        assert ids_below(read, CITY, top) == (top, office_id, school)


@pytest.mark.parametrize(
    ("acting", "who", "kind"),
    [
        ((), KEPSEK, HeadKind.DEFINITIVE),
        ((("SMP-1", "Plt", GURU, "2026-09-01"),), GURU, HeadKind.ACTING),
        ((("SMP-1", "Plh", GURU_2, "2026-09-27", "2026-09-30"),), GURU_2, HeadKind.DAILY_ACTING),
        ((("SMP-1", "Plh", GURU_2, "2026-09-01", "2026-09-27"),), KEPSEK, HeadKind.DEFINITIVE),
    ],
)
def test_an_acting_head_goes_before_the_definitive_one_while_in_force(
    office: Office, acting: tuple[tuple[str, ...], ...], who: str, kind: HeadKind
) -> None:
    if acting:
        office.load("acting", *acting)

    with office.reading() as read:
        head = unit_head_on(read, CITY, unit_id(office, "SMP-1"), DAY)

    assert head is not None
    assert (head.person, head.kind) == (office.person(who), kind)


def test_above_a_head_stands_the_next_other_head_and_at_the_top_the_official(office: Office) -> None:
    office.run(GrantRole(office.person(KABID), Role.AUTHORIZED_OFFICIAL, DAY))

    with office.reading() as read:
        above = {code: superior_head(read, CITY, unit_id(office, code), DAY) for code in ("SMP-1", "DISDIK", "SETDA")}

    assert above == {code: office.person(nip) for code, nip in (("SMP-1", KADIS), ("DISDIK", SEKDA), ("SETDA", KABID))}


def test_a_double_post_does_not_make_somebody_his_own_superior(office: Office) -> None:
    office.load("acting", ("SMP-1", "Plt", KADIS, "2026-09-01"))

    with office.reading() as read:
        assert superior_head(read, CITY, unit_id(office, "SMP-1"), DAY) == office.person(SEKDA)


def test_the_way_up_never_turns_down_at_the_top(office: Office) -> None:
    office.run(GrantRole(office.person(KADIS), Role.AUTHORIZED_OFFICIAL, DAY))
    office.run(GrantRole(office.person(SEKDA), Role.APPOINTING_AUTHORITY, DAY))

    with office.reading() as read:
        above = {code: superior_head(read, CITY, unit_id(office, code), DAY) for code in ("DISDIK", "SETDA")}

    assert above == {"DISDIK": office.person(SEKDA), "SETDA": None}


def test_nobody_is_above_a_person_but_those_behind_his_highest_post() -> None:
    heads = [UnitHead(1, HeadKind.DEFINITIVE, 10, 0), UnitHead(2, HeadKind.ACTING, 11, 1)]
    heads += [UnitHead(3, HeadKind.DEFINITIVE, 11, 1), UnitHead(4, HeadKind.DEFINITIVE, 12, 2)]

    above = {person: people_above(person, heads, [4, 5]) for person in (1, 2, 4, 5, 9)}

    assert above == {1: (2, 3, 4, 5), 2: (4, 5), 4: (5,), 5: (), 9: (1, 2, 3, 4, 5)}


def test_all_units_come_with_those_who_lead_them(office: Office) -> None:
    with office.reading() as read:
        found = {item.unit.code: (item.head, item.superior, item.deputy) for item in units_with_heads(read, CITY, DAY)}

    kepsek, kadis, sekda = (office.person(nip) for nip in (KEPSEK, KADIS, SEKDA))
    assert found == {"SMP-1": (kepsek, kadis, sekda), "DISDIK": (kadis, sekda, None), "SETDA": (sekda, None, None)}


def test_the_raters_of_many_are_found_together(office: Office) -> None:
    people = [office.person(row[0]) for row in PEOPLE]

    with office.reading() as read:
        found = raters_of(read, CITY, people, date(2026, 9, 30), window_first=DAY, window_last=date(2026, 10, 10))

    assert len(found) == len(PEOPLE) - 1
    assert found[office.person(GURU)].person == office.person(KEPSEK)


def test_a_school_works_on_saturdays_and_nobody_on_holidays(office: Office) -> None:
    office.load("holidays", ("2026-02-16", "uji"), ("2026-02-17", "uji"))

    with office.reading() as read:
        school = calendar_of_unit(read, CITY, unit_id(office, "SMP-1"))
        bureau = calendar_of_unit(read, CITY, unit_id(office, "DISDIK"))

    start = date(2026, 2, 2)
    assert school.add_working_days(start, 14) == date(2026, 2, 20)
    assert bureau.add_working_days(start, 14) == date(2026, 2, 24)


def test_the_version_of_a_calendar_changes_with_its_holidays_only(office: Office) -> None:
    with office.reading() as read:
        before = unit_calendars(read, CITY)
    office.load("holidays", ("2026-08-17", "Kemerdekaan"))
    with office.reading() as read:
        after = unit_calendars(read, CITY)

    assert len({calendar.version for calendar in before.values()}) == 1
    assert before.keys() == after.keys()
    assert {calendar.version for calendar in before.values()}.isdisjoint(item.version for item in after.values())


def test_a_city_without_that_unit_has_no_calendar_for_it(office: Office) -> None:
    with office.reading() as read, pytest.raises(NotFound):
        calendar_of_unit(read, "serang", unit_id(office, "SMP-1"))


def test_roles_are_held_between_their_days(office: Office) -> None:
    school = unit_id(office, "SMP-1")
    office.run(GrantRole(office.person(GURU), Role.UNIT_HR_OFFICER, DAY, date(2026, 12, 31), school))

    with office.reading() as read:
        groups = [groups_on(read, CITY, office.person(GURU), day) for day in (date(2026, 9, 27), DAY, date(2027, 1, 1))]

    assert groups == [frozenset(), frozenset({f"unit_hr_officer:{school}"}), frozenset()]
