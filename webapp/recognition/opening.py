"""Open an award, and name its panel: both before anybody is nominated."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import Conflict, Invalid
from engine.policy.actor import Actor
from processes.recognition.commands.change_panel import AddToPanel, RemoveFromPanel
from processes.recognition.commands.open_program import USUAL_WEIGHTS, OpenProgram
from webapp.current import KEY_BYTES, ask, run_command
from webapp.errors import answer_to
from webapp.recognition.addresses import AWARDS, ONE_PROGRAM, PERSON, require
from webapp.recognition.awards import SeenProgram, read_program
from webapp.recognition.choosing import Choice, offered, searched
from webapp.recognition.forms import ProgramForm
from webapp.texts import gettext as _
from webapp.texts import language, text_for


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{AWARDS}/baru")(show_opening)
    blueprint.post(f"{AWARDS}/baru")(open_program)
    blueprint.get(f"{ONE_PROGRAM}/panel")(show_panel)
    blueprint.post(f"{ONE_PROGRAM}/panel")(search_panel)
    blueprint.post(f"{ONE_PROGRAM}/panel/{PERSON}")(change_panel)


def show_opening() -> str:
    """Show the form of a new award, with the usual weights."""
    ask(_require)
    return _opening_page(ProgramForm(language=language(), data=USUAL_WEIGHTS))


def open_program() -> Response | tuple[str, int]:
    """Open the award and lead to its panel."""
    ask(_require)
    form = ProgramForm(request.form, language=language())
    if not form.validate():
        return _opening_page(form), 422
    try:
        receipt = run_command(_command(form))
    except Invalid as error:
        form.add_error(None, text_for(error.code, error.params, language()))
        return _opening_page(form), 422
    flash(_("Penghargaan sudah dibuka. Tetapkan panelnya sebelum ada usulan."), "success")
    if receipt.repeated:
        return redirect(url_for("recognition.show_awards"), 303)
    return redirect(url_for("recognition.show_panel", program_id=receipt.value), 303)


def show_panel(program_id: int) -> str:
    """Show who is on the panel, and whom to add."""
    return _panel_page(ask(_read, program_id), offered())


def search_panel(program_id: int) -> Response | tuple[str, int]:
    """Lead to those whose name has what was typed."""
    seen = ask(_read, program_id)
    found = searched("recognition.show_panel", program_id=program_id)
    return (_panel_page(seen, found), 422) if isinstance(found, Choice) else found


def change_panel(program_id: int, person: int) -> Response:
    """Add somebody to the panel, or take him off."""
    ask(_read, program_id)
    deed = request.form.get("tindakan", "")
    if deed not in ("tambah", "hapus"):
        raise BadRequest
    command = AddToPanel if deed == "tambah" else RemoveFromPanel
    try:
        run_command(command(program_id, person))
        flash(_("Panel sudah diubah."), "success")
    except Conflict as error:
        for line in answer_to(error).lines:
            flash(line, "warning")
    return redirect(url_for("recognition.show_panel", program_id=program_id), 303)


def _require(read: Any, actor: Actor) -> None:
    require(read, actor, "program:open", TenantSubject(actor.tenant))


def _read(read: Any, actor: Actor, program_id: int) -> SeenProgram:
    seen = read_program(read, actor, program_id)
    require(read, actor, "program:open", seen.program)
    return seen


def _command(form: ProgramForm) -> OpenProgram:
    given: dict[str, Any] = dict(form.typed_data())
    return OpenProgram(
        given["name"],
        given["opens_on"],
        given["closes_on"],
        form.weights,
        siasn_code=given["siasn_code"],
        amount=given["amount"],
        dpa_code=given["dpa_code"],
        rule=given["rule"],
    )


def _opening_page(form: ProgramForm) -> str:
    return render_template("recognition/opening.html", form=form, key=_key())


def _panel_page(seen: SeenProgram, choice: Choice) -> str:
    return render_template("recognition/panel.html", seen=seen, choice=choice, key=_key())


def _key() -> str:
    return secrets.token_hex(KEY_BYTES)
