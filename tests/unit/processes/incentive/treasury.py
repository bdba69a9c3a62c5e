"""The small city with everything that allowances of its school need, for May 2026: 20 working days of six a week."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from engine.calendar import WorkCalendar
from engine.command import Job
from engine.engine import Engine
from engine.policy.predicates import is_system
from engine.policy.rules import Policy, Rules
from engine.records.changes import Write, apply_writes
from processes.incentive.months import (
    MonthComputed,
    RunState,
    compute_month,
    month_writes,
    open_run,
    read_run,
    status_write,
)
from processes.incentive.permissions import is_not_concerned
from processes.incentive.records import RunStatus
from processes.incentive.slips import StoredSlip, slips_of_unit
from processes.people.permissions import RULES, is_hr_verifier, is_not_oneself, is_not_proposer, is_unit_hr_officer
from processes.people.queries import all_units
from processes.people.records import role_grant
from tests.unit.processes.people.office import CITY, GURU, GURU_2, KEPSEK, NOW, NoJobs, Office, Surrounding

MAY = date(2026, 5, 1)
#: Monday to Saturday without the holidays of the test.
HOLIDAYS = [("01/05/2026", "Hari Buruh"), ("14/05/2026", "Kenaikan"), ("27/05/2026", "Iduladha")]
WORKING = [
    day
    for day in (date(2026, 5, number) for number in range(1, 32))
    if WorkCalendar("", frozenset({date(2026, 5, 1), date(2026, 5, 14), date(2026, 5, 27)}), 6).is_working_day(day)
]
CLASSES = "incentive.class_allowance"
ROOM: Rules = {
    "attendance:propose": [(is_unit_hr_officer,)],
    "attendance:approve": [(is_hr_verifier, is_not_proposer, is_not_oneself)],
    "month:adjust": [(is_hr_verifier, is_not_oneself)],
    "month:confirm": [(is_hr_verifier, is_not_proposer, is_not_oneself)],
    "signal:find": [(is_system,)],
    "signal:handle": [(is_hr_verifier, is_not_concerned)],
    "test:write": [(is_system,)],
}


class SignalJobs(NoJobs):
    """A queue that takes the search for signals, which these tests make themselves."""

    def defer(self, connection: Connection, job: Job) -> None:
        if job.name != "find_allowance_signals":
            super().defer(connection, job)


class Treasury(Office):
    """The office of allowances."""

    def __init__(self, folder: Path, content: Callable[[], bytes] | None = None, now: datetime = NOW) -> None:
        super().__init__(folder, content, now)
        policy = Policy(RULES, ROOM)
        self.engine = Engine(
            self.database, directory=Surrounding(), policy=policy, jobs=SignalJobs(), clock=lambda: now
        )

    @property
    def school(self) -> int:
        return self.unit("SMP-1")

    def unit(self, code: str) -> int:
        with self.reading() as read:
            return next(found.id for found in all_units(read, CITY) if found.code == code)

    def prepare(self) -> None:
        self.load_staff()
        self.load("holidays", *HOLIDAYS)
        self.load("parameters", *amounts({"8.beban_kerja": "5000000", "11.beban_kerja": "9000000"}))
        self.load("allowance-ceilings", ("SMP-1", "2026-05", "20000000"))
        self.load(
            "results",
            *(
                (nip, "2026", "1", "", "Sesuai ekspektasi", "Sesuai ekspektasi", "Baik")
                for nip in (KEPSEK, GURU, GURU_2)
            ),
        )
        self.attend(KEPSEK)
        self.attend(GURU)
        self.attend(GURU_2)

    def attend(self, nip: str, days: list[date] | None = None, **other: tuple[str, ...]) -> None:
        """Let somebody be there on all working days of May; `other` says what a day was, by its number: `d5`."""
        rows = [
            (nip, day.isoformat(), *other.get(f"d{day.day}", ("Hadir", "07:30", "16:00")))
            for day in (WORKING if days is None else days)
        ]
        self.load("attendance", *rows)

    def grant(self, nip: str, role: str) -> None:
        """Give somebody a role for good."""
        row = {"tenant": CITY, "employee_id": self.person(nip), "role": role, "valid_from": date(2020, 1, 1)}
        with self.database.writing() as connection:
            connection.execute(role_grant.insert(), {**row, "id": self.engine.new_id()})

    def compute(self, month: date = MAY, unit: str = "SMP-1") -> MonthComputed:
        with self.reading() as read:
            return compute_month(read, CITY, self.unit(unit), month, city=self.engine.directory.city(CITY))

    def run_of(self, month: date = MAY, unit: str = "SMP-1") -> RunState:
        with self.reading() as read:
            found = read_run(read, CITY, self.unit(unit), month)
        assert found is not None
        return found

    def keep(self, month: date = MAY, unit: str = "SMP-1") -> RunState:
        """Compute a month and keep it; open it first if nobody has."""
        with self.reading() as read:
            known = read_run(read, CITY, self.unit(unit), month)
        if known is None:
            self.write(
                open_run(tenant=CITY, unit_id=self.unit(unit), month=month, case_id=None, new_id=self.engine.new_id)
            )
        computed, run = self.compute(month, unit), self.run_of(month, unit)
        with self.reading() as read:
            rows = month_writes(read, computed, run, actor=None, now=NOW, new_id=self.engine.new_id)
        self.write(*rows)
        return self.run_of(month, unit)

    def lock(self, month: date = MAY, unit: str = "SMP-1") -> RunState:
        run = self.keep(month, unit)
        self.write(status_write(run, RunStatus.LOCKED, now=NOW))
        return self.run_of(month, unit)

    def slips(self, month: date = MAY, unit: str = "SMP-1") -> dict[int, StoredSlip]:
        with self.reading() as read:
            return {slip.employee_id: slip for slip in slips_of_unit(read, CITY, self.unit(unit), month)}

    def write(self, *writes: Write) -> None:
        with self.database.writing() as connection:
            apply_writes(connection, writes)


def amounts(values: dict[str, str], first: str = "2026-01-01", version: str = "2026.1") -> list[tuple[str, ...]]:
    """Return the rows of a file with a city's amounts."""
    return [(CLASSES, version, first, "Perwal 1/2026", name, value) for name, value in values.items()]
