"""Corrections of locked slips: proposed by somebody of the agency, signed or refused by a second person."""

import secrets
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import AlreadyDone, Invalid
from forms import AlurForm
from processes.incentive.commands.decide_adjustment import ConfirmAdjustment, RejectAdjustment
from processes.incentive.commands.propose_adjustment import ProposeAdjustment
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.incentive.adjustment_reading import (
    AdjustingPage,
    ProposalRow,
    read_adjusting,
    read_proposal,
    read_waiting,
)
from webapp.incentive.forms import AdjustmentForm, RefusalForm
from webapp.incentive.slip_views import MONTH, PERSON, UNIT, WORDS
from webapp.texts import gettext as _
from webapp.texts import language, text_for

PROPOSAL = "/tpp/koreksi-terkunci/<int(max=9223372036854775807):proposal>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"/tpp/{MONTH}/{UNIT}/pegawai/{PERSON}/koreksi")(show_adjusting)
    blueprint.post(f"/tpp/{MONTH}/{UNIT}/pegawai/{PERSON}/koreksi")(propose_adjustment)
    blueprint.get("/tpp/koreksi-terkunci")(show_adjustments)
    blueprint.get(PROPOSAL)(show_proposal)
    blueprint.post(f"{PROPOSAL}/setujui")(confirm_adjustment)
    blueprint.post(f"{PROPOSAL}/tolak")(reject_adjustment)


def show_adjusting(year: int, month: int, unit: int, person: int) -> str:
    """Show what a locked slip is wrong by, and the form that asks why."""
    page = ask(read_adjusting, current_alur(), person, date(year, month, 1), unit_id=unit)
    return _adjusting_page(page, AdjustmentForm(language=language()))


def propose_adjustment(year: int, month: int, unit: int, person: int) -> Response | tuple[str, int]:
    """Keep the proposal, or say what is wrong with it."""
    page = ask(read_adjusting, current_alur(), person, date(year, month, 1), unit_id=unit)
    form = AdjustmentForm(request.form, language=language())
    if not form.validate():
        return _adjusting_page(page, form), 422
    try:
        run_command(ProposeAdjustment(person, unit, page.month, str(form.typed_data()["reason"])))
    except Invalid as error:
        form.add_error("reason", text_for(error.code, error.params, language()))
        return _adjusting_page(page, form), 422
    flash(_("Usulan koreksi tersimpan. Orang kedua dari BKPSDM harus menyetujuinya sebelum dibayar."), "success")
    return redirect(url_for("incentive.show_slip_of", year=year, month=month, person=person), 303)


def show_adjustments() -> str:
    """Show the corrections that wait for a second person."""
    return render_template("incentive/adjustments.html", rows=ask(read_waiting, current_alur()), **WORDS)


def show_proposal(proposal: int) -> str:
    """Show one that the reader may sign or refuse."""
    return _proposal_page(ask(read_proposal, current_alur(), proposal), RefusalForm(language=language()))


def confirm_adjustment(proposal: int) -> Response | tuple[str, int]:
    """Sign for the line, or say why it cannot be signed."""
    row = ask(read_proposal, current_alur(), proposal)
    try:
        run_command(ConfirmAdjustment(proposal))
        flash(_("Koreksi disetujui. Selisihnya menjadi baris pada slip bulan berikutnya yang dihitung."), "success")
    except AlreadyDone:
        flash(_("Koreksi ini sudah diputuskan lebih dahulu."), "warning")
    except Invalid as error:
        form = RefusalForm(language=language())
        form.add_error("note", text_for(error.code, error.params, language()))
        return _proposal_page(row, form), 422
    return redirect(url_for("incentive.show_adjustments"), 303)


def reject_adjustment(proposal: int) -> Response | tuple[str, int]:
    """Leave the slip as it is, with the reason."""
    row = ask(read_proposal, current_alur(), proposal)
    form = RefusalForm(request.form, language=language())
    if not form.validate():
        return _proposal_page(row, form), 422
    try:
        run_command(RejectAdjustment(proposal, str(form.typed_data()["note"])))
        flash(_("Koreksi ditolak; slip tetap seperti terkunci."), "success")
    except AlreadyDone:
        flash(_("Koreksi ini sudah diputuskan lebih dahulu."), "warning")
    return redirect(url_for("incentive.show_adjustments"), 303)


def _adjusting_page(page: AdjustingPage, form: AlurForm) -> str:
    key = secrets.token_hex(KEY_BYTES)
    return render_template("incentive/adjusting.html", page=page, form=form, key=key, **WORDS)


def _proposal_page(row: ProposalRow, form: AlurForm) -> str:
    return render_template("incentive/adjustment.html", row=row, form=form, **WORDS)
