"""Servers that a test starts: children of this process, as somebody who is not root, gone with it."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

PATIENCE = 240.0  # seconds; only a server that does not start takes them
# PostgreSQL and PgBouncer refuse to run as root, and no user is made for them: they run as one of a namespace of its
# own. They get the signal when the test process dies, in whatever way.
AS_SOMEBODY = ("unshare", "--user", "--map-user=1000", "--map-group=1000") if os.geteuid() == 0 else ()
DYING_WITH_US = ("setpriv", "--pdeathsig")


def start_child(
    command: Sequence[str], log: Path, *, ends_by: str, inside: Sequence[str] = ()
) -> subprocess.Popen[bytes]:
    """Start a server; what it says goes to the end of a file.

    :param ends_by: the name of the signal it gets when we die.
    :param inside: words of a command that runs it somewhere else, as in another network.
    """
    words = [*inside, *AS_SOMEBODY, *DYING_WITH_US, ends_by, *command]
    with log.open("ab") as said:
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
