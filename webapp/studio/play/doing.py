"""Does what a button of a play asks for, and shows where the play stands then; the page holds what has happened."""

import secrets
from typing import Final

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from engine.commands.begin_design import BeginDesign
from engine.scenarios import (
    GivenUp,
    Scenario,
    ScenarioRefused,
    Waits,
    read_file,
    scenario_bytes,
    time_limit,
    with_expectation,
)
from forms import AlurForm
from webapp.current import KEY_BYTES, current_actor, current_alur, run_command
from webapp.studio.play.acting import MOST_STEPS, Played, acted, begun, completed, played
from webapp.studio.play.filling import guessed_rows, plain_answers, task_form_of
from webapp.studio.play.ground import SECONDS
from webapp.studio.play.holidays import with_holidays
from webapp.studio.play.keeping import keep_named
from webapp.studio.play.page import name_of, play_page
from webapp.studio.play.sent_files import mark_of, with_named_files
from webapp.studio.play.stage import Stage
from webapp.studio.play.typed import NotPlayable, read_rows
from webapp.task_forms import FormContext
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import shipped_releases

Answer = str | AnyResponse | tuple[str, int]
#: Takes a play from a release into a new design; there, the same goes on with it.
CARRY: Final = "carry"


def act_on(stage: Stage) -> Answer:
    """Begin a play, or let the next thing happen in it."""
    action = request.form.get("_do", "")
    if stage.ground.release is None:
        return redirect(stage.address, 303)
    if action == "begin":
        now = current_alur().now_in(current_actor().tenant)
        name, whole = request.form.get("_file", ""), "_whole" in request.form
        return _page(stage, played(stage.ground, begun(stage.ground, name, now, stage.holidays, whole=whole)))
    scenario = _sent_scenario(stage)
    if scenario is None:
        flash(_("Uji coba ini tidak terbaca lagi. Mulailah dari awal."), "warning")
        return redirect(stage.address, 303)
    return _act(stage, scenario, action)


def read_sent(text: str) -> Scenario | None:
    """Return the scenario that a page sends back; None for what is none, or is longer than any play."""
    try:
        scenario = read_file(text)
    except ScenarioRefused:
        return None
    return scenario if len(scenario.steps) <= MOST_STEPS else None


def too_long() -> str:
    """Return what to say of a scenario whose end nobody has seen."""
    return _("Skenario ini terlalu lama, sehingga hasilnya tidak diketahui. Periksa putaran dan pengatur waktunya.")


def _act(stage: Stage, scenario: Scenario, action: str) -> Answer:
    ground = stage.ground
    try:
        if action == "save":
            return _save(stage, scenario)
        if action == CARRY:
            return _carry(stage, scenario)
        if action == "complete":
            return _complete(stage, scenario)
        if action == "holidays":
            return _page(stage, played(ground, with_holidays(scenario, stage.holidays)))
        return _page(stage, acted(ground, scenario, action, request.form))
    except NotPlayable as error:
        return _page(stage, played(ground, scenario), error=str(error)), 422


def _save(stage: Stage, scenario: Scenario) -> Answer:
    if stage.design is None:
        return _carry(stage, scenario)
    assert stage.ground.release is not None
    names = request.form.getlist("_expect")
    try:
        expecting = with_expectation(stage.ground.release, scenario, names, time_limit(SECONDS))
    except GivenUp as error:
        raise NotPlayable(too_long()) from error
    keep_named(stage.design, expecting, request.form.get("_called", ""), replaces="_replace" in request.form)
    flash(_("Uji coba disimpan sebagai skenario."), "success")
    return redirect(stage.address, 303)


