"""Who appraises whom: the people of one's units, a proposed correction, and the decision about it."""

import secrets
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import AlreadyDone, Invalid
from engine.policy.actor import Actor
from forms import AlurForm
from processes.appraisal.commands.correct_rater import CorrectRater
from processes.people.commands.approve_line import RejectLine
from processes.people.commands.propose_line import ProposeLine
from processes.people.records import Role
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, run_command
from webapp.people.forms import RefusalForm, SearchForm, line_form, unit_form
from webapp.people.line_reading import find_choices, read_line, read_proposals, read_staff
from webapp.texts import gettext as _
from webapp.texts import language

PERSON = "/pegawai/<int(max=9223372036854775807):person>"
PROPOSAL = "/pegawai/usulan/<int(max=9223372036854775807):proposal>"
SHORTEST_SEARCH = 2


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/pegawai")(show_staff)
    blueprint.post("/pegawai")(search_staff)
    blueprint.get(f"{PERSON}/penilai")(show_line)
    blueprint.post(f"{PERSON}/penilai")(propose)
    blueprint.get("/pegawai/usulan")(show_proposals)
    blueprint.post(f"{PROPOSAL}/setujui")(approve)
    blueprint.post(f"{PROPOSAL}/tolak")(refuse)


def looks_after_people(actor: Actor) -> bool:
    """Show the people in the menu of HR officers."""
    return any(actor.holds(role) for role in (Role.HR_VERIFIER, Role.HR_HEAD, Role.UNIT_HR_OFFICER, Role.CITY_ADMIN))


def show_staff() -> str:
    """Show the people of the reader's units with who appraises them."""
    return _staff_page("")


def search_staff() -> str:
    """Show those whose name holds what was typed."""
    form = SearchForm(request.form, language=language())
    form.validate()
    return _staff_page(form["cari"].data or "", form)


def show_line(person: int) -> str:
    """Show the form that proposes another appraiser."""
    return _line_page(person, line_form(())(None, language=language(), data={"valid_from": _today()}), "")


def propose(person: int) -> Response | str | tuple[str, int]:
    """Search for the right appraiser, or propose the one that was chosen."""
    ask(read_line, current_alur(), person)
    search = SearchForm(request.form, language=language())
    text = str(search["cari"].data or "") if search.validate() else ""
    choices = ask(find_choices, _today(), text) if len(text) >= SHORTEST_SEARCH else ()
    form = line_form(choices)(request.form, language=language())
    if "_cari" in request.form:
        return _line_page(person, form, text, is_searched=True)
    if not form.validate():
        return _line_page(person, form, text, is_searched=bool(text)), 422
    data = form.typed_data()
    try:
        run_command(ProposeLine(person, int(str(data["appraiser"])), form["valid_from"].data, str(data["reason"])))
    except Invalid as error:
        form.add_error("appraiser", _why_invalid(error))
        return _line_page(person, form, text, is_searched=True), 422
    flash(_("Usulan terkirim. Verifikator kepegawaian daerah yang memutuskannya."), "success")
    return redirect(url_for("people.show_staff"), 303)


def show_proposals() -> str:
    """Show the corrections that wait for a decision."""
    return _proposals_page(RefusalForm(language=language()), None)


def approve(proposal: int) -> Response:
    """Put a corrected line in force; the open evaluation follows in the background, even after a breakdown."""
    run_command(CorrectRater(proposal))
    said = _("Garis penilaian diperbaiki. Evaluasi yang belum dinilai segera beralih kepada penilai yang baru.")
    flash(said, "success")
    return redirect(url_for("people.show_proposals"), 303)


def refuse(proposal: int) -> Response | tuple[str, int]:
    """Leave the line as it is, with the reason."""
    form = RefusalForm(request.form, language=language(), prefix=f"p{proposal}")
    if not form.validate():
        return _proposals_page(form, proposal), 422
    try:
        run_command(RejectLine(proposal, str(form.typed_data()["note"])))
    except AlreadyDone:
        flash(_("Usulan ini sudah diputuskan sebelumnya."), "warning")
    else:
        flash(_("Usulan ditolak. Pengusul diberi tahu alasannya."), "success")
    return redirect(url_for("people.show_proposals"), 303)


def _why_invalid(error: Invalid) -> str:
    reasons = {
        "own_appraiser": _("Pegawai tidak dapat menjadi penilai dirinya sendiri."),
        "line_circle": _("Garis penilaian akan melingkar: orang ini dinilai, langsung atau tidak, oleh pegawai itu."),
    }
    return reasons.get(str(error.params.get("code")), _("Usulan ini tidak dapat diterima. Periksa kembali isiannya."))


def _today() -> date:
    return current_alur().now_in(current_actor().tenant).date()


def _staff_page(text: str, search: SearchForm | None = None) -> str:
    unit_id, after = _number("unit"), _number("setelah")
    staff = ask(read_staff, current_alur(), unit_id=unit_id, text=text, after=after)
    return render_template(
        "people/staff.html",
        staff=staff,
        search=search or SearchForm(language=language()),
        form=unit_form(staff.units)(request.args, language=language()),
        here={"unit": unit_id} if unit_id else {},
        is_first=after is None,
        may_propose=current_actor().holds(Role.UNIT_HR_OFFICER),
    )


def _number(name: str) -> int | None:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None


def _line_page(person: int, form: AlurForm, text: str, *, is_searched: bool = False) -> str:
    return render_template(
        "people/line.html",
        line=ask(read_line, current_alur(), person),
        form=form,
        text=text,
        is_searched=is_searched,
        key=secrets.token_hex(KEY_BYTES),
    )


def _proposals_page(form: AlurForm, failed: int | None) -> str:
    ask(read_staff, current_alur())
    proposals = ask(read_proposals, current_alur())
    return render_template(
        "people/proposals.html", proposals=proposals, form=form, failed=failed, RefusalForm=RefusalForm
    )
