"""Vacant posts grow older, acting appointments reach their limit, and people retire."""

from datetime import date
from decimal import Decimal

import pytest

from processes.people.city import PositionLevel
from processes.people.parameters import shipped_on, shipped_sets
from processes.people.records import HeadKind
from processes.promotion.posts.ageing import ACTING_LIMIT, ActingState, Term, acting_of, vacancy_of
from processes.promotion.posts.retirement import AGES, months_later, retirement_of, retires_within

TODAY = date(2026, 9, 28)
_SETS = shipped_sets("processes.promotion.parameters")
_ages, _limits = shipped_on(_SETS, AGES, TODAY), shipped_on(_SETS, ACTING_LIMIT, TODAY)
assert _ages is not None
assert _limits is not None
YEARS, LIMITS = _ages.values, _limits.values


def term(first: date, last: date | None = None, *, person: int = 7, kind: HeadKind = HeadKind.ACTING) -> Term:
    return Term(person, "Bela Kabid", kind, first, last)


def test_a_post_is_vacant_from_the_day_after_its_last_holder() -> None:
    vacancy = vacancy_of([date(2024, 5, 31), date(2026, 8, 31), None], TODAY)

    assert (vacancy.since, vacancy.days) == (date(2026, 9, 1), 28)


def test_a_post_that_nobody_was_recorded_in_does_not_say_for_how_long() -> None:
    vacancy = vacancy_of([], TODAY)

    assert (vacancy.since, vacancy.days) == (None, None)


@pytest.mark.parametrize(
    ("first", "state"),
    [
        (date(2026, 6, 29), ActingState.FIRST_TERM),
        (date(2026, 6, 28), ActingState.EXTENDED),
        (date(2026, 3, 29), ActingState.EXTENDED),
        (date(2026, 3, 28), ActingState.TOO_LONG),
    ],
)
def test_acting_is_extended_after_three_months_and_too_long_after_six(first: date, state: ActingState) -> None:
    acting = acting_of([term(first)], TODAY, LIMITS)

    assert acting is not None
    assert acting.state is state


def test_terms_that_follow_each_other_count_together_and_a_gap_begins_anew() -> None:
    first, second = date(2026, 1, 5), date(2026, 4, 5)
    joined = [term(first, date(2026, 4, 4)), term(second)]
    parted = [term(first, date(2026, 4, 3)), term(second)]

    together, anew = acting_of(joined, TODAY, LIMITS), acting_of(parted, TODAY, LIMITS)

    assert together is not None
    assert anew is not None
    assert (together.since, anew.since) == (first, second)


def test_somebody_elses_term_before_does_not_count_and_a_plt_goes_before_a_plh() -> None:
    terms = [
        term(date(2026, 1, 1), date(2026, 8, 31), person=8),
        term(date(2026, 9, 1)),
        term(date(2026, 9, 20), date(2026, 9, 30), person=9, kind=HeadKind.DAILY_ACTING),
    ]

    acting = acting_of(terms, TODAY, LIMITS)

    assert acting is not None
    assert (acting.person, acting.since, acting.days) == (7, date(2026, 9, 1), 28)


@pytest.mark.parametrize(
    ("level", "family", "post", "day"),
    [
        (PositionLevel.HIGH_LEADERSHIP_POST, "general", "Kepala Dinas", date(2027, 1, 1)),
        (PositionLevel.EXECUTOR, "general", "Penelaah Teknis Kebijakan", date(2025, 1, 1)),
        (PositionLevel.FUNCTIONAL_POSITION, "general", "Analis Kebijakan Ahli Muda", date(2025, 1, 1)),
        (PositionLevel.FUNCTIONAL_POSITION, "general", "Auditor Ahli Madya", date(2027, 1, 1)),
        (PositionLevel.FUNCTIONAL_POSITION, "general", "Dokter Ahli Utama", date(2032, 1, 1)),
        (PositionLevel.FUNCTIONAL_POSITION, "teacher", "Guru IPA", date(2027, 1, 1)),
    ],
)
def test_somebody_retires_in_the_month_after_the_birthday_of_his_level(
    level: PositionLevel, family: str, post: str, day: date
) -> None:
    found = retirement_of(date(1966, 12, 5), level=level, family=family, post=post, ages=YEARS)

    assert found.day == day


def test_only_retirements_of_the_coming_months_are_near() -> None:
    near, far = date(1968, 8, 28), date(1968, 9, 1)

    found = [
        retirement_of(
            birth, level=PositionLevel.EXECUTOR, family="general", post="Operator", ages={"executor": Decimal(58)}
        )
        for birth in (near, far)
    ]

    assert [retires_within(one, date(2025, 9, 5), 12) for one in found] == [True, False]


def test_some_months_later_is_the_last_day_of_a_shorter_month() -> None:
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)
