from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import alur_tebingtinggi
from hypothesis import given
from hypothesis import strategies as st

from plugins.api import (
    Feedback,
    Period,
    PositionFacts,
    PositionLevel,
    Recommendation,
    ScoreRequest,
    UnitKind,
)
from plugins.testing import CityContract, Monotonic, connected

TEACHER = PositionFacts("teacher", PositionLevel.FUNCTIONAL_POSITION, UnitKind.SCHOOL)
CITY = connected(alur_tebingtinggi).city
PERIOD = Period.quarter(2026, 2)

numbers = st.decimals(0, 100, places=2)


def teacher_request(
    *, tested: Decimal, post: Decimal = Decimal(80), level: Decimal = Decimal(3), positive: Decimal = Decimal("0.8")
) -> ScoreRequest:
    gain = {"pre_mean": Decimal(60), "post_mean": post, "tested": tested, "enrolled": Decimal(100)}
    return ScoreRequest(
        position=TEACHER,
        period=PERIOD,
        measured={
            "G1": {**gain, "excused": Decimal(0)},
            "G2": {"level": level},
            "G3": {"on_time": Decimal(10), "received": Decimal(10)},
            "G4": {"in_time": Decimal(10), "entries": Decimal(10)},
            "G5": {"hours": Decimal(40)},
        },
        feedback=Feedback(positive, 20),
    )


class TestTebingtinggi(CityContract):
    plugin = alur_tebingtinggi
    golden = Path(__file__).with_name("cases.json")
    monotonic = (
        Monotonic(TEACHER, "G1", "post_mean", True, tuple(Decimal(n) for n in range(0, 101, 5))),
        Monotonic(TEACHER, "G2", "level", True, tuple(Decimal(n) for n in range(1, 6))),
    )


@given(tested=st.integers(0, 94), post=numbers, level=st.integers(1, 5))
def test_leaving_out_weak_pupils_means_below_whatever_the_rest(tested: int, post: Decimal, level: int) -> None:
    request = teacher_request(tested=Decimal(tested), post=post, level=Decimal(level))

    scored = CITY.score(request)

    assert scored.result is Recommendation.DIBAWAH_EKSPEKTASI
    assert scored.lines[0].achievement == 0


@given(positive=st.decimals(0, "0.59", places=2), post=numbers)
def test_mostly_negative_feedback_is_never_above(positive: Decimal, post: Decimal) -> None:
    request = teacher_request(tested=Decimal(100), post=post, level=Decimal(5), positive=positive)

    scored = CITY.score(request)

    assert scored.result is not Recommendation.DIATAS_EKSPEKTASI


def test_a_pupil_excused_with_a_document_does_not_close_the_gate() -> None:
    request = teacher_request(tested=Decimal(90))
    excused = {**request.measured["G1"], "excused": Decimal(8)}

    scored = CITY.score(ScoreRequest(position=TEACHER, period=PERIOD, measured={"G1": excused}))

    assert scored.lines[0].achievement == 120


def test_a_class_that_starts_at_100_cannot_be_measured_by_its_gain() -> None:
    request = teacher_request(tested=Decimal(100))
    full = {**request.measured["G1"], "pre_mean": Decimal(100)}

    scored = CITY.score(ScoreRequest(position=TEACHER, period=PERIOD, measured={"G1": full}))

    assert scored.value is None
    assert "no_room_to_gain" in {reason.code for reason in scored.reasons}


def test_each_family_has_its_own_set() -> None:
    families = ("teacher", "principal", "general", "unheard_of")

    sets = [CITY.indicators(PositionFacts(family, TEACHER.level, TEACHER.unit_kind), PERIOD) for family in families]
    codes = [own[0].code for own in sets]

    assert codes == ["G1", "K1", "U1", "U1"]
