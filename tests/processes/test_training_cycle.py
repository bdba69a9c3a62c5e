"""A gap leads to a training that closes it: every path of the diagrams of training."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.commands.complete_task import CompleteTask
from engine.errors import NotFound
from engine.policy.actor import system_actor
from processes.people.queries.competencies import competency_gaps
from processes.training.commands.nominate import EnrolmentClosed, NominatedAlready, ReasonMissing
from processes.training.commands.open_needs import OpenNeeds
from processes.training.queries.hours import hours_in, records_of
from processes.training.queries.nominations import places_of, rounds_of
from processes.training.records import NeedKind, NominationStatus, training_evaluation
from tests.processes.city_hall import CITY_UNIT, OFFICE
from tests.processes.training_hall import (
    BUDI,
    CITRA,
    CITY,
    COURSE,
    DEWI,
    EKA,
    FIRST,
    HANA,
    OFFICER,
    SECOND,
    SECRETARY,
    VERIFIER,
    TrainingHall,
    had_figures,
    had_result,
    open_training_hall,
)

HELD = date(2026, 12, 2)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[TrainingHall]:
    """A city hall with a catalogue."""
    with open_training_hall(tmp_path) as opened:
        yield opened


@pytest.fixture
def chosen(hall: TrainingHall) -> TrainingHall:
    """Dewi and Eka were nominated, and the only seat went to Dewi, whose gap is wider."""
    for person in (EKA, DEWI):
        hall.nominate(person)
        hall.approve(person)
    hall.chosen_by_verifier()
    return hall


def attend(hall: TrainingHall, share: str = "100", post_test: str | None = "85") -> None:
    """Let the session be held, and BKPSDM record who was there."""
    hall.until(HELD)
    row: dict[str, object] = {"share": Decimal(share), "pre_test": Decimal(50)}
    row |= {"post_test": Decimal(post_test) if post_test else None, "certificate": None}
    hall.does(VERIFIER, "record_attendance", rows=[row])


def gap_of(hall: TrainingHall, person: int) -> int:
    with hall.engine.database.reading() as read:
        (found,) = competency_gaps(read, CITY, person, day=hall.now.date())
    return found.gap


def test_a_gap_leads_to_a_training_that_closes_it(chosen: TrainingHall) -> None:
    assert gap_of(chosen, DEWI) == 2
    chosen.does(DEWI, "confirm", DEWI, answer="coming")

    attend(chosen)
    chosen.does(DEWI, "react", DEWI, material="5", trainer="4", organisation="3", note="")

    assert (chosen.status(DEWI), gap_of(chosen, DEWI)) == (NominationStatus.COMPLETED, 0)
    with chosen.engine.database.reading() as read:
        (record,) = records_of(read, CITY, DEWI)
    assert (record.hours, record.certificate, hours_in([record], 2026)) == (16, "SERT-00001/2026", 16)


def test_the_widest_gap_gets_the_seat_and_the_other_waits(chosen: TrainingHall) -> None:
    with chosen.engine.database.reading() as read:
        places = {one.place: one for one in places_of(read, CITY, FIRST).values()}
        (decided,) = rounds_of(read, CITY, FIRST)

    assert (chosen.status(DEWI), chosen.status(EKA)) == (NominationStatus.CHOSEN, NominationStatus.WAITING)
    assert (places[1].score, places[2].score) == (Decimal("0.45"), Decimal("0.325"))
    assert (decided.decided_by, decided.seed.isdigit()) == (VERIFIER, True)


def test_a_seat_that_somebody_cannot_take_goes_to_the_first_on_the_waiting_list(chosen: TrainingHall) -> None:
    chosen.does(DEWI, "confirm", DEWI, answer="cannot", reason="Sakit")

    assert (chosen.status(DEWI), chosen.status(EKA)) == (NominationStatus.WITHDRAWN, NominationStatus.CHOSEN)
    assert chosen.nomination(EKA).letter == "ST-0002/BKPSDM/2026"


def test_whoever_got_no_seat_goes_on_to_the_next_session(chosen: TrainingHall) -> None:
    chosen.until(HELD)

    assert (chosen.nomination(EKA).session_id, chosen.status(EKA)) == (SECOND, NominationStatus.QUEUED)


def test_without_another_session_for_half_a_year_a_nomination_lapses(hall: TrainingHall) -> None:
    hall.nominate(EKA, session=SECOND)
    hall.approve(EKA)
    hall.nominate(DEWI, session=SECOND)
    hall.approve(DEWI)
    hall.until(date(2027, 1, 19))
    hall.does(VERIFIER, "choose", rows=hall.ranking())

    hall.until(date(2027, 5, 15))

    assert hall.status(EKA) is NominationStatus.LAPSED


def test_the_ranking_holds_when_nobody_confirms_it(hall: TrainingHall) -> None:
    hall.nominate(DEWI)
    hall.approve(DEWI)

    hall.until(date(2026, 11, 24))

    assert hall.status(DEWI) is NominationStatus.CHOSEN


def test_silence_of_superior_and_officer_holds_nobody_up(hall: TrainingHall) -> None:
    hall.nominate(DEWI)
    assert hall.task("approve", DEWI).assignee == CITRA

    hall.until(date(2026, 10, 10))
    assert hall.task("review", DEWI).assignee == OFFICER
    hall.until(date(2026, 10, 20))

    assert hall.status(DEWI) is NominationStatus.QUEUED


@pytest.mark.parametrize(("person", "element"), [(CITRA, "approve"), (OFFICER, "review")])
def test_superior_and_officer_may_decline_with_a_reason(hall: TrainingHall, person: int, element: str) -> None:
    hall.nominate(DEWI)
    if element == "review":
        hall.does(CITRA, "approve", DEWI, decision="approve")

    hall.does(person, element, DEWI, decision="decline", reason="Pekerjaan menumpuk")

    assert hall.status(DEWI) is NominationStatus.DECLINED


def test_a_superior_nominates_with_a_reason_and_approves_by_that(hall: TrainingHall) -> None:
    hall.nominate(DEWI, by=CITRA, reason="Akan memegang pengadaan")

    assert hall.task("approve", DEWI) is None
    assert hall.task("review", DEWI).assignee == OFFICER


def test_without_a_recorded_gap_nobody_nominates_himself(hall: TrainingHall) -> None:
    hall.nominate(HANA)

    found = hall.nomination(HANA)
    assert (found.status, found.status_reason) == (NominationStatus.REFUSED, "no_gap")


def test_a_weak_result_opens_a_draft_and_counts_as_a_need(hall: TrainingHall) -> None:
    had_result(hall, HANA)

    assert hall.engine.run(OpenNeeds(), system_actor(CITY)).value == 1
    assert hall.engine.run(OpenNeeds(), system_actor(CITY)).value == 0
    hall.nominate(HANA)

    found = hall.nomination(HANA)
    assert (found.status, found.need) == (NominationStatus.PROPOSED, NeedKind.PERFORMANCE)
    assert found.performance_gap == 20


def test_too_little_attendance_gives_no_certificate(chosen: TrainingHall) -> None:
    chosen.does(DEWI, "confirm", DEWI, answer="coming")

    attend(chosen, share="79.9")

    assert chosen.status(DEWI) is NominationStatus.ABSENT


def test_whoever_does_not_pass_gets_the_hours_but_not_the_competency(chosen: TrainingHall) -> None:
    attend(chosen, post_test="69.9")

    assert (chosen.status(DEWI), gap_of(chosen, DEWI)) == (NominationStatus.COMPLETED, 2)


def test_attendance_that_nobody_records_goes_to_the_head_of_the_agency(chosen: TrainingHall) -> None:
    chosen.until(date(2026, 12, 12))

    assert chosen.task("record_for_agency").candidate == "hr_head"


def test_level_3_says_that_it_is_applied_and_level_4_what_it_changed(chosen: TrainingHall) -> None:
    attend(chosen)
    chosen.until(date(2026, 12, 12))  # nobody fills in level 1
    chosen.until(date(2027, 3, 5))

    for person in (DEWI, CITRA):
        applied(chosen, person)
    applied(chosen, EKA)
    chosen.until(date(2027, 6, 3))
    figures = {"measure": "IKM", "before": Decimal(81), "after": Decimal(84), "sample": 120}
    chosen.does(BUDI, "measure", DEWI, **figures, others="Dinas Sosial: 80 ke 81", source="SKM")

    with chosen.engine.database.reading() as read:
        rows = read.execute(training_evaluation.select()).all()
    assert {(row.level, row.source, row.is_applied) for row in rows} == {
        (3, "alumni", True),
        (3, "superior", True),
        (3, "colleague", True),
        (4, "unit", None),
    }


@pytest.fixture
def looked_back_upon(chosen: TrainingHall) -> TrainingHall:
    """Half a year has passed since the training, and the unit's index is known before and after it."""
    attend(chosen)
    had_figures(chosen, OFFICE, (2026, 3, "ikm", "81"), (2027, 1, "ikm", "84.5"), (2027, 1, "n", "120"))
    had_figures(chosen, OFFICE, (2026, 3, "S5", "88"), (2027, 1, "S5", "92.5"))
    had_figures(chosen, CITY_UNIT, (2026, 3, "ikm", "80"), (2027, 1, "ikm", "80.5"))
    chosen.until(date(2027, 6, 3))
    return chosen


