"""One-time codes that people read from paper, and the ids that computers keep: made, recognised, hashed."""

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

#: No 0 and O, no 1, I and L: nobody can misread them on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
VALID_FOR = timedelta(days=14)
MOST_TRIES = 5
TOKEN_BYTES = 32

_SPACING = re.compile(r"[\s\-\u2010-\u2015]+")
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def make_code() -> str:
    """Return a new code of eight readable characters: 39 bits, tried five times at most."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def show_code(code: str) -> str:
    """Return a code in two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str | None:
    """Return the code that was typed, in any case and spacing; None if it cannot be one (a password is longer)."""
    code = _SPACING.sub("", typed).upper()
    return code if _CODE.fullmatch(code) else None


def hash_code(code: str, account: int, pepper: str) -> bytes:
    """Return the hash under which a code is kept.

    Keyed with a secret outside the database: 39 bits alone could be searched through by whoever steals the table.
    """
    return keyed_hash(pepper, "code", str(account), code)


def make_token() -> str:
    """Return a new session id or link: 256 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> bytes:
    """Return the hash under which a session id or link is kept; 256 bits need no key."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def keyed_hash(pepper: str, *words: str) -> bytes:
    """Return a hash that only this installation can make."""
    text = "\0".join(words).encode("utf-8", "replace")
    return hmac.new(pepper.encode(), text, hashlib.sha256).digest()
