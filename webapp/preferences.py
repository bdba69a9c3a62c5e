"""The reader's language and theme, remembered by the browser."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from webapp.access import without_city
from webapp.current import current_alur
from webapp.page import THEME_COOKIE, THEMES
from webapp.security import cookie_path
from webapp.texts.speaking import COOKIE as LANGUAGE_COOKIE

blueprint = Blueprint("preferences", __name__)

A_YEAR = 365 * 24 * 3600
LANGUAGES = ("id", "en")


@blueprint.post("/bahasa")
@without_city
def choose_language() -> Response:
    """Remember the language and show the page again."""
    return _remember(LANGUAGE_COOKIE, request.form.get("language", ""), LANGUAGES)


@blueprint.post("/tampilan")
@without_city
def choose_theme() -> Response:
    """Remember the theme and show the page again."""
    return _remember(THEME_COOKIE, request.form.get("theme", ""), THEMES)


def _remember(cookie: str, value: str, allowed: tuple[str, ...]) -> Response:
    if value not in allowed:
        raise BadRequest
    response = redirect(_page_before(), 303)
    is_secure = current_alur().settings.is_secure
    response.set_cookie(
        cookie, value, max_age=A_YEAR, path=cookie_path(), httponly=True, samesite="Lax", secure=is_secure
    )
    return response


def _page_before() -> str:
    """Return the address of the page the form stood on, if it is one of this city; else the home page."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    inside = request.script_root + "/"
    if referrer.netloc != request.host or not referrer.path.startswith(inside) or "//" in referrer.path:
        return url_for("home.show")
    return referrer.path + (f"?{referrer.query}" if referrer.query else "")
