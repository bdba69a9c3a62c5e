"""The cookie with the session's id: for this city only, out of reach of scripts."""

from flask import g, request, session
from werkzeug.wrappers import Response

from webapp.current import current_alur
from webapp.security import cookie_path

NAME = "alur_session"
LONGEST_ID = 100


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
