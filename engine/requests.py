"""Which request a key stands for: a retry is known again, and whatever else comes with that key is another one."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from engine.command import Command
from engine.policy.actor import Actor

_BYTES = 8


class ContentsKey(bytes):
    """A key into which the contents of the request went: whoever has it can ask for the request without them."""


def identify(command: Command, actor: Actor, key: bytes) -> int:
    """Return what the audit trail keeps of a request: nobody else's, and no other one of the same person.

    Another one is also the same command with other contents, which its `repr` leaves out.
    """
    read = None if isinstance(key, ContentsKey) else _reader(type(command))
    request = (actor.tenant, actor.person, command, None if read is None else read(command))
    # Keyed with what only the client has: from the digest nobody can guess what people wrote.
    text = repr(request).encode(errors="backslashreplace")
    return int.from_bytes(blake2b(text, digest_size=_BYTES, key=key[:64]).digest(), signed=True)


@cache
def _reader(kind: type[Any]) -> Callable[[object], object] | None:
    """Return what reads the contents of such a command, None if it has none."""
    names = [field.name for field in fields(kind) if not field.repr]
    return attrgetter(*names) if names else None
