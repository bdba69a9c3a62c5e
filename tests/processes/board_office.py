"""A city whose board fills a post: candidates with two good years, a board of three, a vacant post with a standard."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from engine.commands.complete_task import CompleteTask
from engine.jobs import run_until_idle
from engine.queries.inbox import my_tasks
from processes.people.careers import competency, competency_level, education, post_standard
from processes.people.careers import rank as held_rank
from processes.people.records import employee, placement, post, role_grant, unit, unit_head
from processes.promotion.board.commands.open_filling import OpenFilling
from tests.processes.promotion_office import (
    CITRA,
    DEWI,
    GITA,
    HASAN,
    INDAH,
    OFFICE,
    SARI,
    SINCE,
    WATI,
    PromotionOffice,
    open_promotion_office,
)

#: The vacant post heads a section of the health office; Eko led it until June.
VACANT, SECTION = 50, 150
EKO, RINA, BAYU, TONO, LENI = 11, 12, 13, 14, 15
#: Rina and Bayu head subdivisions; Gita of the office does too. Tono and Leni sit on the board with Sari and Wati.
_MORE = {
    EKO: ("Eko", "196805052000031011", SECTION, "administrator", "Kepala Bidang Lama", "IV/a"),
    RINA: ("Rina", "198005052005012012", OFFICE, "supervisor", "Kepala Subbagian Umum", "III/d"),
    BAYU: ("Bayu", "198105052006011013", OFFICE, "supervisor", "Kepala Seksi Gizi", "III/c"),
    TONO: ("Tono", "196905051995031014", 102, "high_leadership_post", "Inspektur", "IV/c"),
    LENI: ("Leni", "197205051998032015", 102, "high_leadership_post", "Kepala BKPSDM", "IV/c"),
}
BOARD = (SARI, TONO, LENI)
GOOD = ((2024, "BAIK"), (2025, "SANGAT_BAIK"))
TODAY = date(2026, 1, 5)


def fill(office: PromotionOffice, by: int = HASAN) -> int:
    """Begin to fill the vacant post and return the case."""
    office.engine.run(OpenFilling(VACANT), office.actor(by))
    run_until_idle(office.app)
    return office.case_of(VACANT)


def sign(office: PromotionOffice, weight: int = 60) -> None:
    """Set the weights and let the official sign them."""
    office.does(HASAN, "set_criteria", performance_weight=weight)
    office.does(SARI, "sign_criteria", outcome="sign")


def review(office: PromotionOffice, person: int, answer: str = "agrees", **more: Any) -> None:
    """Let a member of the board answer."""
    actor = office.actor(person)
    row = next(row for row in office.engine.read(my_tasks, actor).rows if row.element == "review")
    office.engine.run(CompleteTask(row.case_id, row.token, {"answer": answer, **more}), actor)
    run_until_idle(office.app)


def rank(office: PromotionOffice) -> None:
    """Take a filling to the minutes of the board."""
    fill(office)
    sign(office)
    for member in BOARD:
        review(office, member)


def propose(office: PromotionOffice) -> None:
    """Keep the minutes and hand the names to the appointing authority."""
    office.does(HASAN, "keep_minutes", outcome="propose", number="BA-1", held_on=TODAY, summary="Tiga calon.")


def choose(office: PromotionOffice, person: int, reason: str = "") -> None:
    """Let the appointing authority choose."""
    office.does(WATI, "decide", outcome="choose", candidate=str(person), reason=reason)


def appoint(office: PromotionOffice, effective_on: date = date(2026, 2, 1)) -> None:
    """Take a decision through BKN's approval to the inauguration."""
    office.does(HASAN, "await_approval", outcome="approved", number="PT-9", approved_on=TODAY)
    office.does(HASAN, "issue_decree", decreed_on=TODAY, effective_on=effective_on)
    office.does(HASAN, "inaugurate", outcome="inaugurated", inaugurated_on=TODAY)


@contextmanager
def open_board_office(folder: Path) -> Iterator[PromotionOffice]:
    """Give the city in which the post is vacant since July, with Citra acting for it."""
    with open_promotion_office(folder) as office:
        _people(office)
        _competencies(office)
        for person in (GITA, RINA, BAYU):
            office.had_results(person, *GOOD)
        yield office


def _people(office: PromotionOffice) -> None:
    office.write(unit, {"id": SECTION, "code": "U150", "name": "Bidang Gizi", "kind": "health_office", "week": 5})
    seat = {"id": VACANT, "code": "P50", "name": "Kepala Bidang Gizi", "unit_id": SECTION, "family": "general"}
    office.write(post, {**seat, "level": "administrator"})
    for person, (name, nip, where, level, title, grade) in _MORE.items():
        known = {"id": person, "nip": nip, "name": name, "kind": "PNS", "grade": grade, "active_from": SINCE}
        office.write(employee, known)
        own = {"id": person, "code": f"P{person}", "name": title, "unit_id": where, "family": "general"}
        office.write(post, {**own, "level": level})
        last = {"valid_to": date(2025, 6, 30)} if person == EKO else {}
        place = {"id": person, "employee_id": person, "unit_id": where, "valid_from": SINCE, **last}
        office.write(placement, {**place, "post_id": VACANT if person == EKO else person})
    _educate(office)
    head = {"unit_id": SECTION, "valid_from": SINCE, "employee_id": EKO, "kind": "definitif"}
    office.write(unit_head, {"id": 1, **head, "valid_to": date(2025, 6, 30)})
    acting = {"unit_id": SECTION, "employee_id": CITRA, "kind": "plt", "valid_from": date(2025, 7, 1)}
    office.write(unit_head, {"id": 2, **acting})
    for number, member in enumerate(BOARD, start=900):
        office.write(role_grant, {"id": number, "employee_id": member, "role": "promotion_board", "valid_from": SINCE})


def _educate(office: PromotionOffice) -> None:
    for person, (_name, _nip, _where, _level, _title, grade) in _MORE.items():
        office.write(held_rank, {"id": person, "employee_id": person, "grade": grade, "valid_from": SINCE})
        school = {"employee_id": person, "level": "S1", "graduated_on": date(2004, 7, 1)}
        office.write(education, {"id": person, **school})


def _competencies(office: PromotionOffice) -> None:
    """Ask for two levels of 3 and 2; Rina has both, Bayu and Gita less."""
    for code, level in (("M1", 3), ("T1", 2)):
        office.write(competency, {"code": code, "name": code, "kind": "managerial"})
        office.write(post_standard, {"post_id": VACANT, "competency": code, "level": level})
    held = {RINA: (3, 2), BAYU: (3, 1), GITA: (2, 2), DEWI: (3, 2), INDAH: (3, 2)}
    for person, levels in held.items():
        for code, level in zip(("M1", "T1"), levels, strict=True):
            found = {"employee_id": person, "competency": code, "assessed_on": TODAY, "source": "uji"}
            office.write(competency_level, {**found, "level": level})
