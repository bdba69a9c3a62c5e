"""The inbox as a page: what the reader filters by, and the rows with their working days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from engine.calendar import WorkCalendar
from engine.policy.actor import Actor
from engine.queries.due_order import Position
from engine.queries.inbox import (
    MOST_COUNTED,
    SEARCHED,
    Filters,
    InboxCounts,
    InboxRow,
    count_tasks,
    group_tasks,
    my_tasks,
)
from forms import AlurForm, CheckboxField, ChoiceField, Language, Option, Text, TextField
from processes.people.queries import unit_calendars
from webapp.inbox.days import days_left, is_important, later_than
from webapp.texts import show_number
from webapp.wiring import Alur
from webapp.wiring.parts import process_names

GROUP: Final = "kelompok"
"""Value of `antrean` in the address that shows the queues of the reader's groups."""

LARGEST_ID: Final = 2**63
LARGEST_RANK: Final = 100

PROCESSES: Final[Mapping[str, Text]] = {process: Text(*names) for process, names in process_names().items()}


class AllOrOneField(ChoiceField):
    """A list whose first entry means "all"."""

    has_placeholder = False


class FilterForm(AlurForm):
    """What the reader looks for; all but the typed words stand in the address, so that it can be kept and sent on."""

    cari = TextField(Text("Cari nama atau judul", "Search name or title"), max_length=100)
    proses = AllOrOneField(
        Text("Proses", "Process"),
        options=[
            Option("", Text("Semua proses", "All processes")),
            *(Option(process, text) for process, text in PROCESSES.items()),
        ],
    )
    terlambat = CheckboxField(Text("Terlambat saja", "Overdue only"))

    def filters(self, today: date) -> Filters:
        """Return the filters; what cannot be read filters nothing and is said on its field."""
        self.validate()
        good = {field.short_name: str(field.data or "") for field in self.fields if not field.errors}
        due_before = today if good.get("terlambat") else None
        return Filters(text=good.get("cari", ""), process=good.get("proses", ""), due_before=due_before)


@dataclass(frozen=True, slots=True)
class ListedTask:
    """One row of the inbox.

    :param days: working days left by the week of the case's unit, as on the task's own page.
    :param is_important: it goes before the others of its day.
    :param is_suspended: nobody can complete it until its case goes on.
    :param later: the day from which it is to be looked at, if that is still to come.
    """

    case_id: int
    token: int
    step: str
    title: str
    process: str
    due: date | None
    days: int | None
    opened_at: datetime
    is_important: bool
    later: date | None
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class StepTasks:
    """The tasks of one step on a page of the inbox, in the order of the page."""

    step: str
    process: str
    rows: tuple[ListedTask, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the inbox.

    :param next: the cursor of the page behind it, empty on the last one.
    :param searched: how many tasks a search looked through before it stopped short of the last one; 0 when it did not.
    """

    rows: tuple[ListedTask, ...]
    counts: InboxCounts
    next: str
    searched: int

    @property
    def steps(self) -> tuple[StepTasks, ...]:
        """The rows of this page by step, the most urgent step first; pages themselves go by due date and priority."""
        found: dict[tuple[str, str], list[ListedTask]] = {}
        for row in self.rows:
            found.setdefault((row.step, row.process), []).append(row)
        return tuple(StepTasks(step, process, tuple(rows)) for (step, process), rows in found.items())


def read_listing(
    read: Any, actor: Actor, alur: Alur, filters: Filters, *, is_group: bool, after: str, language: Language
) -> Listing:
    """Return one page of the reader's own tasks, or of those that wait in the queues of his groups."""
    today = alur.now_in(actor.tenant).date()
    page = (group_tasks if is_group else my_tasks)(read, actor, filters, read_cursor(after))
    calendars = _calendars(read, actor, alur, page.rows)
    rows = tuple(_listed(row, language, calendars[_unit_of(row)], today) for row in page.rows)
    searched = SEARCHED if page.is_searching else 0
    return Listing(rows, count_tasks(read, actor, today), write_cursor(page.next), searched)


def show_count(count: int) -> str:
    """Return a count for a heading: “999+” where nobody counted further."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else show_number(count)


def _calendars(read: Any, actor: Actor, alur: Alur, rows: tuple[InboxRow, ...]) -> Mapping[int | None, WorkCalendar]:
    """Return the working days by unit for the rows of a page, in three statements at most, however many rows."""
    found: dict[int | None, WorkCalendar] = {}
    wanted = {_unit_of(row) for row in rows}
    if wanted - {None}:
        found |= {unit: calendar for unit, calendar in unit_calendars(read, actor.tenant).items() if unit in wanted}
    if missing := wanted - found.keys():
        found |= dict.fromkeys(missing, alur.directory.calendar(read, actor.tenant, {}))
    return found


def _unit_of(row: InboxRow) -> int | None:
    """Return the unit that the case of a task names, as the engine's directory reads it."""
    unit = row.variables.get("unit")
    return unit if isinstance(unit, int) else None


def write_cursor(position: Position | None) -> str:
    """Return where a page ended, for an address; empty when nothing follows."""
    if position is None:
        return ""
    return f"{position.due or ''}~{position.rank}~{position.case_id}~{position.token}"


def read_cursor(text: str) -> Position | None:
    """Return where the page before ended; what is no cursor starts at the first page."""
    due, *numbers = text.split("~")
    try:
        rank, case_id, token = (int(number) for number in numbers)
        day = date.fromisoformat(due) if due else None
    except ValueError:
        return None
    # A database key has 63 bits: what is larger cannot even be compared.
    is_one = 0 <= rank <= LARGEST_RANK and 0 <= case_id < LARGEST_ID and 0 <= token < LARGEST_ID
    return Position(day, rank, case_id, token) if is_one else None


def _listed(row: InboxRow, language: Language, calendar: WorkCalendar, today: date) -> ListedTask:
    process = PROCESSES.get(row.process)
    return ListedTask(
        row.case_id,
        row.token,
        row.names.get(language) or row.names["id"],
        row.title,
        process.to(language) if process else row.process,
        row.due,
        days_left(calendar, today, row.due),
        row.opened_at,
        is_important(row.priority),
        later_than(today, row.follow_up),
        row.is_suspended,
    )
