"""Playing a design, and its scenarios."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from engine.designs.finding import Design
from engine.scenarios import (
    GivenUp,
    Proposal,
    Scenario,
    ScenarioRefused,
    Waits,
    draw_coverage,
    propose,
    read_file,
    scenario_bytes,
    time_limit,
    with_expectation,
)
from forms import AlurForm
from webapp.current import current_actor, current_alur
from webapp.security import PICTURE_POLICY
from webapp.studio.files.views import DESIGN
from webapp.studio.frame import Tab
from webapp.studio.play.acting import MOST_STEPS, Played, acted, begun, completed, played
from webapp.studio.play.filling import guessed_rows, plain_answers, task_form_of
from webapp.studio.play.ground import SECONDS, Ground, ground_of
from webapp.studio.play.keeping import free_file, keep_files, keep_named
from webapp.studio.play.page import name_of, play_page, told_steps
from webapp.studio.play.tested import play_all
from webapp.studio.play.typed import NotPlayable, read_rows
from webapp.studio.reading import current_design
from webapp.studio.tables.opening import may_change
from webapp.task_forms import FormContext
from webapp.texts import gettext as _
from webapp.texts import language, lazy

PLAY = f"{DESIGN}/uji-coba"
TAB = Tab(40, lazy("Uji coba"), "studio.show_play")
#: Tried for one page of proposals; more would let people wait.
_BUDGET = 800
#: For as many seconds the page with proposals is computed, the scenarios that are there included.
_TRYING = 20.0


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(PLAY)(show_play)
    blueprint.post(PLAY)(act_in_play)
    blueprint.get(f"{PLAY}/cakupan.svg")(show_coverage_picture)
    blueprint.post(f"{PLAY}/skenario")(change_scenario)
    blueprint.post(f"{PLAY}/usulan")(propose_paths)
    blueprint.post(f"{PLAY}/usulan/simpan")(keep_proposals)


def show_play(design_id: int) -> str:
    """Show how the scenarios of a design go, and where a play can begin."""
    design, ground = _ground(design_id)
    tested = play_all(ground) if ground.release is not None else None
    return render_template("studio/play_scenarios.html", design=design, ground=ground, tested=tested,
                           may_change=may_change(design), problem_words=_problem_words)  # fmt: skip


def act_in_play(design_id: int) -> str | AnyResponse | tuple[str, int]:
    """Begin a play, or let the next thing happen in it; the page itself holds what has happened so far."""
    design, ground = _ground(design_id)
    action = request.form.get("_do", "")
    if ground.release is None:
        return _back(design_id)
    if action == "begin":
        now = current_alur().now_in(design.tenant)
        name, whole = request.form.get("_file", ""), "_whole" in request.form
        return _page(design, ground, played(ground, begun(ground, name, now, whole=whole)))
    scenario = _sent_scenario(ground)
    if scenario is None:
        flash(_("Uji coba ini tidak terbaca lagi. Mulailah dari awal."), "warning")
        return _back(design_id)
    return _act(design, ground, scenario, action)


def show_coverage_picture(design_id: int) -> Response:
    """Send the diagram as a picture in which walked parts differ from those that are left."""
    _design, ground = _ground(design_id)
    if ground.release is None:
        raise NotFound
    picture = draw_coverage(ground.release, play_all(ground).walk, language=language())
    response = make_response(picture)
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return response


def change_scenario(design_id: int) -> AnyResponse:
    """Let a scenario expect what comes of it now, or take it away."""
    design, ground = _ground(design_id)
    file = request.form.get("_file", "")
    if file not in design.files or file not in {**ground.scenarios, **ground.unreadable}:
        raise NotFound
    if "_delete" in request.form:
        return _kept(design_id, lambda: keep_files(design, {file: None}), _("Skenario dihapus."))
    if ground.release is None or file not in ground.scenarios:
        return _back(design_id)
    try:
        renewed = with_expectation(ground.release, ground.scenarios[file], is_over=time_limit(SECONDS))
    except GivenUp:
        flash(_too_long(), "warning")
        return _back(design_id)
    files = {file: scenario_bytes(renewed)}
    return _kept(design_id, lambda: keep_files(design, files), _("Harapan skenario diperbarui."))


def propose_paths(design_id: int) -> str | AnyResponse:
    """Look for ways that no scenario goes, and show what each of them would add."""
    design, ground = _ground(design_id)
    release = ground.release
    if release is None or not may_change(design):
        return _back(design_id)
    begins = current_alur().now_in(design.tenant).replace(hour=8, minute=0, second=0, microsecond=0)
    is_over = time_limit(_TRYING)
    tested = play_all(ground, is_over)
    found = propose(release, list(ground.scenarios.values()), begins, _BUDGET, is_over)
    left = sum(share.total - share.walked for share in tested.shares)
    added = sum(_added(one) for one in found)
    lines = [
        (one, scenario_bytes(one.scenario).decode(), _gains(ground, one), told_steps(release, one.scenario))
        for one in found
    ]
    return render_template("studio/play_proposals.html", design=design, lines=lines, left=left, added=added,
                           is_cut=is_over(), language=language())  # fmt: skip


def keep_proposals(design_id: int) -> AnyResponse:
    """Keep the proposals that were chosen as scenarios of the design."""
    design, ground = _ground(design_id)
    files: dict[str, bytes | None] = {}
    for text in request.form.getlist("_scenario"):
        scenario = _read(text)
        if scenario is not None and ground.release is not None and scenario.process == ground.release.process:
            files[free_file(scenario.names.get("id", ""), {**design.files, **files})] = scenario_bytes(scenario)
    if not files:
        flash(_("Pilih dahulu usulan yang ingin disimpan."), "warning")
        return _back(design_id)
    return _kept(design_id, lambda: keep_files(design, files), _("%(count)s skenario disimpan.", count=len(files)))


def _act(design: Design, ground: Ground, scenario: Scenario, action: str) -> str | AnyResponse | tuple[str, int]:
    try:
        if action == "save":
            return _save(design, ground, scenario)
        if action == "complete":
            return _complete(design, ground, scenario)
        if action == "open":
            return _page(design, ground, played(ground, scenario))
        return _page(design, ground, acted(ground, scenario, action, request.form))
    except NotPlayable as error:
        return _page(design, ground, played(ground, scenario), error=str(error)), 422


def _save(design: Design, ground: Ground, scenario: Scenario) -> AnyResponse:
    assert ground.release is not None
    try:
        expecting = with_expectation(ground.release, scenario, request.form.getlist("_expect"), time_limit(SECONDS))
    except GivenUp as error:
        raise NotPlayable(_too_long()) from error
    keep_named(design, expecting, request.form.get("_called", ""), replaces="_replace" in request.form)
    flash(_("Uji coba disimpan sebagai skenario."), "success")
    return _back(design.id)


def _too_long() -> str:
    return _("Skenario ini terlalu lama, sehingga hasilnya tidak diketahui. Periksa putaran dan pengatur waktunya.")


def _complete(design: Design, ground: Ground, scenario: Scenario) -> str | tuple[str, int]:
    """Complete a task with what was filled in, or show its form again with what is wrong."""
    play = played(ground, scenario)
    if _wanted() not in _tasks(play):
        raise NotPlayable(_("Tugas ini sudah tidak menunggu. Lihat di mana uji coba ini sekarang."))
    element, place = _wanted()
    parts: list[Any] = [request.form, request.files]
    sent: Any = CombinedMultiDict(parts)
    form = _form(ground, play, element, sent)
    if form is None:
        return _page(design, ground, completed(ground, scenario, element, place, read_rows(request.form)))
    if not form.validate():
        return _page(design, ground, play, form=form), 200 if form.row_change else 422
    return _page(design, ground, completed(ground, scenario, element, place, plain_answers(form)))


def _page(design: Design, ground: Ground, play: Played, *, form: AlurForm | None = None, error: str = "") -> str:
    assert ground.release is not None
    element, place = _chosen(play)
    if form is None and element is not None:
        form = _form(ground, play, element)
    return render_template(
        "studio/play_running.html",
        design=design,
        page=play_page(ground, play),
        scenario=scenario_bytes(play.scenario).decode(),
        waits=Waits,
        element=element,
        place=place,
        task_name=name_of(ground.release, element) if element is not None else "",
        form=form,
        rows=guessed_rows(ground, element) if element is not None and form is None else (),
        problem=play.standing.problem.texts[language()] if play.standing.problem else "",
        error=error,
        may_change=may_change(design),
    )


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


def _form(ground: Ground, play: Played, element: str, sent: object = None) -> AlurForm | None:
    assert ground.release is not None
    return task_form_of(ground.release, element, _context(play, sent), sent)


def _context(play: Played, sent: object) -> FormContext:
    """Return what a form may know in a play: its data and its day; nothing is read from the records."""
    actor, now = current_actor(), play.standing.now
    today = now.astimezone(play.scenario.begins.tzinfo).date()
    city = current_alur().directory.city(actor.tenant)
    return FormContext(actor, play.standing.variables, city, None, today, language(), is_sent=sent is not None)


def _ground(design_id: int) -> tuple[Design, Ground]:
    design = current_design(design_id)
    return design, ground_of(design.files, current_alur().catalogue)


def _sent_scenario(ground: Ground) -> Scenario | None:
    scenario = _read(request.form.get("_scenario", ""))
    is_own = scenario is not None and ground.release is not None and scenario.process == ground.release.process
    return scenario if is_own else None


def _read(text: str) -> Scenario | None:
    try:
        scenario = read_file(text)
    except ScenarioRefused:
        return None
    return scenario if len(scenario.steps) <= MOST_STEPS else None


def _kept(design_id: int, keep: Callable[[], None], said: str) -> AnyResponse:
    try:
        keep()
    except NotPlayable as error:
        flash(str(error), "warning")
    else:
        flash(said, "success")
    return _back(design_id)


def _back(design_id: int) -> AnyResponse:
    return redirect(url_for("studio.show_play", design_id=design_id), 303)


def _added(proposal: Proposal) -> int:
    return len(proposal.nodes) + len(proposal.flows) + len(proposal.rules)


def _gains(ground: Ground, proposal: Proposal) -> list[str]:
    assert ground.release is not None
    steps = [_("Langkah “%(name)s”", name=name_of(ground.release, name)) for name in proposal.nodes]
    ways = _("%(count)s jalan di antara langkah", count=len(proposal.flows)) if proposal.flows else ""
    rules = _("%(count)s aturan tabel", count=len(proposal.rules)) if proposal.rules else ""
    return [*steps, *filter(None, (ways, rules))]


def _problem_words(problem: Any) -> str:
    return str(problem.message(language()))
