"""A town for reports: agencies of several sizes with results, allowances, indices and a training."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table

from engine.records.case import case
from engine.records.database import Database
from engine.records.release import release
from engine.records.wordbook import wordbook
from processes.incentive.records import RunStatus, allowance_run, allowance_slip
from processes.people.city import ParameterSet
from processes.people.figures import unit_figure
from processes.people.parameters import shipped_sets
from processes.people.records import employee, placement, post, result, unit
from processes.promotion.board.records import board_outcome
from processes.promotion.selection.records import selection, selection_outcome
from processes.reports.quarters import Quarter
from tests.sqlite import open_database
from webapp.wiring.parts import import_records

CITY: Final = "serang"
NOW: Final = datetime(2026, 4, 20, tzinfo=UTC)
QUARTER: Final = Quarter(2026, 1)
TOP, HEALTH, CENTRE, SOCIAL, VILLAGE, ARCHIVE = range(101, 107)
#: Unit above, people; the health centre belongs to the health office.
UNITS: Final = {
    TOP: (None, 12),
    HEALTH: (TOP, 12),
    CENTRE: (HEALTH, 8),
    SOCIAL: (TOP, 15),
    VILLAGE: (TOP, 6),
    ARCHIVE: (TOP, 3),
}
MONTHS: Final = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))


@dataclass(frozen=True, slots=True)
class ReportTown:
    """The town's records."""

    database: Database

    def puts(self, table: Table, *rows: dict[str, Any]) -> None:
        """Put rows of the city into a table."""
        with self.database.writing() as connection:
            connection.execute(table.insert(), [{"tenant": CITY, **row} for row in rows])

    def measured(self, unit_id: int, quarter: Quarter, **figures: str) -> None:
        """Give a unit its figures of a quarter."""
        key = {"unit_id": unit_id, "year": quarter.year, "quarter": quarter.quarter}
        told = {"entered_at": NOW, "source": "skm.csv"}
        self.puts(
            unit_figure,
            *({**key, **told, "name": name, "value": Decimal(value)} for name, value in figures.items()),
        )

    def pays(self, status: RunStatus = RunStatus.PAID) -> None:
        """Pay everybody in each month: a person's number in thousands beside five million."""
        runs, slips = [], []
        for place, (unit_id, people) in enumerate(members().items()):
            for number, month in enumerate(MONTHS):
                run = place * 10 + number + 1
                amounts = {person: pay_of(person) for person in people}
                gross = sum(amounts.values(), Decimal(0))
                sums = {"gross": gross, "deductions": Decimal(0), "net": gross}
                head = {"unit_id": unit_id, "month": month, "version": 1}
                runs.append({**head, **sums, "id": run, "status": status.value, "people": len(people)})
                slips += [_slip(run, head, person, amount) for person, amount in amounts.items()]
        self.puts(allowance_run, *runs)
        self.puts(allowance_slip, *slips)

    def fills(self, process: str, case_id: int, *, place: int, reason: str | None = None) -> None:
        """Let a filling of the health office's post end with whoever held a place."""
        with self.database.writing() as connection:
            connection.execute(wordbook.insert(), {"id": case_id, "words": b""})
        of_process = {"process": process, "number": case_id, "digest": f"{case_id}", "content": b"", "deployed_at": NOW}
        self.puts(release, {"id": case_id, "wordbook_id": case_id, **of_process})
        about = {"business_key": f"{case_id}", "subject": HEALTH, "title": "Pengisian", "status": 1, "started_at": NOW}
        self.puts(case, {"id": case_id, "process": process, "release_id": case_id, **about})
        ended = {"case_id": case_id, "outcome": "chosen", "employee_id": 1, "place": place, "reason": reason}
        if process == "open_selection":
            weights = {f"weight_{name}": Decimal(25) for name in ("record", "assessment", "paper", "interview")}
            days = {"opened_on": NOW.date(), "closes_on": NOW.date(), "opened_at": NOW}
            self.puts(selection, {"case_id": case_id, "post_id": HEALTH, "panel_decree": "SK 1", **weights, **days})
            self.puts(selection_outcome, {**ended, "decided_at": NOW})
        else:
            self.puts(board_outcome, {**ended, "decided_at": NOW})

    def numbers(self, key: str) -> ParameterSet:
        """Return the shipped numbers of a key."""
        return next(one for one in shipped_sets("processes.reports.parameters") if one.key == key)


def members() -> dict[int, list[int]]:
    """Return the people of each unit, numbered through the town."""
    found: dict[int, list[int]] = {}
    first = 1
    for unit_id, (_above, size) in UNITS.items():
        found[unit_id] = list(range(first, first + size))
        first += size
    return found


def pay_of(person: int) -> Decimal:
    """Return what somebody gets in a month."""
    return Decimal(5_000_000 + 1000 * person)


def predicate_of(person: int) -> str:
    """Return somebody's predicate: every seventh is weak, every third excellent, the others good."""
    return "BUTUH_PERBAIKAN" if person % 7 == 0 else "SANGAT_BAIK" if person % 3 == 0 else "BAIK"


@contextmanager
def open_report_town(folder: Path) -> Generator[ReportTown]:
    """Give the town with its people and their predicates of the quarter."""
    import_records()
    town = ReportTown(open_database(folder))
    try:
        town.puts(
            unit,
            *(
                {"id": one, "code": f"U{one}", "name": f"Unit {one}", "parent_id": above, "kind": "other", "week": 5}
                for one, (above, _size) in UNITS.items()
            ),
        )
        for unit_id, people in members().items():
            _settle(town, unit_id, people)
        yield town
    finally:
        town.database.dispose()


def _settle(town: ReportTown, unit_id: int, people: list[int]) -> None:
    since = {"valid_from": date(2020, 1, 1)}
    seat = {"id": unit_id, "code": f"P{unit_id}", "name": "Analis", "unit_id": unit_id, "level": "executor"}
    town.puts(post, {**seat, "family": "umum", "job_class": 7})
    town.puts(employee, *(_person(number) for number in people))
    places = ({"id": one, "employee_id": one, "unit_id": unit_id, "post_id": unit_id, **since} for one in people)
    town.puts(placement, *places)
    ratings = {"work_result": "SESUAI_EKSPEKTASI", "behaviour": "SESUAI_EKSPEKTASI"}
    key = {"year": 2026, "quarter": 1, "version": 1, "unit_id": unit_id, "decided_at": NOW, "source": "berkas.csv"}
    town.puts(result, *({**key, **ratings, "employee_id": one, "predicate": predicate_of(one)} for one in people))


def _person(number: int) -> dict[str, Any]:
    sex = 1 if number % 2 else 2
    nip = f"19{70 + number % 25}0101201501{sex}{number:03}"
    kind = "PPPK" if number % 10 == 0 else "PNS"
    return {
        "id": number,
        "nip": nip,
        "name": f"Orang {number}",
        "kind": kind,
        "grade": "III/a" if number % 4 else "IV/a",
    }


def _slip(run: int, head: dict[str, Any], person: int, amount: Decimal) -> dict[str, Any]:
    key = {**head, "id": run * 1000 + person, "employee_id": person, "run_id": run, "made_at": NOW}
    sums = {"gross": amount, "deductions": Decimal(0), "net": amount}
    return {**key, **sums, "content": b"", "digest": "0" * 64, "is_void": False}
