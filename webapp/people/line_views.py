"""Who appraises whom: the people of one's units, a proposed correction, and the decision about it."""

import secrets
from datetime import date
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine.errors import AlreadyDone, Invalid
from engine.policy.actor import Actor
from forms import AlurForm
from processes.appraisal.commands.correct_rater import CorrectRater
from processes.appraisal.raters import RaterOutlook
from processes.people.commands.approve_line import RejectLine
from processes.people.commands.propose_line import ProposeLine
from processes.people.records import Role
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, is_fragment, run_command
from webapp.people.forms import RefusalForm, SearchForm, line_form, unit_form
from webapp.people.line_reading import (
    Approved,
    LineEffect,
    find_choices,
    read_approved,
    read_effect,
    read_line,
    read_proposals,
    read_staff,
)
from webapp.searches import keep_words, kept_words
from webapp.texts import gettext as _
from webapp.texts import language

PERSON = "/pegawai/<int(max=9223372036854775807):person>"
PROPOSAL = "/pegawai/usulan/<int(max=9223372036854775807):proposal>"
SHORTEST_SEARCH = 2
#: To whom the page of acting heads is offered; the rule table (`acting:view`) guards it.
SEE_ACTING = (Role.UNIT_HR_OFFICER, Role.HR_VERIFIER, Role.CITY_ADMIN)


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
    """Show the people of the reader's units, or those looked for by name, with who appraises them."""
    text = kept_words()
    return _staff_page(text, SearchForm(MultiDict({"cari": text}), language=language()))


def search_staff() -> Response | str:
    """Lead to those whose name holds what was typed, or show what cannot be looked for."""
    form = SearchForm(request.form, language=language())
    if not form.validate():
        return _staff_page("", form)
    text = str(form["cari"].data or "")
    page, place = _staff_page(text, form), url_for("people.show_staff", unit=_number("unit"), dicari=keep_words(text))
    if not is_fragment():
        return redirect(place, 303)
    answer = make_response(page)
    answer.headers["HX-Replace-Url"] = place
    return answer


def show_line(person: int) -> str:
    """Show the form that proposes another appraiser."""
    return _line_page(person, line_form(())(None, language=language(), data={"valid_from": _today()}), "")


def propose(person: int) -> Response | str | tuple[str, int]:
    """Search for the right appraiser, or propose the one that was chosen.

    Whoever proposes what touches more than the present line is shown that first and asked once more.
    """
    ask(read_line, current_alur(), person)
    search = SearchForm(request.form, language=language())
    text = str(search["cari"].data or "") if search.validate() else ""
    choices = ask(find_choices, _today(), text) if len(text) >= SHORTEST_SEARCH else ()
    form = line_form(choices)(request.form, language=language())
    if "_cari" in request.form:
        return _line_page(person, form, text, is_searched=True)
    if not form.validate():
        return _line_page(person, form, text, is_searched=bool(text)), 422
    data, first = form.typed_data(), form["valid_from"].data
    appraiser = int(str(data["appraiser"]))
    effect = ask(read_effect, current_alur(), person, appraiser_id=appraiser, first=first)
    if effect.reaches_further and "confirmed" not in request.form:
        name = next(choice.name for choice in choices if choice.id == appraiser)
        return _sure_page(person, form, text, effect=effect, appraiser=name)
    try:
        run_command(ProposeLine(person, appraiser, first, str(data["reason"])))
    except Invalid as error:
        form.add_error("appraiser", _why_invalid(error))
        return _line_page(person, form, text, is_searched=True), 422
    flash(_("Usulan terkirim. Verifikator kepegawaian daerah yang memutuskannya."), "success")
    return redirect(url_for("people.show_staff"), 303)


def show_proposals() -> str:
    """Show the corrections that wait for a decision."""
    return _proposals_page(RefusalForm(language=language()), None, _number("disetujui"))


def approve(proposal: int) -> Response:
    """Put a corrected line in force; the open evaluation follows in the background, even after a breakdown.

    The page that follows says who rates from now on: a message would carry the names through the browser's cookie.
    """
    run_command(CorrectRater(proposal))
    return redirect(url_for("people.show_proposals", disetujui=proposal), 303)


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


def _what_happens(approved: Approved) -> str:
    """Say who rates the open evaluations from now on: not always the new appraiser."""
    said = [_("Garis penilaian %(name)s diperbaiki.", name=approved.employee)]
    said += [_of_quarter(item, approved) for item in approved.outlook]
    if not approved.outlook:
        said.append(_("Tidak ada evaluasinya yang sedang berjalan, jadi tidak ada tugas yang beralih."))
    return " ".join(said)


def _of_quarter(item: RaterOutlook, approved: Approved) -> str:
    facts = {
        "quarter": f"{item.quarter.quarter} {item.quarter.year}",
        "name": approved.names.get(item.person, "–"),
    }
    if item.is_settled:
        return _(
            "Evaluasi Triwulan %(quarter)s tetap pada %(name)s, yang sudah menetapkan atau mengambil alih.", **facts
        )
    if item.person == approved.appraiser_id:
        return _("%(name)s sekarang menilai evaluasi Triwulan %(quarter)s.", **facts)
    return _("Evaluasi Triwulan %(quarter)s tetap dinilai %(name)s: garis baru tidak berlaku untuknya.", **facts)


def _why_invalid(error: Invalid) -> str:
    reasons = {
        "line_same": _("Orang ini sudah menjadi penilainya sejak hari itu. Periksa penilai dan tanggalnya."),
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
        form=unit_form(staff.units)(request.values, language=language()),
        here={"unit": unit_id} if unit_id else {},
        is_first=after is None,
        may_propose=current_actor().holds(Role.UNIT_HR_OFFICER),
        may_see_acting=any(current_actor().holds(role) for role in SEE_ACTING),
    )


def _number(name: str) -> int | None:
    given = request.values.get(name, "")
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


def _sure_page(person: int, form: AlurForm, text: str, *, effect: LineEffect, appraiser: str) -> str:
    return render_template(
        "people/line_sure.html",
        line=ask(read_line, current_alur(), person),
        form=form,
        text=text,
        effect=effect,
        appraiser=appraiser,
        key=secrets.token_hex(KEY_BYTES),
    )


def _proposals_page(form: AlurForm, failed: int | None, approved: int | None = None) -> str:
    ask(read_staff, current_alur())
    told: dict[str, Any] = {}
    if approved is not None:
        told["messages"] = [("success", _what_happens(ask(read_approved, current_alur(), approved)))]
    proposals = ask(read_proposals, current_alur())
    return render_template(
        "people/proposals.html", proposals=proposals, form=form, failed=failed, RefusalForm=RefusalForm, **told
    )
