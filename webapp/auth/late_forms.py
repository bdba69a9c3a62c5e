"""Forms of tasks that arrive when their session is over: what was typed becomes a draft of whom they were shown to.

A form says in a signed field whose page it stood on. That is good for one thing: to keep a draft of that task for that
account. It neither signs anybody in nor shows anything; to read the draft the person has to sign in again.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

from flask import Flask, current_app, flash, redirect, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import bindparam, or_, select
from werkzeug.wrappers import Response

from engine.policy.actor import Actor
from processes.people.guests import is_guest
from processes.people.records import employee
from webapp.auth.cookie import read_cookie
from webapp.auth.guest_sessions import actor_of_guest, load_person
from webapp.auth.records import account
from webapp.current import SignedIn, city_code, current_alur, current_person, is_fragment, wants_data
from webapp.texts import gettext as _
from webapp.texts import lazy

#: The field of a form that says whose page it stands on.
FIELD: Final = "owner"
#: A page may stay open from Friday to Monday.
VALID_FOR: Final = timedelta(days=4)

_OPEN_TOO_LONG: Final = lazy(
    "Halaman tadi terlalu lama terbuka. Isian Anda tersimpan sebagai draf: periksa, lalu kirim."
)

_owner = (
    select(account.c.employee_id)
    .join(employee, employee.c.id == account.c.employee_id)
    .where(
        account.c.id == bindparam("of_account"),
        account.c.tenant == bindparam("tenant"),
        account.c.active,
        or_(employee.c.active_to.is_(None), employee.c.active_to >= bindparam("today")),
    )
)


def keep_late_forms(app: Flask) -> None:
    """Give templates the signed field."""
    functions: dict[str, Any] = {"owner_mark": owner_mark}
    app.jinja_env.globals.update(functions)


def owner_mark(path: str) -> str:
    """Return what a form that is sent to a path of this city carries to say whose page it stands on."""
    return _serializer().dumps([current_person().account, path, seconds(current_alur().clock())])


def keep_late_form() -> Response | None:
    """Let the view keep what was sent, and return the way to sign in and to go on; None for any other request."""
    view = current_app.view_functions.get(request.endpoint or "")
    keep = getattr(view, "keep_late", None)
    account_id = _account()
    if keep is None or account_id is None or is_fragment() or wants_data():
        return None
    owner = find_owner(account_id)
    if owner is None:
        return None
    answer: Response | None = keep(owner, **(request.view_args or {}))
    return answer if answer is not None else _go_on(account_id, owner)


def _account() -> int | None:
    """Return the account that the form was shown to; None without a good mark for this very address."""
    try:
        account_id, path, shown_at = _serializer().loads(request.form.get(FIELD, ""))
    except BadData:
        return None
    is_recent = shown_at > seconds(current_alur().clock() - VALID_FOR)
    return int(account_id) if is_recent and path == request.script_root + request.path else None


def find_owner(account_id: int) -> Actor | None:
    """Return the person of an account that may still sign in, without any role: a draft needs none."""
    alur, city = current_alur(), city_code() or ""
    params = {"of_account": account_id, "tenant": city, "today": alur.now_in(city).date()}
    with alur.database.reading() as read:
        found = read.execute(_owner, params).scalar_one_or_none()
        return Actor(city, found) if found is not None else actor_of_guest(read, alur, city, account_id)


def _go_on(account_id: int, owner: Actor) -> Response:
    """Lead to the task: at once where the same person has signed in again meanwhile, else through the sign-in page."""
    here, now_here = request.script_root + request.path, reader()
    if now_here is None:
        door = "auth.show_guest_sign_in" if is_guest(owner) else "auth.show_sign_in"
        return redirect(f"{url_for(door, habis='draf')}&next={quote(here)}", 303)
    if now_here.account == account_id:
        flash(
            _("Halaman tadi terlalu lama terbuka. Isian Anda tersimpan sebagai draf: periksa, lalu kirim."), "warning"
        )
        return redirect(here, 303)
    return redirect(url_for("home.show"), 303)


def reader() -> SignedIn | None:
    """Return who is signed in here now, also before the session of the request was looked at."""
    token = read_cookie()
    return load_person(current_alur(), city_code() or "", token) if token else None


def seconds(instant: datetime) -> int:
    """Return an instant as a mark holds it."""
    return int(instant.timestamp())


def _serializer() -> URLSafeSerializer:
    # Not itsdangerous' timed one: it asks the computer's clock, not the installation's.
    return URLSafeSerializer(current_alur().settings.secret_key, salt="alur.late-form")
