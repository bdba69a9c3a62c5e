"""What follows from the talent box: actions for one person, and the succession list of a key post."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.errors import Conflict, EngineError, Forbidden, NotFound
from engine.records.outbox import notice
from processes.people.careers import competency, competency_level, kinship, post_standard, sanction
from processes.people.follow_ups import FollowUpState, follow_ups_of
from processes.people.records import role_grant
from processes.promotion.commands.choose_follow_up import (
    ChooseFollowUp,
    ChosenAlready,
    MoveFollowUp,
    NoOutcome,
    NotOfTheBox,
    PastDay,
    WrongState,
)
from processes.promotion.records import talent_assessment
from processes.promotion.succession.commands.approve_list import ApproveList, NotNewest
from processes.promotion.succession.commands.draw_list import DrawList, NoKeyPost, NoStandard, StillWaiting
from processes.promotion.succession.drawing import Exclusion, Readiness, Successor
from processes.promotion.succession.lists import names_on, standings, versions_of
from tests.processes.office import CITY
from tests.processes.promotion_office import (
    CITRA,
    DEWI,
    GITA,
    HASAN,
    SARI,
    SINCE,
    WATI,
    PromotionOffice,
    open_promotion_office,
)

#: Citra's post; Gita is a supervisor and could follow her.
KEY_POST = CITRA
ASKED = ("MAN-1", "MAN-2")
DUE = date(2026, 6, 30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PromotionOffice]:
    """Gita stands in box 9 and has what Citra's post asks for."""
    with open_promotion_office(tmp_path) as opened:
        opened.write(competency, *({"code": code, "name": code, "kind": "managerial"} for code in ASKED))
        for post, level in ((GITA, 2), (KEY_POST, 3)):
            opened.write(post_standard, *({"post_id": post, "competency": code, "level": level} for code in ASKED))
        opened.had_results(GITA, (2024, "SANGAT_BAIK"), (2025, "SANGAT_BAIK"))
        tested = {"assessed_on": date(2025, 5, 1), "potential": Decimal(90), "source": "Uji potensi"}
        opened.write(talent_assessment, {"employee_id": GITA, **tested})
        has_levels(opened, 3, 3)
        yield opened


def has_levels(office: PromotionOffice, *levels: int, day: date = date(2025, 5, 1)) -> None:
    """Let Gita be found to have a level in each competency."""
    found = zip(ASKED, levels, strict=True)
    common = {"employee_id": GITA, "assessed_on": day, "source": "Uji kompetensi"}
    office.write(
        competency_level,
        *({"id": office.engine.new_id(), **common, "competency": code, "level": level} for code, level in found),
    )


def draw(office: PromotionOffice, by: int = HASAN) -> tuple[int, list[Successor]]:
    """Draw the list of the key post and return its id with its lines."""
    number = office.engine.run(DrawList(KEY_POST), office.actor(by)).value
    with office.engine.database.reading() as read:
        return number, [item.successor for item in names_on(read, CITY, number)]


def choose(office: PromotionOffice, action: str = "succession", **changed: Any) -> int:
    given: dict[str, Any] = {"employee": GITA, "action": action, "due_on": DUE, **changed}
    return int(office.engine.run(ChooseFollowUp(**given), office.actor(HASAN)).value)


def test_a_list_has_who_is_ready_with_box_and_fit(office: PromotionOffice) -> None:
    _number, (found,) = draw(office)

    assert (found.person, found.place, found.box, found.readiness) == (GITA, 1, 9, Readiness.NOW)
    assert (found.fit, found.short, found.unassessed) == (Decimal(100), 0, 0)


def test_a_gap_that_a_year_or_two_can_close_makes_somebody_ready_soon(office: PromotionOffice) -> None:
    has_levels(office, 2, 2, day=date(2025, 6, 1))

    _number, (found,) = draw(office)

    assert (found.readiness, found.short, found.levels) == (Readiness.SOON, 2, 2)


