"""The inbox as a page: what the reader filters by, and the rows with their working days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from engine.policy.actor import Actor
from engine.queries.inbox import Filters, InboxCounts, InboxRow, Position, count_tasks, group_tasks, my_tasks
from forms import AlurForm, CheckboxField, ChoiceField, Language, Option, Text, TextField
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from webapp.inbox.days import days_left
from webapp.wiring import Alur

GROUP: Final = "kelompok"
"""Value of `antrean` in the address that shows the queues of the reader's groups."""

LARGEST_ID: Final = 2**63

PROCESSES: Final[Mapping[str, Text]] = {
    EMPLOYEE_PROCESS: Text("Evaluasi kinerja pegawai", "Employee evaluation"),
    UNIT_PROCESS: Text("Evaluasi unit kerja", "Unit evaluation"),
}


class AllOrOneField(ChoiceField):
    """A list whose first entry means "all"."""

    has_placeholder = False


class FilterForm(AlurForm):
    """What the reader looks for; it stands in the address, so that it can be kept and sent on."""

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

    :param days: working days left by the city's five-day week; the task's own page counts by the unit's.
    """

    case_id: int
    token: int
    step: str
    title: str
    process: str
    due: date | None
    days: int | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the inbox.

    :param next: the cursor of the page behind it, empty on the last one.
    """

    rows: tuple[ListedTask, ...]
    counts: InboxCounts
    next: str


def read_listing(
    read: Any, actor: Actor, alur: Alur, filters: Filters, *, is_group: bool, after: str, language: Language
) -> Listing:
    """Return one page of the reader's own tasks, or of those that wait in the queues of his groups."""
    today = alur.now_in(actor.tenant).date()
    page = (group_tasks if is_group else my_tasks)(read, actor, filters, read_cursor(after))
    calendar = alur.directory.calendar(read, actor.tenant, {})
    rows = tuple(_listed(row, language, days_left(calendar, today, row.due)) for row in page.rows)
    return Listing(rows, count_tasks(read, actor, today), write_cursor(page.next))


def write_cursor(position: Position | None) -> str:
    """Return where a page ended, for an address; empty when nothing follows."""
    if position is None:
        return ""
    return f"{position.due or ''}~{position.case_id}~{position.token}"


def read_cursor(text: str) -> Position | None:
    """Return where the page before ended; what is no cursor starts at the first page."""
    due, *numbers = text.split("~")
    try:
        case_id, token = (int(number) for number in numbers)
        day = date.fromisoformat(due) if due else None
    except ValueError:
        return None
    # A database key has 63 bits: what is larger cannot even be compared.
    return Position(day, case_id, token) if 0 <= case_id < LARGEST_ID and 0 <= token < LARGEST_ID else None


def _listed(row: InboxRow, language: Language, days: int | None) -> ListedTask:
    process = PROCESSES.get(row.process)
    return ListedTask(
        row.case_id,
        row.token,
        row.names.get(language) or row.names["id"],
        row.title,
        process.to(language) if process else row.process,
        row.due,
        days,
        row.opened_at,
    )
