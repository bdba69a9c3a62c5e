"""A city that fills the post of a head of office by open selection: candidates, panel, deciders."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from procrastinate import App

from engine.casework import find_case, variables_of
from engine.engine import Engine
from engine.policy.actor import Actor
from engine.queries.verification import Extensions, Finding, verify
from engine.records.files import StoredFile
from processes.people.careers import education
from processes.people.guests import guest, guest_actor
from processes.people.records import employee, placement, post
from processes.promotion.selection.commands.apply import ApplyForPost
from processes.promotion.selection.commands.change_panel import AddPanelMember
from processes.promotion.selection.commands.open_selection import OpenSelection
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.records import FileKind, selection_stage
from processes.promotion.verification import CASE_CHECKS, MADE_BY, WHOLE_CHECKS
from tests.processes.office import CITY, OneCase
from tests.processes.promotion_office import AGENCY, HASAN, OFFICE, SINCE, PromotionOffice, open_promotion_office

VACANT: Final = 50
CLOSES: Final = date(2026, 1, 30)
AFTER: Final = datetime(2026, 1, 31, 2, tzinfo=UTC)
#: A to D of the dossier's example; Eko has too low a grade.
ANI, BAYU, CICI, DODI, EKO = 31, 32, 33, 34, 35
APPLICANTS: Final = (ANI, BAYU, CICI, DODI)
#: Two of the city, three from outside; the sixth may replace one of these.
LINA, MARTO = 41, 42
OUTSIDE: Final = (91, 92, 93)
SUBSTITUTE: Final = 94
PANEL: Final = (LINA, MARTO, *OUTSIDE)
WEIGHTS: Final[Mapping[Stage, Decimal]] = {
    Stage.RECORD: Decimal(20),
    Stage.ASSESSMENT: Decimal(25),
    Stage.PAPER: Decimal(20),
    Stage.INTERVIEW: Decimal(35),
}
FILES: Final = {kind: StoredFile(f"{kind:0<64}", 1000, "application/pdf", f"{kind}.pdf") for kind in FileKind}
#: Paper, assessment and interview of the dossier's example (12.9); the record comes from the rubric.
SCORES: Final = {ANI: (80, 78, 85), BAYU: (76, 74, 84), CICI: (85, 88, 80), DODI: (78, 70, 79)}
_GOOD: Final = ((2024, "BAIK"), (2025, "SANGAT_BAIK"))


@dataclass
class SelectionOffice(OneCase):
    """The city in the course of a selection; `case` is the newest."""

    city: PromotionOffice
    case: int = 0

    @property
    def engine(self) -> Engine:
        """The engine of the city."""
        return self.city.engine

    @property
    def app(self) -> App:
        """The worker of the city."""
        return self.city.app

    def actor(self, person: int) -> Actor:
        """Return somebody as he acts: an employee with his roles, or a guest of the selection."""
        is_guest = person in (*OUTSIDE, SUBSTITUTE)
        return guest_actor(CITY, person, self.case, self.city.now.date()) if is_guest else self.city.actor(person)

    def opens(self, **changed: Any) -> None:
        """Let the agency announce the post, and name the panel with its guests."""
        given: dict[str, Any] = {"closes_on": CLOSES, "weights": WEIGHTS, "panel_decree": "800/12/2026", **changed}
        self.case = int(self.engine.run(OpenSelection(VACANT, **given), self.actor(HASAN)).value)
        until = date(2026, 12, 31)
        who = {"case_id": self.case, "valid_until": until, "invited_by": HASAN, "invited_at": self.city.now}
        self.city.write(
            guest,
            *(
                {"id": key, "name": f"Tamu {key}", "institution": "Universitas", "email": f"{key}@contoh.id", **who}
                for key in (*OUTSIDE, SUBSTITUTE)
            ),
        )
        for person in PANEL:
            self.adds(person)

    def adds(self, person: int, reason: str = "") -> None:
        """Let the agency name a member."""
        self.engine.run(AddPanelMember(self.case, person, reason), self.actor(HASAN))

    def apply(self, *people: int) -> None:
        """Let people apply with all their files."""
        for person in people:
            self.engine.run(ApplyForPost(self.case, FILES), self.actor(person))

    def closes(self, moment: datetime = AFTER) -> None:
        """Let the applications be over."""
        self.city.until(moment)

    def screens(self, **incomplete: str) -> None:
        """Let the agency find all documents complete, but those of the named numbers."""
        count = len(self.variables()["screening"]["candidates"])
        rows = [
            {"candidate": f"Peserta {place}", "documents": "incomplete", "reason": incomplete[f"n{place}"]}
            if f"n{place}" in incomplete
            else {"candidate": f"Peserta {place}", "documents": "complete", "reason": None}
            for place in range(1, count + 1)
        ]
        self.does(HASAN, "verify_documents", rows=rows)

    def declare(self, *members: int, answer: str = "none") -> None:
        """Let members say whether they have an interest."""
        for person in members:
            self.does(person, "declare", answer=answer)

    def score(self, stage: Stage, *members: int) -> None:
        """Let members score everybody as the example has it."""
        place = {Stage.PAPER: 0, Stage.INTERVIEW: 2}[stage]
        for person in members:
            candidates = [int(item["employee"]) for item in self.variables()["jury"]["candidates"]]
            rows = [{"candidate": str(one), "score": SCORES[one][place]} for one in candidates]
            self.does(person, "score", rows=rows)

    def assess(self) -> None:
        """Let the agency enter what the assessment centre found."""
        candidates = [int(item["employee"]) for item in self.variables()["jury"]["candidates"]]
        rows = [{"candidate": str(one), "score": SCORES[one][1]} for one in candidates]
        self.does(HASAN, "enter_scores", rows=rows, number="LAP-9", document=[])

    def reaches_the_ranking(self) -> None:
        """Go from the announcement to the panel's minutes, everybody doing his part."""
        self.opens()
        self.apply(*APPLICANTS)
        self.closes()
        self.screens()
        self.declare(*PANEL)
        self.score(Stage.PAPER, *PANEL)
        self.assess()
        self.score(Stage.INTERVIEW, *PANEL)

    def recommends(self) -> None:
        """Let the minutes be signed and BKN recommend."""
        self.does(HASAN, "sign_minutes", number="BA-12", signed_on=date(2026, 1, 31), document=[])
        self.does(HASAN, "await_recommendation", outcome="approved", number="R-77", approved_on=date(2026, 1, 31))

    def number_of(self, person: int) -> str:
        """Return under which number somebody stands in the choice."""
        return str(APPLICANTS.index(person) + 1)

    def variables(self) -> Mapping[str, Any]:
        """Return what the case knows now."""
        with self.engine.database.reading() as read:
            return variables_of(find_case(read, CITY, self.case))

    def stages(self) -> list[str]:
        """Return the stages as everybody may follow them."""
        return [row.stage for row in sorted(self.city.rows(selection_stage), key=lambda row: row.number)]

    def lets_pass(self, days: int) -> None:
        """Let time pass and the worker wake what is due."""
        self.city.until(self.city.now + timedelta(days=days))

    def verifies(self) -> set[str]:
        """Return what the history checker finds."""
        return {finding.code for finding in self._findings()}

    def differences(self) -> list[Mapping[str, Any]]:
        """Return which columns the history checker finds to differ."""
        return [finding.params for finding in self._findings() if finding.code == "record_differs"]

    def _findings(self) -> list[Finding]:
        more = Extensions(CASE_CHECKS, WHOLE_CHECKS, MADE_BY)
        with self.engine.database.reading() as read:
            return list(verify(read, self.engine.directory, more=more).findings())


