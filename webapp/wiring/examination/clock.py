"""Looks at the clock: deadlines, timers and the order of the trail hang on it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select, text

from engine.records.history import audit
from webapp.wiring.alur import Alur
from webapp.wiring.examination.finding import Finding, State, judged

#: Machines with a time service differ by milliseconds.
TOLERANCE: Final = timedelta(seconds=2)
#: Nobody having worked for so long is likelier a clock that was set forward.
LONG_AGO: Final = timedelta(days=400)
SET: Final = "Setel jam komputer dan nyalakan layanan waktu: timedatectl set-ntp true."


def examine_clock(alur: Alur) -> Iterator[Finding]:
    """Yield what is found of the clock, against the newest record and against the database's own."""
    now = alur.clock()
    with alur.database.reading() as read:
        newest = read.execute(select(func.max(audit.c.at))).scalar()
        theirs = None if alur.database.is_sqlite else read.execute(text("SELECT clock_timestamp()")).scalar_one()
    yield _against_records(now, newest)
    if theirs is not None:
        apart = abs(now - theirs)
        found = f"berbeda {apart.total_seconds():.1f} detik"
        yield judged("clock.database", "Jam terhadap jam basis data", found, SET, is_good=apart <= TOLERANCE)


def _against_records(now: datetime, newest: datetime | None) -> Finding:
    what = "Jam terhadap catatan terakhir"
    if newest is None:
        return Finding("clock.records", what, State.GOOD, f"{_said(now)}; belum ada catatan")
    found = f"sekarang {_said(now)}, catatan terakhir {_said(newest)}"
    if now + TOLERANCE < newest:
        return Finding(
            "clock.records", what, State.ERROR, f"{found}: jam mundur", f"{SET} Tenggat menunggu sampai itu."
        )
    is_good = now - newest < LONG_AGO
    advice = "Lebih dari setahun tidak ada catatan: pastikan tahun pada jam komputer ini benar."
    return judged("clock.records", what, found, advice, is_good=is_good, state=State.WARNING)


def _said(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H.%M.%S} UTC"
