"""*Orang Saya*: rate one's people one by one, then sign together."""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.casework import find_task
from engine.commands.complete_task import CompleteTask
from engine.commands.save_draft import SaveDraft
from engine.errors import AlreadyDone, Conflict, Forbidden, NotFound
from engine.policy.actor import Actor
from processes.appraisal.queries.people import rates_somebody
from webapp.appraisal.people_page import team_page
from webapp.appraisal.people_reading import Team, read_team
from webapp.appraisal.quarter_switch import quarter_switch, read_asked
from webapp.appraisal.rating_forms import Problem, Sent, answers_of, drafts_to_save, problems_of, read_sent, row_form
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, current_city, request_key
from webapp.errors import answer_to
from webapp.task_forms import FormContext
from webapp.texts import gettext as _
from webapp.texts import language, ngettext, text_for
from webapp.wiring import Alur

EVERYBODY = "semua"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/orang-saya")(show_people)
    blueprint.post("/orang-saya")(confirm)
    blueprint.post("/orang-saya/draf")(save_drafts)


def has_people(actor: Actor) -> bool:
    """Show *Orang Saya* in the menu of those who rate somebody."""
    return ask(rates_somebody, current_alur().now_in(actor.tenant).date())


def show_people() -> str:
    """Show the people whom the reader rates in one quarter: the asked one, else the oldest that waits for him."""
    return _page(_team(), {}, {})


def _team() -> Team:
    return ask(read_team, current_alur().now_in(current_actor().tenant).date(), read_asked(request.values))


def confirm() -> Response | tuple[str, int]:
    """Keep the ratings of one person, or of everybody whose two ratings are chosen: each one a task of its own."""
    sent, team = read_sent(request.form), _team()
    chosen = _chosen(sent)
    _save_drafts(team, {case_id: values for case_id, values in sent.items() if case_id not in chosen})
    problems: dict[int, list[Problem]] = {}
    kept = [case_id for case_id, values in chosen.items() if _confirm_one(team, values, problems)]
    if kept:
        flash(
            ngettext(
                "Rating %(count)s orang ditetapkan. Langkah berikutnya: tanda tangani.",
                "Rating %(count)s orang ditetapkan. Langkah berikutnya: tanda tangani.",
                len(kept),
            ),
            "success",
        )
    if problems:
        return _page(_team(), sent, problems), 422
    if not chosen:
        flash(_("Pilih dahulu kedua rating seseorang, lalu simpan."), "warning")
    shown = quarter_switch(team.page.quarters).value
    return redirect(url_for("appraisal.show_people", triwulan=shown or None), 303)


def save_drafts() -> Response | tuple[Response, int]:
    """Keep what was chosen and written so far, for the script that saves while people work."""
    sent, team = read_sent(request.form), _team()
    _save_drafts(team, sent)
    if any(values.is_touched for case_id, values in sent.items() if case_id not in team.to_confirm):
        message = _("Sebagian rating sudah ditetapkan atau beralih. Muat ulang halaman untuk melihat keadaan terakhir.")
        return jsonify(message=message), 409
    return jsonify(time=current_alur().now_in(current_city().code).strftime("%H.%M"))


def _chosen(sent: Mapping[int, Sent]) -> dict[int, Sent]:
    """Return the rows that are to be confirmed: the one whose button was pressed, or all that are complete."""
    button = request.form.get("save", EVERYBODY)
    if button == EVERYBODY:
        return {case_id: values for case_id, values in sent.items() if values.is_complete}
    return {case_id: values for case_id, values in sent.items() if str(case_id) == button}


def _save_drafts(team: Team, sent: Mapping[int, Sent]) -> None:
    for row, draft in drafts_to_save(team.to_confirm, sent, form_context()):
        if row.token is not None:
            current_alur().engine.run(SaveDraft(row.case_id, row.token, draft), current_actor())


def _confirm_one(team: Team, values: Sent, problems: dict[int, list[Problem]]) -> bool:
    """Confirm the ratings of one person and say whether they are kept; otherwise note or say why not."""
    row = team.to_confirm.get(values.case_id)
    if row is None or row.token is None:
        _tell_gone(values)
        return False
    form = row_form(row, form_context(), values)
    if not form.validate():
        problems[values.case_id] = problems_of(form)
        return False
    command = CompleteTask(row.case_id, row.token, answers_of(row, form))
    try:
        current_alur().engine.run(command, current_actor(), derived_key(row.case_id))
    except (Conflict, NotFound, Forbidden) as error:
        problems[values.case_id] = [Problem(line) for line in answer_to(error).lines if line]
        return False
    return True


def _tell_gone(values: Sent) -> None:
    """Say that a task no longer waits, but not who was first: the message travels through the browser's cookie."""
    for line in gone_lines(values.case_id, values.token, is_named=False):
        flash(line, "warning")


def gone_lines(case_id: int, token: int, *, is_named: bool = True) -> tuple[str, ...]:
    """Return what to say about a task that is none of the reader's people to rate or sign.

    Who had a part in it is told who did it and when. To everybody else a task that waits for a colleague and one that
    never was are the same: neither exists.

    :param is_named: whether somebody else may be called by his name.
    """
    try:
        ask(_look_at, current_alur(), case_id, token)
    except (AlreadyDone, NotFound) as error:
        if not is_named and error.params.get("person") not in (None, current_actor().person):
            return text_for(error.code, error.params, language()), _("Isian Anda yang terakhir tidak dipakai.")
        return tuple(line for line in answer_to(error).lines if line)
    return (_("Tugas ini masih menunggu Anda. Bukalah lewat halaman Tugas."),)


def _look_at(read: Any, actor: Actor, alur: Alur, case_id: int, token: int) -> None:
    alur.engine.policy.require(actor, "task:view", find_task(read, actor, case_id, token), read)


def derived_key(case_id: int) -> bytes | None:
    """Return a key of its own for each person of a page that was sent once, so that a second click does nothing."""
    key = request_key()
    return None if key is None else sha256(key + case_id.to_bytes(8, "big")).digest()[:KEY_BYTES]


def form_context() -> FormContext:
    """Return what the forms of the reader's people depend on."""
    alur, actor = current_alur(), current_actor()
    today = alur.now_in(actor.tenant).date()
    return FormContext(actor, {}, alur.directory.city(actor.tenant), None, today, language())


def _page(team: Team, sent: Mapping[int, Sent], problems: Mapping[int, list[Problem]]) -> str:
    page = team_page(team, sent, problems, request.args.get("keadaan", ""))
    return render_template("appraisal/people.html", page=page, key=secrets.token_hex(KEY_BYTES))
