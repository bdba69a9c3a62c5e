"""A post filled by the board: criteria before names, a ranking from figures, a decision with reasons, a new holder."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.casework import find_case, variables_of
from engine.commands.claim_task import ClaimTask
from engine.commands.delegate_task import DelegateTask
from engine.errors import Forbidden, NotFound
from engine.queries.inbox import group_tasks, my_tasks
from engine.records.case import CaseStatus
from engine.records.outbox import notice
from processes.people.careers import competency_level, kinship, sanction
from processes.people.records import placement, reporting_line, role_grant, unit_head
from processes.promotion.appointing.records import post_decree
from processes.promotion.board.commands.open_filling import FilledAlready, NotForBoard, NotVacant, OpenFilling
from processes.promotion.board.conditions import conditions_table
from processes.promotion.board.records import (
    board_candidate,
    board_criteria,
    board_outcome,
    board_place,
    board_voice,
)
from processes.promotion.board.variables import BOARD_PROCESS
from processes.promotion.jobs import follow_appointments
from tests.processes.board_office import (
    BAYU,
    BOARD,
    LENI,
    RINA,
    SECTION,
    TODAY,
    TONO,
    VACANT,
    appoint,
    choose,
    fill,
    open_board_office,
    propose,
    rank,
    review,
    sign,
)
from tests.processes.office import CITY
from tests.processes.promotion_office import CITRA, DEWI, GITA, HASAN, SARI, SINCE, WATI, PromotionOffice

FEBRUARY = datetime(2026, 2, 1, 2, tzinfo=UTC)
REASON = "Pengalaman di bidang gizi lebih panjang."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PromotionOffice]:
    with open_board_office(tmp_path) as opened:
        yield opened


def test_where_a_city_renames_the_table_candidates_are_judged_by_the_shipped_one(office: PromotionOffice) -> None:
    with office.engine.database.reading() as read:
        before = conditions_table(read, CITY)
    office.release(BOARD_PROCESS, lambda content: content.replace(b"post_promotion_conditions", b"own_table"))

    with office.engine.database.reading() as read:
        assert conditions_table(read, CITY).id == before.id


@pytest.fixture
def office_on_postgresql(on_postgresql: Path) -> Iterator[PromotionOffice]:
    with open_board_office(on_postgresql) as opened:
        yield opened


def test_on_postgresql_a_vacant_post_gets_its_new_holder(office_on_postgresql: PromotionOffice) -> None:
    office = office_on_postgresql
    rank(office)
    propose(office)
    choose(office, BAYU, REASON)
    appoint(office)
    office.until(FEBRUARY)

    follow_appointments(office.engine)

    assert {row.valid_from for row in office.rows(placement) if row.post_id == VACANT} == {SINCE, date(2026, 2, 1)}
    assert [row.place for row in office.rows(board_outcome)] == [2]


def test_the_first_of_the_ranking_is_appointed_and_holds_the_post(office: PromotionOffice) -> None:
    rank(office)
    propose(office)
    choose(office, RINA)
    appoint(office)
    assert office.view(VACANT).case.status is CaseStatus.OPEN  # until the day of effect
    office.until(FEBRUARY)
    follow_appointments(office.engine)

    assert office.view(VACANT).case.status is CaseStatus.FINISHED
    held = {(row.post_id, row.valid_from, row.valid_to) for row in office.rows(placement) if row.employee_id == RINA}
    assert held == {(RINA, SINCE, date(2026, 1, 31)), (VACANT, date(2026, 2, 1), None)}
    (decree,) = office.rows(post_decree)
    assert (decree.number, decree.kind, decree.approval_number) == (1, "board", "PT-9")


def test_the_new_holder_heads_the_unit_and_who_acted_for_it_acts_no_longer(office: PromotionOffice) -> None:
    office.write(reporting_line, {"id": 70, "employee_id": RINA, "appraiser_id": CITRA, "valid_from": SINCE})
    rank(office)
    propose(office)
    choose(office, RINA)
    appoint(office)
    office.until(FEBRUARY)

    follow_appointments(office.engine)
    follow_appointments(office.engine)

    heads = {(row.employee_id, row.kind): (row.valid_from, row.valid_to) for row in office.rows(unit_head)}
    assert heads[RINA, "definitif"] == (date(2026, 2, 1), None)
    assert heads[CITRA, "plt"] == (date(2025, 7, 1), date(2026, 1, 31))
    assert {row.valid_to for row in office.rows(reporting_line) if row.employee_id == RINA} == {date(2026, 1, 31)}


def test_nobody_is_looked_for_before_the_weights_are_signed(office: PromotionOffice) -> None:
    fill(office)
    office.does(HASAN, "set_criteria", performance_weight=60)

    assert office.rows(board_candidate) == []
    office.does(SARI, "sign_criteria", outcome="sign")

    (criteria,) = office.rows(board_criteria)
    assert (criteria.performance, criteria.competency, criteria.signed_by) == (60, 40, SARI)
    assert {row.employee_id for row in office.rows(board_candidate)} == {GITA, RINA, BAYU}


def test_weights_outside_the_bounds_of_the_city_come_back(office: PromotionOffice) -> None:
    fill(office)

    office.does(HASAN, "set_criteria", performance_weight=49)  # Serang: at least half

    assert office.waits_at(VACANT) == {"set_criteria"}


def test_whoever_set_the_weights_does_not_sign_them(office: PromotionOffice) -> None:
    office.write(role_grant, {"id": 77, "employee_id": HASAN, "role": "authorized_official", "valid_from": SINCE})
    fill(office)
    office.does(HASAN, "set_criteria", performance_weight=60)

    assert not may_claim(office, HASAN)


def may_claim(office: PromotionOffice, person: int) -> bool:
    """Say whether somebody may take the task that waits in his queue."""
    actor = office.actor(person)
    (row,) = office.engine.read(group_tasks, actor).rows
    try:
        office.engine.run(ClaimTask(row.case_id, row.token), actor)
    except (Forbidden, NotFound):
        return False
    return True


def test_the_ranking_is_made_of_ledger_and_competency_map_and_shared_places_are_kept(office: PromotionOffice) -> None:
    rank(office)

    totals = {row.employee_id: row.total for row in office.rows(board_candidate)}
    # 60 % of (80 + 100) / 2, and 40 % of five fifths or four fifths of the asked levels.
    assert totals == {RINA: Decimal(94), BAYU: Decimal(86), GITA: Decimal(86)}
    places = {row.employee_id: (row.place, row.is_shared) for row in office.rows(board_place)}
    assert places == {RINA: (1, False), BAYU: (2, True), GITA: (2, True)}


def test_who_does_not_meet_a_condition_is_kept_with_each_reason(office: PromotionOffice) -> None:
    measure = {"measure": "oral_reprimand", "valid_from": date(2025, 12, 1), "valid_to": date(2026, 5, 31)}
    office.write(sanction, {"id": 1, "employee_id": BAYU, "decree": "HD-1", **measure})
    office.had_results(GITA, (2023, "BAIK"))
    fill(office)

    sign(office)

    misses = {row.employee_id: (row.misses, row.total) for row in office.rows(board_candidate)}
    assert misses[BAYU] == ("sanctioned", None)
    assert misses[RINA][0] == ""


def test_without_any_candidate_the_agency_looks_again_or_ends_it_with_a_reason(office: PromotionOffice) -> None:
    with office.engine.database.writing() as connection:
        connection.execute(competency_level.delete())
    fill(office)
    sign(office)
    office.does(HASAN, "no_candidate", outcome="again")

    office.does(HASAN, "no_candidate", outcome="close", reason="Belum ada yang dinilai.")

    (outcome,) = office.rows(board_outcome)
    assert (outcome.outcome, outcome.reason) == ("closed", "Belum ada yang dinilai.")
    assert {row.round for row in office.rows(board_candidate)} == {1, 2}
    assert "closed" in office.view(VACANT).passed


def test_family_of_a_candidate_is_left_out_and_a_substitute_makes_the_quorum(office: PromotionOffice) -> None:
    office.write(kinship, {"employee_id": RINA, "relative_id": TONO, "relation": "sibling"})
    fill(office)
    sign(office)
    assert office.waits_at(VACANT) == {"complete_board"}

    office.write(role_grant, {"id": 77, "employee_id": WATI, "role": "promotion_board", "valid_from": SINCE})
    office.does(HASAN, "complete_board")
    for member in (SARI, LENI, WATI):
        review(office, member)

    voices = {row.employee_id: (row.answer, row.interest) for row in office.rows(board_voice)}
    assert voices == {
        SARI: ("agrees", None),
        LENI: ("agrees", None),
        WATI: ("agrees", None),
        TONO: ("left_out", "family"),
    }


def test_a_declared_conflict_and_silence_leave_no_quorum(office: PromotionOffice) -> None:
    fill(office)
    sign(office)
    review(office, SARI, "conflict", note="Keponakan seorang calon.")
    review(office, TONO, "remark", note="Periksa data kompetensi.")

    office.until(datetime(2026, 1, 26, 2, tzinfo=UTC))  # Leni is silent for ten working days

    assert office.waits_at(VACANT) == {"complete_board"}


def test_who_would_work_below_the_post_has_no_part_in_filling_it(office: PromotionOffice) -> None:
    with office.engine.database.writing() as connection:
        connection.execute(placement.update().where(placement.c.employee_id == TONO).values(unit_id=SECTION))
    fill(office)

    sign(office)

    left_out = variables(office)["board"]["left_out"]
    assert left_out == [{"member": TONO, "interest": "own_superior"}]


def variables(office: PromotionOffice) -> dict[str, Any]:
    """Return what the case holds now."""
    with office.engine.database.reading() as read:
        return dict(variables_of(find_case(read, "serang", office.case_of(VACANT))))


def test_another_than_the_first_needs_a_reason_which_is_kept(office: PromotionOffice) -> None:
    rank(office)
    propose(office)

    choose(office, BAYU)
    assert office.waits_at(VACANT) == {"decide"}
    choose(office, BAYU, REASON)
    office.does(HASAN, "await_approval", outcome="approved", number="PT-9", approved_on=TODAY)

    (outcome,) = office.rows(board_outcome)
    assert (outcome.employee_id, outcome.place, outcome.reason) == (BAYU, 2, REASON)
    assert (outcome.decided_by, outcome.minutes) == (WATI, "BA-1")
    told = {(row.person, row.code) for row in office.rows(notice) if row.code.startswith("board.")}
    assert {(BAYU, "board.chosen"), (RINA, "board.decided"), (GITA, "board.decided")} <= told


def test_somebody_who_was_not_proposed_cannot_be_chosen(office: PromotionOffice) -> None:
    rank(office)
    propose(office)

    choose(office, DEWI, REASON)

    assert office.waits_at(VACANT) == {"decide"}


def test_the_authority_sends_it_back_and_the_board_reckons_again(office: PromotionOffice) -> None:
    rank(office)
    propose(office)
    office.does(WATI, "decide", outcome="return", reason="Periksa lagi data kompetensi.")
    with office.engine.database.writing() as connection:
        connection.execute(competency_level.update().where(competency_level.c.employee_id == BAYU).values(level=3))

    office.does(HASAN, "keep_minutes", outcome="again", summary="Data kompetensi diperbaiki.")
    for member in BOARD:
        review(office, member)

    second = {row.employee_id: row.place for row in office.rows(board_place) if row.round == 2}
    assert second == {RINA: 1, BAYU: 1, GITA: 3}


def test_conditions_hold_on_the_day_of_the_decision_too(office: PromotionOffice) -> None:
    rank(office)
    propose(office)
    measure = {"measure": "demotion", "valid_from": TODAY, "decree": "HD-2"}
    office.write(sanction, {"id": 1, "employee_id": RINA, **measure})

    choose(office, RINA)

    assert office.waits_at(VACANT) == {"keep_minutes"}
    assert variables(office)["misses"] == ["sanctioned"]


def test_what_bkn_returns_goes_back_to_the_board(office: PromotionOffice) -> None:
    rank(office)
    propose(office)
    choose(office, RINA)

    office.does(HASAN, "await_approval", outcome="returned", reason="Lengkapi berita acara.")

    assert office.waits_at(VACANT) == {"keep_minutes"}
    office.does(HASAN, "keep_minutes", outcome="close", summary="Jabatan dihapus.")
    assert office.rows(board_outcome)[0].reason == "Jabatan dihapus."


def test_without_an_inauguration_the_decree_has_no_effect(office: PromotionOffice) -> None:
    rank(office)
    propose(office)
    choose(office, RINA)
    office.does(HASAN, "await_approval", outcome="approved", number="PT-9", approved_on=TODAY)
    office.does(HASAN, "issue_decree", decreed_on=TODAY, effective_on=TODAY)

    office.does(HASAN, "inaugurate", outcome="cancelled", reason="Mengundurkan diri.")
    follow_appointments(office.engine)

    (decree,) = office.rows(post_decree)
    assert (decree.cancelled, decree.holds_from) == ("Mengundurkan diri.", None)
    assert VACANT not in {row.post_id for row in office.rows(placement) if row.employee_id == RINA}


def test_a_candidate_does_no_step_of_it_even_as_an_officer(office: PromotionOffice) -> None:
    office.write(role_grant, {"id": 77, "employee_id": RINA, "role": "hr_verifier", "valid_from": SINCE})

    rank(office)

    assert office.waits_at(VACANT) == {"keep_minutes"}
    assert not may_claim(office, RINA)


def test_the_authority_does_not_decide_about_family(office: PromotionOffice) -> None:
    office.write(kinship, {"employee_id": WATI, "relative_id": RINA, "relation": "parent_child"})
    rank(office)
    propose(office)

    assert not may_claim(office, WATI)


@pytest.mark.parametrize(("post", "error"), [(DEWI, NotForBoard), (RINA, NotVacant)])
def test_only_vacant_posts_of_two_levels_are_filled(office: PromotionOffice, post: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        office.engine.run(OpenFilling(post), office.actor(HASAN))


def test_a_post_is_filled_once_at_a_time(office: PromotionOffice) -> None:
    fill(office)

    with pytest.raises(FilledAlready):
        fill(office)


def test_who_works_below_the_post_does_not_open_its_filling(office: PromotionOffice) -> None:
    with office.engine.database.writing() as connection:
        connection.execute(placement.update().where(placement.c.employee_id == HASAN).values(unit_id=SECTION))

    with pytest.raises((Forbidden, NotFound)):
        fill(office)


def test_a_member_of_the_board_answers_himself(office: PromotionOffice) -> None:
    fill(office)
    sign(office)
    actor = office.actor(LENI)
    (row,) = office.engine.read(my_tasks, actor).rows

    with pytest.raises(Forbidden):
        office.engine.run(DelegateTask(row.case_id, row.token, TONO), actor)
