"""One's own thanks: show or keep what was received, take back what was given; report what does not fit."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import Conflict
from engine.policy.actor import Actor
from processes.recognition.commands.change_thanks import AnswerThanks, ReportThanks, ReviewThanks, WithdrawThanks
from processes.recognition.queries.citizens import own_citizen_thanks
from processes.recognition.queries.thanks import Thanks, find_thanks, own_thanks, reported_thanks
from processes.recognition.records import Shown
from webapp.current import KEY_BYTES, ask, run_command
from webapp.errors import answer_to
from webapp.recognition.addresses import HOME, ONE_THANKS, require
from webapp.recognition.forms import ReportForm
from webapp.recognition.wording import shown_name
from webapp.texts import gettext as _
from webapp.texts import language

_ANSWERS = {"tampil": Shown.SHOWN, "simpan": Shown.KEPT}


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{HOME}/milik-saya")(show_own)
    blueprint.post(f"{ONE_THANKS}/pilih")(answer)
    blueprint.get(f"{ONE_THANKS}/tarik")(show_withdrawal)
    blueprint.post(f"{ONE_THANKS}/tarik")(withdraw)
    blueprint.get(f"{ONE_THANKS}/lapor")(show_report)
    blueprint.post(f"{ONE_THANKS}/lapor")(report)
    blueprint.get(f"{HOME}/laporan")(show_reports)
    blueprint.post(f"{ONE_THANKS}/putuskan")(review)


def show_own() -> str:
    """Show what the reader was thanked for, and whom he thanked."""
    own, citizens = ask(own_thanks), ask(own_citizen_thanks)
    return render_template("recognition/own.html", own=own, citizens=citizens, shown_name=shown_name, key=_key())


def answer(kudos_id: int) -> Response:
    """Let the unit read thanks for the reader, or keep them."""
    shown = _ANSWERS.get(request.form.get("pilihan", ""))
    ask(_read_for, "kudos:answer", kudos_id)
    if shown is None:
        raise BadRequest
    run_command(AnswerThanks(kudos_id, shown))
    flash(_("Pilihan Anda sudah disimpan."), "success")
    return redirect(url_for("recognition.show_own"), 303)


def show_withdrawal(kudos_id: int) -> str:
    """Ask whether the thanks shall really be taken back."""
    return render_template("recognition/withdraw.html", one=ask(_read_for, "kudos:withdraw", kudos_id), key=_key())


def withdraw(kudos_id: int) -> Response:
    """Take the thanks back."""
    run_command(WithdrawThanks(kudos_id))
    flash(_("Ucapan Anda sudah ditarik."), "success")
    return redirect(url_for("recognition.show_own"), 303)


def show_report(kudos_id: int) -> str:
    """Ask why the thanks do not fit."""
    return _report_page(ask(_read_for, "kudos:report", kudos_id), ReportForm(language=language()))


def report(kudos_id: int) -> Response | tuple[str, int]:
    """Report the thanks; they leave the wall until somebody has looked at them."""
    one, form = ask(_read_for, "kudos:report", kudos_id), ReportForm(request.form, language=language())
    if not form.validate():
        return _report_page(one, form), 422
    try:
        run_command(ReportThanks(kudos_id, str(form["reason"].data)))
    except Conflict as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _report_page(one, form), 409
    flash(_("Terima kasih. Ucapan ini tidak tampil sampai petugas kepegawaian memeriksanya."), "success")
    return redirect(url_for("recognition.show_wall"), 303)


def show_reports() -> str:
    """Show what was reported and waits for the personnel staff."""
    return render_template("recognition/reports.html", rows=ask(_read_reports), key=_key())


def review(kudos_id: int) -> Response:
    """Say whether reported thanks fit."""
    ask(_read_for, "kudos:review", kudos_id)
    decision = request.form.get("keputusan", "")
    if decision not in ("pantas", "tidak"):
        raise BadRequest
    run_command(ReviewThanks(kudos_id, decision == "pantas"))
    flash(_("Keputusan Anda sudah disimpan."), "success")
    return redirect(url_for("recognition.show_reports"), 303)


def _read_for(read: Any, actor: Actor, permission: str, kudos_id: int) -> Thanks:
    one = find_thanks(read, actor.tenant, kudos_id)
    require(read, actor, permission, one)
    return one


def _read_reports(read: Any, actor: Actor) -> tuple[Thanks, ...]:
    require(read, actor, "program:open", TenantSubject(actor.tenant))
    return tuple(one for one in reported_thanks(read, actor) if actor.person not in (one.giver, one.receiver))


def _report_page(one: Thanks, form: ReportForm) -> str:
    return render_template("recognition/report.html", one=one, form=form, key=_key())


def _key() -> str:
    return secrets.token_hex(KEY_BYTES)