def figures_of(hall: TrainingHall, level: int) -> Any:
    unit = (training_evaluation.c.level == level) & (training_evaluation.c.source == "unit")
    with hall.engine.database.reading() as read:
        return read.execute(training_evaluation.select().where(unit)).one()


def test_the_unit_s_imported_figures_are_taken_over_when_nobody_measures(looked_back_upon: TrainingHall) -> None:
    looked_back_upon.until(date(2027, 6, 20))

    row, share = figures_of(looked_back_upon, 4), figures_of(looked_back_upon, 3)
    assert (row.before, row.after, row.sample, row.answered_by) == (81, Decimal("84.5"), 120, None)
    assert (share.measure, share.before, share.after) == ("S5", 88, Decimal("92.5"))
    assert row.others.startswith("Sekretariat Daerah 80 ke 80,5")
    assert row.note == "Angka unit ikm: triwulan 3 tahun 2026 (angka.csv) dan triwulan 1 tahun 2027 (angka.csv)"


def test_the_head_corrects_a_figure_that_was_taken_over_with_a_reason(looked_back_upon: TrainingHall) -> None:
    given = {"measure": "IKM", "before": Decimal(82), "after": Decimal(84), "sample": 120}
    words = {"others": "Sekretariat", "source": "SKM", "correction": "Survei pertama dihitung ulang"}

    looked_back_upon.does(BUDI, "measure", DEWI, **given, **words)

    row = figures_of(looked_back_upon, 4)
    assert (row.before, row.answered_by, row.correction) == (82, BUDI, "Survei pertama dihitung ulang")


