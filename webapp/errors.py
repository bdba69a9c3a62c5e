"""Errors as people see them: the only place that knows status codes."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from engine.errors import (
    AlreadyClaimed,
    AlreadyDone,
    Conflict,
    DiagramRefused,
    ElementFailed,
    EngineError,
    Forbidden,
    Invalid,
    NotFound,
    TenantClosed,
    TenantMoved,
    TooLate,
    Unavailable,
)
from engine.policy.actor import system_actor
from engine.records.contents import FileRefused
from engine.records.database import UnusableDatabase
from engine.records.refusals import outage_of
from engine.services import ServiceFailed
from processes.people.city import CityError, CityUnavailable
from processes.people.queries.names import names_of
from webapp.current import city_code, current_alur, is_fragment, signed_in, wants_data
from webapp.page import addresses
from webapp.texts import gettext as _
from webapp.texts import lazy, show_instant, text_for
from webapp.texts.speaking import language
from webapp.way_back import page_of_form

logger = logging.getLogger("alur.errors")

#: The most particular class decides.
STATUS: dict[type[EngineError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Conflict: 409,
    Invalid: 422,
    DiagramRefused: 422,
    FileRefused: 422,
    ElementFailed: 500,
    ServiceFailed: 500,
    CityError: 503,
    TenantClosed: 503,
    TenantMoved: 410,
    UnusableDatabase: 503,
    Unavailable: 503,
    EngineError: 500,
}

TITLES: dict[int, str] = {
    400: lazy("Permintaan tidak dapat diterima"),
    401: lazy("Silakan masuk dahulu"),
    403: lazy("Anda tidak berwenang"),
    404: lazy("Tidak ditemukan"),
    405: lazy("Permintaan tidak dapat diterima"),
    409: lazy("Sudah berubah"),
    410: lazy("Kota ini sudah pindah"),
    413: lazy("Kiriman terlalu besar"),
    422: lazy("Belum dapat diterima"),
    429: lazy("Terlalu banyak percobaan"),
    500: lazy("Terjadi gangguan"),
    503: lazy("Sedang tidak tersedia"),
}

LINES: dict[int, str] = {
    400: lazy("Muat ulang halaman sebelumnya, lalu kirim kembali. Bila tetap gagal, keluar lalu masuk lagi."),
    401: lazy("Anda belum masuk, atau sudah keluar karena lama tidak ada kegiatan."),
    403: lazy("Anda tidak boleh melakukan tindakan ini. Bila menurut Anda keliru, hubungi pengelola kepegawaian."),
    404: lazy("Halaman atau data ini tidak ada, atau bukan untuk Anda."),
    405: lazy("Kembali ke halaman sebelumnya, lalu coba lagi."),
    409: lazy("Data ini baru saja diubah. Muat ulang halaman, periksa isinya, lalu coba lagi."),
    410: lazy("Halaman ini tidak ada lagi di sini. Tanyakan alamat yang baru kepada pengelola kepegawaian."),
    413: lazy("Perkecil berkas atau bagi isian menjadi beberapa bagian, lalu kirim kembali."),
    422: lazy("Periksa kembali isian Anda, lalu kirim lagi."),
    429: lazy("Tunggu beberapa menit, lalu coba lagi."),
    500: lazy("Gangguan ini sudah dicatat. Coba lagi sebentar lagi; data yang sudah tersimpan tidak hilang."),
    503: lazy("Coba lagi beberapa menit lagi. Bila tetap gagal, hubungi admin kota."),
}

RETRY_SECONDS = 60
#: Fields of the forms of `webapp.auth` that hold a password or a one-time code.
SECRET_FIELDS = frozenset({"secret", "password", "again", "current"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An error, ready to be shown.

    :param is_whole_city: no page of the city answers, so that nothing may lead back into it.
    :param page: address of the page whose form could not be sent.
    :param door: address of the sign-in page that leads on to it.
    """

    status: int
    title: str
    lines: tuple[str, ...]
    problems: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    is_whole_city: bool = False
    page: str = ""
    door: str = ""


