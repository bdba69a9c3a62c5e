"""How far a quarter is, and its cases, in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.records.case import CaseStatus
from processes.appraisal.queries.cases import ListedCase, WaitingStep
from processes.appraisal.queries.org_results import OrgResult
from processes.appraisal.queries.quarters import QuarterProgress, WaitingElement
from processes.people.queries import StaffMember
from webapp.appraisal.quarter_reading import ListedCases, Quarters, StepNames
from webapp.appraisal.wording import in_words, quarter_name
from webapp.org_basis import basis_in_words
from webapp.texts import gettext as _
from webapp.texts import language


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many cases wait at a step."""

    element: str
    name: str
    count: int
    overdue: int


@dataclass(frozen=True, slots=True)
class StuckLine:
    """A step that failed, by its name."""

    case_id: int
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class QuarterPart:
    """One quarter of the list.

    :param is_opening: jobs still start cases.
    :param gap: people and units that got no case, because nobody could be found to rate them; `gap_names` the people.
    :param outside: names of those who are evaluated outside of this system; `on_leave` of those without a plan.
    :param unled: units that nobody leads or oversees.
    :param stand_ins: units whose predicate their superior did not set, each with what stands there instead and why.
    """

    year: int
    quarter: int
    name: str
    opens_on: date
    opened_at: datetime
    started: int
    planned: int
    locked: int
    employees: int
    is_opening: bool
    gap: int
    gap_names: tuple[str, ...]
    outside: tuple[str, ...]
    on_leave: tuple[str, ...]
    unled: tuple[str, ...]
    stand_ins: tuple[str, ...]
    waiting: tuple[StepCount, ...]
    overdue: int
    stuck: tuple[StuckLine, ...]


def quarter_parts(quarters: Quarters) -> tuple[QuarterPart, ...]:
    """Return the quarters as the list shows them."""
    return tuple(_part(row, quarters) for row in quarters.rows)


def _part(row: QuarterProgress, quarters: Quarters) -> QuarterPart:
    is_opening = quarters.pending[row.year, row.quarter] > 0
    waiting = {item.element: item for item in row.waiting}
    # In the order of the diagrams: the eye follows the flow.
    steps = [waiting[element] for element in quarters.steps if element in waiting]
    return QuarterPart(
        row.year,
        row.quarter,
        quarter_name(row.year, row.quarter),
        row.opens_on,
        row.opened_at,
        row.started,
        max(row.planned, row.started),  # cases of people who came after the opening are started too
        row.employees_locked,
        row.employees_open + row.employees_locked,
        is_opening,
        0 if is_opening else max(0, row.planned - row.started),
        tuple(_whom(item) for item in quarters.unopened.get((row.year, row.quarter), ())),
        tuple(_whom(item) for item in quarters.outside[row.year, row.quarter]),
        tuple(_whom(item) for item in quarters.on_leave[row.year, row.quarter]),
        tuple(unit.name for unit in quarters.unled[row.year, row.quarter]),
        tuple(_stand_in(*found) for found in quarters.stand_ins[row.year, row.quarter]),
        tuple(_step_count(item, quarters.steps) for item in steps),
        sum(item.overdue for item in row.waiting),
        tuple(StuckLine(item.case_id, step_name(item.element, quarters.names), item.since) for item in row.stuck),
    )


def _stand_in(unit: str, org: OrgResult) -> str:
    return f"{unit}: {in_words(org.predicate)}. {basis_in_words(org)}"


def _whom(member: StaffMember) -> str:
    return f"{member.name} ({member.post_name or member.unit_name})"


def _step_count(item: WaitingElement, steps: StepNames) -> StepCount:
    return StepCount(item.element, step_name(item.element, steps), item.count, item.overdue)


def step_name(element: str, steps: StepNames) -> str:
    """Return the name of a step in the reader's language; its id if the newest diagram does not have it any more."""
    names: Mapping[str, str] = steps.get(element, {})
    return names.get(language()) or names.get("id") or element


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A step that waits, by whom it is waited for, and until when."""

    step: str
    name: str
    due: date | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case of the list."""

    id: int
    title: str
    state: str
    tone: str
    waiting: tuple[WaitingLine, ...]
    is_overdue: bool
    due: date | None


def case_lines(listed: ListedCases, today: date) -> tuple[CaseLine, ...]:
    """Return the cases of a page."""
    return tuple(_line(row, listed, today) for row in listed.page.rows)


def _line(row: ListedCase, listed: ListedCases, today: date) -> CaseLine:
    days = [task.due for task in row.waiting if task.due is not None]
    due = min(days, default=None)
    state, tone = _state(row)
    waiting = tuple(_waits(task, listed) for task in row.waiting)
    return CaseLine(row.id, row.title, state, tone, waiting, due is not None and due < today, due)


def _state(row: ListedCase) -> tuple[str, str]:
    if row.incidents:
        return _("Tertahan"), "danger"
    return {
        CaseStatus.OPEN: (_("Berjalan"), "info"),
        CaseStatus.SUSPENDED: (_("Ditangguhkan"), "warning"),
        CaseStatus.CANCELLED: (_("Dibatalkan"), ""),
        CaseStatus.FINISHED: (_("Selesai"), "success"),
    }[row.status]


def _waits(task: WaitingStep, listed: ListedCases) -> WaitingLine:
    name = listed.names.get(task.assignee, "–") if task.assignee is not None else "–"
    return WaitingLine(step_name(task.element, listed.steps), name, task.due)