def applied(hall: TrainingHall, person: int) -> None:
    """Let somebody say that what was learnt is often applied."""
    (task,) = [row for row in hall.tasks(person) if row.element == "ask"]
    hall.engine.run(CompleteTask(task.case_id, task.token, {"rating": "4"}), hall.actor(person))


def test_a_session_that_nobody_attends_ends_without_a_question(hall: TrainingHall) -> None:
    hall.until(HELD)

    assert hall.task("record_attendance") is None


def test_nobody_is_nominated_twice_for_a_session(hall: TrainingHall) -> None:
    hall.nominate(DEWI)

    with pytest.raises(NominatedAlready):
        hall.nominate(DEWI, by=CITRA, reason="Sekali lagi saja")


def test_others_need_a_reason_and_enrolment_must_be_open(hall: TrainingHall) -> None:
    with pytest.raises(ReasonMissing):
        hall.nominate(DEWI, by=CITRA, reason="ya")
    hall.until(date(2026, 11, 2))
    with pytest.raises(EnrolmentClosed):
        hall.nominate(DEWI)


def test_a_stranger_nominates_nobody(hall: TrainingHall) -> None:
    with pytest.raises(NotFound):
        hall.nominate(SECRETARY, by=DEWI, reason="Saya usulkan saja")


def test_the_course_is_that_of_the_catalogue(hall: TrainingHall) -> None:
    hall.nominate(DEWI)

    found = hall.nomination(DEWI)
    assert (found.course, found.competency, found.gap) == (COURSE, COURSE, 2)
