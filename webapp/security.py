"""What every answer carries and every request must pass: headers, nonces, same site, tokens, size; and the log."""

import logging
import secrets
import time

from flask import Flask, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from forms.uploads import MEGABYTE, MOST_FILES, MOST_MEGABYTES
from webapp.wiring import Alur

logger = logging.getLogger("alur.requests")

#: What is typed into a form without files, and the room for it beside the files of one with files.
LARGEST_FORM = 8 * MEGABYTE
#: The most files a form may ask for, each of the largest size, and what is typed beside them.
LARGEST_REQUEST = MOST_FILES * MOST_MEGABYTES * MEGABYTE + LARGEST_FORM
#: Up to here a request is received although it is refused: a browser whose connection is cut shows no page of ours.
LARGEST_RECEIVED = 4 * LARGEST_REQUEST
MOST_PARTS = 5000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: Between the token of a form and the mark behind it (`webapp.auth.typed_forms`); neither of them holds it.
MARK_BEGINS = "~"
FOREIGN_SITES = frozenset({"cross-site", "same-site"})

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' {styles}; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
#: Of a file that people have written and a browser may show outside any page: nothing in it runs or is loaded.
FILE_POLICY = "default-src 'none'; sandbox"
#: Of a picture that is shown as it is drawn: it carries its own styles, and nothing in it runs.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": the token check compares the referrer over https, and nobody outside gets to see one.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class FormTokens(CSRFProtect):
    """Checks the tokens of forms; what stands behind one says whom the form was shown to, and is no part of it."""

    def _get_csrf_token(self) -> str | None:
        token: str | None = super()._get_csrf_token()
        return token.partition(MARK_BEGINS)[0] if token else None


class CityCookies(SecureCookieSessionInterface):
    """Keeps the cookie of form tokens and messages inside the city: nobody is named in it, nor who is signed in."""

    def get_cookie_path(self, app: Flask) -> str:
        """Return the path of the city."""
        return cookie_path()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie along, but not with what all browsers and proxies may keep."""
        if not response.cache_control.immutable:
            super().save_session(app, session, response)


def cookie_path() -> str:
    """Return the path below which the browser sends this city's cookies."""
    return request.script_root or "/"


def protect(app: Flask, alur: Alur) -> None:
    """Give the application its rules."""
    app.config.update(
        SECRET_KEY=alur.settings.secret_key,
        SESSION_COOKIE_NAME="alur_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=alur.settings.is_secure,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_PARTS,
        # A form may stay open all morning; the token lives as long as the cookie it belongs to.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=alur.settings.is_secure,
    )
    app.session_interface = CityCookies()
    app.before_request(_begin)
    app.before_request(_refuse_foreign_sites)
    FormTokens(app)
    app.after_request(_add_headers)
    app.after_request(_log)


def allow_inline_styles() -> None:
    """Let the page of this request have styles written inline, as drawn editors do; scripts need its nonce still."""
    g.has_inline_styles = True


def content_policy(nonce: str, *, has_inline_styles: bool = False) -> str:
    """Return what a page may load and run: scripts with its nonce only; styles, too, unless they may be inline."""
    # Beside a nonce browsers ignore 'unsafe-inline'.
    return POLICY.format(nonce=nonce, styles="'unsafe-inline'" if has_inline_styles else f"'nonce-{nonce}'")


def _begin() -> None:
    g.csp_nonce = secrets.token_urlsafe(16)
    g.began = time.perf_counter()
    # Werkzeug would notice only while it reads the body, and the page that says so must not read it either.
    if (request.content_length or 0) > LARGEST_REQUEST:
        raise RequestEntityTooLarge
    if request.mimetype == "multipart/form-data":
        # Its parts are few (`MOST_PARTS`), so each may be long: the field says that it is, and the page keeps the rest.
        request.max_form_memory_size = LARGEST_REQUEST


def _refuse_foreign_sites() -> None:
    """Refuse a change that another site's page asks for; a browser that does not say is judged by its token."""
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in FOREIGN_SITES:
        raise BadRequest("Permintaan dari situs lain ditolak.")


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    policy = content_policy(g.get("csp_nonce", ""), has_inline_styles=g.get("has_inline_styles", False))
    response.headers.setdefault("Content-Security-Policy", policy)
    # Pages hold personal data: neither a proxy nor the browser's back button on a shared computer keeps them.
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _log(response: Response) -> Response:
    """Note the route, never the address: an address may hold a name, a number or a link that lets somebody in."""
    route = request.url_rule.rule if request.url_rule is not None else "-"
    milliseconds = (time.perf_counter() - g.get("began", time.perf_counter())) * 1000
    city = request.environ.get("alur.city") or "-"
    logger.info("%s %s %s %s %.0f ms", city, request.method, route, response.status_code, milliseconds)
    return response
