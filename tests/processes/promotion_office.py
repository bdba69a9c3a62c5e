"""A city that promotes people: a real database, the real rules, services and worker, people with careers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, ClassVar

from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from engine.queries.case import CaseView, view_case
from engine.queries.inbox import group_tasks
from engine.records.case import case
from engine.worker import sweep_timers
from processes.people.careers import education, rank
from processes.people.queries import placement_on
from processes.people.records import employee, placement, post, reporting_line, result, role_grant, unit
from processes.promotion.career_facts import CareerFacts
from processes.promotion.career_reading import Numbers, facts_of
from processes.promotion.commands.start_promotion import StartPromotion
from processes.promotion.definitions import PROCESSES, release_files
from processes.promotion.eligibility import eligibility_table, judge
from processes.promotion.periods import PromotionPeriod
from processes.promotion.queries.coming import Coming, Surroundings, coming_promotions
from tests.processes.office import CITY, Office, open_office

SINCE = date(2015, 1, 1)
NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PERIOD = PromotionPeriod(2026, 3)
OFFICE, AGENCY = 101, 102
#: Dewi is to be promoted; Citra appraises her; Gita proposes, Hasan verifies, Sari is PyB, Wati PPK.
DEWI, CITRA, GITA, HASAN, SARI, WATI, INDAH = 1, 2, 3, 4, 5, 6, 7
PEOPLE = {
    DEWI: ("Dewi", "198805052012012001", OFFICE, "executor", "Pengolah Data", "III/a"),
    CITRA: ("Citra", "197805052005012002", OFFICE, "administrator", "Kepala Bidang", "III/d"),
    GITA: ("Gita", "198505052010012003", OFFICE, "supervisor", "Kepala Subbagian", "III/c"),
    HASAN: ("Hasan", "198605052010011004", AGENCY, "executor", "Analis", "III/b"),
    SARI: ("Sari", "197105051998032005", AGENCY, "high_leadership_post", "Sekretaris Daerah", "IV/d"),
    WATI: ("Wati", "197005051998032006", AGENCY, "high_leadership_post", "Asisten", "IV/d"),
    INDAH: ("Indah", "198905052012012007", OFFICE, "functional_position", "Perawat Ahli Pertama", "III/a"),
}
ROLES = {
    GITA: ("unit_hr_officer", OFFICE),
    HASAN: ("hr_verifier", None),
    SARI: ("authorized_official", None),
    WATI: ("appointing_authority", None),
}
LINES = {DEWI: CITRA, GITA: CITRA, INDAH: CITRA, CITRA: SARI, HASAN: WATI}


@dataclass(eq=False)
class PromotionOffice(Office):
    """The city in the course of a promotion."""

    begins: ClassVar[datetime] = NOW

    def settle(self) -> None:
        """Let the people and the releases be there."""
        _people(self)
        self.deploys(map(release_files, PROCESSES))

    def start(self, about: int = DEWI, by: int = GITA, period: PromotionPeriod = PERIOD) -> int:
        """Begin the promotion of somebody and return the case."""
        self.engine.run(StartPromotion(about, period), self.actor(by))
        run_until_idle(self.app)
        return self.case_of(about)

    def case_of(self, about: int) -> int:
        """Return the newest case of somebody."""
        with self.engine.database.reading() as read:
            return int(max(row.id for row in read.execute(case.select().where(case.c.subject == about))))

    def does(self, person: int, element: str, **answers: Any) -> None:
        """Let somebody take a task out of the queue and complete it."""
        actor = self.actor(person)
        row = next(row for row in self.engine.read(group_tasks, actor).rows if row.element == element)
        self.engine.run(ClaimTask(row.case_id, row.token), actor)
        self.engine.run(CompleteTask(row.case_id, row.token, answers), actor)
        run_until_idle(self.app)

    def waits_at(self, about: int = DEWI) -> set[str]:
        """Return the tasks that wait in somebody's case."""
        return {task.element for task in self.view(about).waiting}

    def view(self, about: int = DEWI) -> CaseView:
        """Return somebody's case as its page shows it."""
        return self.engine.read(view_case, system_actor(CITY), self.case_of(about))

    def misses(self, about: int, period: PromotionPeriod = PERIOD) -> tuple[str, ...]:
        """Return what stands between somebody and the next rank, as the pages say it."""
        facts = self.facts(about, period)
        with self.engine.database.reading() as read:
            return judge(eligibility_table(read, CITY), facts, self.now).misses

    def earned(self, about: int) -> Fraction:
        """Return the credit of somebody in the present rank, as the pages say it."""
        found = self.facts(about, PERIOD).determination
        assert found is not None, "a functional post has credit"
        return found.earned

    def facts(self, about: int, period: PromotionPeriod) -> CareerFacts:
        """Return what is known of somebody's career for a period."""
        city, day = self.engine.directory.city(CITY), self.now.date()
        with self.engine.database.reading() as read:
            member = placement_on(read, CITY, about, day)
            assert member is not None, "everybody works somewhere"
            return facts_of(read, CITY, [member], period, Numbers.on(read, CITY, day, city))[about]

    def coming(self) -> Coming:
        """Return whose time in the rank is over by the coming periods."""
        around = Surroundings(self.engine.directory.city(CITY), self.now)
        with self.engine.database.reading() as read:
            return coming_promotions(read, CITY, around, None, period=PERIOD.code, page=1)

    def release(self, process: str, change: Callable[[bytes], bytes]) -> None:
        """Let the city's own release of a process come into force, each of whose shipped files is changed."""
        self.deploys([{name: change(content) for name, content in release_files(process).items()}])

    def until(self, moment: datetime) -> None:
        """Let time pass and the worker wake what is due."""
        self.now = moment
        for _ in range(3):
            sweep_timers(self.engine)
            run_until_idle(self.app)

    def write(self, table: Any, *rows: dict[str, Any]) -> None:
        """Let rows be there."""
        with self.engine.database.writing() as connection:
            connection.execute(table.insert(), [{"tenant": CITY, **row} for row in rows])

    def rows(self, table: Any) -> list[Any]:
        """Return all rows of a table."""
        with self.engine.database.reading() as read:
            return list(read.execute(table.select()))

    def had_results(self, person: int, *years: tuple[int, str]) -> None:
        """Let somebody have results in the last quarters of some years."""
        rating = {"work_result": "DIATAS_EKSPEKTASI", "behaviour": "DIATAS_EKSPEKTASI", "version": 1, "quarter": 4}
        common = {"employee_id": person, "decided_at": NOW - timedelta(days=2), "source": "uji", **rating}
        self.write(result, *({**common, "year": year, "predicate": predicate} for year, predicate in years))


