"""Stands before every view: nobody passes without a session unless the view is marked as public."""

from urllib.parse import quote

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import NotFound, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from processes.people.guests import is_guest
from webapp.access import is_for_guests, is_public, is_without_city
from webapp.auth.cookie import read_cookie, write_cookie
from webapp.auth.guest_sessions import is_guest_token, load_person
from webapp.auth.late_forms import keep_late_form, keep_late_forms, reader
from webapp.auth.sessions import keep_search, note_use, renew_session
from webapp.auth.typed_forms import bring_back_typed_forms, keep_typed_form
from webapp.current import SignedIn, city_code, current_alur, is_fragment, is_poll, wants_data
from webapp.errors import show, stale_form
from webapp.searches import new_search

#: Where a person goes who has not yet chosen a password, and nowhere else.
FIRST_STEPS = frozenset({"auth.first_steps", "auth.choose_first_password", "auth.sign_out", "auth.stay"})


def guard(app: Flask) -> None:
    """Load the session before each view and keep strangers out."""
    app.before_request(_admit)
    app.after_request(_keep_session)
    keep_late_forms(app)
    bring_back_typed_forms(app)

    @app.errorhandler(CSRFError)
    def refuse_or_keep(_error: CSRFError) -> AnyResponse:
        view = current_app.view_functions.get(request.endpoint or "")
        must_sign_in = city_code() is not None and not is_public(view) and reader() is None
        return keep_late_form() or keep_typed_form() or show(stale_form(must_sign_in=must_sign_in))


def _admit() -> AnyResponse | None:
    view, city = current_app.view_functions.get(request.endpoint or ""), city_code()
    if city is None:
        if is_without_city(view):
            return None
        raise NotFound
    g.signed_in = _load()
    if view is None or is_public(view):
        return None
    if g.signed_in is None:
        current_alur().require_open(city)  # closing a city ends every session in it
        return keep_late_form() or keep_typed_form() or _ask_to_sign_in()
    if g.signed_in.must_choose and request.endpoint not in FIRST_STEPS:
        return redirect(url_for("auth.first_steps"), 303)
    if is_guest(g.signed_in.actor) and not is_for_guests(view):
        raise NotFound  # to somebody from outside, whatever is not meant for him is not there
    return None


def _load() -> SignedIn | None:
    """Read the session in one statement; a page of the installation itself costs none."""
    city, token = city_code(), read_cookie()
    return load_person(current_alur(), city, token) if city is not None and token else None


def _ask_to_sign_in() -> AnyResponse:
    if request.method != "GET" or is_fragment() or wants_data():
        raise Unauthorized
    here = request.script_root + request.path
    door = "auth.show_guest_sign_in" if is_guest_token(read_cookie()) else "auth.show_sign_in"
    return redirect(f"{url_for(door)}?next={quote(here)}", 303)


def _keep_session(response: Response) -> Response:
    """Note that the session was used and what it looked for; give it a new id when the person's roles have changed.

    A page that asks again by itself keeps no session open.
    """
    person: SignedIn | None = g.get("signed_in")
    if person is None or is_poll() or g.get("session_is_over"):
        return response
    if response.status_code >= 500 or response.cache_control.public:
        return response  # what proxies keep for everybody carries nobody's session
    search = new_search()
    if search is not None:
        keep_search(current_alur(), person, search)
    if person.has_new_roles and _is_navigation():
        write_cookie(response, renew_session(current_alur(), person))
    else:
        note_use(current_alur(), person)
    return response


def _is_navigation() -> bool:
    """Say whether the browser waits for a whole page: other requests at the same moment would lose the old id."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    return request.method == "GET" and mode == "navigate" and not is_fragment() and not wants_data()
