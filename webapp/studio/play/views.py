"""Playing a design or a release, and the scenarios of a design."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from engine.bpmn.translate import in_english
from engine.designs.finding import Design
from engine.scenarios import GivenUp, Proposal, draw_coverage, propose, scenario_bytes, time_limit, with_expectation
from webapp.current import current_actor, current_alur
from webapp.security import PICTURE_POLICY
from webapp.studio.files.views import DESIGN
from webapp.studio.frame import Tab
from webapp.studio.play.doing import Answer, act_on, read_sent, too_long
from webapp.studio.play.ground import SECONDS, Ground
from webapp.studio.play.holidays import holidays_on
from webapp.studio.play.keeping import free_file, keep_files
from webapp.studio.play.page import name_of, told_steps
from webapp.studio.play.results import count_unplayed
from webapp.studio.play.stage import Stage, design_stage, release_stage
from webapp.studio.play.tested import play_all
from webapp.studio.play.typed import NotPlayable
from webapp.texts import gettext as _
from webapp.texts import language, lazy, ngettext

PLAY = f"{DESIGN}/uji-coba"
RELEASE_PLAY = "/studio/proses/<process>/uji-coba/<number>"
TAB = Tab(40, lazy("Uji coba"), "studio.show_play")
#: Scenarios on one page of their list.
PER_PAGE: Final = 50
#: Tried for one page of proposals; more would let people wait.
_BUDGET = 800
#: For as many seconds the page with proposals is computed, the scenarios that are there included.
_TRYING = 20.0


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.add_app_template_global(_unplayed, "unplayed_scenarios")
    blueprint.get(PLAY)(show_play)
    blueprint.post(PLAY)(act_in_play)
    blueprint.get(f"{PLAY}/cakupan.svg")(show_coverage_picture)
    blueprint.get(f"{PLAY}/diagram")(show_play_diagram)
    blueprint.post(f"{PLAY}/skenario")(change_scenario)
    blueprint.post(f"{PLAY}/usulan")(propose_paths)
    blueprint.post(f"{PLAY}/usulan/simpan")(keep_proposals)
    blueprint.get(RELEASE_PLAY)(show_release_play)
    blueprint.post(RELEASE_PLAY)(act_in_release_play)
    blueprint.get(f"{RELEASE_PLAY}/cakupan.svg")(show_release_coverage)
    blueprint.get(f"{RELEASE_PLAY}/diagram")(show_release_diagram)


def show_play(design_id: int) -> str:
    """Show how the scenarios of a design go, and where a play can begin."""
    return _scenarios_page(design_stage(design_id))


def act_in_play(design_id: int) -> Answer:
    """Begin a play of a design, or let the next thing happen in it."""
    return act_on(design_stage(design_id))


def show_coverage_picture(design_id: int) -> Response:
    """Send the diagram of a design as a picture in which walked parts differ from those that are left."""
    return _coverage_picture(design_stage(design_id))


def show_play_diagram(design_id: int) -> Response:
    """Send the diagram of a design, with the names in the reader's language."""
    return _diagram(design_stage(design_id))


def show_release_play(process: str, number: str) -> str:
    """Show how the scenarios of a release go, and where a play can begin."""
    return _scenarios_page(release_stage(process, number))


def act_in_release_play(process: str, number: str) -> Answer:
    """Begin a play of a release, or let the next thing happen in it."""
    return act_on(release_stage(process, number))


def show_release_coverage(process: str, number: str) -> Response:
    """Send the diagram of a release as a picture in which walked parts differ from those that are left."""
    return _coverage_picture(release_stage(process, number))


def show_release_diagram(process: str, number: str) -> Response:
    """Send the diagram of a release, with the names in the reader's language."""
    return _diagram(release_stage(process, number))