def open_promotion_office(folder: Path) -> AbstractContextManager[PromotionOffice]:
    """Give a city with its people and the release of the promotion."""
    return open_office(folder, PromotionOffice)


def _people(office: PromotionOffice) -> None:
    units = {OFFICE: ("Dinas Kesehatan", "health_office"), AGENCY: ("Sekretariat", "secretariat")}
    rows = [
        {"id": key, "code": f"U{key}", "name": name, "kind": kind, "week": 5} for key, (name, kind) in units.items()
    ]
    office.write(unit, *rows)
    for person, (name, nip, where, level, title, grade) in PEOPLE.items():
        known = {"id": person, "nip": nip, "name": name, "kind": "PNS", "grade": grade, "active_from": SINCE}
        office.write(employee, known)
        seat = {"id": person, "code": f"P{person}", "name": title, "unit_id": where, "level": level}
        office.write(post, {**seat, "family": "general"})
        placed = {"employee_id": person, "unit_id": where, "post_id": person, "valid_from": SINCE}
        office.write(placement, {"id": person, **placed})
        # Four years in the rank on 1 March 2026, to the day.
        office.write(rank, {"id": person, "employee_id": person, "grade": grade, "valid_from": date(2022, 3, 1)})
        school = {"employee_id": person, "level": "S1", "graduated_on": date(2010, 7, 1)}
        office.write(education, {"id": person, **school})
    for person, rater in LINES.items():
        line = {"employee_id": person, "appraiser_id": rater, "valid_from": SINCE}
        office.write(reporting_line, {"id": person, **line})
    for person, (role, unit_id) in ROLES.items():
        grant = {"employee_id": person, "role": role, "unit_id": unit_id, "valid_from": SINCE}
        office.write(role_grant, {"id": person, **grant})
