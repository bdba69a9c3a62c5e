"""The process of one city: loads its plugin, answers questions from its standard input, and ends with whoever asks."""

import os
import pickle
import resource
import sys
import threading
import time
from importlib.metadata import EntryPoint
from typing import Any, BinaryIO

from plugins.apart import LENGTH

#: Bytes of memory that the rules of a city may take.
MOST_MEMORY = 1 << 30


def main(code: str, entry: str) -> None:
    """Answer until nobody asks any more."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a plugin prints is no answer
    limit_memory()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    hooks: Any = None
    while head := asked.read(LENGTH.size):
        hook, arguments = pickle.loads(asked.read(LENGTH.unpack(head)[0]))  # noqa: S301  # from our own server
        try:
            hooks = _load(code, entry) if hooks is None else hooks
            _answer(answers, True, getattr(hooks.hook, hook)(**arguments) if hook else None)
        except Exception as error:
            _answer(answers, False, f"{type(error).__name__}: {error}")


def limit_memory() -> None:
    """Let this process have no more memory than the rules of a city may take."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _load(code: str, entry: str) -> Any:
    from plugins.manager import GROUP, connect

    return connect(code, EntryPoint(code, entry, GROUP).load())


def _answer(answers: BinaryIO, is_answer: bool, content: object) -> None:
    packed = pickle.dumps((is_answer, content))
    answers.write(LENGTH.pack(len(packed)) + packed)
    answers.flush()


def _end_with(server: int) -> None:
    """End when the server has ended in any way: a rule that loops would run on without anybody to stop it."""
    while os.getppid() == server:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
