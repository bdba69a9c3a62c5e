"""What signing in leaves behind: sessions that are over, old failures, links that nobody followed."""

from collections.abc import Callable, Mapping
from typing import Final

from engine.engine import Engine
from webapp.auth.records import expired_first_links
from webapp.auth.sessions import forget_sessions
from webapp.auth.throttle import forget_failures
from webapp.wiring import Settings


def forget_sign_ins(engine: Engine, *, settings: Settings) -> None:
    """Delete what is over: where nobody signs in for a while, no sign-in sweeps it out."""
    now = engine.clock()
    with engine.database.writing() as connection:
        forget_sessions(connection, settings, now)
        forget_failures(connection, now)
        connection.execute(expired_first_links, {"now": now})


NIGHTLY: Final[Mapping[str, Callable[..., None]]] = {"forget_sign_ins": forget_sign_ins}