def answer_errors(app: Flask) -> None:
    """Let the application answer every error with a page, a piece of one, or data, whichever was asked for."""

    @app.errorhandler(EngineError)
    def engine_error(error: EngineError) -> Response:
        answer = answer_to(error)
        if answer.status >= 500:
            _log(error)
        return show(answer)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        there = _without_slash() if error.code == 404 else None
        if there is not None:
            return make_response(redirect(there, 308))
        return show(_http_answer(error)) if error.response is None else make_response(error.response)

    @app.errorhandler(Exception)
    def any_error(error: Exception) -> Response:
        _log(error)
        outage = outage_of(error)
        return show(plain_answer(500) if outage is None else answer_to(outage))


def answer_to(error: EngineError) -> Answer:
    """Return what to say about an error of the engine."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    if isinstance(error, TooLate):
        return Answer(status, _("Batas waktu sudah lewat"), _too_late(error))
    if isinstance(error, AlreadyDone):
        return Answer(status, _("Sudah diselesaikan"), _already_done(error))
    if isinstance(error, AlreadyClaimed) and isinstance(error.params.get("person"), int):
        return Answer(status, _(TITLES[status]), _already_claimed(error))
    if isinstance(error, DiagramRefused):
        problems = tuple(problem.message(language()) for problem in error.problems)
        return Answer(status, _(TITLES[status]), (text_for(error.code, error.params, language()),), problems)
    if status == 404:
        return plain_answer(status)
    again = {"Retry-After": str(RETRY_SECONDS)} if isinstance(error, Unavailable) else {}
    line = text_for(error.code, error.params, language())
    is_whole_city = isinstance(error, TenantClosed | CityUnavailable)
    return Answer(status, _(TITLES[status]), (line,), headers=again, is_whole_city=is_whole_city)


def plain_answer(status: int) -> Answer:
    """Return what to say about a status of HTTP."""
    known = status if status in LINES else 400 if status < 500 else 500
    return Answer(status, _(TITLES[known]), (_(LINES[known]),))


def stale_form(*, must_sign_in: bool) -> Answer:
    """Return what to say about a form that was shown before somebody signed in or out in the same browser."""
    line = _(
        "Halaman tadi terlalu lama terbuka, atau dibuka sebelum Anda masuk atau keluar di peramban ini. "
        "Yang Anda kirim tidak diterima."
    )
    if must_sign_in:
        return _unsent(400, line)
    again = _("Buka lagi halamannya, isi kembali, lalu kirim.")
    return Answer(400, _("Belum terkirim"), (line, again), page=page_of_form() or "")


def of_another_person() -> Answer:
    """Return what to say about a form that was shown to somebody else than whoever uses the browser now."""
    lines = (
        _("Sesudah halaman tadi dibuka, orang lain masuk di peramban ini. Yang Anda kirim tidak diterima."),
        _("Bila halaman itu milik Anda: keluar dahulu, masuk sebagai diri Anda, lalu isi kembali."),
    )
    return Answer(400, _("Belum terkirim"), lines)


def _unsent(status: int, line: str) -> Answer:
    """Return that something was not sent, with the way through the sign-in page back to where it was typed."""
    again = _("Masuk, buka lagi halamannya, isi kembali, lalu kirim.")
    page, door = page_of_form(), url_for("auth.show_sign_in")
    to = f"{door}?next={quote(page)}" if page is not None else door
    return Answer(status, _("Belum terkirim"), (line, again), door=to)


def _without_slash() -> str | None:
    """Return the address that was meant by one with a slash too many, if there is a page; people type them so."""
    path = request.path.rstrip("/")
    is_meant = request.method in ("GET", "HEAD") and request.path.endswith("/") and path and "//" not in path
    adapter = current_app.create_url_adapter(request)
    if not is_meant or request.url_rule is not None or adapter is None or not adapter.test(path, "GET"):
        return None
    query = request.query_string.decode("ascii", "ignore")
    return quote(request.script_root + path) + (f"?{query}" if query else "")


def _http_answer(error: HTTPException) -> Answer:
    is_sent = error.code == 401 and request.method == "POST" and city_code() is not None
    if is_sent and not is_fragment() and not wants_data():
        return _unsent(401, _("Ketika Anda mengirim, Anda sudah keluar, jadi yang Anda kirim tidak diterima."))
    answer = plain_answer(error.code or 500)
    kept = ("Allow", "Retry-After", "Location")
    headers = {name: value for name, value in error.get_headers() if name in kept}
    return Answer(answer.status, answer.title, answer.lines, headers=headers)


def _already_claimed(error: AlreadyClaimed) -> tuple[str, ...]:
    """Say who of the group took the task: they share the queue, so they may know."""
    name = _name_of(int(str(error.params["person"])))
    return (
        _("Tugas ini sudah diambil oleh %(name)s.", name=name),
        _("Buka antrean lagi untuk melihat tugas lain."),
    )


def _already_done(error: AlreadyDone) -> tuple[str, ...]:
    """Say who was faster and when: a person may know that who took part in the case."""
    person, at = error.params.get("person"), error.params.get("at")
    actor = signed_in()
    if actor is None or not isinstance(at, datetime):
        return (text_for(error.code, error.params, language()),)
    when = show_instant(at, current_alur().zone(actor.actor.tenant), label=g.city.zone_label)
    if person == actor.person:
        line = _("Tugas ini sudah Anda selesaikan pada %(when)s. Anda tidak perlu mengirim lagi.", when=when)
    elif isinstance(person, int):
        name = _name_of(person)
        line = _("Tugas ini sudah diselesaikan oleh %(name)s pada %(when)s.", name=name, when=when)
    else:
        line = _("Tugas ini sudah selesai secara otomatis pada %(when)s.", when=when)
    return line, _("Isian Anda yang terakhir tidak dipakai.") if person != actor.person else ""


def _too_late(error: TooLate) -> tuple[str, ...]:
    """Say since when the task's time is over."""
    line, actor, at = text_for(error.code, error.params, language()), signed_in(), error.params.get("at")
    if actor is None or not isinstance(at, datetime):
        return (line,)
    when = show_instant(at, current_alur().zone(actor.actor.tenant), label=g.city.zone_label)
    ended = _("Waktu untuk tugas ini habis pada %(when)s.", when=when)
    return ended, line, _("Isian Anda yang terakhir tidak dipakai.")


