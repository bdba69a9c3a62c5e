"""Corrections of attendance: proposed by an officer with evidence, decided by a second person."""

import secrets
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.errors import AlreadyDone, Invalid
from engine.policy.actor import Actor
from engine.records.contents import FileRefused
from engine.records.files import StoredFile
from forms import AlurForm, KeptFile, Upload
from processes.incentive.commands.decide_correction import ApproveCorrection, CorrectionSubject, RejectCorrection
from processes.incentive.commands.propose_correction import ListSigned, ProposeCorrection
from processes.incentive.corrections import Correction, find_correction
from processes.incentive.rules.attendance import Day
from processes.people.subjects import UnitSubject
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, run_command
from webapp.incentive.forms import RefusalForm, correction_form
from webapp.incentive.slip_views import MONTH, UNIT, WORDS
from webapp.incentive.unit_reading import UnitPage, read_unit
from webapp.security import LARGEST_REQUEST
from webapp.texts import gettext as _
from webapp.texts import language, text_for
from webapp.wiring import Alur

CORRECTION = "/tpp/koreksi/<int(max=9223372036854775807):correction>"
SANDBOX = "default-src 'none'; sandbox"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"/tpp/{MONTH}/{UNIT}/koreksi")(show_proposing)
    blueprint.post(f"/tpp/{MONTH}/{UNIT}/koreksi")(propose)
    blueprint.get(f"{CORRECTION}/bukti")(send_evidence)
    blueprint.post(f"{CORRECTION}/setujui")(approve)
    blueprint.get(f"{CORRECTION}/tolak")(show_refusing)
    blueprint.post(f"{CORRECTION}/tolak")(refuse)


def show_proposing(year: int, month: int, unit: int) -> str | Response:
    """Show the form by which an officer says what a day really was."""
    page = _open_list(year, month, unit)
    signed = _signed(page)
    if signed is not None:
        return signed
    return _proposing_page(page, _form(page)(None, language=language(), today=_today()))


def propose(year: int, month: int, unit: int) -> Response | tuple[str, int]:
    """Keep the proposal with its evidence, or say what is wrong with it."""
    page = _open_list(year, month, unit)
    signed = _signed(page)
    if signed is not None:
        return signed
    parts: list[Any] = [request.form, request.files]
    sent: CombinedMultiDict[str, Any] = CombinedMultiDict(parts)
    form = _form(page)(sent, language=language(), today=_today())
    for field in form.file_fields():
        field.keep(_store)
    if not form.validate():
        return _proposing_page(page, form), 422
    try:
        run_command(_proposal(form))
    except Invalid as error:
        form.add_error("day", _why_invalid(error))
        return _proposing_page(page, form), 422
    flash(_("Usulan koreksi terkirim. Orang lain harus menyetujuinya sebelum dihitung."), "success")
    return redirect(url_for("incentive.show_unit", year=year, month=month, unit=unit), 303)


def approve(correction: int) -> Response:
    """Let attendance say what the correction says."""
    found = ask(_seen, current_alur(), correction)
    try:
        run_command(ApproveCorrection(correction))
        flash(
            _("Koreksi disetujui. Hitung ulang bulan ini dari tugas pemeriksaan agar slipnya ikut berubah."), "success"
        )
    except AlreadyDone:
        flash(_("Koreksi ini sudah diputuskan lebih dahulu."), "warning")
    except ListSigned as error:
        flash(_why_invalid(error), "warning")
    return _back(found)


def show_refusing(correction: int) -> str:
    """Show the form that asks why a correction is refused."""
    return _refusing_page(ask(_decided_by, current_alur(), correction), RefusalForm(language=language()))


def refuse(correction: int) -> Response | tuple[str, int]:
    """Leave attendance as it is, with the reason."""
    found = ask(_decided_by, current_alur(), correction)
    form = RefusalForm(request.form, language=language())
    if not form.validate():
        return _refusing_page(found, form), 422
    try:
        run_command(RejectCorrection(correction, str(form.typed_data()["note"])))
        flash(_("Koreksi ditolak; kehadiran tetap seperti tercatat."), "success")
    except AlreadyDone:
        flash(_("Koreksi ini sudah diputuskan lebih dahulu."), "warning")
    return _back(found)


