"""Forms in which numbers and marks are entered: the city's own fields, with evidence or feedback below them."""

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from forms import OtherThan
from processes.appraisal.facts import indicators_of, plan_targets, realised_content
from processes.appraisal.rules import RATING_INPUTS, REALISATION, apply_targets, evidence_names, standard_form
from processes.appraisal.variables import EmployeeCase, read_case
from processes.people.city import CoreValue, Direction, Indicator, MeasureField, Who
from webapp.task_forms.context import FormContext, TaskForm
from webapp.task_forms.days import with_evidence_days
from webapp.task_forms.specs import class_of, with_section

EVIDENCE: Final = "evidence"
FEEDBACK_LENGTH = 2000

_EVIDENCE_TITLE = {"id": "Bukti dukung", "en": "Evidence"}
_EVIDENCE_FIELDS: list[dict[str, Any]] = [
    {
        "name": EVIDENCE,
        "type": "file",
        "label": {"id": "Berkas bukti dukung", "en": "Evidence files"},
        "hint": {
            "id": "Bukti menunjukkan hasil, bukan kegiatan. Berkas terunggah saat Anda memilih Kirim atau Simpan draf.",
            "en": "Evidence shows results, not activities. Files are uploaded when you choose Send or Save draft.",
        },
    }
]
_FEEDBACK_TITLE = {"id": "Umpan balik berkala", "en": "Regular feedback"}
_FEEDBACK_FIELDS: list[dict[str, Any]] = [
    {
        "name": "feedback_tone",
        "type": "radio",
        "label": {"id": "Umpan balik Anda untuk pegawai ini", "en": "Your feedback to this employee"},
        "required": True,
        "choices": [
            {"value": "positive", "label": {"id": "Apresiasi atas hasil yang baik", "en": "Praise for good results"}},
            {"value": "improve", "label": {"id": "Hal yang perlu ditingkatkan", "en": "Something to improve"}},
            {"value": "none", "label": {"id": "Belum ada umpan balik", "en": "No feedback yet"}},
        ],
    },
    {
        "name": "feedback_text",
        "type": "textarea",
        "label": {"id": "Isi umpan balik", "en": "Your feedback in words"},
        "hint": {
            "id": "Sebutkan hasil atau perilaku yang Anda lihat. Pegawai dapat membacanya.",
            "en": "Name the result or behaviour you saw. The employee can read it.",
        },
        "required": True,
        "show_when": {"field": "feedback_tone", "not_equals": "none"},
        "max_length": FEEDBACK_LENGTH,
    },
]


def build_realisation(context: FormContext) -> TaskForm:
    """Return the employee's form: the city's fields with the plan's targets, filled with what was imported."""
    case = read_case(context.variables)
    indicators = _planned(context, case)
    spec = with_section(_city_form(context, case, REALISATION, indicators), _EVIDENCE_TITLE, _EVIDENCE_FIELDS)
    # Read-only fields take their value from here alone, whatever is sent.
    if context.is_sent and not any(field.get("readonly") for field in spec["fields"]):
        return TaskForm(class_of(spec))
    content = realised_content(context.read, context.tenant, case)
    return TaskForm(class_of(spec), dict(_known_answers(indicators, content)))


def build_rating_inputs(context: FormContext) -> TaskForm:
    """Return the appraiser's form: rubric levels, the marks of the seven core values, and the feedback."""
    case = read_case(context.variables)
    spec = _city_form(context, case, RATING_INPUTS, _planned(context, case))
    spec = with_evidence_days(spec, case, context.today)
    kind = class_of(with_section(spec, _FEEDBACK_TITLE, _FEEDBACK_FIELDS))
    return TaskForm(kind, checks=dict(_evidence_checks({field["name"] for field in spec["fields"]})))


def _evidence_checks(fields: Container[str]) -> Iterator[tuple[str, OtherThan]]:
    """Yield by field that the evidence of a mark is from different days; from one day the mark would not count."""
    for first, *others in map(evidence_names, CoreValue):
        yield from ((name, OtherThan(first)) for name in others if first in fields and name in fields)


def _planned(context: FormContext, case: EmployeeCase) -> tuple[Indicator, ...]:
    targets = plan_targets(context.read, context.tenant, case.employee, case.year)
    return apply_targets(indicators_of(context.city, case), targets)


def _city_form(
    context: FormContext, case: EmployeeCase, key: str, indicators: Sequence[Indicator]
) -> Mapping[str, Any]:
    spec = context.city.form(key, case.position, case.period, indicators) or standard_form(key, indicators)
    assert spec is not None, f"every position has a form for {key}"
    return spec


def _known_answers(indicators: Sequence[Indicator], content: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield what was entered or imported before, by field name; the reverse of `rules.read_realisation`."""
    measured, reasons = content.get("measured", {}), content.get("not_measurable", {})
    notes = content.get("notes", {})
    for indicator in indicators:
        code = indicator.code
        for field in indicator.fields_for(Who.EMPLOYEE):
            yield f"{code}__{field.name}", _as_field_takes(indicator, field, measured.get(code, {}).get(field.name))
        yield f"{code}__unmeasured", code in reasons
        yield f"{code}__not_measurable", reasons.get(code)
        yield f"{code}__note", notes.get(code)


def _as_field_takes(indicator: Indicator, field: MeasureField, number: Decimal | None) -> object:
    is_whole = field.decimals == 0 or indicator.direction is Direction.RUBRIC
    return int(number) if number is not None and is_whole and number == int(number) else number
