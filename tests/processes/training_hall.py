"""A city hall with a catalogue of training: what posts ask for, what people have, sessions to come."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from engine.casework import find_case, variables_of
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.engine import Engine
from engine.jobs import run_until_idle
from engine.policy.actor import Actor, system_actor
from engine.queries.inbox import InboxRow, my_tasks
from engine.records.case import case, open_task
from engine.worker import sweep_timers
from processes.people.careers import competency, competency_level, post_standard
from processes.people.figures import unit_figure
from processes.people.records import result, role_grant
from processes.training.commands.nominate import Nominate
from processes.training.definitions import PROCESSES, release_files
from processes.training.jobs import open_training_sessions
from processes.training.queries.nominations import Nomination, nominations_of
from processes.training.records import NominationStatus, training_course, training_session, training_target
from tests.processes.city_hall import BUDI, CITRA, DEWI, EKA, HANA, OFFICE, SECRETARY, settle_hall
from tests.processes.office import CITY, Office, open_office

#: Hana verifies for BKPSDM; Budi looks after the office's personnel, Citra leads Dewi and Eka.
VERIFIER, OFFICER = HANA, BUDI
COURSE, ANALYSIS = "PBJ", "ANALISIS"
FIRST, SECOND = 501, 502
STARTS = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)


@dataclass(eq=False)
class TrainingHall(Office):
    """The city hall while people are trained."""

    begins: ClassVar[datetime] = STARTS

    def settle(self) -> None:
        """Let the people of the hall, a catalogue with two sessions, and the releases be there."""
        settle_hall(self)
        self.deploys(map(release_files, PROCESSES))
        _furnish(self.engine)
        open_training_sessions(self.engine, CITY)

    def nominate(self, person: int, *, by: int | None = None, session: int = FIRST, reason: str = "") -> int:
        """Let somebody nominate a person; return the nomination."""
        actor = self.actor(by or person)
        nomination: int = self.engine.run(Nominate(person, session, reason), actor).value
        run_until_idle(self.app)
        return nomination

    def does(self, person: int, element: str, about: int = 0, **answers: Any) -> None:
        """Let a person complete the task at an element of somebody's case, claiming it from its queue if need be."""
        row = self.task(element, about)
        if row.assignee is None:
            self.engine.run(ClaimTask(row.case_id, row.token), self.actor(person))
        self.engine.run(CompleteTask(row.case_id, row.token, answers), self.actor(person))
        run_until_idle(self.app)

    def task(self, element: str, about: int = 0) -> Any:
        """The open task at an element of a case about somebody."""
        found = (
            open_task.join(case, case.c.id == open_task.c.case_id)
            .select()
            .where(open_task.c.element == element, case.c.subject == about)
        )
        with self.engine.database.reading() as read:
            return read.execute(found.with_only_columns(open_task)).first()

    def tasks(self, person: int) -> list[InboxRow]:
        """The tasks that wait for a person."""
        return list(self.engine.read(my_tasks, self.actor(person)).rows)

    def until(self, day: date) -> None:
        """Let time pass to the morning of a day, timer by timer."""
        while self.now.date() < day:
            self.now += timedelta(days=1)
            sweep_timers(self.engine)
            run_until_idle(self.app)

    def nomination(self, person: int) -> Nomination:
        """The newest nomination of a person."""
        with self.engine.database.reading() as read:
            return nominations_of(read, CITY, [person])[0]

    def status(self, person: int) -> NominationStatus:
        """Where the newest nomination of a person stands."""
        return self.nomination(person).status

    def approve(self, person: int) -> None:
        """Let superior and officer say yes."""
        self.does(CITRA, "approve", person, decision="approve")
        self.does(OFFICER, "review", person, decision="forward")

    def chosen_by_verifier(self, **changes: Any) -> None:
        """Let BKPSDM confirm the ranking when its time has come."""
        self.until(date(2026, 11, 16))
        self.does(VERIFIER, "choose", rows=self.ranking(), **changes)

    def ranking(self) -> list[dict[str, Any]]:
        """The rows of the ranking that waits to be confirmed."""
        row = self.task("choose")
        view = self.engine.read(_variables, system_actor(CITY), row.case_id)
        return [{"seat": "seat" if item["is_chosen"] else "list"} for item in view["rows"]]


