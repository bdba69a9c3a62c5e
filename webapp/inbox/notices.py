"""What the reader has been told, on a page and in the menu of its own."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.commands.read_notices import ReadNotices
from engine.queries.notices import latest_notices
from webapp.current import ask, run_command
from webapp.texts import gettext as _
from webapp.texts import language, text_for

blueprint = Blueprint("notices", __name__)


@blueprint.get("/pemberitahuan")
def show_notices() -> str:
    """Show what the reader has been told, newest first."""
    notices = [(row, text_for(row.code, row.params, language())) for row in ask(latest_notices)]
    return render_template("inbox/notices.html", notices=notices, unread=sum(not row.is_read for row, _text in notices))


@blueprint.post("/pemberitahuan")
def mark_read() -> Response:
    """Mark all notices of the reader as read."""
    run_command(ReadNotices())
    flash(_("Semua pemberitahuan ditandai sudah dibaca."), "success")
    return redirect(url_for("notices.show_notices"), 303)
