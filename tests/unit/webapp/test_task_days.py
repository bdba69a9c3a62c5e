"""The days that forms ask for lie in the quarter that they are about, and never in the future."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from processes.appraisal.definitions import release_files
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.city import CoreValue
from tests.unit.webapp.test_task_forms import contexts
from webapp.task_forms import FormContext, task_form

LOYAL = "berakhlak_loyal"


@pytest.fixture
def context(tmp_path: Path) -> Iterator[FormContext]:
    """Citra's task about Dewi's third quarter of 2026, on 1 October."""
    with contexts(tmp_path) as made:
        yield made


def of_dialogue(context: FormContext, day: str) -> str | None:
    """What the form of the hand-over says of a day."""
    spec = json.loads(release_files(EMPLOYEE_PROCESS)["forms/hand_over.json"])
    form = task_form("hand_over", spec, context).fill(context, {"dialogue_on": day, "note": "Berjalan baik"})
    form.validate()
    return next((link.message for link in form.error_summary()), None)


def of_evidence(context: FormContext, day: str, other: str = "15/08/2026") -> str | None:
    """What the form of the marks says of the days of an evidence and of the other one."""
    marks = {f"berakhlak_{value.value.lower()}__mark": "0" for value in CoreValue}
    low = {f"{LOYAL}__mark": "-1", f"{LOYAL}__evidence_1": day, f"{LOYAL}__evidence_2": other}
    answers = {**marks, **low, f"{LOYAL}__note": "Terlambat melapor", "R5__superior": "85", "feedback_tone": "none"}
    form = task_form("appraisal.rating_inputs", None, context).fill(context, answers)
    form.validate()
    return next((link.message for link in form.error_summary()), None)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("01/01/2031", "Tanggal tidak boleh setelah hari ini (01/10/2026)."),
        ("01/10/2025", "Tanggal paling awal 01/07/2026."),
        ("01/10/2026", None),
        ("30/09/2026", None),
    ],
)
def test_a_dialogue_is_neither_tomorrow_nor_before_its_quarter(
    context: FormContext, day: str, said: str | None
) -> None:
    assert of_dialogue(context, day) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("01/01/1990", "Tanggal harus antara 01/07/2026 dan 30/09/2026."),
        ("01/10/2026", "Tanggal harus antara 01/07/2026 dan 30/09/2026."),
        ("30/09/2026", None),
        ("01/07/2026", None),
    ],
)
def test_evidence_of_a_behaviour_is_of_the_quarter(context: FormContext, day: str, said: str | None) -> None:
    assert of_evidence(context, day) == said


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("", "Isian ini wajib diisi."),
        ("14/08/2026", "Tanggal ini sama dengan “Tanggal bukti 1 (Loyal)”. Tulis tanggal lain."),
        ("15/08/2026", None),
    ],
)
def test_a_minus_is_refused_without_evidence_of_two_days(context: FormContext, other: str, said: str | None) -> None:
    assert of_evidence(context, "14/08/2026", other) == said


def test_while_the_quarter_lasts_evidence_is_not_of_tomorrow(context: FormContext) -> None:
    early = replace(context, today=date(2026, 9, 25))

    assert of_evidence(early, "26/09/2026") == "Tanggal tidak boleh setelah hari ini (25/09/2026)."
    assert of_evidence(early, "25/09/2026") is None
