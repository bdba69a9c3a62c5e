"""Looks at the work in the background: whether somebody does it, what is late, and what was given up."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, or_, select

from engine.delivering import damaged_rows
from engine.jobs.tables import jobs, workers
from engine.jobs.upkeep import Heartbeat
from engine.records.case import incident, timer
from engine.records.outbox import outbox
from webapp.wiring.alur import Alur
from webapp.wiring.examination.finding import Finding, State, judged

# Constants, not parameters, so that the partial indexes of the queue are used.
_TODO: Final[ColumnElement[str]] = literal_column("'todo'")
_DOING: Final[ColumnElement[str]] = literal_column("'doing'")
_FAILED: Final[ColumnElement[str]] = literal_column("'failed'")
LONG_QUEUE: Final = 1000
#: A due timer becomes a job within a quarter of a minute; a long queue delays it by minutes.
LATE: Final = timedelta(minutes=5)
START: Final = (
    "Jalankan alur serve (satu berkas) atau alur worker (PostgreSQL), dan baca catatannya: journalctl -u alur."
)


def examine_work(alur: Alur) -> Iterator[Finding]:
    """Yield what is found of workers, jobs, timers, messages and incidents."""
    now = alur.clock()
    with alur.database.reading() as read:
        alive = count_workers(read, now)
        yield judged(
            "work.workers", "Pekerja latar", f"{alive} berjalan", START, is_good=alive > 0, state=State.WARNING
        )
        yield from _examine_jobs(read, now)
        yield _examine_timers(read, now)
        yield from _examine_waiting(read)


def count_workers(read: Connection, now: datetime) -> int:
    """Return how many workers live, on any machine, as their heartbeats say."""
    return _count(read, select(func.count()).where(workers.c.last_heartbeat >= _heard_since(now)))


def _heard_since(now: datetime) -> datetime:
    return now - timedelta(seconds=Heartbeat().limit)


def _examine_jobs(read: Connection, now: datetime) -> Iterator[Finding]:
    queue = _count(read, select(func.count()).where(jobs.c.status == _TODO))
    yield judged("work.queue", "Antrean", f"{queue} pekerjaan", START, is_good=queue < LONG_QUEUE, state=State.WARNING)
    alive = select(workers.c.id).where(workers.c.last_heartbeat >= _heard_since(now))
    left = or_(jobs.c.worker_id.is_(None), jobs.c.worker_id.not_in(alive))
    stalled = _count(read, select(func.count()).where(jobs.c.status == _DOING, left))
    yield judged(
        "work.stalled",
        "Pekerjaan yang ditinggalkan",
        f"{stalled} pekerjaan",
        f"Pekerja lain mengambilnya dalam setengah menit. Bila tidak: {START}",
        is_good=not stalled,
        state=State.WARNING,
    )
    given_up = read.execute(
        select(jobs.c.task_name, func.count()).where(jobs.c.status == _FAILED).group_by(jobs.c.task_name)
    ).all()
    yield judged(
        "work.failed",
        "Pekerjaan yang menyerah",
        ", ".join(f"{name}: {count}" for name, count in given_up) or "tidak ada",
        "Baca sebabnya di catatan Alur (journalctl -u alur). Kasusnya tidak hilang: lihat halaman Kendala.",
        is_good=not given_up,
        state=State.WARNING,
    )


def _examine_timers(read: Connection, now: datetime) -> Finding:
    oldest: datetime | None = read.execute(select(func.min(timer.c.due))).scalar()
    late = now - oldest if oldest is not None else timedelta()
    found = f"terlambat {_span(late)}" if late > LATE else "tidak ada yang terlambat"
    return judged("work.timers", "Tenggat tertua", found, START, is_good=late <= LATE, state=State.WARNING)


def _span(time: timedelta) -> str:
    minutes = time // timedelta(minutes=1)
    if minutes < 120:
        return f"{minutes} menit"
    return f"{minutes // 60} jam" if minutes < 48 * 60 else f"{minutes // (24 * 60)} hari"


def _examine_waiting(read: Connection) -> Iterator[Finding]:
    unsent = _count(read, select(func.count()).select_from(outbox))
    yield judged(
        "work.outbox", "Pesan yang belum diantar", str(unsent), START, is_good=unsent < LONG_QUEUE, state=State.WARNING
    )
    damaged = [f"nomor {number} ({city})" for number, city in damaged_rows(read)]
    yield judged(
        "work.damaged",
        "Pesan yang rusak",
        ", ".join(damaged) or "tidak ada",
        "Pesan ini tidak dapat diantar; yang lain tetap diantar. Bandingkan dengan cadangan (tabel outbox), lalu "
        "hubungi pengembang Alur.",
        is_good=not damaged,
    )
    stuck = _count(read, select(func.count()).select_from(incident))
    yield judged(
        "work.incidents",
        "Kasus yang terhenti",
        str(stuck),
        "Buka halaman Triwulan: setiap kasus yang terhenti menyebut sebabnya dan jalan keluarnya.",
        is_good=not stuck,
        state=State.WARNING,
    )


def _count(read: Connection, query: Select[int]) -> int:
    return read.execute(query).scalar_one()
