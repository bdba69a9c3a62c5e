"""Forms of no task that arrive when their session is over: what was typed comes back into its page after signing in.

Every form of a page behind the sign-in says in a signed mark whom it was shown to. For that account alone the text is
kept; nothing is done with it. Who signs in again as the same person finds it in the page it came from, looks at it and
sends it himself: nobody else sees it, and no other site can have something sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, unquote

from flask import Blueprint, Flask, current_app, flash, g, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from processes.people.guests import is_guest
from webapp.access import for_guests, is_public
from webapp.auth.kept_forms import KeptForm, KeptLately, forget_form, keep_form, read_form
from webapp.auth.late_forms import VALID_FOR, find_owner, reader, seconds
from webapp.auth.refilling import OF_THE_MOMENT, refill, tag
from webapp.auth.waiting_forms import WaitingForm, end_waiting, forms_waiting, let_wait, parts_of_token, tag_of
from webapp.current import city_code, current_alur, current_person, is_fragment, signed_in, wants_data
from webapp.errors import SECRET_FIELDS, of_another_person, show
from webapp.security import MARK_BEGINS
from webapp.texts import gettext as _
from webapp.way_back import page_of_form

_LATELY: Final = "forms-kept-lately"
_MAIN: Final = '<main id="main"'
_OWN: Final = frozenset({"auth.show_unsent", "auth.discard_unsent"})


@dataclass(frozen=True, slots=True)
class _Mark:
    """To whom and on which page a form was shown."""

    account: int
    page: str


def add_to(blueprint: Blueprint) -> None:
    """Add these views to the blueprint of the sign-in."""
    blueprint.get("/belum-terkirim")(for_guests(show_unsent))
    blueprint.post("/belum-terkirim/buang")(for_guests(discard_unsent))


def bring_back_typed_forms(app: Flask) -> None:
    """Let forms say whom they were shown to, and fill in those that wait."""
    functions: dict[str, Any] = {"shown_mark": shown_mark}
    app.jinja_env.globals.update(functions)
    app.extensions[_LATELY] = KeptLately()
    app.after_request(_bring_back)


def shown_mark() -> str:
    """Return what stands behind a form's token: to whom, when and on which page it was shown.

    So a form is brought back to that page only, and a mark is of no use for another. Before the sign-in it is empty.
    """
    person = signed_in()
    if person is None:
        return ""
    if "shown_mark" not in g:
        signed = _serializer().dumps([person.account, seconds(current_alur().clock()), _page()])
        g.shown_mark = f"{MARK_BEGINS}{signed}"
    mark: str = g.shown_mark
    return mark


def keep_typed_form() -> Response | None:
    """Keep what was sent for the person it was shown to, and return the way back to it; None if it cannot be kept."""
    mark, view = _mark(), current_app.view_functions.get(request.endpoint or "")
    if view is None or is_public(view) or hasattr(view, "keep_late") or is_fragment() or wants_data():
        return None
    owner = find_owner(mark.account) if mark is not None else None
    if mark is None or owner is None:
        return None
    now_here = reader()
    if now_here is not None and now_here.account != mark.account:
        return show(of_another_person())
    name = _keep(mark)
    if name is None:
        return None
    if now_here is not None:
        let_wait(name)
        return redirect(mark.page or url_for("home.show"), 303)
    door = "auth.show_guest_sign_in" if is_guest(owner) else "auth.show_sign_in"
    there = url_for("auth.show_unsent", isian=name)
    return redirect(f"{url_for(door, habis='isian')}&next={quote(there)}", 303)


def show_unsent() -> Response:
    """Lead to the page of a form that waits, if it is this person's; the page is filled in then."""
    person, name = current_person(), request.args.get("isian", "")
    form = read_form(current_alur(), name, person.actor.tenant, person.account)
    if form is None:
        flash(_("Isian itu sudah terkirim, sudah dibuang, atau bukan milik Anda."), "warning")
        return redirect(url_for("home.show"), 303)
    let_wait(name, is_elsewhere=not form.page)
    return redirect(form.page or url_for("home.show"), 303)


def discard_unsent() -> Response:
    """Throw away a form that waits."""
    waiting = next((each for each in forms_waiting() if each.name == request.form.get("isian")), None)
    if waiting is not None:
        end_waiting(waiting)
    flash(_("Isian yang belum terkirim sudah dibuang."), "success")
    return redirect((waiting.form.page if waiting is not None else "") or url_for("home.show"), 303)


