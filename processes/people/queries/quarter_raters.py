"""Who evaluates a quarter: the appraiser on its last day, with those who moved or were corrected in its window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from engine.records.schema import Day
from processes.people.line_proposals import ProposalStatus, line_proposal
from processes.people.queries.on_day import TENANT, AnyRow, is_present
from processes.people.queries.raters import Rater, line_on, rater_above, rater_by, read_lines_of
from processes.people.queries.staff import placement_on

_correction = select(line_proposal.c.id).where(
    line_proposal.c.tenant == TENANT,
    line_proposal.c.employee_id == bindparam("employee_id"),
    line_proposal.c.appraiser_id == bindparam("appraiser_id"),
    line_proposal.c.valid_from == bindparam("valid_from", type_=Day),
    line_proposal.c.status == ProposalStatus.APPROVED.value,
)


def rater_for(
    read: Connection, tenant: str, employee_id: int, quarter_end: date, *, window_first: date, window_last: date
) -> Rater | None:
    """Return who evaluates a quarter: the appraiser on its last day, unless he moved inside the evaluation window.

    A line that ended inside the window still counts (dossier 12.10.3), if it was the appraiser who moved and not the
    employee, whom the new appraiser evaluates (12.10.4). He must be there at the end of the window to do it.

    A line that begins inside the window as an approved correction counts from the start: the line before it did not
    end because somebody moved, it was wrong.
    """
    found = raters_of(read, tenant, [employee_id], quarter_end, window_first=window_first, window_last=window_last)
    return found.get(employee_id)


def raters_of(
    read: Connection,
    tenant: str,
    employee_ids: Sequence[int],
    quarter_end: date,
    *,
    window_first: date,
    window_last: date,
) -> dict[int, Rater]:
    """Return who evaluates the quarter of each employee, as `rater_for` says; those without anybody are left out.

    One statement for all, and a few more for each whose reporting line does not settle it.
    """
    first = min(window_first, quarter_end)
    lines = read_lines_of(read, tenant, employee_ids, first, last=max(window_last, quarter_end), present_on=window_last)
    window = _Window(quarter_end, window_first, window_last)
    raters = {one: _rater_in(read, tenant, one, lines.get(one, []), window) for one in employee_ids}
    return {employee_id: rater for employee_id, rater in raters.items() if rater is not None}


@dataclass(frozen=True, slots=True)
class _Window:
    quarter_end: date
    first: date
    last: date


def _rater_in(read: Connection, tenant: str, employee_id: int, lines: list[AnyRow], window: _Window) -> Rater | None:
    line = _corrected(read, tenant, lines, window) or _ended(read, tenant, employee_id, lines, window)
    if line is None:
        line = line_on(lines, window.quarter_end)
    found = rater_by(line) if line is not None and is_present(line) else None
    return found or rater_above(read, tenant, employee_id, window.last, {employee_id})


def _corrected(read: Connection, tenant: str, lines: list[AnyRow], window: _Window) -> AnyRow | None:
    """Return the newest line that begins inside the window because the one before it was corrected."""
    begun = [line for line in lines if window.first <= line.valid_from <= window.last]
    return next((line for line in reversed(begun) if _is_correction(read, tenant, line)), None)


def _is_correction(read: Connection, tenant: str, line: AnyRow) -> bool:
    named = {name: getattr(line, name) for name in ("employee_id", "appraiser_id", "valid_from")}
    return read.execute(_correction, {"tenant": tenant, **named}).first() is not None


def _ended(read: Connection, tenant: str, employee_id: int, lines: list[AnyRow], window: _Window) -> AnyRow | None:
    """Return the line that ended inside the window because its appraiser moved and is still there to evaluate."""
    over = (line for line in lines if line.valid_to is not None and line.valid_from <= window.quarter_end)
    ended = next((line for line in over if window.first <= line.valid_to <= window.last), None)
    if ended is None or not is_present(ended) or _employee_moved(read, tenant, employee_id, ended, window.last):
        return None
    return ended


def _employee_moved(read: Connection, tenant: str, employee_id: int, line: AnyRow, day: date) -> bool:
    before = placement_on(read, tenant, employee_id, line.valid_to)
    after = placement_on(read, tenant, employee_id, day)
    return before is not None and after is not None and before.unit_id != after.unit_id
