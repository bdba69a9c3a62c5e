"""Names for cases and people in a log that tell nobody who they are, and are the same all through one log."""

import secrets
from collections.abc import Callable
from hashlib import blake2b
from typing import Final

#: Somebody who does something, or whom a case is about: an employee, or a unit.
PARTY: Final = "party"
_SALT_BYTES: Final = 32
_NAME_BYTES: Final = 10

#: Gives the name of a case or party by what it is and its number.
Name = Callable[[str, int], str]


def hidden_names(salt: bytes | None = None) -> Name:
    """Return names that are keyed hashes: whoever does not know the salt cannot tell whose they are.

    :param salt: a fresh one unless given, which is kept nowhere: two logs cannot be laid side by side.
    """
    key = salt if salt is not None else secrets.token_bytes(_SALT_BYTES)

    def name(kind: str, number: int) -> str:
        return f"{kind}-{blake2b(f'{kind}:{number}'.encode(), key=key, digest_size=_NAME_BYTES).hexdigest()}"

    return name


def plain_names(kind: str, number: int) -> str:
    """Return the number itself, for whoever may look the case up."""
    return f"{kind}-{number}"