def change_scenario(design_id: int) -> AnyResponse:
    """Let a scenario expect what comes of it now, or take it away."""
    stage = design_stage(design_id)
    design, ground, file = _design(stage), stage.ground, request.form.get("_file", "")
    if file not in design.files or file not in {**ground.scenarios, **ground.unreadable}:
        raise NotFound
    if "_delete" in request.form:
        return _kept(stage, lambda: keep_files(design, {file: None}), _("Skenario dihapus."))
    if ground.release is None or file not in ground.scenarios:
        return redirect(stage.address, 303)
    try:
        renewed = with_expectation(ground.release, ground.scenarios[file], is_over=time_limit(SECONDS))
    except GivenUp:
        flash(too_long(), "warning")
        return redirect(stage.address, 303)
    files = {file: scenario_bytes(renewed)}
    return _kept(stage, lambda: keep_files(design, files), _("Harapan skenario diperbarui."))


def propose_paths(design_id: int) -> str | AnyResponse:
    """Look for ways that no scenario goes, and show what each of them would add."""
    stage = design_stage(design_id)
    ground, release = stage.ground, stage.ground.release
    if release is None or not stage.may_change:
        return redirect(stage.address, 303)
    begins = current_alur().now_in(current_actor().tenant).replace(hour=8, minute=0, second=0, microsecond=0)
    is_over = time_limit(_TRYING)
    tested = play_all(ground, is_over)
    found = _proposed(stage, begins, is_over)
    left = sum(share.total - share.walked for share in tested.shares)
    added = sum(_added(one) for one in found)
    lines = [
        (one, scenario_bytes(one.scenario).decode(), _gains(ground, one), told_steps(release, one.scenario))
        for one in found
    ]
    return render_template("studio/play_proposals.html", design=stage.design, stage=stage, lines=lines, left=left,
                           added=added, is_cut=is_over(), language=language())  # fmt: skip


def keep_proposals(design_id: int) -> AnyResponse:
    """Keep the proposals that were chosen as scenarios of the design."""
    stage = design_stage(design_id)
    design, release = _design(stage), stage.ground.release
    files: dict[str, bytes | None] = {}
    for text in request.form.getlist("_scenario"):
        scenario = read_sent(text)
        if scenario is not None and release is not None and scenario.process == release.process:
            files[free_file(scenario.names.get("id", ""), {**design.files, **files})] = scenario_bytes(scenario)
    if not files:
        flash(_("Pilih dahulu usulan yang ingin disimpan."), "warning")
        return redirect(stage.address, 303)
    said = ngettext("%(count)s skenario disimpan.", "%(count)s skenario disimpan.", len(files))
    return _kept(stage, lambda: keep_files(design, files), said)


def _unplayed(design: Design) -> int:
    return count_unplayed(design.files, current_alur().catalogue)


def _scenarios_page(stage: Stage) -> str:
    tested = play_all(stage.ground) if stage.ground.release is not None else None
    pages = -(-len(tested.lines) // PER_PAGE) if tested is not None else 0
    page = min(max(request.args.get("hal", 1, type=int), 1), max(pages, 1))
    shown = tested.lines[(page - 1) * PER_PAGE : page * PER_PAGE] if tested is not None else ()
    return render_template("studio/play_scenarios.html", stage=stage, design=stage.design, tested=tested, shown=shown,
                           page=page, pages=pages, page_address=lambda number: f"{stage.address}?hal={number}",
                           problem_words=_problem_words)  # fmt: skip


def _coverage_picture(stage: Stage) -> Response:
    if stage.ground.release is None:
        raise NotFound
    picture = draw_coverage(stage.ground.release, play_all(stage.ground).walk, language=language())
    response = make_response(picture)
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return response


def _diagram(stage: Stage) -> Response:
    response = make_response(in_english(stage.bpmn) if language() == "en" else stage.bpmn)
    response.headers["Content-Type"] = "application/xml; charset=utf-8"
    return response


def _proposed(stage: Stage, begins: datetime, is_over: Callable[[], bool]) -> list[Proposal]:
    release, scenarios = stage.ground.release, list(stage.ground.scenarios.values())
    assert release is not None
    known = holidays_on(begins.date(), stage.holidays)
    return propose(release, scenarios, begins, _BUDGET, is_over, holidays=known)


def _design(stage: Stage) -> Design:
    assert stage.design is not None
    return stage.design


def _kept(stage: Stage, keep: Callable[[], None], said: str) -> AnyResponse:
    try:
        keep()
    except NotPlayable as error:
        flash(str(error), "warning")
    else:
        flash(said, "success")
    return redirect(stage.address, 303)


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
