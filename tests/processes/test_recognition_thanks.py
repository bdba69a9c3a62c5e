"""Thanks and ideas as their pages ask for them, and what lists of awards show, on both databases."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.errors import NotFound
from processes.recognition.commands.add_idea import AddIdea
from processes.recognition.commands.change_thanks import AnswerThanks, ReportThanks, ReviewThanks
from processes.recognition.commands.find_useful import FindUseful
from processes.recognition.commands.follow_idea import MoveIdea, WrongStage
from processes.recognition.commands.thank import EnoughThanks, Thank
from processes.recognition.queries.colleagues import choose_from
from processes.recognition.queries.ideas import idea_page, register_of
from processes.recognition.queries.nominations import decrees_of, published_awards, waiting_for_score
from processes.recognition.queries.thanks import own_thanks, reported_thanks, team_wall, wall_of
from processes.recognition.records import Kind, Shown, Stage
from tests.processes.award_office import SCORE, AwardOffice, open_award_office
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA, SECRETARY

WORDS = "Terima kasih sudah menyelesaikan laporan."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[AwardOffice]:
    with open_award_office(tmp_path) as opened:
        yield opened


def thanked(office: AwardOffice, by: int = EKA, whom: int = DEWI, shown: Shown = Shown.SHOWN) -> int:
    number = int(office.engine.run(Thank(whom, WORDS), office.actor(by)).value)
    office.engine.run(AnswerThanks(number, shown), office.actor(whom))
    return number


def test_the_wall_is_for_the_unit_and_for_whoever_appraises(office: AwardOffice) -> None:
    thanked(office)
    read = office.engine.read

    assert [one.text for one in read(wall_of, office.actor(BUDI))] == [WORDS]
    assert [one.receiver for one in read(team_wall, office.actor(CITRA))] == [DEWI]
    assert read(wall_of, office.actor(HANA)) == ()


def test_thanks_that_are_kept_are_for_two_only(office: AwardOffice) -> None:
    thanked(office, shown=Shown.KEPT)
    read = office.engine.read

    assert read(wall_of, office.actor(BUDI)) == ()
    assert len(read(own_thanks, office.actor(DEWI)).received) == len(read(own_thanks, office.actor(EKA)).given) == 1


def test_a_verifier_does_not_review_his_own_words(office: AwardOffice) -> None:
    number = thanked(office)
    office.engine.run(ReportThanks(number, "Berlebihan"), office.actor(DEWI))

    with pytest.raises(NotFound):
        office.engine.run(ReviewThanks(number, True), office.actor(EKA))
    office.engine.run(ReviewThanks(number, False), office.actor(SECRETARY))

    assert office.engine.read(own_thanks, office.actor(DEWI)).received == ()
    assert office.engine.read(reported_thanks, office.actor(SECRETARY)) == ()


def test_a_month_later_one_may_thank_again(office: AwardOffice) -> None:
    for _time in range(2):
        thanked(office)
    with pytest.raises(EnoughThanks):
        thanked(office)

    office.now += timedelta(days=31)

    assert thanked(office)


def test_an_idea_is_tried_before_it_is_adopted(office: AwardOffice) -> None:
    idea = AddIdea(Kind.INNOVATION, "Antrean daring", "Warga memilih jam datang.")
    number = office.engine.run(idea, office.actor(DEWI)).value
    with pytest.raises(WrongStage):
        office.engine.run(MoveIdea(number, Stage.ADOPTED, "Langsung"), office.actor(BUDI))

    office.engine.run(MoveIdea(number, Stage.TRIAL, "Dicoba"), office.actor(BUDI))
    office.engine.run(MoveIdea(number, Stage.ADOPTED, "Terbukti"), office.actor(BUDI))
    office.engine.run(FindUseful(number), office.actor(HANA))

    page = office.engine.read(idea_page, office.actor(HANA), number)
    assert [step.stage for step in page.steps] == [Stage.TRIAL, Stage.ADOPTED]
    assert (page.idea.voices, page.has_voted) == (1, True)
    assert [one.id for one in office.engine.read(register_of, office.actor(HANA), Kind.INNOVATION)] == [number]
    assert office.verifies() == set()


def test_lists_of_awards_show_what_waits_and_what_was_published(office: AwardOffice) -> None:
    office.opens()
    office.has_result()
    office.nominates()
    read = office.engine.read

    assert [one.case_id for one in read(waiting_for_score, office.actor(BUDI))] == [office.case]
    for person in (SECRETARY, BUDI, EKA):
        office.does(person, "score", **SCORE)
    office.does(HANA, "decide", outcome="grant", reason="Terbukti mempercepat layanan")
    office.does(EKA, "issue_decree", number="800/145/2026", decree_on=date(2026, 10, 1))
    assert read(published_awards, office.actor(CITRA), 1).rows == ()
    office.does(DEWI, "consent", answer="yes")

    assert [one.name for one in read(published_awards, office.actor(CITRA), 1).rows] == ["Dewi"]
    assert [one.number for one in read(decrees_of, office.actor(EKA), 2026)] == ["800/145/2026"]
    assert read(waiting_for_score, office.actor(BUDI)) == ()


def test_colleagues_are_those_of_the_unit_or_of_a_name(office: AwardOffice) -> None:
    day, read = office.now.date(), office.engine.read

    assert {one.id for one in read(choose_from, office.actor(DEWI), day)} == {BUDI, CITRA, EKA}
    assert [one.name for one in read(choose_from, office.actor(DEWI), day, "han")] == ["Hana"]
