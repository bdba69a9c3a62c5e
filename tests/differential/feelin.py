"""Asks feelin, the FEEL of the JavaScript world (npm), in one Node process; it is installed from this folder's lock."""

import fcntl
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import hatch_build

FOLDER = Path(__file__).parent
OLDEST_NODE = 20
_INSTALLED = FOLDER / "node_modules" / ".installed"
Question = tuple[str, Mapping[str, object]]


class Feelin:
    """A running feelin: what it is asked, it answers in the order of the questions."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def answers(self, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """Return for each expression with its scope ``{"value": …}`` in plain JSON, or ``{"error": …}``."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(questions) + "\n")
        self._process.stdin.flush()
        answered: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return answered


@contextmanager
def running_feelin() -> Iterator[Feelin]:
    """Yield a feelin that runs until the end of the block; its local time is UTC."""
    node = _node()
    _install(node)
    command = [str(node.folder / "node"), "feelin.mjs"]
    process = subprocess.Popen(
        command,
        cwd=FOLDER,
        env={**os.environ, "TZ": "UTC"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        yield Feelin(process)
        assert process.stdin is not None
        process.stdin.close()


def _node() -> hatch_build.Node:
    on_path = hatch_build._node_on_path()
    if on_path is not None and hatch_build._major(str(on_path.folder / "node")) >= OLDEST_NODE:
        return on_path
    from_wheel = hatch_build._node_from_wheel()
    assert from_wheel is not None, f"feelin comes from npm: Node {OLDEST_NODE} or newer is needed"
    return from_wheel


def _install(node: hatch_build.Node) -> None:
    wanted = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    # Two test processes may come here at once; the second finds it done.
    with (Path(gettempdir()) / "alur-npm.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _INSTALLED.exists() and _INSTALLED.read_text(encoding="ascii") == wanted:
            return
        hatch_build._npm(node, FOLDER, "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund")
        _INSTALLED.write_text(wanted, encoding="ascii")
