"""*Katalog pelatihan*: courses and sessions, one's own nominations, and the page of a session."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Conflict, Invalid
from processes.training.commands.nominate import Nominate
from webapp.current import KEY_BYTES, ask, current_alur, current_person, run_command
from webapp.errors import answer_to
from webapp.texts import gettext as _
from webapp.training.addresses import CATALOGUE, SESSION, today
from webapp.training.catalogue_reading import read_catalogue, read_session
from webapp.training.eligibility_words import ELIGIBILITY_WORDS
from webapp.training.words import method_words, need_words, reason_words, status_chip


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(CATALOGUE)(show_catalogue)
    blueprint.get(SESSION)(show_session)
    blueprint.post(SESSION)(enrol)


def show_catalogue() -> str:
    """Show the sessions to come, all or of one field."""
    field = request.args.get("bidang", "")
    page = ask(read_catalogue, current_alur(), today(), field)
    return render_template(
        "training/catalogue.html",
        page=page,
        today=today(),
        field=field if field in page.fields else "",
        status_chip=status_chip,
        reason_words=reason_words,
        method_words=method_words,
    )


def show_session(session_id: int) -> str:
    """Show a session; whoever runs the training sees the ranking, the attendance and the certificates."""
    page = ask(read_session, current_alur(), today(), session_id)
    return render_template(
        "training/session.html",
        page=page,
        key=secrets.token_hex(KEY_BYTES),
        status_chip=status_chip,
        reason_words=reason_words,
        need_words=need_words,
        method_words=method_words,
        **ELIGIBILITY_WORDS,
    )


def enrol(session_id: int) -> Response:
    """Nominate the reader himself for the session, and say where it stands."""
    person = current_person().person
    try:
        run_command(Nominate(person, session_id))
    except (Invalid, Conflict) as error:
        for line in answer_to(error).lines:
            flash(line, "warning")
    else:
        flash(_("Usulan Anda tercatat. Keadaannya dapat diikuti pada halaman ini."), "success")
    return redirect(url_for("training.show_session", session_id=session_id), 303)
