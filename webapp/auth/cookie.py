"""The cookie with the session's id: for this city only, out of reach of scripts."""

from typing import Final

from flask import g, request, session
from werkzeug.wrappers import Response

from webapp.auth.waiting_forms import WAITING
from webapp.current import current_alur
from webapp.security import cookie_path

NAME = "alur_session"
LONGEST_ID = 100
#: In the cookie of the form tokens: where a person wanted to go who has to choose a password first.
FOLLOWING: Final = "following"


def read_cookie() -> str | None:
    """Return the id that the browser sent."""
    token = request.cookies.get(NAME)
    return token if token and len(token) <= LONGEST_ID else None


def write_cookie(response: Response, token: str) -> None:
    """Give the browser an id; it ends with the browser, and earlier on the server."""
    is_secure = current_alur().settings.is_secure
    response.set_cookie(NAME, token, path=cookie_path(), httponly=True, samesite="Lax", secure=is_secure)


def delete_cookie(response: Response) -> None:
    """Take the id away."""
    response.delete_cookie(NAME, path=cookie_path(), httponly=True, samesite="Lax")


def start_afresh() -> None:
    """Forget form token and messages of whoever used the browser before."""
    session.clear()
    g.pop("csrf_token", None)


def go_on_afresh() -> None:
    """Forget form token and messages of a session that gets a new id; what waits for its person stays."""
    kept = {key: session[key] for key in (FOLLOWING, WAITING) if key in session}
    start_afresh()
    session.update(kept)
