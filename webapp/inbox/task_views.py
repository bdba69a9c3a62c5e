"""The page of one task: see it, keep a draft, hand it in, take it, give it back or pass it on."""

import json
import secrets

from flask import (
    Blueprint,
    flash,
    get_flashed_messages,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response

from engine.commands.claim_task import ClaimTask, UnclaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.delegate_task import DelegateTask
from engine.commands.save_draft import SaveDraft
from engine.errors import AlreadyDone, Conflict, EngineError, NotFound, PersonBarred
from engine.policy.actor import Actor
from forms import AlurForm
from webapp.access import for_guests, keeps_late_forms
from webapp.current import KEY_BYTES, ask, contents_key, current_actor, current_alur, current_city, run_command
from webapp.errors import answer_to, plain_answer
from webapp.inbox.answers import answers_of
from webapp.inbox.kept_files import claim_files, keep_files, mark_of, with_kept_files
from webapp.inbox.next_steps import what_next
from webapp.inbox.origin import read_origin
from webapp.inbox.task_page import OpenTask, open_task, read_page
from webapp.task_forms import live_state
from webapp.texts import gettext as _
from webapp.texts import language, lazy, text_for

# SQLite and PostgreSQL hold 63 bits; a longer number names nothing.
TASK = "/tugas/<int(max=9223372036854775807):case_id>/<int(max=2147483647):token>"
LONGEST_LABEL = 200
LONGEST_SHOWN = 20_000
SAVED = lazy("Draf tersimpan.")


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(TASK)(for_guests(show_task))
    blueprint.post(TASK)(for_guests(keeps_late_forms(keep_late)(submit_task)))
    blueprint.post(f"{TASK}/draf")(for_guests(save_draft))
    blueprint.post(f"{TASK}/hitung")(for_guests(show_live))
    blueprint.post(f"{TASK}/ambil")(claim)
    blueprint.post(f"{TASK}/kembalikan")(unclaim)
    blueprint.post(f"{TASK}/alihkan")(delegate)


def show_task(case_id: int, token: int) -> str | tuple[str, int]:
    """Show a task, its form as kept in the draft."""
    try:
        return _show(_open(case_id, token))
    except AlreadyDone as error:
        return _show_gone(error)


def submit_task(case_id: int, token: int) -> Response | str | tuple[str, int]:
    """Complete the task with what was filled in, or show the form again with what is wrong."""
    try:
        opened = _open(case_id, token, sent=True)
        keep_files(opened.form, current_alur().files, language())
        if "_draf" in request.form:
            return _keep_draft(opened)
        if not opened.form.validate():
            return _show(opened), 200 if opened.form.row_change else 422
        return _complete(opened)
    except (NotFound, Conflict) as error:
        return _finish_gone(case_id, token, error)


def save_draft(case_id: int, token: int) -> Response:
    """Keep what was typed so far, for the script that saves while people type."""
    opened = _open(case_id, token, sent=True)
    receipt = current_alur().engine.run(SaveDraft(case_id, token, opened.form.draft()), current_actor())
    local = receipt.at.astimezone(current_alur().zone(current_city().code))
    return jsonify(time=local.strftime("%H.%M"))


def show_live(case_id: int, token: int) -> Response:
    """Say what follows from what is typed so far: fields that expressions show, and values that they compute."""
    return jsonify(live_state(_open(case_id, token, sent=True).form))


def keep_late(owner: Actor, case_id: int, token: int) -> Response | None:
    """Keep a form that came after its session as the draft of the person it was shown to; say so if that fails."""
    engine = current_alur().engine
    try:
        sent = with_kept_files(current_alur(), owner, case_id, token, (request.form, request.files))
        opened = engine.read(open_task, owner, current_alur(), case_id, token, language=language(), sent=sent)
        keep_files(opened.form, current_alur().files, language())
        engine.run(SaveDraft(case_id, token, opened.form.draft()), owner)
    except EngineError:
        # Whatever is wrong, what was typed is not thrown away; what is wrong is not told to whom nobody knows.
        answer = plain_answer(401)
        page = render_template("inbox/gone.html", answer=answer, typed=_typed())
        return make_response(page, answer.status)
    return None


def claim(case_id: int, token: int) -> Response:
    """Take a task out of the group's queue."""
    run_command(ClaimTask(case_id, token))
    flash(_("Tugas ini sekarang tugas Anda."), "success")
    return _back(case_id, token)


def unclaim(case_id: int, token: int) -> Response:
    """Put a task back into the group's queue."""
    run_command(UnclaimTask(case_id, token))
    flash(_("Tugas dikembalikan ke antrean kelompok."), "success")
    return redirect(url_for("inbox.show_inbox", antrean="kelompok"), 303)


def delegate(case_id: int, token: int) -> Response:
    """Pass one's own task on to somebody who may do it."""
    given = request.form.get("person", "")
    if not (given.isascii() and given.isdigit() and len(given) < 20):
        flash(_("Pilih dahulu orang yang mengambil alih tugas ini."), "warning")
        return _back(case_id, token)
    try:
        run_command(DelegateTask(case_id, token, int(given)))
    except PersonBarred as error:
        flash(text_for(error.code, error.params, language()), "warning")
        return _back(case_id, token)
    flash(_("Tugas dialihkan. Orang yang Anda pilih sudah diberi tahu."), "success")
    return redirect(url_for("inbox.show_inbox"), 303)


def _open(case_id: int, token: int, *, sent: bool = False) -> OpenTask:
    alur, actor = current_alur(), current_actor()
    values = with_kept_files(alur, actor, case_id, token, (request.form, request.files)) if sent else None
    return ask(open_task, alur, case_id, token, language=language(), sent=values)


def _complete(opened: OpenTask) -> Response:
    answers, task = answers_of(opened.form), opened.view.task
    claim_files(opened.form, current_alur().files)
    command = CompleteTask(task.case.id, task.token, answers)
    current_alur().engine.run(command, current_actor(), contents_key())
    flash(what_next(opened.view.element.form, answers), "success")
    return redirect(read_origin().url, 303)


def _keep_draft(opened: OpenTask) -> Response:
    task = opened.view.task
    current_alur().engine.run(SaveDraft(task.case.id, task.token, opened.form.draft()), current_actor())
    flash(_(SAVED), "success")
    for field in opened.form.file_fields():
        for problem in field.process_errors:
            flash(problem, "warning")
    return _back(task.case.id, task.token)


def _finish_gone(case_id: int, token: int, error: NotFound | Conflict) -> Response | tuple[str, int]:
    """Answer a form whose task no longer waits: the same request again is fine, another one is told who was first."""
    key, asked = contents_key(), CompleteTask(case_id, token, {})
    if key is not None and current_alur().engine.earlier(asked, current_actor(), key) is not None:
        return redirect(read_origin().url, 303)
    return _show_gone(error)


def _back(case_id: int, token: int) -> Response:
    return redirect(url_for("inbox.show_task", case_id=case_id, token=token, **read_origin().carried), 303)


def _show(opened: OpenTask) -> str:
    page = ask(read_page, current_alur(), opened.view, language())
    task = opened.view.task
    return render_template(
        "inbox/task.html",
        page=page,
        form=opened.form,
        origin=read_origin(),
        draft_at=None if _is_just_saved() else opened.draft_at,
        draft_is_lost=opened.is_lost,
        key=secrets.token_hex(KEY_BYTES),
        labels=_labels(opened.form),
        kept_mark=mark_of(current_alur(), current_actor(), task.case.id, task.token),
        takes_files=any(field.kind == "file" for field in opened.form.fields),
    )


def _is_just_saved() -> bool:
    """Say whether the page tells already that the draft was saved: that it is there again is no news then."""
    return _(SAVED) in get_flashed_messages()


def _labels(form: AlurForm) -> str:
    """Return the labels of the fields people type in, so that a page that comes too late can show them again."""
    typed = (
        field for field in form.fields if field.kind in ("text", "textarea", "integer", "decimal", "money", "date")
    )
    return json.dumps({field.name: field.label.text for field in typed}, ensure_ascii=False)


def _show_gone(error: NotFound | Conflict) -> tuple[str, int]:
    answer = answer_to(error)
    return render_template("inbox/gone.html", answer=answer, typed=_typed()), answer.status


def _typed() -> list[tuple[str, str]]:
    """Return what was sent in text fields, with their labels, to be copied."""
    try:
        labels = json.loads(request.form.get("_labels", "{}"))
    except ValueError:
        labels = {}
    if not isinstance(labels, dict):
        return []
    known = [(str(label)[:LONGEST_LABEL], request.form.get(str(name), "")) for name, label in labels.items()]
    return [(label, text[:LONGEST_SHOWN]) for label, text in known if text.strip()]
