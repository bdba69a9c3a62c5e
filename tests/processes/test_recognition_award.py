"""An award from the nomination to the decree, on a real database with the real diagram."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.casework import find_case, variables_of
from engine.commands.delegate_task import DelegateTask
from engine.errors import Forbidden, NotFound, PersonBarred
from engine.policy.actor import system_actor
from processes.people.careers import award, kinship, sanction
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role
from processes.recognition.commands.nominate import AlreadyNominated, NominateForAward, NotOpen
from processes.recognition.commands.open_program import USUAL_WEIGHTS, OpenProgram, WrongWeights
from processes.recognition.records import award_outcome, award_program
from tests.processes.award_office import CONFLICT, EVIDENCE, MONEY, REASON, SCORE, AwardOffice, open_award_office
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA, SECRETARY
from tests.processes.office import CITY

DECREE = {"number": "800/145/2026", "decree_on": date(2026, 10, 1)}
GRANTED = {"outcome": "grant", "reason": "Terbukti mempercepat layanan"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AwardOffice]:
    with open_award_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def nominated(office: AwardOffice) -> AwardOffice:
    """Dewi has been nominated by Citra and meets the criteria."""
    office.opens(**MONEY)
    office.has_result()
    office.nominates()
    return office


def test_from_nominated_to_published(nominated: AwardOffice) -> None:
    nominated.scores(budi={**SCORE, "performance": 60})
    nominated.does(HANA, "decide", **GRANTED)
    nominated.does(BUDI, "confirm_budget", available="yes", note="DPA 5.02.01.2.05")
    nominated.does(EKA, "issue_decree", **DECREE)
    nominated.does(DEWI, "consent", answer="yes")

    (given,) = nominated.rows(award)
    (outcome,) = nominated.rows(award_outcome)
    assert (given.employee_id, given.name, given.decree, given.case_id) == (
        DEWI,
        "ASN Berprestasi",
        "800/145/2026",
        nominated.case,
    )
    assert (outcome.reward, outcome.amount, outcome.is_public) == ("money", Decimal(2_500_000), True)
    # Two members give 90 x 50% + 80 x 25% + 70 x 25% = 82.5, one 60 instead of 90: 67.5.
    assert (outcome.score, outcome.voices, outcome.decided_by) == (Decimal("77.5"), 3, HANA)
    assert nominated.verifies() == set()


def test_whoever_has_a_sanction_is_not_scored_and_the_nominator_does_not_learn_why(office: AwardOffice) -> None:
    office.opens()
    office.has_result()
    office.puts(
        sanction, id=1, tenant=CITY, employee_id=DEWI, measure="demotion", valid_from=date(2026, 1, 1), decree="SK 1"
    )

    office.nominates()

    assert office.steps() == {("review_misses", "hr_verifier")}
    case, citra = office.view().case, office.actor(CITRA)
    with office.engine.database.reading() as read:
        assert not office.engine.policy.allows(citra, "result:view", case, read)


def test_mended_data_are_checked_again(office: AwardOffice) -> None:
    office.opens()
    office.nominates()
    office.has_result()

    office.does(EKA, "review_misses", outcome="again", note="Hasil TW 3 sudah diimpor")

    assert {step for step, _ in office.steps()} == {"score"}


def test_nobody_scores_for_kin_or_himself(office: AwardOffice) -> None:
    office.opens()
    office.has_result()
    office.puts(kinship, tenant=CITY, employee_id=BUDI, relative_id=DEWI, relation="saudara")

    office.nominates()

    assert office.steps() == {("complete_panel", "hr_verifier")}


def test_a_declared_conflict_asks_for_a_substitute_and_keeps_the_scores(nominated: AwardOffice) -> None:
    nominated.scores(budi=CONFLICT)

    assert nominated.steps() == {("complete_panel", "hr_verifier")}
    nominated.adds(HANA)
    nominated.does(EKA, "complete_panel", note="Hana menggantikan Budi")
    assert nominated.steps() == {("score", HANA)}


def test_members_who_stay_silent_are_passed_over(nominated: AwardOffice) -> None:
    nominated.does(SECRETARY, "score", **SCORE)

    nominated.let_pass(days=20)

    assert nominated.steps() == {("complete_panel", "hr_verifier")}
    assert nominated.rows(award_outcome) == []


def test_without_a_confirmed_budget_line_there_is_no_money(nominated: AwardOffice) -> None:
    nominated.scores()
    nominated.does(HANA, "decide", **GRANTED)

    nominated.let_pass(days=10)
    nominated.does(EKA, "issue_decree", **DECREE)
    nominated.let_pass(days=20)

    (outcome,) = nominated.rows(award_outcome)
    assert (outcome.reward, outcome.amount, outcome.dpa_code) == ("recognition", None, None)
    # Silence is no consent to publication.
    assert outcome.is_public is False


def test_a_declined_award_leaves_nothing_in_the_career(nominated: AwardOffice) -> None:
    nominated.scores()

    nominated.does(HANA, "decide", outcome="decline", reason="Buktinya belum lengkap")

    (outcome,) = nominated.rows(award_outcome)
    assert (outcome.outcome, outcome.reason) == ("declined", "Buktinya belum lengkap")
    assert nominated.rows(award) == []
    assert nominated.verifies() == set()


def test_nobody_nominates_himself_or_twice_or_too_late(nominated: AwardOffice) -> None:
    command = NominateForAward(nominated.program, DEWI, REASON, EVIDENCE)

    with pytest.raises(NotFound):
        nominated.engine.run(command, nominated.actor(DEWI))
    with pytest.raises(AlreadyNominated):
        nominated.engine.run(command, nominated.actor(BUDI))
    nominated.now = nominated.now.replace(year=2027)
    with pytest.raises(NotOpen):
        nominated.engine.run(command, nominated.actor(BUDI))


def test_the_checker_finds_an_award_that_no_step_gave(nominated: AwardOffice) -> None:
    nominated.scores()
    nominated.does(HANA, "decide", outcome="decline", reason="Buktinya belum lengkap")
    row = {"id": 5, "tenant": CITY, "employee_id": DEWI, "name": "Lain", "awarded_on": date(2026, 10, 1)}

    nominated.puts(award, **row, case_id=nominated.case)

    assert "record_unexplained" in nominated.verifies()


def test_a_verifier_carries_no_award_for_himself(office: AwardOffice) -> None:
    office.opens(panel=(SECRETARY, BUDI, CITRA))

    office.nominates(whom=EKA)

    assert office.steps() == {("review_misses", "hr_head")}


def test_whoever_becomes_verifier_later_does_not_carry_his_own_award(office: AwardOffice) -> None:
    office.opens()
    office.nominates()
    office.engine.run(GrantRole(DEWI, Role.HR_VERIFIER, date(2026, 1, 1)), system_actor(CITY))

    with pytest.raises((Forbidden, NotFound)):
        office.does(DEWI, "review_misses", outcome="again", note="Saya periksa sendiri")

    assert office.steps() == {("review_misses", "hr_verifier")}


def given_to_superior(office: AwardOffice) -> None:
    """Let Hana, who is to decide, give the task to her superior."""
    (task,) = office.waiting()
    office.engine.run(DelegateTask(office.case, task.token, SECRETARY), office.actor(HANA))


def test_whoever_decided_for_the_authority_is_named_and_not_the_authority(nominated: AwardOffice) -> None:
    nominated.scores()
    given_to_superior(nominated)

    nominated.does(SECRETARY, "decide", **GRANTED)
    nominated.does(BUDI, "confirm_budget", available="no", note="Tidak ada di DPA")
    nominated.does(EKA, "issue_decree", **DECREE)

    (outcome,) = nominated.rows(award_outcome)
    assert (outcome.decided_by, nominated.verifies()) == (SECRETARY, set())


def test_a_refusal_names_whoever_refused(nominated: AwardOffice) -> None:
    nominated.scores()
    given_to_superior(nominated)

    nominated.does(SECRETARY, "decide", outcome="decline", reason="Belum cukup bukti dampaknya")

    (outcome,) = nominated.rows(award_outcome)
    assert (outcome.decided_by, nominated.verifies()) == (SECRETARY, set())


def test_the_decision_is_not_given_to_kin_of_the_nominee(nominated: AwardOffice) -> None:
    nominated.scores()
    nominated.puts(kinship, tenant=CITY, employee_id=SECRETARY, relative_id=DEWI, relation="saudara")

    with pytest.raises(PersonBarred):
        given_to_superior(nominated)

    assert nominated.steps() == {("decide", HANA)}


@pytest.mark.parametrize("performance", ["49.99", "40", "0"])
def test_in_serang_no_award_weighs_performance_less_than_half(office: AwardOffice, performance: str) -> None:
    days = (date(2026, 9, 1), date(2026, 12, 31))
    weights = {"performance": Decimal(performance), "conduct": Decimal(25), "impact": 75 - Decimal(performance)}

    with pytest.raises(WrongWeights):
        office.engine.run(OpenProgram("ASN Berprestasi", *days, weights), office.actor(EKA))

    assert office.rows(award_program) == []


def test_the_weights_of_an_award_are_fixed_before_anybody_is_named(nominated: AwardOffice) -> None:
    (program,) = nominated.rows(award_program)

    with nominated.engine.database.reading() as read:
        given = variables_of(find_case(read, CITY, nominated.case))["weights"]

    assert {name: getattr(program, f"weight_{name}") for name in given} == given == USUAL_WEIGHTS
    assert given["performance"] >= given["conduct"] + given["impact"]