def send_evidence(correction: int) -> Response:
    """Send the evidence of a correction, to be saved and never to be shown inside the page."""
    found = ask(_seen, current_alur(), correction)
    content = current_alur().files.open(found.sha256)
    answer = send_file(content, mimetype=found.media_type, as_attachment=True, download_name=found.filename)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def _seen(read: Any, actor: Actor, alur: Alur, correction: int) -> Correction:
    """Return a correction of a unit whose list the reader sees."""
    found = find_correction(read, actor.tenant, correction)
    subject = UnitSubject(actor.tenant, found.unit_id, alur.now_in(actor.tenant).date())
    if not alur.engine.policy.allows(actor, "allowance:list", subject, read):
        raise NotFound
    return found


def _decided_by(read: Any, actor: Actor, alur: Alur, correction: int) -> Correction:
    """Return a correction that the reader may decide."""
    found = find_correction(read, actor.tenant, correction)
    day = alur.now_in(actor.tenant).date()
    subject = CorrectionSubject(actor.tenant, found.employee_id, found.unit_id, day, found)
    if not alur.engine.policy.allows(actor, "attendance:approve", subject, read):
        raise NotFound
    return found


def _open_list(year: int, month: int, unit: int) -> UnitPage:
    page = ask(read_unit, current_alur(), unit, date(year, month, 1))
    if not page.may_propose:
        raise NotFound
    return page


def _signed(page: UnitPage) -> Response | None:
    """Lead back with the reason where a list was signed and is not locked: it is disputed, not corrected."""
    if page.run.takes_corrections:
        return None
    flash(_why_invalid(ListSigned()), "warning")
    month = page.run.month
    return redirect(url_for("incentive.show_unit", year=month.year, month=month.month, unit=page.unit.id), 303)


def _form(page: UnitPage) -> "partial[AlurForm]":
    return correction_form(page.people)


def _proposal(form: AlurForm) -> ProposeCorrection:
    answers: Any = form.typed_data()
    (file,) = answers["evidence"]
    assert isinstance(file, KeptFile), "a valid form with files has them kept"
    current_alur().files.claim(file.sha256)
    kept = StoredFile(sha256=file.sha256, size=file.size, media_type=file.media_type, filename=file.filename)
    day = Day(
        str(answers["kind"]),
        int(answers.get("late") or 0),
        int(answers.get("early") or 0),
        assembly_missed=bool(answers.get("assembly")),
    )
    return ProposeCorrection(int(str(answers["person"])), answers["day"], day, str(answers["reason"]), kept)


def _store(upload: Upload) -> KeptFile | str:
    name = upload.filename or ""
    try:
        kept = current_alur().files.put(upload.stream, filename=name, limit=LARGEST_REQUEST)  # type: ignore[arg-type]  # reads bytes
    except FileRefused as error:
        return f"“{name}”: {text_for(error.code, error.params, language())}"
    return KeptFile(kept.sha256, kept.filename, kept.media_type, kept.size)


def _why_invalid(error: Invalid) -> str:
    return text_for(str(error.params.get("code", error.code)), error.params, language())


def _today() -> date:
    return current_alur().now_in(current_actor().tenant).date()


def _back(found: Correction) -> Response:
    day = found.day
    return redirect(url_for("incentive.show_unit", year=day.year, month=day.month, unit=found.unit_id), 303)


def _proposing_page(page: UnitPage, form: AlurForm) -> str:
    key = secrets.token_hex(KEY_BYTES)
    return render_template("incentive/correction.html", page=page, form=form, key=key, **WORDS)


def _refusing_page(found: Correction, form: AlurForm) -> str:
    return render_template("incentive/refusal.html", found=found, form=form, **WORDS)
