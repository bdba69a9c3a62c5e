"""Asks a city's rules in a process of their own, so that one that loops, crashes or ends stops nobody else.

The process has loaded that city and nothing more. It is asked one question at a time, has a limited time to answer,
and is replaced when it does not; a city whose rules fail again and again is left alone for a while.
"""

import io
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

#: Seconds for one answer. The conformance kit wants a score within 0.05.
ANSWER_SECONDS = 5.0
#: Seconds until a new process has loaded the city.
START_SECONDS = 30.0
#: After so many failures in a row the city is left alone, for so many seconds: its own cases wait with incidents, and
#: whoever works for other cities does not wait for it again and again.
MOST_FAILURES, REST_SECONDS = 3, 30.0
LENGTH = struct.Struct("!Q")
MOST_BYTES = 64 << 20
#: Where the types of questions and answers are from; nothing else is made of what comes back.
KNOWN = ("processes.", "forms.", "plugins.")
PLAIN = {"builtins": frozenset({"set", "frozenset", "complex", "bytearray"}), "decimal": frozenset({"Decimal"})}


class NoAnswer(Exception):
    """The rules of a city gave no answer: they took too long, their process ended, or they are left alone."""


class RaisedThere(Exception):
    """A rule raised something in its process; the text says what."""


class CityProcess:
    """The process of one city, started when it is first asked."""

    def __init__(
        self,
        code: str,
        entry: str,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Remember what the process is to load.

        :param entry: the plugin as an entry point names it, `alur_serang` or `package.module:name`.
        """
        self.code = code
        self._entry = entry
        self._limit = answer_seconds
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._rests_until = 0.0

    @property
    def rests(self) -> bool:
        """Whether the city is left alone just now, for its rules have failed again and again."""
        return self._monotonic() < self._rests_until

    def ask(self, hook: str, arguments: Mapping[str, object]) -> Any:
        """Return what a hook answers.

        :raise NoAnswer: it did not in time, or its process ended, or the city is left alone.
        :raise RaisedThere: it raised something.
        """
        question = pickle.dumps((hook, dict(arguments)))
        with self._lock:
            if self.rests:
                raise NoAnswer("the rules of the city have failed again and again and are left alone for a while")
            try:
                is_answer, content = self._exchange(question)
            except NoAnswer:
                self._note_failure()
                raise
            self._failures = 0
        if not is_answer:
            raise RaisedThere(content)
        return content

    def close(self) -> None:
        """End the process; it is started anew when it is asked again."""
        with self._lock:
            self._end()

    def _exchange(self, question: bytes) -> tuple[bool, Any]:
        if self._process is None or self._process.poll() is not None:
            self._start()
        return self._send(question, self._limit)

    def _send(self, question: bytes, seconds: float) -> tuple[bool, Any]:
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        end = self._monotonic() + seconds
        try:
            process.stdin.write(LENGTH.pack(len(question)) + question)
            process.stdin.flush()
            size = LENGTH.unpack(self._read(process.stdout.fileno(), LENGTH.size, end))[0]
            if size > MOST_BYTES:
                raise NoAnswer(f"the answer has {size} bytes")
            is_answer, content = _Reader(self._read(process.stdout.fileno(), size, end)).load()
        except OSError as error:
            raise NoAnswer(f"its process is gone ({type(error).__name__})") from error
        except NoAnswer:
            raise
        except Exception as error:
            # Whatever is wrong with the bytes: they are no answer.
            raise NoAnswer(f"the answer cannot be read ({type(error).__name__}: {error})") from error
        return bool(is_answer), content

    def _read(self, handle: int, size: int, end: float) -> bytes:
        found, watched = bytearray(), select.poll()
        watched.register(handle, select.POLLIN)
        while len(found) < size:
            if not watched.poll(max(0.0, end - self._monotonic()) * 1000):
                raise NoAnswer("it took too long")
            block = os.read(handle, min(size - len(found), 1 << 20))
            if not block:
                raise NoAnswer("its process ended")
            found += block
        return bytes(found)

    def _start(self) -> None:
        self._end()
        # The same code as here, wherever the server was started from.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-m", "plugins.asked", self.code, self._entry]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        is_there, content = self._send(pickle.dumps(("", {})), START_SECONDS)
        if not is_there:
            raise NoAnswer(str(content))

    def _note_failure(self) -> None:
        self._end()
        self._failures += 1
        if self._failures >= MOST_FAILURES:
            self._failures = 0
            self._rests_until = self._monotonic() + REST_SECONDS

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not written any more
                    continue
        process.wait()


class _Reader(pickle.Unpickler):
    """Reads an answer: values of our own types, and nothing that a plugin could have brought along."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _member
        if module.startswith(KNOWN) or module == "datetime" or name in PLAIN.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no type of an answer")


def _member(kind: object, name: str) -> Enum:
    """Return a member of an enum: Python before 3.11.4 has an enum's member looked up by `getattr`, and this is all."""
    if isinstance(kind, type) and issubclass(kind, Enum) and name in kind.__members__:
        return kind[name]
    raise pickle.UnpicklingError(f"{kind!r} is no enum with a member {name}")
