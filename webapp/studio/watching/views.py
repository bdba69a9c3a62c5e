"""The page of a watched process, the diagram on which its figures are shown, and its log."""

import secrets

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.exceptions import NotFound

from engine.bpmn.translate import in_english
from webapp.current import KEY_BYTES, ask, current_alur
from webapp.reasons import in_plain_words
from webapp.security import FILE_POLICY
from webapp.studio.processes.views import PROCESS
from webapp.studio.watching import log_views
from webapp.studio.watching.page import LEAST, LEVELS, MEASURES, Measure, asked_of, watch_page
from webapp.studio.watching.reading import Asked, read_drawing, read_watched
from webapp.texts import gettext as _
from webapp.texts import language, show_month

WATCH = f"{PROCESS}/pantau"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(WATCH)(show_watch)
    blueprint.get(f"{WATCH}/diagram")(show_watched_diagram)
    log_views.add_to(blueprint)


def show_watch(process: str) -> str:
    """Show how the cases of a process go."""
    asked, measure = _asked(), _measure()
    watched = ask(read_watched, current_alur(), process, asked)
    month = request.args.get("bulan") or None

    def address(name: Measure) -> str:
        return url_for("studio.show_watch", process=process, bulan=month, rilis=asked.number, ukuran=name.value)

    page = watch_page(watched, measure)
    tabs = [(_(words), address(name), name is measure, None) for name, words in MEASURES.items()]
    return render_template(
        "studio/watching_process.html",
        page=page,
        watch=watched.watch,
        asked=asked,
        measure=measure,
        measure_words=_(MEASURES[measure]),
        tabs=tabs,
        least=LEAST,
        plain=in_plain_words,
        keys=[secrets.token_hex(KEY_BYTES) for _stuck in page.stuck],
        levels=LEVELS,
        show_month=show_month,
    )


def show_watched_diagram(process: str) -> Response:
    """Send the diagram of a release, of the one in force if none is named, with names in the reader's language."""
    diagram = ask(read_drawing, current_alur(), process, _asked())
    response = make_response(in_english(diagram) if language() == "en" else diagram)
    response.headers["Content-Type"] = "application/xml; charset=utf-8"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def _asked() -> Asked:
    asked = asked_of(request.args.get("bulan", ""), request.args.get("rilis", ""))
    if asked is None:
        raise NotFound
    return asked


def _measure() -> Measure:
    text = request.args.get("ukuran", Measure.COUNT.value)
    if text not in set(Measure):
        raise NotFound
    return Measure(text)
