"""Remarks on a design, as a page and for scripts, and the colleagues who are invited to make some."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, request
from werkzeug.exceptions import NotFound

from engine.commands.answer_remark import AnswerRemark
from engine.commands.end_invitation import EndInvitation
from engine.commands.invite_to_design import InviteToDesign
from engine.commands.remark_on_design import RemarkOnDesign
from engine.commands.settle_remark import SettleRemark
from engine.designs.finding import Design
from engine.designs.reviewing import Remark, RemarkKind, TooManyRemarks
from engine.policy.actor import Actor
from processes.people.queries import employee_by_nip
from processes.people.queries.names import names_of
from webapp.access import for_guests
from webapp.current import ask, current_actor, current_alur, run_command, wants_data
from webapp.studio.files.views import DESIGN
from webapp.studio.reading import current_design, read_design
from webapp.studio.refusing import REFUSALS
from webapp.studio.releasing.forms import InviteForm, remark_form
from webapp.studio.releasing.reading import Thread, places_in, threads_of
from webapp.studio.releasing.review_views import Answer, answer_form, back_to_review, refused_page, review_page
from webapp.texts import gettext as _
from webapp.texts import language, text_for
from webapp.wiring import Alur

REMARKS = f"{DESIGN}/catatan"
REMARK = f"{REMARKS}/<int(max=9223372036854775807):remark_id>"
INVITED = f"{DESIGN}/undangan"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(REMARKS)(list_remarks)
    blueprint.post(REMARKS)(for_guests(remark_on_design))
    blueprint.post(f"{REMARK}/jawab")(for_guests(answer_remark))
    blueprint.post(f"{REMARK}/selesai")(settle_remark)
    blueprint.post(INVITED)(invite_colleague)
    blueprint.post(f"{INVITED}/<int(max=9223372036854775807):person>/hapus")(end_invitation)


def list_remarks(design_id: int) -> Response:
    """Give the remarks on a design to a script: each with its element and file, its answers, and who said it when."""
    threads, people, may_remark = ask(_read_remarks, current_alur(), design_id)
    return jsonify(remarks=[_plain(thread, people) for thread in threads], may_remark=may_remark)


def remark_on_design(design_id: int) -> Answer | tuple[Response, int]:
    """Keep a remark; a script gets its number."""
    form = remark_form(places_in(current_design(design_id), current_actor()), request.form)
    if not form.validate():
        return _refused(design_id, form)
    data = form.typed_data()
    file, _sign, element = str(data["place"] or "").partition("#")
    command = RemarkOnDesign(design_id, RemarkKind(str(data["kind"])), str(data["text"]), file or None, element or None)
    try:
        receipt = run_command(command)
    except TooManyRemarks as error:
        form.add_error("text", text_for(error.code, error.params, language()))
        return _refused(design_id, form)
    except REFUSALS as refused:
        if wants_data():
            raise
        return refused_page(design_id, refused, remark=form)
    if wants_data():
        return jsonify(id=str(receipt.value)), 200
    flash(_("Catatan disimpan."), "success")
    return back_to_review(design_id)


def answer_remark(design_id: int, remark_id: int) -> Answer:
    """Keep an answer to a remark."""
    _require_on(design_id, remark_id)
    form = answer_form(remark_id, request.form)
    if not form.validate():
        return review_page(design_id, answer=form, answered=remark_id), 422
    try:
        run_command(AnswerRemark(remark_id, str(form.typed_data()["text"])))
    except TooManyRemarks as error:
        form.add_error("text", text_for(error.code, error.params, language()))
        return review_page(design_id, answer=form, answered=remark_id), 422
    except REFUSALS as refused:
        return refused_page(design_id, refused, answer=form, answered=remark_id)
    flash(_("Jawaban disimpan."), "success")
    return back_to_review(design_id)


def settle_remark(design_id: int, remark_id: int) -> Answer:
    """Mark a remark as dealt with, or open it again."""
    _require_on(design_id, remark_id)
    try:
        run_command(SettleRemark(remark_id, request.form.get("open") != "1"))
    except REFUSALS as refused:
        return refused_page(design_id, refused)
    return back_to_review(design_id)


def invite_colleague(design_id: int) -> Answer:
    """Let a colleague see the design and say what he thinks."""
    ask(_require_change, current_alur(), design_id)
    form = InviteForm(request.form, language=language())
    if not form.validate():
        return review_page(design_id, invite=form), 422
    person = ask(_find_person, str(form.typed_data()["nip"]))
    if person is None:
        form.add_error("nip", _("Tidak ada pegawai dengan NIP ini di kota ini. Periksa kembali angkanya."))
        return review_page(design_id, invite=form), 422
    try:
        run_command(InviteToDesign(design_id, person))
    except REFUSALS as refused:
        return refused_page(design_id, refused, invite=form)
    flash(_("Rekan diundang dan sudah diberi tahu."), "success")
    return back_to_review(design_id)


def end_invitation(design_id: int, person: int) -> Answer:
    """Take an invitation back."""
    try:
        run_command(EndInvitation(design_id, person))
    except REFUSALS as refused:
        return refused_page(design_id, refused)
    flash(_("Undangan dicabut. Catatan yang sudah ditulis tetap ada."), "success")
    return back_to_review(design_id)


def _refused(design_id: int, form: Any) -> tuple[Response, int] | tuple[str, int]:
    if not wants_data():
        return review_page(design_id, remark=form), 422
    return jsonify(errors=[{"field": link.field_id, "text": link.message} for link in form.error_summary()]), 422


def _require_on(design_id: int, remark_id: int) -> None:
    threads, _people, _may = ask(_read_remarks, current_alur(), design_id)
    if remark_id not in {thread.remark.id for thread in threads}:
        raise NotFound


def _read_remarks(
    read: Any, actor: Actor, alur: Alur, design_id: int
) -> tuple[tuple[Thread, ...], dict[int, str], bool]:
    """Return what was said of a design, the names of who said it, and whether the actor may say something."""
    design: Design = read_design(read, actor, alur, design_id)
    threads = threads_of(read, actor, design)
    said = {remark.said_by for thread in threads for remark in (thread.remark, *thread.answers)}
    may = not design.status.is_closed and alur.engine.policy.allows(actor, "design:remark", design, read)
    return threads, names_of(read, actor, said), may


def _require_change(read: Any, actor: Actor, alur: Alur, design_id: int) -> None:
    design = read_design(read, actor, alur, design_id)
    alur.engine.policy.require(actor, "design:change", design, read)


def _find_person(read: Any, actor: Actor, typed: str) -> int | None:
    found = employee_by_nip(read, actor.tenant, "".join(typed.split()))
    return found.id if found is not None else None


def _plain(thread: Thread, people: dict[int, str]) -> dict[str, Any]:
    own = _said(thread.remark, people)
    where = {"element": thread.remark.element, "file": thread.remark.file, "place": thread.place}
    answers = [_said(answer, people) for answer in thread.answers]
    return {**own, **where, "kind": str(thread.remark.kind), "open": thread.remark.is_open, "answers": answers}


def _said(remark: Remark, people: dict[int, str]) -> dict[str, Any]:
    by = people.get(remark.said_by) if remark.said_by is not None else None
    return {"id": str(remark.id), "text": remark.text, "by": by, "at": remark.said_at.isoformat()}
