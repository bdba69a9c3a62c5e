"""Downloads of the log of a process, in which nobody is told by name or number."""

from datetime import date, timedelta
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import Final

from flask import Blueprint, flash, redirect, request, send_file, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.mining.hiding import hidden_names
from webapp.current import ask, current_actor, current_alur
from webapp.studio.processes.views import PROCESS
from webapp.texts import gettext as _
from webapp.texts import show_number
from webapp.wiring.process_logs import LogFormat, count_log, write_log

#: More are written on the command line: a page that somebody waits for is no place for them.
MOST_CASES: Final = 5_000
_YEAR: Final = timedelta(days=365)


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{PROCESS}/pantau/riwayat")(send_log)


def send_log(process: str) -> Response:
    """Send the log of the cases that began on some days; of the last year unless the address names others."""
    today = current_alur().now_in(current_actor().tenant).date()
    days = _day("dari", today - _YEAR), _day("sampai", today)
    kind = _kind()
    count = ask(count_log, current_alur(), process, days)
    if count > MOST_CASES:
        flash(
            _(
                "Ada %(count)s kasus dalam masa itu; paling banyak %(most)s dapat diunduh sekaligus. Pilih masa yang "
                "lebih pendek, atau minta pengelola menjalankan: alur process log %(process)s",
                count=show_number(count),
                most=show_number(MOST_CASES),
                process=process,
            ),
            "warning",
        )
        return redirect(url_for("studio.show_watch", process=process), 303)
    content = TemporaryFile()  # noqa: SIM115  # the answer closes it
    text = TextIOWrapper(content, encoding="utf-8", write_through=True)
    ask(write_log, current_alur(), process, text, kind=kind, days=days, name=hidden_names())
    text.detach()
    content.seek(0)
    mimetype = "application/json" if kind is LogFormat.OCEL else "application/xml"
    answer = send_file(content, mimetype, as_attachment=True, download_name=f"{process}.{kind.suffix}", max_age=0)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _day(name: str, otherwise: date) -> date:
    text = request.args.get(name, "")
    try:
        day = date.fromisoformat(text) if text else otherwise
    except ValueError:
        raise NotFound from None
    # The day after it, and its hours in other time zones, must be in the calendar as well.
    if not date.min.year < day.year < date.max.year:
        raise NotFound
    return day


def _kind() -> LogFormat:
    text = request.args.get("bentuk", LogFormat.XES.value)
    if text not in set(LogFormat):
        raise NotFound
    return LogFormat(text)
