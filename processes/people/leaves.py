"""Kinds of leave, and which absence is so long that somebody else must appraise (PerBKN 24/2017 names the kinds)."""

from datetime import date
from enum import StrEnum

#: Our own design: an absence of more days than a quarter's evaluation can wait for. Counted in calendar days.
LONG_LEAVE_DAYS = 14


class LeaveKind(StrEnum):
    """Why somebody is away."""

    ANNUAL = "tahunan"
    LONG_SERVICE = "besar"
    SICK = "sakit"
    MATERNITY = "melahirkan"
    IMPORTANT_REASON = "alasan_penting"
    UNPAID = "cltn"
    STUDY = "tugas_belajar"


def is_long_leave(first_day: date, last_day: date) -> bool:
    """Say whether an absence is so long that the person's duties towards others pass to somebody else."""
    return (last_day - first_day).days + 1 > LONG_LEAVE_DAYS