def _name_of(person: int) -> str:
    with current_alur().database.reading() as read:
        return names_of(read, system_actor(g.city.code), (person,)).get(person, "–")


def show(answer: Answer) -> Response:
    """Return the answer as a page, as a piece of one for htmx, or as JSON for a script."""
    if wants_data():
        response = jsonify(message=" ".join([answer.title + ".", *filter(None, answer.lines)]))
    else:
        template = "errors/fragment.html" if is_fragment() else "errors/page.html"
        response = make_response(render_template(template, **_parts(answer)))
    response.status_code = answer.status
    response.headers.extend(answer.headers)
    return response


def _parts(answer: Answer) -> dict[str, Any]:
    return {
        "title": answer.title,
        "status": answer.status,
        "lines": tuple(filter(None, answer.lines)),
        "problems": answer.problems,
        "frame": _frame(answer),
        "again": _sent_again(answer.status),
        "urls": addresses() | ({"home": "", "help": ""} if answer.is_whole_city else {}),
        "page": answer.page,
        "door": answer.door,
        "may_retry": answer.status == 503 and request.method == "GET",
    }


def _sent_again(status: int) -> tuple[tuple[str, str], ...]:
    """Return what was sent, so that one press sends it again when the database is back: nobody types it twice.

    Files and passwords are not handed out again; whoever sent those goes back to the form.
    """
    if status != 503 or request.method != "POST" or any(file.filename for file in request.files.values()):
        return ()
    if any(name in SECRET_FIELDS for name in request.form):
        return ()
    return tuple(request.form.items(multi=True))


def _frame(answer: Answer) -> str:
    """Return the page around an error: whoever is signed in keeps the menu, so that one wrong step ends nowhere.

    A failure of our own gets the plain one: what the menu needs may be what is broken. So does a city that is shut.
    """
    person = signed_in()
    is_inside = person is not None and not person.must_choose and answer.status < 500 and not answer.is_whole_city
    return "layout/base.html" if is_inside else "layout/base_plain.html"


def _log(error: Exception) -> None:
    """Keep the trace with the route, not the address: addresses and query strings may say who somebody is."""
    route = request.url_rule.rule if request.url_rule is not None else "-"
    logger.error("%s %s failed", request.method, route, exc_info=error)
