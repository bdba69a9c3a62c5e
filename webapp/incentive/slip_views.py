"""One's own slips, and the dispute of one."""

import secrets
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.errors import Invalid
from forms import AlurForm
from processes.incentive.commands.file_dispute import FileDispute
from processes.incentive.commands.read_slip import ReadSlip
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.incentive.forms import dispute_form
from webapp.incentive.month_reading import may_watch
from webapp.incentive.slip_reading import SlipPage, SlipPart, read_my_slip, read_my_slips, read_slip
from webapp.incentive.wording import dispute_in_words, kind_in_words, rupiah, state_in_words
from webapp.texts import gettext as _
from webapp.texts import language, show_month, text_for

MONTH = "<int(min=2000, max=2099):year>/<int(min=1, max=12):month>"
PERSON = "<int(max=9223372036854775807):person>"
UNIT = "<int(max=9223372036854775807):unit>"
WORDS = {
    "show_month": show_month,
    "rupiah": rupiah,
    "state_in_words": state_in_words,
    "kind_in_words": kind_in_words,
    "dispute_in_words": dispute_in_words,
}


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/slip")(show_slips)
    blueprint.get(f"/slip/{MONTH}")(show_slip)
    blueprint.get(f"/slip/{MONTH}/{UNIT}/sanggah")(show_dispute)
    blueprint.post(f"/slip/{MONTH}/{UNIT}/sanggah")(file_dispute)
    blueprint.get(f"/tpp/{MONTH}/pegawai/{PERSON}")(show_slip_of)


def show_slips() -> str:
    """Show the reader's own slips, newest first."""
    return render_template("incentive/slips.html", rows=ask(read_my_slips), **WORDS)


def show_slip(year: int, month: int) -> str:
    """Show the reader's own slip of a month, line by line."""
    page = ask(read_my_slip, current_alur(), date(year, month, 1))
    return render_template("incentive/slip.html", page=page, is_own=True, may_watch=False, **WORDS)


def show_slip_of(year: int, month: int, person: int) -> str:
    """Show somebody's slip to those who may, and note in the audit trail that it was read."""
    of = date(year, month, 1)
    run_command(ReadSlip(person, of))
    page = ask(read_slip, current_alur(), person, of)
    may = ask(may_watch, current_alur())
    return render_template("incentive/slip.html", page=page, is_own=False, may_watch=may, **WORDS)


def show_dispute(year: int, month: int, unit: int) -> str:
    """Show the form by which the reader disputes a slip."""
    page, part = _disputed(year, month, unit)
    return _dispute_page(page, part, dispute_form(part.lines)(language=language()))


def file_dispute(year: int, month: int, unit: int) -> Response | tuple[str, int]:
    """Start the dispute, or say what is missing."""
    page, part = _disputed(year, month, unit)
    form = dispute_form(part.lines)(request.form, language=language())
    if not form.validate():
        return _dispute_page(page, part, form), 422
    answers = form.typed_data()
    try:
        run_command(FileDispute(unit, page.month, str(answers["line"] or ""), str(answers["reason"])))
    except Invalid as error:
        form.add_error("reason", text_for(error.code, {}, language()))
        return _dispute_page(page, part, form), 422
    flash(_("Sanggahan Anda tercatat. Unit menjawab dalam 2 hari kerja, BKPSDM memutus dalam 5 hari kerja."), "success")
    return redirect(url_for("incentive.show_slip", year=year, month=month), 303)


def _disputed(year: int, month: int, unit: int) -> tuple[SlipPage, SlipPart]:
    page = ask(read_my_slip, current_alur(), date(year, month, 1))
    part = next((part for part in page.parts if part.stored.unit_id == unit), None)
    if part is None:
        raise NotFound
    return page, part


def _dispute_page(page: SlipPage, part: SlipPart, form: AlurForm) -> str:
    key = secrets.token_hex(KEY_BYTES)
    return render_template("incentive/dispute.html", page=page, part=part, form=form, key=key, **WORDS)
