"""Whose certificate a file is, by its name: it holds the number of the certificate or the NIP."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Named(Protocol):
    """Somebody by what a file may name him."""

    @property
    def nip(self) -> str:
        """The employee's number."""
        ...

    @property
    def certificate(self) -> str:
        """The certificate's number."""
        ...


Person = TypeVar("Person", bound=Named)


def owner_of(filename: str, people: Iterable[Person]) -> Person | None:
    """Return whom a file's name tells of; None for nobody, and where it tells of two.

    A number must stand by itself: `SERT-1` is not in `SERT-12`. The longest one counts.
    """
    stem = _plain(filename.rpartition(".")[0] or filename)
    found = [(len(key), person) for person in people for key in _keys(person) if f"-{key}-" in f"-{stem}-"]
    longest = max((length for length, _ in found), default=0)
    best = {id(person): person for length, person in found if length == longest}
    return next(iter(best.values())) if len(best) == 1 else None


def _keys(person: Named) -> tuple[str, ...]:
    return tuple(filter(None, (_plain(person.nip), _plain(person.certificate))))


def _plain(text: str) -> str:
    """Return letters and digits, each run of anything else as one dash: no file name holds the strokes of a number."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