@pytest.mark.parametrize("reason", Exclusion)
def test_a_conflict_a_sanction_or_too_little_time_leaves_out_and_says_why(
    office: PromotionOffice, reason: Exclusion
) -> None:
    if reason is Exclusion.CONFLICT:
        office.write(kinship, {"employee_id": GITA, "relative_id": WATI, "relation": "sibling"})
    elif reason is Exclusion.SANCTION:
        measure = {"measure": "demotion", "valid_from": date(2026, 1, 1), "decree": "HD-1"}
        office.write(sanction, {"id": 1, "employee_id": GITA, **measure})
    else:
        office.now += timedelta(days=365 * 16)  # she retires at 58
        has_levels(office, 3, 3, day=office.now.date())
        office.had_results(GITA, (2040, "SANGAT_BAIK"), (2041, "SANGAT_BAIK"))

    _number, (found,) = draw(office)

    assert (found.person, found.place, found.excluded) == (GITA, None, reason)


def test_the_appointing_authority_puts_a_version_in_force(office: PromotionOffice) -> None:
    number, _names = draw(office)

    office.engine.run(ApproveList(number, "800/12/2026"), office.actor(WATI))

    with office.engine.database.reading() as read:
        (found,) = versions_of(read, CITY, KEY_POST)
        standing = standings(read, CITY)[KEY_POST]
    assert (found.version, found.decree, found.approved_on) == (1, "800/12/2026", office.now.date())
    assert (standing.now, standing.soon) == (1, 0)


def test_a_later_version_takes_the_place_of_one_that_waits(office: PromotionOffice) -> None:
    first, _names = draw(office)
    with pytest.raises(StillWaiting):
        draw(office)
    office.now += timedelta(days=1)
    draw(office)

    with pytest.raises(NotNewest):
        office.engine.run(ApproveList(first, "800/12/2026"), office.actor(WATI))


def test_nobody_approves_what_he_drew_or_a_list_with_his_family(office: PromotionOffice) -> None:
    office.write(role_grant, {"id": 77, "employee_id": WATI, "role": "hr_head", "valid_from": SINCE})
    own, _names = draw(office, by=WATI)
    with pytest.raises((Forbidden, NotFound)):
        office.engine.run(ApproveList(own, "800/12/2026"), office.actor(WATI))

    office.now += timedelta(days=1)
    number, _names = draw(office)
    office.write(kinship, {"employee_id": WATI, "relative_id": GITA, "relation": "sibling"})

    with pytest.raises((Forbidden, NotFound)):
        office.engine.run(ApproveList(number, "800/12/2026"), office.actor(WATI))


def test_lists_are_kept_for_key_posts_with_a_standard(office: PromotionOffice) -> None:
    with pytest.raises(NoKeyPost):
        office.engine.run(DrawList(DEWI), office.actor(HASAN))
    with pytest.raises(NoStandard):
        office.engine.run(DrawList(SARI), office.actor(HASAN))


def test_a_follow_up_of_the_box_is_planned_told_and_brought_to_an_end(office: PromotionOffice) -> None:
    number = choose(office, note="Masuk kelompok rencana suksesi")

    office.engine.run(MoveFollowUp(number, FollowUpState.UNDER_WAY), office.actor(HASAN))
    office.engine.run(MoveFollowUp(number, FollowUpState.DONE, "SK kelompok terbit"), office.actor(HASAN))

    with office.engine.database.reading() as read:
        (found,) = follow_ups_of(read, CITY, GITA)
    assert (found.box, found.state, found.outcome) == (9, FollowUpState.DONE, "SK kelompok terbit")
    assert [(row.person, row.code) for row in office.rows(notice)] == [(GITA, "talent.follow_up")]


def test_a_follow_up_is_one_of_the_box_once_and_not_in_the_past(office: PromotionOffice) -> None:
    choose(office)

    refused: tuple[tuple[dict[str, Any], type[EngineError]], ...] = (
        ({"action": "counselling"}, NotOfTheBox),  # of box 3 and 6
        ({"employee": DEWI}, NotOfTheBox),  # she has no box yet
        ({"due_on": date(2026, 1, 1)}, PastDay),
        ({}, ChosenAlready),
    )
    for changed, error in refused:
        with pytest.raises(error):
            choose(office, **changed)


def test_what_is_over_says_what_came_of_it_and_stays(office: PromotionOffice) -> None:
    number, actor = choose(office), office.actor(HASAN)
    with pytest.raises(NoOutcome):
        office.engine.run(MoveFollowUp(number, FollowUpState.DROPPED, " "), actor)
    office.engine.run(MoveFollowUp(number, FollowUpState.DROPPED, "Pindah instansi"), actor)

    with pytest.raises(WrongState) as refused:
        office.engine.run(MoveFollowUp(number, FollowUpState.DONE, "Selesai"), actor)

    assert isinstance(refused.value, Conflict)
