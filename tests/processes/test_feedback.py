"""Feedback of colleagues: what counts, and who may give it about whom."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from engine.errors import Invalid, NotFound
from engine.policy.actor import Actor
from processes.appraisal.commands.give_feedback import GiveFeedback
from processes.appraisal.records import feedback
from tests.processes.city_hall import BUDI, CITRA, CITY, DEWI, EKA, HANA, CityHall


def give(hall: CityHall, giver: int, about: int = DEWI, *, positive: bool = True, text: str = "Cepat tanggap") -> None:
    """Let somebody give feedback."""
    hall.engine.run(GiveFeedback(about, positive, text), Actor(CITY, giver))


@pytest.mark.parametrize(("giver", "relation"), [(CITRA, "leader"), (EKA, "peer"), (BUDI, "peer"), (HANA, "other")])
def test_the_relation_is_found_not_claimed(hall: CityHall, giver: int, relation: str) -> None:
    give(hall, giver)

    with hall.engine.database.reading() as read:
        assert read.execute(select(feedback.c.relation)).scalar_one() == relation


def test_a_subordinate_may_speak_about_the_leader(hall: CityHall) -> None:
    give(hall, DEWI, CITRA)

    with hall.engine.database.reading() as read:
        assert read.execute(select(feedback.c.relation)).scalar_one() == "subordinate"


def test_nobody_gives_feedback_about_himself(hall: CityHall) -> None:
    with pytest.raises(NotFound):
        give(hall, DEWI, DEWI)


def test_feedback_of_another_city_is_not_found(hall: CityHall) -> None:
    with pytest.raises(NotFound):
        hall.engine.run(GiveFeedback(DEWI, True, "Baik"), Actor("mataram", 77))


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_feedback_needs_words_but_not_a_book(hall: CityHall, text: str) -> None:
    with pytest.raises(Invalid):
        give(hall, EKA, text=text)


def test_the_share_of_positive_feedback_reaches_the_recommendation(hall: CityHall) -> None:
    give(hall, EKA)
    give(hall, BUDI, positive=False, text="Laporan terlambat dua kali")
    hall.rate_until_signed()

    rows = hall.result(DEWI).feedback
    assert Decimal(sum(row.is_positive for row in rows)) / len(rows) == Decimal(2) / 3
