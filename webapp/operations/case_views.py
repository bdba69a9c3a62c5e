"""A case as a whole: what its operator may do, and suspending it, letting it go on, cancelling it."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.command import Command
from engine.commands.cancel_case import CancelCase
from engine.commands.resume_case import ResumeCase
from engine.commands.suspend_case import SuspendCase
from engine.errors import Forbidden, NotFound, OperationRefused
from forms import AlurForm
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.operations.case_reading import OperatedCase, read_operated
from webapp.operations.comparing import pieces_of
from webapp.operations.forms import CancelForm, HandOverForm, ReasonForm
from webapp.operations.naming import described, label_of, name_of
from webapp.reasons import in_plain_words
from webapp.texts import gettext as _
from webapp.texts import language, text_for
from webapp.values import in_words

# SQLite and PostgreSQL hold 63 bits; a longer number names nothing.
CASE = "/kasus/<int(max=9223372036854775807):case_id>/operasi"

Answer = Response | str | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(CASE)(show_case)
    for part, show, act in (
        ("tangguhkan", show_suspend, suspend),
        ("lanjutkan", show_resume, resume),
        ("batalkan", show_cancel, cancel),
    ):
        blueprint.get(f"{CASE}/{part}")(show)
        blueprint.post(f"{CASE}/{part}")(act)


def show_case(case_id: int) -> str:
    """Show where a case stands, with which data, and what can be done."""
    return case_page(ask(read_operated, current_alur(), case_id))


def case_page(case: OperatedCase, form: AlurForm | None = None, token: int | None = None) -> str:
    """Return the page of a case.

    :param form: with which the task of a token was to be handed over, and what is wrong with it.
    """
    return render_template(
        "operations/case.html",
        case=case,
        forms={item: form if item == token else hand_over_form(item) for item in sorted(case.left)},
        form=form,
        key=secrets.token_hex(KEY_BYTES),
        plain=in_plain_words,
        label=label_of,
        described=described,
        name_of=name_of,
        in_words=in_words,
        pieces_of=pieces_of,
    )


def show_suspend(case_id: int) -> str:
    """Say what suspending does, and ask for the reason."""
    return _suspend_page(_read(case_id, "case:suspend"), ReasonForm(language=language()))


def suspend(case_id: int) -> Answer:
    """Suspend a case."""
    case, form = _read(case_id, "case:suspend"), ReasonForm(request.form, language=language())
    if not form.validate():
        return _suspend_page(case, form), 422
    return _done(
        SuspendCase(case_id, _reason(form)),
        case_id,
        _("Kasus ditangguhkan. Tidak ada yang bergerak sampai dilanjutkan."),
    )


def show_resume(case_id: int) -> str:
    """Say what letting a case go on does, and ask for the reason."""
    return _resume_page(_read(case_id, "case:suspend"), ReasonForm(language=language()))


def resume(case_id: int) -> Answer:
    """Let a suspended case go on."""
    case, form = _read(case_id, "case:suspend"), ReasonForm(request.form, language=language())
    return _try(
        form,
        lambda: _done(
            ResumeCase(case_id, _reason(form)), case_id, _("Kasus berlanjut. Batas waktu yang lewat berlaku sekarang.")
        ),
        lambda: _resume_page(case, form),
    )


def show_cancel(case_id: int) -> str:
    """Say what cancelling does, and ask for the reason."""
    return _cancel_page(_read(case_id, "case:cancel"), CancelForm(language=language()))


def cancel(case_id: int) -> Answer:
    """Cancel a case."""
    case, form = _read(case_id, "case:cancel"), CancelForm(request.form, language=language())
    if not form.validate():
        return _cancel_page(case, form), 422
    return _done(CancelCase(case_id, _reason(form)), case_id, _("Kasus dibatalkan. Riwayatnya tetap tersimpan."))


def hand_over_form(token: int, sent: Any = None) -> HandOverForm:
    """Return the form that asks who does the task of a token now; a page may have one for each of several."""
    return HandOverForm(sent, language=language(), prefix=f"t{token}")


def act_page(case: OperatedCase, form: AlurForm, template: str = "operations/act.html", **what: Any) -> str:
    """Return the page that says what an operation does and asks for what it needs."""
    return render_template(template, case=case, form=form, key=secrets.token_hex(KEY_BYTES), **what)


def after_operation(case_id: int, said: str) -> Response:
    """Lead back to the case, or to the list if the reader may not see it any more: it goes on."""
    flash(said, "success")
    try:
        ask(read_operated, current_alur(), case_id)
    except (NotFound, Forbidden):
        return redirect(url_for("operations.show_groups"), 303)
    return redirect(url_for("operations.show_case", case_id=case_id), 303)


def refusal(error: OperationRefused) -> str:
    """Return why an operation cannot be done, in the reader's language."""
    return text_for(f"operation.{error.why}", error.params, language())


def _try(form: AlurForm, act: Callable[[], Response], page: Callable[[], str]) -> Answer:
    if form.validate():
        try:
            return act()
        except OperationRefused as error:
            form.add_error(None, refusal(error))
    return page(), 422


def _read(case_id: int, permission: str) -> OperatedCase:
    return ask(read_operated, current_alur(), case_id, permission)


def _reason(form: AlurForm) -> str:
    return str(form.typed_data()["reason"])


def _done(command: Command, case_id: int, said: str) -> Response:
    run_command(command)
    return after_operation(case_id, said)


def _suspend_page(case: OperatedCase, form: AlurForm) -> str:
    return act_page(
        case,
        form,
        heading=_("Tangguhkan kasus ini?"),
        effects=(
            _("Tugas tetap ada di daftar orangnya, tetapi tidak dapat dikirim; draf tetap tersimpan."),
            _("Batas waktu yang lewat selama ditangguhkan baru berlaku ketika kasus dilanjutkan."),
            _("Pesan dari kasus lain menunggu sampai kasus dilanjutkan."),
        ),
        yes=_("Tangguhkan kasus"),
        tone="primary",
        action=url_for("operations.suspend", case_id=case.view.case.id),
    )


def _resume_page(case: OperatedCase, form: AlurForm) -> str:
    return act_page(
        case,
        form,
        heading=_("Lanjutkan kasus ini?"),
        effects=(
            _("Tugas dapat dikirim lagi."),
            _("Batas waktu yang lewat selama ditangguhkan berlaku segera sesudahnya."),
            _("Pesan yang menunggu diterima sekarang."),
        ),
        yes=_("Lanjutkan kasus"),
        tone="primary",
        action=url_for("operations.resume", case_id=case.view.case.id),
    )


def _cancel_page(case: OperatedCase, form: AlurForm) -> str:
    return act_page(
        case,
        form,
        heading=_("Batalkan kasus ini?"),
        effects=(
            _("Semua tugasnya ditutup, termasuk draf; orang yang memegangnya diberi tahu."),
            _("Batas waktu dan pesan yang ditunggu ikut ditutup."),
            _("Kasus tidak dapat dibuka lagi. Riwayatnya tetap dapat dibaca."),
        ),
        yes=_("Batalkan kasus"),
        tone="danger",
        action=url_for("operations.cancel", case_id=case.view.case.id),
    )
