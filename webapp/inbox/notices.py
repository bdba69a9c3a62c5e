"""What the reader has been told, on a page and in the menu of its own."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.commands.read_notices import ReadNotices
from engine.queries.notices import NoticeRow, latest_notices
from processes.people.guests import is_guest
from webapp.access import for_guests
from webapp.current import ask, current_actor, run_command
from webapp.rooms import room_modules
from webapp.texts import gettext as _
from webapp.texts import language, text_for

blueprint = Blueprint("notices", __name__)


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """A notice as the page shows it; without a `url` it leads nowhere."""

    text: str
    at: datetime
    is_read: bool
    url: str
    label: str


@blueprint.get("/pemberitahuan")
@for_guests
def show_notices() -> str:
    """Show what the reader has been told, newest first."""
    notices = [_shown(row) for row in ask(latest_notices)]
    unread = sum(not notice.is_read for notice in notices)
    return render_template("inbox/notices.html", notices=notices, unread=unread)


def _shown(row: NoticeRow) -> ShownNotice:
    text, (url, label) = text_for(row.code, row.params, language()), _destination(row)
    return ShownNotice(text, row.at, row.is_read, url, label)


def _destination(row: NoticeRow) -> tuple[str, str]:
    """Return where a notice leads: a page that its process names, else the reader's open task, else the case."""
    links = {code: link for room in room_modules("notice_links") for code, link in room.LINKS.items()}
    if row.code in links:
        endpoint, label = links[row.code]
        return url_for(endpoint), _(label)
    if row.case_id is None or is_guest(current_actor()):
        return "", ""
    if row.task is not None:
        return url_for("inbox.show_task", case_id=row.case_id, token=row.task), _("Buka tugas")
    return url_for("cases.show_case", case_id=row.case_id), _("Lihat kasus")


@blueprint.post("/pemberitahuan")
@for_guests
def mark_read() -> Response:
    """Mark all notices of the reader as read."""
    run_command(ReadNotices())
    flash(_("Semua pemberitahuan ditandai sudah dibaca."), "success")
    return redirect(url_for("notices.show_notices"), 303)