def _carry(stage: Stage, scenario: Scenario) -> Answer:
    """Begin a design from the release that is played, and go on with the play in it."""
    if stage.design is not None:
        return _page(stage, played(stage.ground, scenario))
    taken = shipped_releases()[stage.process] if stage.is_default else None
    design = run_command(BeginDesign(stage.files, stage.base, taken)).subject
    flash(_("Rancangan baru sudah dibuat dan uji coba Anda dibawa serta. Beri nama di bawah, lalu simpan."), "success")
    # The play is in what the browser has sent: with this answer it sends the same to the design.
    return redirect(url_for("studio.act_in_play", design_id=design), 307)


def _complete(stage: Stage, scenario: Scenario) -> str | tuple[str, int]:
    """Complete a task with what was filled in, or show its form again with what is wrong."""
    ground, play = stage.ground, played(stage.ground, scenario)
    if _wanted() not in _tasks(play):
        raise NotPlayable(_("Tugas ini sudah tidak menunggu. Lihat di mana uji coba ini sekarang."))
    element, place = _wanted()
    if "_name" in request.form:
        return _page(stage, completed(ground, scenario, element, place, read_rows(request.form)))
    form = _form(stage, play, element, with_named_files(request.form, request.files))
    if form is None:
        return _page(stage, play), 422
    if not form.validate():
        return _page(stage, play, form=form), 200 if form.row_change else 422
    return _page(stage, completed(ground, scenario, element, place, plain_answers(form)))


def _page(stage: Stage, play: Played, *, form: AlurForm | None = None, error: str = "") -> str:
    ground = stage.ground
    assert ground.release is not None
    element, place = _chosen(play)
    if form is None and element is not None:
        form = _form(stage, play, element)
    return render_template(
        "studio/play_running.html",
        stage=stage,
        design=stage.design,
        page=play_page(ground, play),
        scenario=scenario_bytes(play.scenario).decode(),
        waits=Waits,
        element=element,
        place=place,
        task_name=name_of(ground.release, element) if element is not None else "",
        form=form,
        is_python=element is not None and _is_python(stage, element),
        rows=guessed_rows(ground, element) if element is not None and form is None else (),
        problem=play.standing.problem.texts[language()] if play.standing.problem else "",
        error=error,
        knows_other_holidays=with_holidays(play.scenario, stage.holidays).holidays != play.scenario.holidays,
        kept_mark=mark_of,
        key=secrets.token_hex(KEY_BYTES),
    )


def _is_python(stage: Stage, element: str) -> bool:
    """Say whether the form of a task is built by Python, not by the design."""
    assert stage.ground.release is not None
    key = stage.ground.release.element(element).form
    return key is not None and key not in stage.ground.release.forms


def _chosen(play: Played) -> tuple[str | None, int]:
    """Return the task whose form is shown: the one that was chosen, else the first that waits."""
    tasks, wanted = _tasks(play), _wanted()
    if wanted in tasks:
        return wanted
    return tasks[0] if tasks else (None, 0)


def _tasks(play: Played) -> list[tuple[str, int]]:
    return [(point.element, point.place) for point in play.standing.points if point.waits is Waits.TASK]


def _wanted() -> tuple[str, int]:
    return request.form.get("_element", ""), request.form.get("_place", 0, type=int)


def _form(stage: Stage, play: Played, element: str, sent: object = None) -> AlurForm | None:
    assert stage.ground.release is not None
    return task_form_of(stage.ground.release, element, _context(play, sent), sent)


def _context(play: Played, sent: object) -> FormContext:
    """Return what a form may know in a play: its data and its day; nothing is read from the records of the city."""
    actor, now = current_actor(), play.standing.now
    today = now.astimezone(play.scenario.begins.tzinfo).date()
    city = current_alur().directory.city(actor.tenant)
    return FormContext(actor, play.standing.variables, city, None, today, language(), is_sent=sent is not None)


def _sent_scenario(stage: Stage) -> Scenario | None:
    scenario = read_sent(request.form.get("_scenario", ""))
    release = stage.ground.release
    return scenario if scenario is not None and release is not None and scenario.process == release.process else None
