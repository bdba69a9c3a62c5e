"""Tries the import of every city in processes of their own, all at once, before the server imports any of them.

Whatever a plugin does when it is imported (loop, end its process, take all memory) it does there, with the limits
that its rules have later; who calls is told, and does not import it.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from plugins.apart import START_SECONDS

#: On top of the time that a plugin has, for the process that tries them to begin and to tell.
MARGIN_SECONDS: Final = 15.0
SILENT: Final = "its trial gave no answer"


def failures(entries: Iterable[tuple[str, str]], seconds: float = START_SECONDS) -> dict[tuple[str, str], str]:
    """Return why entry points cannot be loaded, by code and value; nothing of one that can.

    :param seconds: for each of them; they are tried beside one another.
    """
    wanted = list(dict.fromkeys(entries))
    if not wanted:
        return {}
    found = dict.fromkeys(wanted, SILENT)
    for line in _tell(json.dumps([seconds, wanted]).encode(), seconds + MARGIN_SECONDS).splitlines():
        with suppress(ValueError, TypeError):
            code, value, problem = json.loads(line)
            found[code, value] = problem
    return {entry: problem for entry, problem in found.items() if problem}


def _tell(question: bytes, seconds: float) -> bytes:
    """Return what the process that tries them says until its end, or until it has had its time."""
    # The same code as here, wherever the server was started from.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, "-m", "plugins.tried"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    try:
        assert process.stdin is not None and process.stdout is not None
        with suppress(OSError):
            process.stdin.write(question + b"\n")
            process.stdin.flush()
        return _read(process.stdout.fileno(), time.monotonic() + seconds)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with whatever a plugin has begun there
        process.communicate()


def _read(handle: int, end: float) -> bytes:
    found, watched = bytearray(), select.poll()
    watched.register(handle, select.POLLIN)
    while watched.poll(max(0.0, end - time.monotonic()) * 1000):
        block = os.read(handle, 1 << 16)
        if not block:
            break
        found += block
    return bytes(found)
