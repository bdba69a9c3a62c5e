"""An open selection from the announcement to the post, and every way in which it can go otherwise."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from engine.commands.cancel_case import CancelCase
from engine.commands.claim_task import ClaimTask
from engine.errors import Forbidden, NotFound
from engine.policy.actor import system_actor
from engine.records.case import CaseStatus
from engine.records.outbox import notice
from processes.people.careers import kinship, sanction
from processes.people.records import placement, reporting_line
from processes.promotion.appointing.records import post_decree
from processes.promotion.selection.commands.apply import (
    ApplyForPost,
    CannotWithdraw,
    NotReceiving,
    WithdrawApplication,
)
from processes.promotion.selection.commands.change_panel import (
    AddPanelMember,
    NamesKnown,
    NotForPanel,
    ReasonNeeded,
    RemovePanelMember,
)
from processes.promotion.selection.commands.open_selection import NotVacant, TooShort, WrongWeights
from processes.promotion.selection.queries.selections import find_selection
from processes.promotion.selection.queries.vacant import vacant_posts
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.records import (
    selection,
    selection_check,
    selection_outcome,
    selection_rank,
    selection_score,
    selection_stage,
)
from tests.processes.office import CITY
from tests.processes.promotion_office import DEWI, HASAN, SINCE, WATI
from tests.processes.selection_office import (
    ANI,
    APPLICANTS,
    BAYU,
    CICI,
    DODI,
    EKO,
    FILES,
    LINA,
    MARTO,
    OUTSIDE,
    PANEL,
    SUBSTITUTE,
    VACANT,
    WEIGHTS,
    SelectionOffice,
    open_selection_office,
)

REASON = "Pengalaman memimpin layanan yang sama lebih panjang."
DECREED = {"decreed_on": date(2026, 1, 31), "effective_on": date(2026, 2, 1)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SelectionOffice]:
    with open_selection_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def applied(office: SelectionOffice) -> SelectionOffice:
    """A selection with a panel, for which four have applied."""
    office.opens()
    office.apply(*APPLICANTS)
    return office


@pytest.fixture
def ranked(office: SelectionOffice) -> SelectionOffice:
    """A selection in which everybody has scored."""
    office.reaches_the_ranking()
    return office


def chosen(office: SelectionOffice, person: int, reason: str | None = None) -> None:
    """Let the appointing authority choose somebody."""
    office.does(WATI, "choose", outcome="choose", candidate=office.number_of(person), reason=reason)


def test_from_the_announcement_to_the_post(ranked: SelectionOffice) -> None:
    ranked.recommends()
    chosen(ranked, CICI)
    ranked.does(HASAN, "issue_decree", **DECREED)
    ranked.does(HASAN, "inaugurate", outcome="inaugurated", inaugurated_on=date(2026, 1, 31))
    ranked.city.until(datetime(2026, 2, 2, 2, tzinfo=UTC))

    (decree,) = ranked.city.rows(post_decree)
    (outcome,) = ranked.city.rows(selection_outcome)
    assert ranked.view().case.status is CaseStatus.FINISHED
    assert (decree.employee_id, decree.post_id, decree.approval_number) == (CICI, VACANT, "R-77")
    assert (outcome.outcome, outcome.employee_id, outcome.place, outcome.decided_by) == ("chosen", CICI, 1, WATI)
    assert ranked.verifies() <= {"audit_unsealed"}
    assert ranked.stages() == [
        *("receiving", "screening", "paper", "assessment", "interview"),
        *("minutes", "bkn", "announced", "appointing", "done"),
    ]


def test_four_stages_make_one_list_by_the_weights_of_the_announcement(ranked: SelectionOffice) -> None:
    rows = {row.employee_id: row for row in ranked.city.rows(selection_rank)}

    # Rubric 77 for all: 15 + 20 predicates, 25 years in the post, 12 education, 5 without a sanction.
    assert rows[CICI].value == Decimal("82.40")
    assert [rows[person].place for person in (CICI, ANI, BAYU, DODI)] == [1, 2, 3, 4]
    assert {person for person, row in rows.items() if row.is_named} == {ANI, BAYU, CICI}
    assert len(ranked.city.rows(selection_score)) == 4 * (5 + 5 + 1 + 1)


def test_another_than_the_first_needs_a_reason_whatever_the_form_let_through(ranked: SelectionOffice) -> None:
    ranked.recommends()

    chosen(ranked, ANI, "Cocok")
    assert ranked.steps() == {("choose", "appointing_authority")}
    chosen(ranked, ANI, REASON)

    (outcome,) = ranked.city.rows(selection_outcome)
    assert (outcome.employee_id, outcome.place, outcome.reason) == (ANI, 2, REASON)


def test_only_one_of_the_three_names_can_be_chosen_and_nobody_who_has_withdrawn(ranked: SelectionOffice) -> None:
    ranked.recommends()
    ranked.engine.run(WithdrawApplication(ranked.case, "Pindah tugas"), ranked.actor(CICI))

    for number in (ranked.number_of(DODI), ranked.number_of(CICI), "9", ""):
        ranked.does(WATI, "choose", outcome="choose", candidate=number, reason=REASON)
        assert ranked.steps() == {("choose", "appointing_authority")}


def test_the_authority_may_close_without_choosing(ranked: SelectionOffice) -> None:
    ranked.recommends()

    ranked.does(WATI, "choose", outcome="close", candidate=None, reason="Ketiga calon mengundurkan diri.")

    (outcome,) = ranked.city.rows(selection_outcome)
    assert (outcome.outcome, outcome.reason) == ("closed", "Ketiga calon mengundurkan diri.")
    assert ranked.stages()[-1] == "closed"


def test_what_bkn_returns_goes_back_to_the_minutes(ranked: SelectionOffice) -> None:
    ranked.does(HASAN, "sign_minutes", number="BA-1", signed_on=date(2026, 1, 31), document=[])

    ranked.does(HASAN, "await_recommendation", outcome="returned", reason="Lampiran kurang")

    assert ranked.steps() == {("sign_minutes", "hr_verifier")}


def test_whoever_misses_a_requirement_learns_each_reason_and_goes_no_further(office: SelectionOffice) -> None:
    office.opens()
    office.apply(*APPLICANTS, EKO)
    measure = {"measure": "written_reprimand", "valid_from": date(2026, 1, 1), "decree": "HD-1"}
    office.city.write(sanction, {"id": 1, "employee_id": EKO, **measure})
    office.closes()

    office.screens(n4="Ijazah tidak terbaca")

    rows = {row.employee_id: row for row in office.city.rows(selection_check)}
    assert rows[EKO].misses == "grade_low sanctioned"
    assert (rows[DODI].misses, rows[DODI].reason) == ("documents", "Ijazah tidak terbaca")
    assert [person for person, row in rows.items() if row.is_passed] == [ANI, BAYU, CICI]
    assert {row.person for row in office.city.rows(notice) if row.code == "selection.not_passed"} == {DODI, EKO}


def test_too_few_applicants_extend_the_announcement_once(office: SelectionOffice) -> None:
    office.opens()
    office.apply(ANI)
    office.closes()

    office.lets_pass(20)  # nobody decides: silence extends
    assert office.stages() == ["receiving", "receiving"]
    office.apply(BAYU)
    office.lets_pass(30)

    assert {element for element, _ in office.steps()} == {"close_short"}


def test_the_agency_may_close_a_selection_that_nobody_wants(office: SelectionOffice) -> None:
    office.opens()
    office.closes()

    office.does(HASAN, "decide_shortage", outcome="close", reason="Jabatan akan dihapus")

    (outcome,) = office.city.rows(selection_outcome)
    assert (outcome.outcome, outcome.reason, outcome.decided_by) == ("closed", "Jabatan akan dihapus", HASAN)
    assert office.verifies() <= {"audit_unsealed"}


def test_family_and_subordinates_of_a_candidate_do_not_score(applied: SelectionOffice) -> None:
    applied.city.write(kinship, {"employee_id": ANI, "relative_id": LINA, "relation": "sibling"})
    line = {"id": 99, "employee_id": MARTO, "appraiser_id": BAYU, "valid_from": SINCE}
    applied.city.write(reporting_line, line)
    applied.closes()

    applied.screens()

    assert applied.steps() == {("declare", person) for person in OUTSIDE}


def test_a_panel_that_is_none_waits_for_a_substitute_with_a_reason(applied: SelectionOffice) -> None:
    applied.closes()
    applied.screens()
    applied.declare(*PANEL[:4])
    applied.declare(OUTSIDE[2], answer="conflict")
    assert applied.steps() == {("complete_panel", "hr_verifier")}

    with pytest.raises(ReasonNeeded):
        applied.adds(SUBSTITUTE)
    applied.adds(SUBSTITUTE, "Menggantikan anggota yang berkerabat")
    applied.does(HASAN, "complete_panel", note="Satu pengganti")
    applied.declare(SUBSTITUTE)

    assert applied.steps() == {("score", person) for person in (*PANEL[:4], SUBSTITUTE)}


def test_a_silent_member_is_reminded_then_replaced_and_scores_that_were_given_stay(applied: SelectionOffice) -> None:
    applied.closes()
    applied.screens()
    applied.declare(*PANEL)
    applied.score(Stage.PAPER, *PANEL[:4])

    applied.lets_pass(8)
    assert {row.person for row in applied.city.rows(notice) if row.code == "selection.remind"} == {OUTSIDE[2]}
    applied.lets_pass(10)
    applied.adds(SUBSTITUTE, "Menggantikan anggota yang diam")
    applied.does(HASAN, "complete_panel", note="Satu pengganti")
    applied.declare(SUBSTITUTE)

    assert applied.steps() == {("score", SUBSTITUTE)}
    applied.score(Stage.PAPER, SUBSTITUTE)
    assert applied.steps() == {("enter_scores", "hr_verifier")}


def test_a_member_who_does_not_declare_does_not_score(applied: SelectionOffice) -> None:
    applied.closes()
    applied.screens()
    applied.declare(*PANEL[:4])

    applied.lets_pass(8)

    assert applied.steps() == {("complete_panel", "hr_verifier")}


def test_a_candidate_who_withdraws_is_ranked_nowhere(applied: SelectionOffice) -> None:
    applied.closes()
    applied.screens()
    applied.declare(*PANEL)
    applied.score(Stage.PAPER, *PANEL)
    applied.engine.run(WithdrawApplication(applied.case, "Pindah tugas"), applied.actor(CICI))
    applied.assess()
    applied.score(Stage.INTERVIEW, *PANEL)

    assert [row.employee_id for row in applied.city.rows(selection_rank) if row.place == 1] == [ANI]
    assert CICI not in {row.employee_id for row in applied.city.rows(selection_rank)}


def test_a_selection_without_candidates_ends(applied: SelectionOffice) -> None:
    applied.closes()
    applied.screens()
    for person in APPLICANTS:
        applied.engine.run(WithdrawApplication(applied.case, "Pindah tugas"), applied.actor(person))

    applied.declare(*PANEL)

    assert applied.stages()[-1] == "closed"
    with pytest.raises(CannotWithdraw):
        applied.engine.run(WithdrawApplication(applied.case, "Pindah tugas"), applied.actor(ANI))


def test_nobody_has_a_part_in_a_selection_of_his_family(ranked: SelectionOffice) -> None:
    ranked.city.write(kinship, {"employee_id": DODI, "relative_id": HASAN, "relation": "spouse"})

    (task,) = ranked.waiting()

    with pytest.raises((Forbidden, NotFound)):
        ranked.engine.run(ClaimTask(ranked.case, task.token), ranked.actor(HASAN))


def test_an_authority_with_an_interest_leaves_the_choice_to_the_official(ranked: SelectionOffice) -> None:
    ranked.city.write(kinship, {"employee_id": BAYU, "relative_id": WATI, "relation": "child"})

    ranked.recommends()

    assert ranked.steps() == {("choose", "authorized_official")}


def test_a_candidate_does_not_read_the_case_that_holds_everybodys_scores(ranked: SelectionOffice) -> None:
    case, policy = ranked.view().case, ranked.engine.policy
    with ranked.engine.database.reading() as read:
        assert policy.allows(ranked.actor(HASAN), "case:view", case, read)
        assert not policy.allows(ranked.actor(ANI), "case:view", case, read)


def test_weights_days_and_post_are_checked_before_anything_begins(office: SelectionOffice) -> None:
    with pytest.raises(WrongWeights):
        office.opens(weights={**WEIGHTS, Stage.INTERVIEW: Decimal(40)})
    with pytest.raises(TooShort):
        office.opens(closes_on=date(2026, 1, 15))
    holder = {"id": 500, "employee_id": DEWI, "unit_id": 101, "post_id": VACANT, "valid_from": SINCE}
    office.city.write(placement, holder)
    with pytest.raises(NotVacant):
        office.opens()


def test_a_post_is_announced_once_at_a_time(applied: SelectionOffice) -> None:
    with pytest.raises(NotVacant):
        applied.opens()


def test_a_cancelled_selection_takes_nobody_and_frees_the_post(applied: SelectionOffice) -> None:
    applied.engine.run(CancelCase(applied.case, "Jabatan diusulkan dihapus"), system_actor(CITY))

    with pytest.raises(NotReceiving):
        applied.engine.run(ApplyForPost(applied.case, FILES), applied.actor(EKO))
    with applied.engine.database.reading() as read:
        assert find_selection(read, CITY, applied.case).is_cancelled
        assert [post.id for post in vacant_posts(read, CITY, applied.city.now.date())] == [VACANT]


def test_nobody_applies_twice_or_late_or_from_the_panel(applied: SelectionOffice) -> None:
    for person in (ANI, LINA):
        with pytest.raises(NotReceiving):
            applied.apply(person)
    applied.closes()
    with pytest.raises(NotReceiving):
        applied.engine.run(ApplyForPost(applied.case, FILES), applied.actor(EKO))


def test_a_candidate_or_a_stranger_cannot_sit_on_the_panel(applied: SelectionOffice) -> None:
    with pytest.raises(NotForPanel):
        applied.adds(ANI)
    with pytest.raises(NotForPanel):
        applied.adds(LINA)
    with pytest.raises(NotFound):
        applied.engine.run(AddPanelMember(applied.case, 4711), applied.actor(HASAN))


def test_members_are_taken_off_only_before_names_are_known(applied: SelectionOffice) -> None:
    applied.engine.run(RemovePanelMember(applied.case, LINA), applied.actor(HASAN))
    applied.engine.run(RemovePanelMember(applied.case, LINA), applied.actor(HASAN))  # twice is fine
    applied.adds(LINA)
    applied.closes()

    with pytest.raises(NamesKnown):
        applied.engine.run(RemovePanelMember(applied.case, LINA), applied.actor(HASAN))


def test_records_that_somebody_has_touched_are_found(ranked: SelectionOffice) -> None:
    with ranked.engine.database.writing() as connection:
        connection.execute(selection_rank.update().where(selection_rank.c.employee_id == ANI).values(place=1))
        connection.execute(selection_stage.delete().where(selection_stage.c.number == 2))
        connection.execute(selection.update().values(weight_paper=Decimal(15), weight_record=Decimal(25)))

    assert ranked.verifies() >= {"record_differs", "record_missing"}
    assert {"table": "selection_rank", "column": "place"} in ranked.differences()


def test_what_was_not_inaugurated_leaves_no_holder(ranked: SelectionOffice) -> None:
    ranked.recommends()
    chosen(ranked, CICI)
    ranked.does(HASAN, "issue_decree", **DECREED)

    ranked.does(HASAN, "inaugurate", outcome="cancelled", reason="Mengundurkan diri")

    (decree,) = ranked.city.rows(post_decree)
    assert (decree.cancelled, decree.holds_from) == ("Mengundurkan diri", None)
    assert ranked.stages()[-1] == "closed"
