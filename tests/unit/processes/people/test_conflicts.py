"""Nobody decides about himself, his family, his superior, or the post of one of them."""

from datetime import date

import pytest

from processes.people.careers import kinship
from processes.people.conflicts import Interest, interest_in, interest_in_post, kin_of
from processes.people.records import post
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KABID, KADIS, KEPSEK, SEKDA, Office

DAY = date(2026, 9, 28)


def ids(office: Office, *nips: str) -> list[int]:
    return [office.person(nip) for nip in nips]


def interest(office: Office, person: str, about: str) -> Interest | None:
    one, other = ids(office, person, about)
    with office.reading() as read:
        return interest_in(read, CITY, one, other, DAY)


def test_one_has_an_interest_in_oneself_and_family_whoever_was_named_first(office: Office) -> None:
    office.load("kinship", (KADIS, GURU, "Orang Tua/Anak"))

    assert interest(office, GURU, GURU) is Interest.ONESELF
    assert interest(office, GURU, KADIS) is interest(office, KADIS, GURU) is Interest.FAMILY
    assert interest(office, KABID, GURU) is None


def test_one_has_an_interest_in_ones_own_superior(office: Office) -> None:
    office.load("lines", (GURU, KEPSEK, "2026-01-01"))

    assert interest(office, GURU, KEPSEK) is Interest.OWN_SUPERIOR
    assert interest(office, KEPSEK, GURU) is None


def test_a_post_is_of_interest_to_its_holder_and_those_below(office: Office) -> None:
    office.load("lines", (GURU, KEPSEK, "2026-01-01"))
    guru, kepsek, sekda = ids(office, GURU, KEPSEK, SEKDA)
    with office.reading() as read:
        headship = next(row.id for row in read.execute(post.select()) if row.code == "KEPSEK")
        found = [interest_in_post(read, CITY, person, headship, DAY) for person in (kepsek, guru, sekda)]

    assert found == [Interest.ONESELF, Interest.OWN_SUPERIOR, None]


def test_kin_of_several_are_found_at_once(office: Office) -> None:
    office.load("kinship", (GURU, GURU_2, "Saudara"), (KABID, SEKDA, "Suami/Istri"))
    guru, guru_2, kabid, sekda = ids(office, GURU, GURU_2, KABID, SEKDA)

    with office.reading() as read:
        assert kin_of(read, CITY, [guru, kabid]) == {guru_2, sekda}
        assert kin_of(read, CITY, [guru, guru_2]) == frozenset()


def test_a_pair_stands_once_and_may_be_corrected(office: Office) -> None:
    office.load("kinship", (GURU, GURU_2, "Saudara"))
    office.load("kinship", (GURU_2, GURU, "Semenda"))

    (row,) = office.rows(kinship)
    assert row["relation"] == "in_law"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (((GURU, GURU, "Saudara"),), "own_relative"),
        (((GURU, GURU_2, "Saudara"), (GURU_2, GURU, "Semenda")), "duplicate"),
        (((GURU, GURU_2, "Teman"),), "not_choice"),
        (((GURU, "198001012005011901", "Saudara"),), "unknown_employee"),
    ],
)
def test_what_is_no_kinship_is_refused(office: Office, rows: tuple[tuple[str, ...], ...], code: str) -> None:
    assert [problem.code for problem in office.problems("kinship", *rows)] == [code]
