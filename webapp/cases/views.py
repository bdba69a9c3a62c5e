"""The page of a case, its diagram, its moments, how its decisions were made, another try for a step that failed."""

from functools import partial

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from engine.bpmn.translate import in_english
from engine.commands.retry_incident import RetryIncident
from engine.errors import NotFound
from webapp.cases.decisions_page import decisions_page
from webapp.cases.decisions_reading import read_decisions
from webapp.cases.moments_page import moment_page
from webapp.cases.moments_reading import read_moment, read_moment_diagram
from webapp.cases.page import case_page
from webapp.cases.reading import read_case_page, read_diagram
from webapp.current import ask, current_alur, run_command
from webapp.texts import gettext as _
from webapp.texts import language

blueprint = Blueprint("cases", __name__)

# SQLite and PostgreSQL hold 63 bits; a longer number names nothing.
CASE = "/kasus/<int(max=9223372036854775807):case_id>"
LONGEST_TOKEN = 9


@blueprint.get(CASE)
def show_case(case_id: int) -> str:
    """Show where a case stands and what happened in it."""
    seen = ask(read_case_page, current_alur(), case_id)
    return render_template("cases/case.html", page=case_page(seen))


@blueprint.get(f"{CASE}/diagram")
def show_diagram(case_id: int) -> Response:
    """Send the diagram that the case runs by, as BPMN, with the names in the reader's language."""
    return _drawing(ask(read_diagram, current_alur(), case_id))


@blueprint.get(f"{CASE}/waktu")
def show_moment(case_id: int) -> str:
    """Show a case as it stood behind one of its steps, the last one unless the address names another."""
    page = moment_page(ask(read_moment, current_alur(), case_id, _step()))
    return render_template("cases/moment.html", page=page)


@blueprint.get(f"{CASE}/waktu/diagram")
def show_moment_diagram(case_id: int) -> Response:
    """Send the diagram by which the case ran behind one of its steps."""
    return _drawing(ask(read_moment_diagram, current_alur(), case_id, _step()))


def _step() -> int | None:
    return request.args.get("langkah", type=int)


def _drawing(diagram: bytes) -> Response:
    response = make_response(in_english(diagram) if language() == "en" else diagram)
    response.headers["Content-Type"] = "application/xml; charset=utf-8"
    return response


@blueprint.get(f"{CASE}/keputusan")
def show_decisions(case_id: int) -> str:
    """Show how the decisions of a case were made."""
    page = decisions_page(ask(read_decisions, current_alur(), case_id), request.args.get("hal", 1, type=int))
    address = partial(url_for, "cases.show_decisions", case_id=case_id)
    return render_template("cases/decisions.html", page=page, page_address=lambda number: address(hal=number))


@blueprint.post(f"{CASE}/coba-lagi")
def retry(case_id: int) -> AnyResponse:
    """Try the step at which the case is stuck once more."""
    token = request.form.get("token", "")
    if not (token.isascii() and token.isdigit() and len(token) <= LONGEST_TOKEN):
        raise BadRequest
    run_command(RetryIncident(case_id, int(token)))
    is_stuck = _is_stuck(case_id, int(token))
    if is_stuck:
        flash(_("Langkah ini gagal lagi. Alasan terbarunya tertulis di bawah."), "warning")
    else:
        flash(_("Langkah berhasil dijalankan. Alur berlanjut."), "success")
    return redirect(_after_try(case_id, is_seen=is_stuck is not None), 303)


def _after_try(case_id: int, *, is_seen: bool) -> str:
    """Return the page that another try was asked for on; if the case is out of the reader's sight now, its list."""
    if "operasi" in request.form:
        return url_for("operations.show_case", case_id=case_id) if is_seen else url_for("operations.show_groups")
    return url_for("cases.show_case", case_id=case_id) if is_seen else url_for("appraisal.show_quarters")


def _is_stuck(case_id: int, token: int) -> bool | None:
    """Say whether the step has failed again; None if the case runs and the reader may not see it any more."""
    try:
        seen = ask(read_case_page, current_alur(), case_id)
    except NotFound:
        return None
    return any(item.token == token for item in seen.view.incidents)
