from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import alur_serang
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
    share_of_weight,
)
from plugins.samples import all_positions
from plugins.testing import CityContract, Monotonic, connected

STAFF = PositionFacts("general", PositionLevel.FUNCTIONAL_POSITION, UnitKind.EDUCATION_OFFICE)
REGISTRAR = replace(STAFF, unit_kind=UnitKind.CIVIL_REGISTRY)
CITY = connected(alur_serang).city
PERIOD = Period.quarter(2026, 2)

percent = st.decimals(0, 100, places=2)


def test_performance_weighs_at_least_half_when_the_board_ranks() -> None:
    bounds = CITY.parameters(PERIOD.end)["promotion.board"].values

    assert bounds["performance.least"] >= 50
    assert bounds["performance.least"] <= bounds["performance.most"] < 100


def staff_request(
    *,
    progress: Decimal = Decimal(50),
    quality: Decimal = Decimal(62),
    attendance: Decimal = Decimal(97),
    linked: Decimal = Decimal(80),
    superior: Decimal = Decimal(80),
    peers: Sequence[Decimal] = (Decimal(80),) * 5,
) -> ScoreRequest:
    forum = {"superior": superior, **{f"peer_{number}": score for number, score in enumerate(peers, start=1)}}
    return ScoreRequest(
        position=STAFF,
        period=PERIOD,
        measured={
            "R1": {"value": progress},
            "R2": {"value": quality},
            "R3": {"attendance": attendance},
            "R4": {"linked": linked, "approved": Decimal(100)},
            "R5": forum,
        },
        feedback=Feedback(Decimal("0.9"), 20),
    )


def forum_of(peers: Sequence[Decimal]) -> Decimal:
    scored = CITY.score(staff_request(superior=Decimal(88), peers=peers))
    return next(line.realised for line in scored.lines if line.code == "R5") or Decimal(0)


class TestSerang(CityContract):
    plugin = alur_serang
    golden = Path(__file__).with_name("cases.json")
    monotonic = (
        Monotonic(STAFF, "R1", "value", True, tuple(Decimal(n) for n in range(0, 101, 5))),
        Monotonic(STAFF, "R5", "superior", True, tuple(Decimal(n) for n in range(0, 101, 5))),
        Monotonic(REGISTRAR, "R6", "value", False, tuple(Decimal(n) for n in range(0, 80, 4))),
        Monotonic(REGISTRAR, "R7", "value", False, tuple(Decimal(n) for n in range(0, 20))),
    )


def test_the_forum_drops_the_lowest_and_highest_of_five() -> None:
    peers = [Decimal(text) for text in ("60", "84", "86", "90", "95")]

    value = forum_of(peers)

    assert value.quantize(Decimal("0.0001")) == Decimal("87.4667")


def test_fewer_than_three_peers_leave_the_superior_alone_and_say_so() -> None:
    scored = CITY.score(staff_request(superior=Decimal(70), peers=[Decimal(100)] * 2))

    assert scored.lines[-1].realised == 70
    assert "too_few_peers" in {reason.code for reason in scored.reasons}


@given(honest=st.lists(st.decimals(75, 95, places=1), min_size=5, max_size=5))
def test_one_hostile_peer_of_five_moves_the_forum_by_at_most_2_7(honest: list[Decimal]) -> None:
    fair = forum_of(honest)

    hostile = forum_of([Decimal(0), *honest[1:]])

    assert abs(fair - hostile) <= Decimal("2.7")


@given(one=percent, other=percent, progress=percent)
def test_attendance_moves_the_value_by_at_most_10(one: Decimal, other: Decimal, progress: Decimal) -> None:
    first = CITY.score(staff_request(progress=progress, attendance=one)).value or Decimal(0)

    second = CITY.score(staff_request(progress=progress, attendance=other)).value or Decimal(0)

    assert abs(first - second) <= 10


@given(
    progress=st.decimals(0, "44.9", places=1),
    quality=st.decimals(55, "61.7", places=1),
    attendance=percent,
    linked=percent,
)
def test_no_results_means_below_whatever_the_attendance(
    progress: Decimal, quality: Decimal, attendance: Decimal, linked: Decimal
) -> None:
    request = staff_request(progress=progress, quality=quality, attendance=attendance, linked=linked)

    assert CITY.score(request).result is Recommendation.DIBAWAH_EKSPEKTASI


def test_performance_weighs_at_least_half_in_every_set() -> None:
    performance = ("R1", "R2", "R6", "R7", "R8")

    shares = {share_of_weight(CITY.indicators(position, PERIOD), performance) for position in all_positions(CITY)}

    assert min(shares) >= 50


def test_a_plan_that_pays_presence_more_than_results_is_refused() -> None:
    own = CITY.indicators(STAFF, PERIOD)
    shifted = [replace(item, weight=item.weight + {"R1": -25, "R3": 25}.get(item.code, 0)) for item in own]

    findings = CITY.check_plan(STAFF, PERIOD, shifted)

    assert "weight_too_small" in {finding.message.code for finding in findings}


def test_a_leaders_plan_must_cover_the_service_recipients() -> None:
    leader = PositionFacts("general", PositionLevel.HIGH_LEADERSHIP_POST, UnitKind.SECRETARIAT)
    inward = [item for item in CITY.indicators(leader, PERIOD) if item.code != "R8"]

    findings = CITY.check_plan(leader, PERIOD, inward)

    assert "perspective_missing" in {finding.message.code for finding in findings}