@contextmanager
def open_selection_office(folder: Path) -> Iterator[SelectionOffice]:
    """Give the city with a vacant post, people who may apply, and people who may sit on a panel."""
    with open_promotion_office(folder) as city:
        seat = {"code": "P50", "name": "Kepala Dinas Kesehatan", "unit_id": OFFICE, "level": "high_leadership_post"}
        city.write(post, {"id": VACANT, **seat, "family": "general"})
        for place, person in enumerate((*APPLICANTS, EKO, LINA, MARTO), start=1):
            _settle(city, person, place)
        for person in (*APPLICANTS, EKO):
            city.had_results(person, *_GOOD)
        yield SelectionOffice(city)


def _settle(city: PromotionOffice, person: int, place: int) -> None:
    where = AGENCY if person in (LINA, MARTO) else OFFICE
    grade = "III/d" if person == EKO else "IV/a"
    nip = f"19750505200001{1 + place % 2}{person:03}"
    known = {"id": person, "nip": nip, "name": f"Orang {person}", "kind": "PNS", "grade": grade, "active_from": SINCE}
    city.write(employee, known)
    seat = {"id": person, "code": f"P{person}", "name": "Kepala Bidang", "unit_id": where, "level": "administrator"}
    city.write(post, {**seat, "family": "general"})
    placed = {"id": person, "employee_id": person, "unit_id": where, "post_id": person, "valid_from": date(2020, 1, 1)}
    city.write(placement, placed)
    school = {"employee_id": person, "level": "S1", "graduated_on": date(2000, 7, 1)}
    city.write(education, {"id": person, **school})
