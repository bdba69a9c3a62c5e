"""Announce a post, and name the panel: the personnel agency's part before anybody applies."""

import secrets
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Conflict, Invalid
from engine.policy.actor import Actor
from forms import AlurForm
from processes.people.queries import employee_by_nip
from processes.promotion.selection.commands.change_panel import AddPanelMember, RemovePanelMember
from processes.promotion.selection.commands.open_selection import OpenSelection
from processes.promotion.selection.ranking import Stage
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.errors import answer_to
from webapp.promotion.selection_forms import MemberForm, guest_form, opening_form
from webapp.promotion.selection_reading import Arranging, Opening, read_arranging, read_opening
from webapp.promotion.selection_views import LIST, ONE
from webapp.promotion.selection_words import SELECTION_WORDS
from webapp.texts import gettext as _
from webapp.texts import language

_USUAL = {Stage.RECORD: 20, Stage.ASSESSMENT: 25, Stage.PAPER: 20, Stage.INTERVIEW: 35}


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{LIST}/baru")(show_announcing)
    blueprint.post(f"{LIST}/baru")(announce)
    blueprint.get(f"{ONE}/panitia")(show_panel)
    blueprint.post(f"{ONE}/panitia")(add_employee)
    blueprint.post(f"{ONE}/panitia/tamu")(add_guest)
    blueprint.post(f"{ONE}/panitia/<int(max=9223372036854775807):person>/hapus")(remove_member)


def show_announcing() -> str:
    """Show the form of an announcement, with usual weights."""
    opening = ask(read_opening, current_alur())
    usual = {str(stage): Decimal(weight) for stage, weight in _USUAL.items()}
    return _opening_page(opening, opening_form(opening)(None, language=language(), data=usual))


def announce() -> Response | tuple[str, int]:
    """Announce the post and lead to its panel."""
    opening = ask(read_opening, current_alur())
    form = opening_form(opening)(request.form, language=language())
    if not form.validate():
        return _opening_page(opening, form), 422
    given: dict[str, Any] = dict(form.typed_data())
    weights = {stage: given[stage] for stage in Stage}
    try:
        receipt = run_command(OpenSelection(int(given["post"]), given["closes_on"], weights, given["panel_decree"]))
    except Invalid as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _opening_page(opening, form), 422
    flash(_("Seleksi sudah diumumkan. Tetapkan panitianya sebelum pendaftaran ditutup."), "success")
    if receipt.repeated:
        return redirect(url_for("promotion.show_selections"), 303)
    return redirect(url_for("promotion.show_panel", case_id=receipt.value), 303)


def show_panel(case_id: int) -> str:
    """Show who sits on the panel, and how to add somebody."""
    return _panel_page(ask(read_arranging, current_alur(), case_id))


def add_employee(case_id: int) -> Response | tuple[str, int]:
    """Name an employee for the panel."""
    arranging = ask(read_arranging, current_alur(), case_id)
    form = MemberForm(request.form, language=language())
    if not form.validate():
        return _panel_page(arranging, form), 422
    person = ask(_person_by_nip, str(form.typed_data()["nip"]))
    if person is None:
        form.add_error("nip", _("Tidak ada pegawai dengan NIP ini. Periksa angkanya."))
        return _panel_page(arranging, form), 422
    return _add(arranging, person, form)


def add_guest(case_id: int) -> Response | tuple[str, int]:
    """Name an invited guest for the panel."""
    arranging = ask(read_arranging, current_alur(), case_id)
    form = guest_form(arranging.guests)(request.form, language=language())
    if not form.validate():
        return _panel_page(arranging, guest=form), 422
    return _add(arranging, int(str(form.typed_data()["guest"])), form)


def remove_member(case_id: int, person: int) -> Response:
    """Take somebody off the panel."""
    try:
        run_command(RemovePanelMember(case_id, person))
    except Conflict as error:
        flash(" ".join(answer_to(error).lines), "warning")
        return redirect(url_for("promotion.show_panel", case_id=case_id), 303)
    return _changed(case_id)


def _add(arranging: Arranging, person: int, form: AlurForm) -> Response | tuple[str, int]:
    case_id, reason = arranging.found.case_id, str(form.typed_data()["reason"] or "")
    try:
        run_command(AddPanelMember(case_id, person, reason))
    except (Conflict, Invalid) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        is_employee = isinstance(form, MemberForm)
        return _panel_page(arranging, form if is_employee else None, guest=None if is_employee else form), 409
    return _changed(case_id)


def _person_by_nip(read: Any, actor: Actor, nip: str) -> int | None:
    found = employee_by_nip(read, actor.tenant, nip)
    return found.id if found is not None else None


def _changed(case_id: int) -> Response:
    flash(_("Panitia sudah diubah."), "success")
    return redirect(url_for("promotion.show_panel", case_id=case_id), 303)


def _opening_page(opening: Opening, form: AlurForm) -> str:
    return _page("promotion/selection_opening.html", opening=opening, form=form)


def _panel_page(arranging: Arranging, form: AlurForm | None = None, guest: AlurForm | None = None) -> str:
    return _page(
        "promotion/selection_panel.html",
        shown=arranging,
        form=form or MemberForm(language=language()),
        guest=guest or guest_form(arranging.guests)(language=language()),
    )


def _page(template: str, **more: Any) -> str:
    return render_template(template, **SELECTION_WORDS, key=secrets.token_hex(KEY_BYTES), **more)
