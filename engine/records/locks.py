"""Locks around one SQLite file: a fair queue of writers, in the process and between processes, and one server."""

import os
import threading
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from math import inf
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Final

from engine.errors import DatabaseBusy, EngineError

TURN_SUFFIX: Final = ".lock"
# Whoever waits for another process looks again after so many seconds: seldom enough to cost nothing, often enough that
# a turn that is over is taken up while others still write their next one.
_FIRST_PAUSE, _GROWTH, _PAUSE, _LONG_PAUSE = 0.0001, 1.3, 0.001, 0.02
_LONG: Final = 0.5  # from then on it is no queue any more, but somebody who takes long


class AlreadyServing(EngineError):
    """Another Alur server already runs on this database file; stop it first, or give this one its own file."""

    code = "database.already_serving"


class NestedWrite(EngineError):
    """This thread already holds the write transaction; pass its connection on instead of opening a second one."""

    code = "database.nested_write"


class FairLock:
    """A lock that is handed to whoever waited longest, so that no thread starves (threading.Lock promises nothing)."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[tuple[threading.Lock, int]] = deque()
        self._owner: int | None = None

    @property
    def is_mine(self) -> bool:
        """Whether the calling thread holds the lock."""
        return self._owner == threading.get_ident()

    def acquire(self, until: float = inf) -> None:
        """Wait for all who came before, then hold the lock.

        :param until: when to give up, on the clock `monotonic`.
        :raise NestedWrite: the thread holds it already and would wait for itself.
        :raise DatabaseBusy: the time is over.
        """
        me = threading.get_ident()
        with self._mutex:
            if self._owner is None:
                self._owner = me
                return
            if self._owner == me:
                raise NestedWrite
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append((gate, me))
        self._wait(gate, me, until)

    def release(self) -> None:
        """Hand the lock to the next in the queue."""
        with self._mutex:
            gate, self._owner = self._waiting.popleft() if self._waiting else (None, None)
        if gate is not None:
            gate.release()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _wait(self, gate: threading.Lock, me: int, until: float) -> None:
        try:
            has_come = gate.acquire(timeout=-1 if until == inf else max(until - monotonic(), 0))
        except BaseException:  # Ctrl-C while waiting: leave the queue, or pass on a turn that came just now
            if not self._leave(gate, me):
                self.release()
            raise
        if not has_come and self._leave(gate, me):
            raise DatabaseBusy

    def _leave(self, gate: threading.Lock, me: int) -> bool:
        """Leave the queue; False if the turn has come just now."""
        with self._mutex:
            with suppress(ValueError):
                self._waiting.remove((gate, me))
                return True
            return False


class FileTurn:
    """The same between processes: a turnstile of two lock files beside the database.

    One lock alone would let a busy server take it again before a waiting process has woken up. With two, whoever
    waits next stands in the turnstile already, and the server's next thread queues behind him.
    """

    def __init__(self, database: Path) -> None:
        self._queue = _open(database, ".queue")
        self._turn = _open(database, TURN_SUFFIX)

    def acquire(self, until: float = inf) -> None:
        """Wait for the processes that came before.

        :param until: when to give up, on the clock `monotonic`: one that was stopped holds its turn for ever.
        :raise DatabaseBusy: the time is over.
        """
        _wait_for(self._queue, until)
        try:
            _wait_for(self._turn, until)
        finally:
            flock(self._queue, LOCK_UN)

    def release(self) -> None:
        """Let the next process write."""
        flock(self._turn, LOCK_UN)

    def close(self) -> None:
        """Give the file handles back."""
        os.close(self._queue)
        os.close(self._turn)


class WriteLock:
    """What a write transaction on a SQLite file is wrapped in: this process's queue, then the queue of processes."""

    def __init__(self, database: Path, seconds: float = inf) -> None:
        """Open the lock files of a database.

        :param seconds: how long anybody waits.
        """
        self._seconds = seconds
        self._threads = FairLock()
        self._processes = FileTurn(database)

    @property
    def is_mine(self) -> bool:
        """Whether the calling thread holds the lock."""
        return self._threads.is_mine

    def acquire(self) -> None:
        """Wait for every writer that came before.

        :raise NestedWrite: the thread holds it already.
        :raise DatabaseBusy: one of them holds it for longer than anybody waits.
        """
        until = monotonic() + self._seconds
        self._threads.acquire(until)
        try:
            self._processes.acquire(until)
        except BaseException:
            self._threads.release()
            raise

    def release(self) -> None:
        """Let the next writer in."""
        try:
            self._processes.release()
        finally:
            self._threads.release()

    def close(self) -> None:
        """Give the file handles back."""
        self._processes.close()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


class OneAtATime:
    """Where the database itself lets writers work side by side: keeps a thread from opening a second transaction.

    The second would wait for the locks of the first, which waits for the second.
    """

    def __init__(self) -> None:
        self._mine = threading.local()

    def __enter__(self) -> None:
        if getattr(self._mine, "is_writing", False):
            raise NestedWrite
        self._mine.is_writing = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mine.is_writing = False


@contextmanager
def serve_lock(database: Path) -> Generator[None]:
    """Keep a second server off the database file for as long as the block runs; command-line tools are not affected.

    :raise AlreadyServing: with the process id of the other server; it goes free when that process ends, in any way.
    """
    handle = _open(database, ".serve")
    try:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            process = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            raise AlreadyServing(
                f"Process {process} already serves {database}; stop it first, or give this server its own file.",
                path=str(database),
                process=process,
            ) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, until: float) -> None:
    """Lock a file. The kernel's own queue knows no end of waiting, so whoever finds it locked looks again."""
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        _look_again(handle, until)


def _look_again(handle: int, until: float) -> None:
    pause, begun = _FIRST_PAUSE, monotonic()
    while (now := monotonic()) < until:
        sleep(min(pause, until - now))
        with suppress(BlockingIOError):
            return flock(handle, LOCK_EX | LOCK_NB)
        pause = min(pause * _GROWTH, _PAUSE if now - begun < _LONG else _LONG_PAUSE)
    raise DatabaseBusy


def _open(database: Path, suffix: str) -> int:
    return os.open(database.with_name(database.name + suffix), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
