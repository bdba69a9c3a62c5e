"""*Kebutuhan pelatihan*: what people lack, the sessions, letters of assignment, and whether nominations are fair."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Conflict, Invalid
from engine.policy.actor import Actor
from forms import AlurForm
from processes.training.commands.open_session import OpenSession, SessionPlan
from processes.training.queries.catalogue import courses
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.errors import answer_to
from webapp.texts import gettext as _
from webapp.texts import language, lazy
from webapp.training.addresses import CATALOGUE, LETTER, today
from webapp.training.forms import session_form
from webapp.training.need_reading import SMALLEST, read_fairness, read_letter, read_needs, require_oversight
from webapp.training.words import method_words

_WAYS = {
    "unit": lazy("Unit kerja"),
    "sex": lazy("Jenis kelamin"),
    "grade": lazy("Golongan"),
    "age": lazy("Kelompok usia"),
}
_LABELS = {"L": lazy("Laki-laki"), "P": lazy("Perempuan")}


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{CATALOGUE}/kebutuhan")(show_needs)
    blueprint.get(f"{CATALOGUE}/keadilan")(show_fairness)
    blueprint.get(f"{CATALOGUE}/sesi-baru")(show_new_session)
    blueprint.post(f"{CATALOGUE}/sesi-baru")(open_session)
    blueprint.get(LETTER)(show_letter)


def show_needs() -> str:
    """Show what the city's people lack, drafts that wait, and the sessions."""
    return render_template("training/needs.html", page=ask(read_needs, current_alur(), today()), language=language())


def show_fairness() -> str:
    """Show who was nominated and chosen this year, group by group."""
    tables = ask(read_fairness, current_alur(), today())
    return render_template(
        "training/fairness.html",
        tables=tables,
        smallest=SMALLEST,
        year=today().year,
        way=lambda key: _(_WAYS[key]),
        label=lambda text: _(_LABELS[text]) if text in _LABELS else text,
    )


def show_new_session() -> str:
    """Show the form that opens a session."""
    return _form_page(_form(None))


def open_session() -> Response | tuple[str, int]:
    """Open a session; its case waits for the enrolment to close."""
    form = _form(request.form)
    if not form.validate():
        return _form_page(form), 422
    answers: dict[str, Any] = form.typed_data()
    try:
        number = run_command(OpenSession(SessionPlan(**answers))).subject
    except (Invalid, Conflict) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _form_page(form), 422
    flash(_("Sesi dibuka dan tampil di Katalog pelatihan."), "success")
    return redirect(url_for("training.show_session", session_id=number), 303)


def show_letter(nomination_id: int) -> str:
    """Show a letter of assignment, to be printed."""
    page = ask(read_letter, current_alur(), nomination_id)
    return render_template("training/letter.html", page=page, method_words=method_words, language=language())


def _form(formdata: object) -> AlurForm:
    return session_form(ask(_courses))(formdata, language=language())


def _courses(read: Any, actor: Actor) -> list[tuple[str, str]]:
    require_oversight(read, actor, current_alur(), "training:arrange")
    return [(item.code, item.name(language())) for item in courses(read, actor.tenant).values()]


def _form_page(form: AlurForm) -> str:
    return render_template("training/new_session.html", form=form, key=secrets.token_hex(KEY_BYTES))
