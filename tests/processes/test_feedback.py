"""Feedback of colleagues: what counts, and who may give it about whom."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from engine.errors import Invalid, NotFound
from engine.policy.actor import Actor
from processes.appraisal.commands.give_feedback import GiveFeedback
from processes.appraisal.facts import _entered
from processes.appraisal.queries.feedback import _by_giver
from processes.appraisal.queries.people import my_people
from processes.appraisal.records import feedback
from processes.appraisal.texts import TEXTS
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA, CityHall, assessment
from tests.processes.office import CITY


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


def test_every_sentence_about_feedback_fills_in_the_same_values_in_both_languages() -> None:
    different = [
        code for code, pair in TEXTS.items() if len({tuple(sorted(re.findall(r"{(\w+)}", one))) for one in pair}) > 1
    ]

    assert different == []


def test_what_one_has_given_is_found_by_its_index(hall: CityHall) -> None:
    seen: list[str] = []
    query = _by_giver.compile(hall.engine.database.read, compile_kwargs={"render_postcompile": True})
    params = {name: 2026 if name == "year" else 1 for name in query.params}
    with hall.engine.database.reading() as read:
        seen += [row.detail for row in read.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", tuple(params.values()))]

    assert any("ix_feedback_giver" in line for line in seen)


def voices(hall: CityHall) -> tuple[int, int]:
    """How many voices about Dewi the city's rule is told of, and how many of them are positive."""
    key = {"tenant": CITY, "employee_id": DEWI, "year": 2026, "quarter": 3}
    with hall.engine.database.reading() as read:
        row = read.execute(_entered, key).one()
    return row.answers, row.positive


def test_a_colleague_has_one_voice_however_often_he_writes_and_the_newest_counts(hall: CityHall) -> None:
    give(hall, EKA)
    give(hall, EKA)
    hall.now += timedelta(hours=1)
    give(hall, EKA, positive=False, text="Laporan terlambat dua kali")
    give(hall, BUDI)

    assert voices(hall) == (2, 1)


def test_what_the_appraiser_writes_in_his_task_is_a_voice_of_its_own(hall: CityHall) -> None:
    give(hall, CITRA, positive=False, text="Perlu lebih cepat")
    give(hall, CITRA, positive=False, text="Masih perlu lebih cepat")

    hall.does(CITRA, "assess_behaviour", DEWI, **assessment())

    assert voices(hall) == (2, 1)


def test_the_rater_is_shown_as_many_voices_as_the_rule_is_told_of(hall: CityHall) -> None:
    give(hall, EKA)
    give(hall, EKA)
    give(hall, BUDI, positive=False, text="Laporan terlambat")

    (row,) = [
        row for row in hall.engine.read(my_people, Actor(CITY, CITRA), hall.now.date()).rows if row.employee_id == DEWI
    ]

    assert (row.feedback, row.positive) == voices(hall) == (2, 1)
