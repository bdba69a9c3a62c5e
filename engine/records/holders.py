"""Finds who holds the turn to write to a SQLite file, for an administrator who wonders why everybody waits."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from engine.records.locks import TURN_SUFFIX

_PAUSE: Final = 0.05
_LOCKS: Final = Path("/proc/locks")  # Linux says there who holds which file


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held the turn all the time that was looked.

    :param process: its number; None where the system does not tell, as from within a container.
    :param began: when the process was started.
    :param is_stopped: it stands still, as after Ctrl+Z, and gives nothing back until somebody lets it go on.
    """

    process: int | None = None
    began: datetime | None = None
    is_stopped: bool = False


def find_holder(database: Path, seconds: float) -> Holder | None:
    """Return who held the turn to write for so long; None if it was free at any moment, or went from hand to hand."""
    handle = os.open(database.with_name(database.name + TURN_SUFFIX), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        first, until = _process(handle), monotonic() + seconds
        while monotonic() < until:
            with suppress(BlockingIOError):
                flock(handle, LOCK_EX | LOCK_NB)
                return None
            sleep(_PAUSE)
        return _look_at(first) if _process(handle) == first else None
    finally:
        os.close(handle)


def _process(handle: int) -> int | None:
    """Return who holds a file as the system lists it: number, kind, `ADVISORY`, access, process, device:inode."""
    inode = str(os.fstat(handle).st_ino)
    with suppress(OSError):
        for line in _LOCKS.read_text().splitlines():
            words = line.split()
            if len(words) == 8 and words[1] == "FLOCK" and words[5].rpartition(":")[2] == inode:
                return int(words[4]) if int(words[4]) > 0 else None
    return None


def _look_at(process: int | None) -> Holder:
    with suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        began = datetime.fromtimestamp(Path(f"/proc/{process}").stat().st_ctime, UTC)
        return Holder(process, began, state in "Tt")
    return Holder(process)
