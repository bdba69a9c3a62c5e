"""Makes commits safe on the disk: one flush of the write-ahead log for everybody who committed before it began."""

import os
from collections.abc import Callable
from pathlib import Path

from engine.errors import EngineError
from engine.records.locks import FairLock

LOG_SUFFIX = "-wal"


class DiskRefused(EngineError):
    """The disk did not say that what was written is safe; look at the disk, then start the server again.

    What was written last may be there or not. Nothing more is written until then: a disk that failed once may say
    afterwards that all is well, although it has dropped what it could not write.
    """

    code = "database.disk_refused"


class SharedFlush:
    """What `synchronous=FULL` promises, shared: who commits while another flush goes on waits for the next one.

    SQLite would flush within the transaction, one after the other. Here a transaction ends without it, the next writer
    begins, and whoever committed waits outside. What a reader sees before it is safe stands in the log before whatever
    he writes himself, so his own flush makes both safe.
    """

    #: Makes what was written to a file safe; a test that cuts the power looks on.
    flush: Callable[[int], None] = staticmethod(os.fdatasync)

    def __init__(self, database: Path) -> None:
        """Remember the file of the log, which comes and goes."""
        self._log = database.with_name(database.name + LOG_SUFFIX)
        self._flushing = FairLock()
        self._file: int | None = None
        self._may_be_another = False
        self.commits = self._safe = 0
        self._error: OSError | None = None

    def look_again(self) -> None:
        """Look for the log at the next flush: a connection begins to write, perhaps the first of all."""
        self._may_be_another = True

    def count(self) -> int:
        """Count a commit and return its number; for whoever still holds the turn to write."""
        self.commits += 1
        return self.commits

    def wait(self, commit: int) -> None:
        """Return when a commit is safe.

        :raise DiskRefused: the disk says that it is not.
        """
        while self._safe < commit:
            with self._flushing:
                if self._safe < commit:
                    self._make_safe(self.commits)

    def check(self) -> None:
        """Refuse to write to a disk that failed.

        :raise DiskRefused: it did.
        """
        if self._error is not None:
            raise DiskRefused(str(self._error)) from self._error

    def close(self) -> None:
        """Give the file handle back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _make_safe(self, commits: int) -> None:
        self.check()
        file = self._opened()
        if file is not None:
            try:
                self.flush(file)
            except OSError as error:
                self._error = error
                self.check()
        self._safe = commits

    def _opened(self) -> int | None:
        """Return the log; None if the last who had it open has taken all of it into the database, safely.

        It stays where it is as long as a connection is open, so nobody looks for it at each flush. Whoever asks about a
        file makes the next write to it note a time of its own, which must be flushed too: one more write of the disk.

        :raise DiskRefused: it cannot be opened just now; what waits may ask again.
        """
        if self._file is None or self._may_be_another:
            self._may_be_another = False
            self.close()
            try:
                self._file = os.open(self._log, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                return None
            except OSError as error:
                raise DiskRefused(str(error)) from error
        return self._file
