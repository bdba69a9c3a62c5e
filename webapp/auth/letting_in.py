"""What both doors answer, that of employees and that of guests: in, or refused in the same words and the same time."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from forms import AlurForm
from webapp.auth.cookie import start_afresh, write_cookie
from webapp.auth.signing_in import Refused, Welcome
from webapp.texts import ngettext


def let_in(welcome: Welcome) -> Response:
    """Answer with the new session's cookie; what an earlier session left in the browser is gone."""
    start_afresh()
    target = url_for("auth.first_steps") if welcome.must_choose else _inside(request.form.get("next", ""))
    response = redirect(target, 303)
    write_cookie(response, welcome.token)
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