def _page() -> str:
    """Return the address of the page that is shown, or the one that a piece or an answer belongs to."""
    if request.method != "GET" or is_fragment():
        return page_of_form() or ""
    query = request.query_string.decode("ascii", "ignore")
    return quote(_address()) + (f"?{query}" if query else "")


def _mark() -> _Mark | None:
    """Return to whom and on which page the form was shown; None without a good mark."""
    mark, _name = parts_of_token()
    try:
        account, shown_at, page = _serializer().loads(mark)
    except (BadData, ValueError):
        return None
    return _Mark(int(account), str(page)) if shown_at > seconds(current_alur().clock() - VALID_FOR) else None


def _keep(mark: _Mark) -> str | None:
    """Keep the form under the account; passwords are not kept, nor is anything beside them."""
    if any(name in SECRET_FIELDS for name in request.form):
        return None
    if not current_app.extensions[_LATELY].allows(mark.account, current_alur().clock()):
        return None
    form = KeptForm(
        city=city_code() or "",
        account=mark.account,
        address=_address(),
        page=mark.page,
        values=tuple(pair for pair in request.form.items(multi=True) if pair[0] not in OF_THE_MOMENT),
        had_files=any(file.filename for file in request.files.values()),
    )
    name = keep_form(current_alur(), form)
    _mark, before = parts_of_token()
    if name is not None and before and read_form(current_alur(), before, form.city, form.account) is not None:
        forget_form(current_alur(), before)  # it was late twice: what was typed last takes its place
    return name


def _bring_back(response: Response) -> Response:
    """Fill in the page of a form that waits; forget the form once it was sent."""
    if g.get("signed_in") is None or g.get("session_is_over") or is_fragment() or wants_data():
        return response
    if response.cache_control.public or request.endpoint in _OWN:
        return response
    forms = forms_waiting()
    if request.method == "POST":
        _note_sent(response, forms)
    elif request.method == "GET":
        meant = _meant(forms)
        if meant is not None:
            _fill_in(response, meant)
    return response


def _note_sent(response: Response, forms: Sequence[WaitingForm]) -> None:
    """Forget the form that was filled in and is sent now; a page that shows it again because of mistakes knows it."""
    _mark, name = parts_of_token()
    sent = next((each for each in forms if (each.name, each.form.address) == (name, _address())), None)
    if sent is not None and response.status_code < 400:
        end_waiting(sent)
    elif sent is not None and _is_page(response):
        values = list(request.form.items(multi=True))
        response.set_data(tag(response.get_data(as_text=True), _address(), sent.form.address, values, tag_of(name)))


def _meant(forms: Sequence[WaitingForm]) -> WaitingForm | None:
    """Return the newest form of this page, else the newest whose page is not there any more."""
    here = _here()
    of_here = (each for each in forms if unquote(each.form.page) == here)
    return next(of_here, next((each for each in forms if each.is_elsewhere), None))


def _here() -> str:
    query = request.query_string.decode("ascii", "ignore")
    return unquote(_address() + (f"?{query}" if query else ""))


def _fill_in(response: Response, waiting: WaitingForm) -> None:
    """Put the texts into their fields, and say above the page that they have not been sent."""
    if 300 <= response.status_code < 400:
        let_wait(waiting.name, is_elsewhere=True)
    page = response.get_data(as_text=True) if _is_page(response) else ""
    if _MAIN not in page:
        return
    form = waiting.form
    filled = refill(page, _address(), form.address, form.values, tag_of(waiting.name))
    if not filled.count and not filled.left:
        end_waiting(waiting)
    before, main, after = filled.html.partition(_MAIN)
    opened, end, rest = after.partition(">")
    note = render_template("auth/unsent.html", filled=filled, had_files=form.had_files, name=waiting.name)
    response.set_data(f"{before}{main}{opened}{end}{note}{rest}")


def _is_page(response: Response) -> bool:
    return response.mimetype == "text/html" and 200 <= response.status_code < 500 and not response.is_streamed


def _address() -> str:
    return request.script_root + request.path


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_alur().settings.secret_key, salt="alur.shown-form")
