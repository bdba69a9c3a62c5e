"""The one-time link by which a new city gets its first administrator."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from engine.policy.actor import Actor
from webapp.auth.codes import hash_token
from webapp.auth.records import first_link

VALID_FOR = timedelta(days=7)

_find = select(first_link.c.tenant).where(
    first_link.c.tenant == bindparam("tenant"),
    first_link.c.token_hash == bindparam("hash"),
    first_link.c.valid_until > bindparam("now"),
)


def is_link(read: Connection, actor: Actor, token: str, now: datetime) -> bool:
    """Say whether this is the city's link, still open."""
    params = {"tenant": actor.tenant, "hash": hash_token(token), "now": now}
    return read.execute(_find, params).first() is not None
