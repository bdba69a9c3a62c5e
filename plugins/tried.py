"""The process that tries to load cities: each in a copy of this one, which has loaded everything but a city."""

import json
import os
import select
import signal
import sys
import time
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Final

from plugins.asked import limit_memory
from plugins.manager import GROUP, load_entry

TOO_LONG: Final = "it took too long to load"
MOST_SAID: Final = 2000  # characters, which a pipe takes at once


@dataclass
class _Try:
    code: str
    value: str
    process: int
    pipe: int
    said: bytes = b""


def main() -> None:
    """Try what the first line of the standard input names, and say of each how it went; end with whoever asked."""
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a plugin prints is no answer
    seconds, entries = json.loads(sys.stdin.buffer.readline())
    asked = os.dup(sys.stdin.fileno())
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    tries = {item.pipe: item for item in (_begin(code, value, (asked, answers)) for code, value in entries)}
    end = time.monotonic() + seconds
    while tries and (ready := _ready(asked, tries, end)):
        for pipe in ready:
            block = os.read(pipe, 1 << 16)
            tries[pipe].said += block
            if not block:
                _tell(answers, tries.pop(pipe))
    for item in tries.values():
        os.kill(item.process, signal.SIGKILL)
        item.said = json.dumps(TOO_LONG).encode()
        _tell(answers, item)


def _begin(code: str, value: str, ours: tuple[int, ...]) -> _Try:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return _Try(code, value, process, reading)
    try:
        for handle in (*ours, reading):
            os.close(handle)
        os.write(writing, json.dumps(_problem(code, value)).encode())
    finally:
        os._exit(0)  # it must never go on as the one that it is a copy of


def _problem(code: str, value: str) -> str:
    limit_memory()
    try:
        return load_entry(EntryPoint(code, value, GROUP)).problem[:MOST_SAID]
    except BaseException as error:
        # Whatever it is, it ends this copy and nothing else.
        return f"{type(error).__name__}: {error}"[:MOST_SAID]


def _ready(asked: int, tries: dict[int, _Try], end: float) -> list[int]:
    """Return the copies that have said something; nothing once their time is over."""
    watched = select.poll()
    for handle in (asked, *tries):
        watched.register(handle, select.POLLIN)
    found = [handle for handle, _ in watched.poll(max(0.0, end - time.monotonic()) * 1000)]
    if asked in found:  # whoever asked is gone
        os.killpg(os.getpgid(0), signal.SIGKILL)
    return found


def _tell(answers: int, item: _Try) -> None:
    _, status = os.waitpid(item.process, 0)
    try:
        problem = json.loads(item.said)
    except ValueError:
        problem = f"its process ended when it was loaded ({_how(status)})"
    os.write(answers, json.dumps([item.code, item.value, problem]).encode() + b"\n")


def _how(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name


if __name__ == "__main__":
    main()