def _variables(read: Any, actor: Actor, case_id: int) -> dict[str, Any]:
    ranking: dict[str, Any] = variables_of(find_case(read, actor.tenant, case_id))["ranking"]
    return ranking


def open_training_hall(folder: Path) -> AbstractContextManager[TrainingHall]:
    """Give a city hall with a catalogue, two sessions, and Dewi with a gap of two levels."""
    return open_office(folder, TrainingHall)


def _furnish(engine: Engine) -> None:
    since = date(2020, 1, 1)
    with engine.database.writing() as connection:
        for number, person, role, unit in ((2, VERIFIER, "hr_verifier", None), (3, OFFICER, "unit_hr_officer", OFFICE)):
            row = {"id": number, "tenant": CITY, "employee_id": person, "role": role, "unit_id": unit}
            connection.execute(role_grant.insert(), {**row, "valid_from": since})
        kept = {"tenant": CITY, "name": "Pengadaan barang dan jasa", "kind": "technical", "field": "Umum"}
        connection.execute(competency.insert(), {**kept, "code": COURSE})
        for person in (DEWI, EKA):
            wanted = {"tenant": CITY, "post_id": person, "competency": COURSE, "level": 3}
            connection.execute(post_standard.insert(), wanted)
            level = {"employee_id": person, "level": 1 if person == DEWI else 2, "source": "Asesmen"}
            where = {"tenant": CITY, "competency": COURSE, "assessed_on": date(2026, 1, 5)}
            connection.execute(competency_level.insert(), {**level, **where})
        course = {"tenant": CITY, "code": COURSE, "name": "Pengadaan barang dan jasa", "field": "Manajerial"}
        connection.execute(
            training_course.insert(),
            {
                **course,
                "hours": 16,
                "method": "classical",
                "is_open": False,
                "impact_figure": "ikm",
                "behaviour_figure": "S5",
            },
        )
        connection.execute(
            training_target.insert(), {"tenant": CITY, "course": COURSE, "competency": COURSE, "level": 3}
        )
        connection.execute(
            training_session.insert(), [_session(FIRST, date(2026, 11, 30)), _session(SECOND, date(2027, 2, 1))]
        )


def _session(number: int, first: date) -> dict[str, Any]:
    return {
        "id": number,
        "tenant": CITY,
        "code": f"S{number}",
        "course": COURSE,
        "first_day": first,
        "last_day": first + timedelta(days=1),
        "enrol_until": first - timedelta(days=30),
        "place": "Aula BKPSDM",
        "quota": 1,
        "seat_cost": Decimal(1_000_000),
        "budget": Decimal(1_500_000),
        "budget_line": "5.03.02",
    }


def had_result(hall: TrainingHall, person: int, predicate: str = "BUTUH_PERBAIKAN", value: str | None = "80") -> None:
    """Let somebody have a result in the ledger."""
    row = {"tenant": CITY, "employee_id": person, "year": 2026, "quarter": 3, "version": 1, "predicate": predicate}
    rated = {"work_result": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI", "source": "hasil.csv"}
    number = Decimal(value) if value is not None else None
    with hall.engine.database.writing() as connection:
        connection.execute(result.insert(), {**row, **rated, "value": number, "decided_at": hall.now})


def had_figures(hall: TrainingHall, unit: int, *figures: tuple[int, int, str, str]) -> None:
    """Let figures of a unit have been imported: year, quarter, name and value of each."""
    names = ("year", "quarter", "name", "value")
    own = {"tenant": CITY, "unit_id": unit, "entered_at": hall.now, "entered_by": None, "source": "angka.csv"}
    rows = [{**own, **dict(zip(names, figure, strict=True)), "value": Decimal(figure[3])} for figure in figures]
    with hall.engine.database.writing() as connection:
        connection.execute(unit_figure.insert(), rows)


__all__ = [
    "BUDI",
    "CITRA",
    "CITY",
    "COURSE",
    "DEWI",
    "EKA",
    "FIRST",
    "HANA",
    "OFFICE",
    "OFFICER",
    "SECOND",
    "SECRETARY",
    "VERIFIER",
    "TrainingHall",
    "had_figures",
    "had_result",
    "open_training_hall",
]
