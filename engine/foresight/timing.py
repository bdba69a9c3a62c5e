"""When timers and due dates come, as far as their expressions say it without the data of a case."""

import re
from datetime import timedelta
from typing import Final

from engine.bpmn.cycles import read_cycle
from engine.bpmn.durations import read_duration
from engine.calendar import WEEKS
from engine.foresight.axis import WorkAxis
from engine.foresight.chance import Durations
from engine.foresight.model import Delay

_WORKING_DAYS: Final = re.compile(r"working days after\(\s*today\(\)\s*,\s*(\d{1,4})\s*\)")
_DURATION: Final = re.compile(r"""(?:@|duration\()?\s*"?(P[0-9DTHMSW]+)"?\s*\)?""")


def delay_of(expression: str | None, axis: WorkAxis, week: str | None = None) -> Delay | None:
    """Return when something is due that an expression names; None if that depends on the case.

    Working days end with their last minute, and a duration runs day and night; of a cycle the first time counts.

    :param week: the name of the week in which working days are counted; None for that of the axis.
    """
    text = (expression or "").strip()
    days = _WORKING_DAYS.fullmatch(text)
    if days:
        return _in_days(int(days[1]), axis, week)
    duration = _duration(text)
    if duration is None:
        return None
    return lambda now, _draw: axis.after(now, duration)


def delay_by(durations: Durations) -> Delay:
    """Return when something comes that takes so long."""
    return lambda now, draw: now + durations.at(draw)


def _in_days(count: int, axis: WorkAxis, week: str | None) -> Delay:
    own = axis.office.calendar
    if week is None or WEEKS.get(week, own.week) == own.week:
        return lambda now, _draw: axis.end_of_days(now, count)
    named = own.in_week(week)
    return lambda now, _draw: max(now, axis.end_of(named.add_working_days(axis.instant_of(now).date(), count)))


def _duration(text: str) -> timedelta | None:
    cycle = read_cycle(text) if text.startswith("R") else None
    if cycle is not None:
        return cycle.step
    found = _DURATION.fullmatch(text)
    return read_duration(found[1]) if found else None
