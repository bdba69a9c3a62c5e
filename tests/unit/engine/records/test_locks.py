"""The queue of writers is first come, first served, and nobody who leaves it takes the lock along."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path

import pytest

from engine.errors import DatabaseBusy
from engine.records.database import Database
from engine.records.locks import FairLock, NestedWrite, WriteLock


def queue_up(lock: FairLock, order: list[int], number: int) -> threading.Thread:
    """Start a thread that wants the lock, and wait until it stands in the queue."""

    def take() -> None:
        lock.acquire()
        order.append(number)
        lock.release()

    thread = threading.Thread(target=take)
    thread.start()
    while len(lock._waiting) < number:
        time.sleep(0.001)
    return thread


def test_the_lock_goes_to_whoever_waited_longest() -> None:
    lock = FairLock()
    order: list[int] = []
    lock.acquire()
    threads = [queue_up(lock, order, number) for number in range(1, 6)]

    lock.release()
    for thread in threads:
        thread.join()

    assert order == [1, 2, 3, 4, 5]


def test_only_the_holder_has_it() -> None:
    lock = FairLock()
    before = lock.is_mine

    lock.acquire()

    assert (before, lock.is_mine) == (False, True)
    with pytest.raises(NestedWrite):
        lock.acquire()


class InterruptedGate:
    """A gate at which Ctrl-C arrives."""

    def acquire(self, timeout: float) -> None:
        raise KeyboardInterrupt

    def release(self) -> None:
        """Nobody stands behind it any more."""


def test_who_is_interrupted_while_waiting_leaves_the_queue() -> None:
    lock, gate = FairLock(), InterruptedGate()
    lock.acquire()
    lock._waiting.append((gate, 1))  # type: ignore[arg-type]  # stands for a real lock

    with pytest.raises(KeyboardInterrupt):
        lock._wait(gate, 1, inf)  # type: ignore[arg-type]

    assert not lock._waiting


def test_who_is_interrupted_when_his_turn_has_just_come_passes_it_on() -> None:
    lock = FairLock()
    lock._owner = 1

    with pytest.raises(KeyboardInterrupt):
        lock._wait(InterruptedGate(), 1, inf)  # type: ignore[arg-type]

    lock.acquire()
    assert lock.is_mine


ROOT = Path(__file__).parents[4]
HOLD = """
import sys
from pathlib import Path
from engine.records.locks import WriteLock
with WriteLock(Path(sys.argv[1])):
    print("writing", flush=True)
    sys.stdin.read()
"""


@contextmanager
def stopped_writer(path: Path) -> Iterator[int]:
    """Let another process stand still while it writes, as after Ctrl+Z, and end it at last; gives its process id."""
    writer = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert writer.stdout is not None and writer.stdin is not None
    with writer:
        assert writer.stdout.readline() == b"writing\n"
        os.kill(writer.pid, signal.SIGSTOP)
        try:
            yield writer.pid
        finally:
            os.kill(writer.pid, signal.SIGCONT)
            writer.stdin.close()


def test_nobody_waits_for_ever_for_a_writer_that_stands_still(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "alur.db", seconds=0.2)
    with stopped_writer(tmp_path / "alur.db"):
        told: list[type[BaseException]] = []

        def write() -> None:
            try:
                lock.acquire()
            except DatabaseBusy as error:
                told.append(type(error))

        threads = [threading.Thread(target=write) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    lock.acquire()
    assert (told, lock.is_mine) == ([DatabaseBusy] * 3, True)
    lock.close()


def test_whoever_gives_up_in_the_queue_leaves_the_turn_to_the_next() -> None:
    lock, order = FairLock(), list[int]()
    lock.acquire()

    def lose_patience() -> None:
        with pytest.raises(DatabaseBusy):
            lock.acquire(time.monotonic() + 0.05)

    impatient = threading.Thread(target=lose_patience)
    impatient.start()
    impatient.join()
    patient = queue_up(lock, order, 1)

    lock.release()
    patient.join()

    assert order == [1]


def test_a_database_is_opened_and_read_while_a_writer_stands_still(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/alur.db"
    Database(address).dispose()
    with stopped_writer(tmp_path / "alur.db"):
        database = Database(address)
        with database.reading() as read:
            answer = read.exec_driver_sql("SELECT 1").scalar()

    assert answer == 1
    database.dispose()
