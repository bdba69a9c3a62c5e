"""The steps of a quarter as people fill them in, one after the other, for tests that walk to one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.jobs import run_until_idle
from tests.functional.staff_pages import Page, Staff
from tests.processes.city_hall import BUDI, CITRA, DEWI, OFFICE, SECRETARY

VALUES = ("berorientasi_pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif")
MARKS = {f"berakhlak_{value}__mark": "0" for value in VALUES}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@dataclass(frozen=True)
class Step:
    """One task of Dewi's quarter: who does it, where, about whom, with which good answers."""

    person: int
    element: str
    about: int
    answers: Mapping[str, Any]


QUARTER = (
    Step(SECRETARY, "set_org_predicate", OFFICE, {"predicate": "BAIK", "note": "Rencana aksi tercapai"}),
    Step(DEWI, "record_realisation", DEWI, {"R1__value": "48,5", "R1__note": "Selesai tepat waktu"}),
    Step(
        CITRA,
        "assess_behaviour",
        DEWI,
        {**MARKS, "R5__superior": "85", "feedback_tone": "positive", "feedback_text": "Laporannya jelas dan tepat"},
    ),
    Step(
        CITRA,
        "confirm_ratings",
        DEWI,
        {
            "work": "SESUAI_EKSPEKTASI",
            "behaviour": "SESUAI_EKSPEKTASI",
            "work_note": "Sesuai bukti yang ada",
            "behaviour_note": "Sesuai pengamatan saya",
        },
    ),
    Step(CITRA, "sign", DEWI, {"outcome": "sign"}),
    Step(CITRA, "hand_over", DEWI, {"dialogue_on": "01/10/2026", "note": "Dialog berjalan baik"}),
    Step(DEWI, "respond", DEWI, {"answer": "object", "reason": "Bukti saya belum dihitung"}),
    Step(BUDI, "decide_objection", DEWI, {"outcome": "uphold", "reason": "Penilaian sesuai bukti"}),
)


def step_at(element: str) -> Step:
    """Return the step of an element."""
    return next(step for step in QUARTER if step.element == element)


def do_step(staff: Staff, step: Step) -> Page:
    """Open the task's page, fill in its good answers, send it, and let the worker run."""
    browser, address = staff.browser(step.person), staff.task(step.person, step.element, step.about)
    answer = browser.send(address, browser.get(address), **step.answers)
    run_until_idle(staff.alur.jobs)
    return answer


def walk_to(staff: Staff, element: str) -> Step:
    """Do all steps before an element; return its step."""
    for step in QUARTER:
        if step.element == element:
            return step
        if (step.element, step.about) not in staff.hall.tasks(step.person):
            continue  # done beforehand
        assert do_step(staff, step).status == 303, step.element
    raise LookupError(element)
