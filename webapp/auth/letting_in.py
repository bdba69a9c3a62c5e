"""What both doors answer, that of employees and that of guests: in, or refused in the same words and the same time."""

from flask import g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from forms import AlurForm
from webapp.auth.cookie import FOLLOWING, delete_cookie, start_afresh, write_cookie
from webapp.auth.sessions import end_session, is_idle
from webapp.auth.signing_in import Refused, Welcome
from webapp.current import SignedIn, current_alur
from webapp.texts import ngettext


def let_in(welcome: Welcome) -> Response:
    """Answer with the new session's cookie; what an earlier session left in the browser is gone."""
    start_afresh()
    following = _inside(request.form.get("next", ""))
    if welcome.must_choose:
        session[FOLLOWING] = following
    response = redirect(url_for("auth.first_steps") if welcome.must_choose else following, 303)
    write_cookie(response, welcome.token)
    return response


def let_on(person: SignedIn, door: str) -> Response:
    """Lead whoever comes to a door and is in already to where he wanted to go, else to his first page.

    A page says when its session has stood still for too long, a moment before the server would: it is over then.
    """
    if "habis" in request.args and is_idle(current_alur(), person):
        return let_out(person, door)
    return redirect(_inside(request.args.get("next", "")), 303)


def let_out(person: SignedIn | None, target: str) -> Response:
    """End the session here and in the browser, and lead on."""
    if person is not None:
        end_session(current_alur(), person)
        g.session_is_over = True
    start_afresh()
    response = redirect(target, 303)
    delete_cookie(response)
    return response


def answer_refused(form: AlurForm, answer: Refused, wrong: str) -> tuple[int, dict[str, str]]:
    """Say on the form what was wrong, or how long to wait; return status and headers of the answer."""
    if answer.wait is None:
        form.add_error(None, wrong)
        return 422, {}
    minutes = int(answer.wait.total_seconds() // 60) + 1
    form.add_error(
        None,
        ngettext(
            "Terlalu banyak percobaan. Coba lagi dalam %(count)s menit.",
            "Terlalu banyak percobaan. Coba lagi dalam %(count)s menit.",
            minutes,
        ),
    )
    return 429, {"Retry-After": str(minutes * 60)}


def _inside(path: str) -> str:
    """Return where the person wanted to go if that is in this city, else the home page."""
    is_inside = path.startswith(request.script_root + "/") and "//" not in path and "\\" not in path
    return path if is_inside and path.isprintable() else url_for("home.show")
