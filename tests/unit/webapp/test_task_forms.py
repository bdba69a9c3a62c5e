"""The forms of tasks ask what the appraisal's services read, with the checks that the decision needs."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.policy.actor import Actor
from forms import AlurForm
from processes.appraisal.definitions import release_files
from processes.appraisal.entries import write_content
from processes.appraisal.records import realisation, target
from processes.appraisal.rules import read_rating_inputs, read_realisation
from processes.appraisal.services import FORMS
from processes.appraisal.variables import employee_variables, read_case
from processes.people.city import CoreValue, Indicator, PositionFacts, PositionLevel, UnitKind
from processes.people.records import employee
from tests.cities import cities_of
from tests.sqlite import open_database
from webapp.task_forms import BUILDERS, FormContext, task_form
from webapp.wiring.parts import import_records

CITY, DEWI, CITRA = "serang", 4, 3
TODAY = date(2026, 10, 1)
POSITION = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.EDUCATION_OFFICE)
RATED: dict[str, Any] = {
    "recommendation": {"work": "SESUAI_EKSPEKTASI", "behaviour": None},
    "ratings": {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"},
    "distribution": {"warnings": []},
}


@contextmanager
def contexts(folder: Path) -> Iterator[FormContext]:
    import_records()
    database = open_database(folder)
    city = cities_of(CITY).city(CITY)
    variables = employee_variables(
        employee=DEWI,
        unit=1,
        year=2026,
        quarter=3,
        week=5,
        position=POSITION,
        rule=city.rule(TODAY),
        rater=CITRA,
        realisation_due=TODAY,
        window_end=TODAY,
    )
    with database.writing() as connection:
        row = {"id": DEWI, "tenant": CITY, "nip": "198609262015051004", "name": "Dewi", "kind": "PNS"}
        connection.execute(employee.insert(), row)
        yield FormContext(Actor(CITY, CITRA), {**variables, **RATED}, city, connection, TODAY, "id")
    database.dispose()


@pytest.fixture
def context(tmp_path: Path) -> Iterator[FormContext]:
    with contexts(tmp_path) as made:
        yield made


def filled(key: str, context: FormContext, answers: Mapping[str, Any] | None) -> AlurForm:
    return task_form(key, None, context).fill(context, answers)


def told(form: AlurForm) -> dict[str, str]:
    assert not form.validate()
    return {link.field_id: link.message for link in form.error_summary()}


def indicators(context: FormContext) -> tuple[Indicator, ...]:
    case = read_case(context.variables)
    return context.city.indicators(case.position, case.period, case.rule)


def test_every_form_that_a_diagram_may_name_is_built() -> None:
    assert BUILDERS.keys() == FORMS


def test_the_realisation_shows_the_targets_of_the_plan(context: FormContext) -> None:
    plan = {"tenant": CITY, "employee_id": DEWI, "year": 2026, "indicator": "R1", "target": Decimal("61.5")}
    context.read.execute(target.insert(), plan)

    form = filled("appraisal.realisation", context, None)

    assert form["R1__value"].hint == "Target 61,5% rencana, bobot 30%."


def test_the_realisation_is_filled_with_what_was_imported(context: FormContext) -> None:
    content = write_content({"R1": {"value": Decimal("48.5")}}, notes={"R1": "dari impor"})
    row = {"tenant": CITY, "employee_id": DEWI, "year": 2026, "quarter": 3, "content": content, "source": "berkas"}
    at = datetime(2026, 10, 1, tzinfo=UTC)
    context.read.execute(realisation.insert(), {**row, "entered_at": at, "entered_by": None})

    form = filled("appraisal.realisation", context, None)

    assert (form["R1__value"].data, form["R1__note"].data) == (Decimal("48.5"), "dari impor")


def test_the_answers_of_the_realisation_are_what_the_service_reads(context: FormContext) -> None:
    form = filled("appraisal.realisation", context, {"R1__value": "48,5", "R1__note": "Selesai"})

    assert form.validate()

    read = read_realisation(indicators(context), form.typed_data())
    assert read.measured == {"R1": {"value": Decimal("48.5")}}
    assert read.notes == {"R1": "Selesai"}
    assert form.typed_data()["evidence"] == []


def test_the_answers_of_the_rating_inputs_are_what_the_service_reads(context: FormContext) -> None:
    marks = {f"berakhlak_{value.value.lower()}__mark": "1" for value in CoreValue}
    form = filled("appraisal.rating_inputs", context, {**marks, "R5__superior": "85", "feedback_tone": "none"})

    assert form.validate(), form.error_summary()

    read = read_rating_inputs(indicators(context), form.typed_data())
    assert read.behaviour.keys() == set(CoreValue)
    assert "feedback_text" not in form.typed_data()


def test_feedback_needs_words_unless_there_is_none(context: FormContext) -> None:
    form = filled("appraisal.rating_inputs", context, {"feedback_tone": "improve"})

    assert told(form)["feedback_text"] == "Isian ini wajib diisi."


def test_no_rating_is_chosen_beforehand_and_the_recommended_one_says_so(context: FormContext) -> None:
    form = filled("appraisal.confirm_ratings", context, None)

    labels = [choice.label for choice in form["work"].choices]
    assert form["work"].data is None
    assert labels == ["Di atas ekspektasi", "Sesuai ekspektasi (disarankan)", "Di bawah ekspektasi"]


def test_an_override_needs_a_reason_and_so_does_a_rating_without_recommendation(context: FormContext) -> None:
    chosen = {"work": "DIATAS_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}

    errors = told(filled("appraisal.confirm_ratings", context, chosen))

    assert errors == {
        "work_note": "Tuliskan alasannya karena pilihan Anda berbeda dari rekomendasi.",
        "behaviour_note": "Isian ini wajib diisi.",
    }


def test_following_the_recommendation_needs_no_reason(context: FormContext) -> None:
    variables = {**context.variables, "recommendation": {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}}
    chosen = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
    form = filled("appraisal.confirm_ratings", replace(context, variables=variables), chosen)

    assert form.validate()

    assert form.typed_data() == {**chosen, "work_note": None, "behaviour_note": None}


def test_a_signature_must_be_confirmed(context: FormContext) -> None:
    assert list(told(filled("appraisal.sign", context, {}))) == ["confirmed"]


def test_ratings_that_come_back_show_what_was_chosen_before(context: FormContext) -> None:
    before = {"work": "DIBAWAH_EKSPEKTASI", "work_note": "Bukti kurang", "behaviour": "SESUAI_EKSPEKTASI"}
    given = {"recommendation": {"work": None, "behaviour": None}, "ratings": before}
    returned = {"signature": {"outcome": "return", "reason": "Rating hasil kerja keliru"}}
    taken_over = {"rating_by": {"person": CITRA, "is_final": True, "is_replaced": True}}

    def shown(**more: Any) -> dict[str, Any]:
        return dict(filled("appraisal.confirm_ratings", replace(context, variables={**given, **more}), None).data)

    assert shown(**returned, rating_by={"person": CITRA, "is_final": False}) == {**before, "behaviour_note": None}
    assert set(shown(**returned, **taken_over).values()) == {None}


def test_only_the_way_back_asks_what_has_to_be_mended_and_only_a_signature_for_a_justification(
    context: FormContext,
) -> None:
    variables = {**context.variables, "distribution": {"warnings": ["distribution_most"]}}
    signing = replace(context, variables=variables)

    assert list(told(filled("appraisal.sign_or_return", signing, {}))) == ["outcome-0"]
    assert list(told(filled("appraisal.sign_or_return", signing, {"outcome": "return"}))) == ["reason"]
    assert list(told(filled("appraisal.sign_or_return", signing, {"outcome": "sign"}))) == ["justification"]


def test_after_the_window_ratings_come_back_once(context: FormContext) -> None:
    end = context.variables["window_end"]
    given = {**context.variables, "distribution": {"warnings": []}}
    late = replace(context, variables=given, today=end + timedelta(days=1))
    back = {"signature": {"outcome": "return", "reason": "Rating hasil kerja keliru"}}
    last = {"rating_by": {**given["rating_by"], "is_last": True}}

    def has_way_back(context: FormContext, **more: Any) -> bool:
        return "outcome" in filled("appraisal.sign_or_return", replace(context, variables={**given, **more}), None)

    assert has_way_back(late)
    assert not has_way_back(late, **back)
    assert has_way_back(late, **back, **last), "no limit is put off where there is none"
    assert has_way_back(replace(late, today=end), **back)


def test_a_distribution_outside_the_guide_asks_for_its_justification(context: FormContext) -> None:
    variables = {**context.variables, "distribution": {"warnings": ["distribution_most"]}}

    errors = told(filled("appraisal.sign", replace(context, variables=variables), {"confirmed": "true"}))

    assert list(errors) == ["justification"]


def test_an_objection_needs_its_reason(context: FormContext) -> None:
    assert list(told(filled("appraisal.respond", context, {"answer": "object"}))) == ["reason"]


def test_a_final_result_can_only_be_accepted(context: FormContext) -> None:
    variables = {**context.variables, "rating_by": {"person": CITRA, "is_final": True}}
    final = replace(context, variables=variables)

    assert list(told(filled("appraisal.respond", final, {"answer": "object", "reason": "Tidak setuju"}))) == [
        "answer-0"
    ]
    assert filled("appraisal.respond", final, {"answer": "accept"}).validate()


def test_upholding_asks_for_no_ratings(context: FormContext) -> None:
    form = filled("appraisal.decide_objection", context, {"outcome": "uphold", "reason": "Sesuai bukti yang ada"})

    assert form.validate()

    assert form.typed_data() == {"outcome": "uphold", "reason": "Sesuai bukti yang ada"}


def test_changing_asks_for_ratings_that_differ(context: FormContext) -> None:
    answers = {"outcome": "change", "reason": "Bukti baru diterima", **RATED["ratings"]}

    errors = told(filled("appraisal.decide_objection", context, answers))

    assert list(errors) == ["outcome-0"]


@pytest.mark.parametrize("process", ["periodic_evaluation", "unit_evaluation"])
def test_declared_forms_of_the_releases_can_be_shown(context: FormContext, process: str) -> None:
    for name, content in release_files(process).items():
        if name.startswith("forms/"):
            form = task_form("any", json.loads(content), context).fill(context)
            assert form.title


def test_equal_declared_forms_share_a_class(context: FormContext) -> None:
    spec = {"version": 1, "title": {"id": "A", "en": "A"}, "fields": [_field("a")]}

    first, second = task_form("any", spec, context), task_form("any", dict(spec), context)

    assert first.kind is second.kind


def test_a_task_without_a_form_has_no_fields(context: FormContext) -> None:
    assert task_form(None, None, context).fill(context, {}).validate()


def _field(name: str) -> dict[str, Any]:
    return {"name": name, "type": "text", "label": {"id": name, "en": name}}
