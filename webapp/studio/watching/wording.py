"""Durations in working time, as people say them."""

from webapp.texts import gettext as _
from webapp.texts import ngettext, show_number

_HOUR = 60


def working_time(minutes: float | None, day_minutes: int) -> str:
    """Return a duration in working days, hours or minutes; two of them where the smaller one matters."""
    if minutes is None:
        return "–"
    whole = round(minutes)
    if whole < _HOUR:
        return ngettext("%(count)s menit", "%(count)s menit", whole)
    if whole < day_minutes:
        return _("%(count)s jam", count=show_number(round(whole / _HOUR)))
    days, rest = divmod(whole, day_minutes)
    hours = round(rest / _HOUR)
    said = ngettext("%(count)s hari kerja", "%(count)s hari kerja", days)
    return _("%(days)s %(hours)s jam", days=said, hours=hours) if hours and days < _FEW_DAYS else said


_FEW_DAYS = 5


def percent(part: float, whole: float) -> str:
    """Return a share in per cent; a dash of nothing."""
    return _("%(number)s%%", number=show_number(round(100 * part / whole))) if whole else "–"
