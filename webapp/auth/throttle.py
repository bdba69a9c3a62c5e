"""Slows down whoever guesses: failures are counted per account and address, per account, and per address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from webapp.auth.codes import keyed_hash
from webapp.auth.records import sign_in_throttle

WINDOW = timedelta(minutes=15)
#: An office shares one address, so that limit is wide; one account from one address is the usual guesser.
LIMITS = {"pair": 5, "account": 20, "address": 100}

_failures = select(sign_in_throttle).where(
    sign_in_throttle.c.key.in_(bindparam("keys", expanding=True)), sign_in_throttle.c.since > bindparam("cutoff")
)
_forget_old = sign_in_throttle.delete().where(sign_in_throttle.c.since <= bindparam("cutoff"))
_add = (
    sign_in_throttle.update()
    .where(sign_in_throttle.c.key == bindparam("of_key"))
    .values(failures=sign_in_throttle.c.failures + 1)
)
_begin = sign_in_throttle.insert()
_forgive = sign_in_throttle.delete().where(sign_in_throttle.c.key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries to sign in and from where, as keyed hashes."""

    pair: bytes
    account: bytes
    address: bytes

    @classmethod
    def of(cls, pepper: str, city: str, nip: str, address: str) -> "Attempt":
        """Return the keys of an attempt."""
        return cls(
            pair=keyed_hash(pepper, "pair", city, nip, address),
            account=keyed_hash(pepper, "account", city, nip),
            address=keyed_hash(pepper, "address", address),
        )

    @property
    def keys(self) -> dict[bytes, int]:
        """The limit by key."""
        return {
            self.pair: LIMITS["pair"],
            self.account: LIMITS["account"],
            self.address: LIMITS["address"],
        }


def wait_for(read: Connection, attempt: Attempt, now: datetime) -> timedelta | None:
    """Return how long the attempt has to wait; None if it may go on."""
    limits = attempt.keys
    rows = read.execute(_failures, {"keys": list(limits), "cutoff": now - WINDOW})
    full = [row.since + WINDOW - now for row in rows if row.failures >= limits[row.key]]
    return max(full, default=None)


def count_failure(connection: Connection, attempt: Attempt, now: datetime) -> None:
    """Add a failure to every key, and forget those of windows that are over."""
    forget_failures(connection, now)
    for key in attempt.keys:
        if connection.execute(_add, {"of_key": key}).rowcount == 0:
            connection.execute(_begin, {"key": key, "failures": 1, "since": now})


def forget_failures(connection: Connection, now: datetime) -> None:
    """Forget the failures of windows that are over."""
    connection.execute(_forget_old, {"cutoff": now - WINDOW})


def forgive(connection: Connection, attempt: Attempt) -> None:
    """Forget the failures of the account; those of the address stay, or a guesser would clear them with his own."""
    connection.execute(_forgive, {"keys": [attempt.pair, attempt.account]})
