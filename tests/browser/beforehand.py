"""What happened in one city before the pages that a test is about: steps taken without their pages."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tests.browser.installation import Office
from tests.browser.quarter import VALUES

CITY = "tebingtinggi"
#: How an appraiser answers: the same mark for all seven values.
ASSESSED: Mapping[str, Any] = {
    **{f"berakhlak_{value}__mark": "0" for value in VALUES},
    "G2__level": "4",
    "feedback_tone": "positive",
    "feedback_text": "Mengajar dengan baik",
}
_RATED = {"work": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
_WHY = "Berdasarkan bukti yang saya periksa sendiri"


def taught(mean_after: int) -> dict[str, Any]:
    """Return what a teacher reports."""
    tested = {"G1__pre_mean": Decimal(60), "G1__post_mean": Decimal(mean_after), "G1__tested": 30, "G1__enrolled": 30}
    return {**tested, "G1__excused": 0, "G3__on_time": 9, "G3__received": 10, "G5__hours": 20}


def until_rated(office: Office) -> None:
    """Bring the employee to where the appraiser can rate."""
    _do(office, "employee", "record_realisation", **taught(78))
    _do(office, "appraiser", "assess_behaviour", **ASSESSED)
    set_predicate(office, "employee")
    office.work()


def until_signed(office: Office) -> None:
    """Bring the employee to where the appraiser hands the result over."""
    until_rated(office)
    _do(office, "appraiser", "confirm_ratings", **_RATED, work_note=_WHY, behaviour_note=_WHY)
    _do(office, "appraiser", "sign", confirmed=True, justification="Baru satu pegawai yang dinilai")


def until_handed_over(office: Office) -> None:
    """Bring the employee to where the result is accepted or objected to."""
    until_signed(office)
    _do(office, "appraiser", "hand_over", dialogue_on=date(2026, 10, 1), note="Hasil sudah dibicarakan")


def until_accepted(office: Office) -> None:
    """Bring the employee's quarter to its end."""
    until_handed_over(office)
    _do(office, "employee", "respond", answer="accept")


def set_predicate(office: Office, part: str) -> None:
    """Let the superior say how the unit of a persona did."""
    unit = office.unit_of(CITY, part)
    rows = (row for row in office.tasks(CITY, "superior") if row.element == "set_org_predicate")
    (row,) = (row for row in rows if unit in row.title)
    office.complete(CITY, office.person(CITY, "superior"), row, predicate="BAIK", note="Rencana aksi tercapai")


def _do(office: Office, part: str, element: str, **answers: Any) -> None:
    """Complete a step of the employee's quarter, and let the worker do what follows."""
    which = (office.case_of(CITY, "employee"), element)
    (row,) = (row for row in office.tasks(CITY, part) if (row.case_id, row.element) == which)
    office.complete(CITY, office.person(CITY, part), row, **answers)
    office.work()
