"""What the page of a look ahead says: the answer, whether to rely on it, and what was made to match."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from engine.bpmn.model import Lane, Outline
from engine.calendar import WorkCalendar
from engine.foresight.axis import WorkAxis
from engine.foresight.effort import Effort
from engine.foresight.inputs import Supposed
from engine.foresight.looking import look_ahead
from engine.foresight.model import Pool
from engine.foresight.packing import pack_answer, pack_question, read_answer, read_question
from engine.foresight.past import History, Past
from engine.foresight.question import Question
from engine.foresight.simulating import TookTooLong
from engine.mining.figures import Figures
from engine.mining.office import OfficeTime
from engine.mining.spread import bin_of
from tests.unit.engine.foresight.small_processes import line
from webapp.studio.foresight.asking import foresight_form, question_in
from webapp.studio.foresight.page import ForesightPage, foresight_page
from webapp.studio.foresight.reading import Basis
from webapp.studio.foresight.staffing import CountedBy, Staff

DAY = 450
BEGINS = datetime(2026, 1, 5, 1, tzinfo=UTC)
AXIS = WorkAxis(OfficeTime(WorkCalendar("test", frozenset(), 5), UTC), date(2026, 1, 5), 300)


def process(*tasks: str, name: str = "Periksa berkas") -> Outline:
    """Return tasks of an officer, the first of them with this name."""
    drawn = line(*tasks)
    elements = {one.id: replace(one, lane="desk" if one.is_human else None) for one in drawn.elements.values()}
    elements[tasks[0]] = replace(elements[tasks[0]], names={"id": name})
    return replace(drawn, elements=elements, lanes=(Lane("desk", {"id": "Petugas"}),))


def known(outline: Outline, lasted: float, took: Mapping[int, int] | None = None) -> Past:
    """Return what is known of a design where the check took two days, or what is said, and whole cases so long."""
    begun = tuple(BEGINS + timedelta(days=number) for number in range(0, 100, 2))
    measured = Figures(working=Counter(took or {bin_of(2 * DAY): 50}))
    ended = tuple((one, AXIS.instant_of(AXIS.minute_of(one) + lasted)) for one in begun)
    history = History({"check": measured}, frozenset(), begun, is_cut=False, ended=ended)
    return Past(outline, process("check"), 1, history, AXIS, date(2026, 5, 22), 100)


def said(
    outline: Outline, lasted: float, pool: Pool | None = None, took: Mapping[int, int] | None = None
) -> ForesightPage:
    """Return what is said of a design where the check took two days, or what is said, and whole cases so long."""
    return foresight_page(look_ahead(known(outline, lasted, took), question(pool)))


def question(pool: Pool | None = None) -> Question:
    """Return what is asked: that signing takes a day."""
    supposed = Supposed(stays={"sign": (DAY, DAY)}, pools={"desk": pool or Pool()})
    return Question(12, 2, 1, 0, supposed, {}, is_fitted=True)


def test_a_past_that_comes_out_as_it_was_is_said_to_be_as_it_was() -> None:
    page = said(process("check"), 2 * DAY)

    assert page.trusted[:2] == ("success", "Cocok dengan kenyataan")
    assert page.headline.startswith("Tidak ada perbedaan yang jelas")


def test_a_past_that_is_off_is_not_to_be_relied_on() -> None:
    tone, title, text = said(process("check"), 6 * DAY).trusted

    assert (tone, title) == ("warning", "Jangan jadikan pegangan")
    assert "6 hari kerja menurut catatan" in text
    assert "lebih dari 25%" in text


def test_what_was_measured_stands_beside_the_same_of_the_simulated_cases() -> None:
    took = {bin_of(2 * DAY): 20, bin_of(80 * DAY): 30}
    half = said(process("check"), 2 * DAY, took=took).whole[0]

    assert half.recounted == "2 hari kerja"  # of those that end in the span
    assert half.told.before not in (half.recounted, "")


def test_what_is_proposed_may_be_sent_as_it_is() -> None:
    nobody = {"desk": Staff(1, CountedBy.DONE, 1.0)}
    form = foresight_form(Basis(known(process("check"), 2 * DAY), nobody), {})

    assert form.validate(), form.errors


def test_what_was_filled_in_is_proposed_when_it_is_asked_again() -> None:
    past = known(process("check", "sign"), 2 * DAY)
    sent = {"masa_benih": "5", "lama_sign": "3,5", "orang_desk": "4", "orang2_desk": "12,5"}
    form = foresight_form(Basis(past), sent)
    assert form.validate(), form.errors

    again = foresight_form(Basis(past), {}, form.typed_data())

    assert again.validate(), again.errors
    assert question_in(again, past) == question_in(form, past)
    assert question_in(again, past).supposed.pools == {"desk": Pool(4, 0.125, is_shared=False)}


def test_questions_and_answers_are_kept_to_the_last_digit() -> None:
    asked = replace(question(Pool(1, 0.01)), chosen={"verify": "check", "sign": None})
    answer = look_ahead(known(process("verify", "sign", name="Periksa berkas usulan"), 6 * DAY), asked)
    nothing = look_ahead(replace(known(process("check"), 0), drawn=None, number=None), asked)

    assert read_question(pack_question(asked)) == asked
    assert [read_answer(pack_answer(one)) for one in (answer, nothing)] == [answer, nothing]
    assert answer.check is not None and answer.fit.too_busy | answer.fit.shares.keys()


def test_effort_is_counted_and_ends_years_or_all_of_it() -> None:
    past, many = known(process("check", "sign"), 2 * DAY), replace(question(), years=50)

    assert look_ahead(past, many).forecast.years == 50
    assert (
        look_ahead(past, many, Effort(enough=20)).forecast.years
        == look_ahead(past, many, Effort(enough=20)).forecast.years
        < 50
    )
    with pytest.raises(TookTooLong):
        look_ahead(past, many, Effort(most=0))


def test_a_step_more_makes_cases_slower_by_what_it_takes() -> None:
    page = said(process("check", "sign"), 2 * DAY)

    assert page.headline.startswith("Lebih lama: separuh kasus kini selesai dalam 1 hari kerja 7 jam")  # within 9 %
    assert page.headline.endswith("(lebih lama 1 hari kerja).")
    assert [(line.name, line.notes) for line in page.steps] == [
        ("Periksa berkas", "diukur"),
        ("sign", "diperkirakan"),
    ]


def test_a_step_with_another_id_stands_in_one_line_with_the_old_one() -> None:
    page = said(process("verify", name="Periksa berkas usulan"), 2 * DAY)

    assert [line.notes for line in page.steps] == ["diukur, dahulu “Periksa berkas”"]
    assert page.steps[0].median.before == page.steps[0].median.after


def test_what_was_made_to_match_is_said_with_both_figures() -> None:
    page = said(process("check"), 2 * DAY, Pool(1, 0.01))

    assert page.fitted[0].startswith("Petugas: waktu untuk proses ini dinaikkan dari 1% menjadi ")
    assert page.roles[0].name == "Petugas"
