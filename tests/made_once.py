"""Installations that are slow to make: the first test process of a run makes one, and all others copy it."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path


def made_once(base: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that is made once for all test processes of a run; nobody writes into it afterwards.

    :param base: of the temporary folders of this process: `tmp_path_factory.getbasetemp()`.
    :param make: fills the folder, which is there and empty.
    """
    shared = base.parent if base.name.startswith("popen-") else base  # pytest-xdist has a folder for each process
    home, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            make(home)
            done.touch()
    return home
