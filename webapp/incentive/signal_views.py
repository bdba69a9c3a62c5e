"""Signals as a work list of the personnel agency: what was found, who looks at it, what came of it."""

from datetime import date
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.errors import AlreadyDone, Invalid
from forms import AlurForm
from processes.incentive.commands.handle_signal import AssignSignal, CloseSignal
from webapp.current import ask, current_alur, run_command
from webapp.incentive.forms import SignalNoteForm, assignment_form
from webapp.incentive.signal_reading import SignalPage, read_signal, read_signals
from webapp.incentive.slip_views import MONTH, WORDS
from webapp.texts import gettext as _
from webapp.texts import language, text_for

SIGNAL = "/tpp/isyarat/<int(max=9223372036854775807):signal>"
#: Nobody turns so far.
LAST_PAGE = 10_000


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"/tpp/{MONTH}/isyarat")(show_signals)
    blueprint.get(SIGNAL)(show_signal)
    blueprint.post(f"{SIGNAL}/serahkan")(assign_signal)
    blueprint.post(f"{SIGNAL}/tutup")(close_signal)


def show_signals(year: int, month: int) -> str:
    """Show the signals of a month that wait, or those that are closed."""
    is_open, number = "ditutup" not in request.args, request.args.get("hal", 1, type=int)
    page_number = min(max(number, 1), LAST_PAGE)
    page = ask(read_signals, current_alur(), date(year, month, 1), is_open=is_open, page=page_number)
    closed = {} if is_open else {"ditutup": "1"}
    address = partial(url_for, "incentive.show_signals", year=year, month=month)
    return render_template("incentive/signals.html", page=page, address=address, closed=closed, **WORDS)


def show_signal(signal: int) -> str:
    """Show one signal with its evidence, and what can be done about it."""
    page = ask(read_signal, current_alur(), signal)
    return _page(page, _assignment(page), SignalNoteForm(language=language()))


def assign_signal(signal: int) -> Response | tuple[str, int]:
    """Let somebody of the agency look at it."""
    page = _handled(signal)
    form = _assignment(page, is_sent=True)
    if not form.validate():
        return _page(page, form, SignalNoteForm(language=language())), 422
    try:
        run_command(AssignSignal(signal, int(str(form.typed_data()["person"]))))
    except Invalid as error:
        form.add_error("person", text_for(error.code, error.params, language()))
        return _page(page, form, SignalNoteForm(language=language())), 422
    except AlreadyDone:
        flash(_("Isyarat ini sudah ditutup lebih dahulu."), "warning")
    else:
        flash(_("Pemeriksa isyarat ini sudah dicatat."), "success")
    return redirect(url_for("incentive.show_signal", signal=signal), 303)


def close_signal(signal: int) -> Response | tuple[str, int]:
    """Close it with what was found."""
    page = _handled(signal)
    form = SignalNoteForm(request.form, language=language())
    if not form.validate():
        return _page(page, _assignment(page), form), 422
    try:
        run_command(CloseSignal(signal, str(form.typed_data()["note"])))
        flash(_("Isyarat ditutup. Catatan Anda tersimpan; tidak ada slip yang berubah karenanya."), "success")
    except AlreadyDone:
        flash(_("Isyarat ini sudah ditutup lebih dahulu."), "warning")
    month = page.row.kept.month
    return redirect(url_for("incentive.show_signals", year=month.year, month=month.month), 303)


def _handled(signal: int) -> SignalPage:
    """Return a signal that the reader may work on, or that is closed meanwhile, which he is told."""
    page = ask(read_signal, current_alur(), signal)
    if page.row.kept.is_open and not page.may_handle:
        raise NotFound
    return page


def _assignment(page: SignalPage, *, is_sent: bool = False) -> AlurForm:
    form = assignment_form(page.staff)
    if is_sent:
        return form(request.form, language=language())
    chosen = {"person": str(page.row.kept.assignee)} if page.row.kept.assignee is not None else {}
    return form(None, language=language(), data=chosen)


def _page(page: SignalPage, assignment: AlurForm, closing: AlurForm) -> str:
    forms = {"assignment": assignment, "closing": closing}
    return render_template("incentive/signal.html", page=page, **forms, **WORDS)
