"""Locks around one SQLite file: a fair queue of writers, in the process and between processes, and one server."""

import os
import threading
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from pathlib import Path
from types import TracebackType

from engine.errors import EngineError


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

    def acquire(self) -> None:
        """Wait for all who came before, then hold the lock.

        :raise NestedWrite: the thread holds it already and would wait for itself.
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
        self._wait(gate, me)

    def release(self) -> None:
        """Hand the lock to the next in the queue."""
        with self._mutex:
            gate, self._owner = self._waiting.popleft() if self._waiting else (None, None)
        if gate is not None:
            gate.release()

    def _wait(self, gate: threading.Lock, me: int) -> None:
        try:
            gate.acquire()
        except BaseException:  # Ctrl-C while waiting: leave the queue, or pass on a turn that came just now
            with self._mutex:
                handed_over = (gate, me) not in self._waiting
                with suppress(ValueError):
                    self._waiting.remove((gate, me))
            if handed_over:
                self.release()
            raise


class FileTurn:
    """The same between processes: a turnstile of two lock files beside the database.

    One lock alone would let a busy server take it again before a waiting process has woken up. With two, whoever
    waits next stands in the turnstile already, and the server's next thread queues behind him.
    """

    def __init__(self, database: Path) -> None:
        self._queue = _open(database, ".queue")
        self._turn = _open(database, ".lock")

    def acquire(self) -> None:
        """Wait for the processes that came before."""
        flock(self._queue, LOCK_EX)
        try:
            flock(self._turn, LOCK_EX)
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

    def __init__(self, database: Path) -> None:
        self._threads = FairLock()
        self._processes = FileTurn(database)

    @property
    def is_mine(self) -> bool:
        """Whether the calling thread holds the lock."""
        return self._threads.is_mine

    def acquire(self) -> None:
        """Wait for every writer that came before."""
        self._threads.acquire()
        try:
            self._processes.acquire()
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


def _open(database: Path, suffix: str) -> int:
    return os.open(database.with_name(database.name + suffix), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
