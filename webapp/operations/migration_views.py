"""Moving running cases to another release: looked at beforehand, carried through by jobs, and taken back."""

import secrets
from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.bpmn.migrate import Verdict
from engine.bpmn.plan import OtherProcess
from engine.commands.begin_look import BeginLook
from engine.commands.begin_migration import BeginMigration, OtherRunOpen, SameRelease
from engine.commands.order_undo import OrderUndo
from engine.commands.undo_migration import UndoClosed
from engine.errors import Conflict, EngineError
from engine.moving.runs import NumberedRelease, Route
from engine.records.migration import Fate
from forms import AlurForm
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.operations.migration_mapping import mapping_form, pairs_of, release_form, steps_of
from webapp.operations.migration_reading import (
    Overview,
    read_look,
    read_overview,
    read_route,
    read_run_page,
)
from webapp.operations.migration_words import VERDICTS, counts_in_words, quoted, run_state, said, verdict_in_words
from webapp.operations.naming import name_of
from webapp.texts import gettext as _
from webapp.texts import language, text_for

MOVES = "/operasi/pindah-rilis"
LOOK = f"{MOVES}/uji/<int(max=9223372036854775807):look_id>"
RUN = f"{MOVES}/<int(max=9223372036854775807):run_id>"
#: What the templates about moves say things with.
_WORDS: Mapping[str, Any] = {
    "said": said,
    "name_of": name_of,
    "quoted": quoted,
    "verdicts": VERDICTS,
    "counted": counts_in_words,
    "state": run_state,
}
Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(MOVES)(show_moves)
    blueprint.post(MOVES)(look_beforehand)
    blueprint.get(LOOK)(show_look)
    blueprint.post(LOOK)(start_move)
    blueprint.get(RUN)(show_run)
    blueprint.post(RUN)(go_on_with_run)
    blueprint.get(f"{RUN}/kembalikan")(show_undo)
    blueprint.post(f"{RUN}/kembalikan")(undo_run)


def show_moves() -> Answer:
    """Ask from where to where, then what stands for which step; with the runs so far."""
    overview = ask(read_overview, current_alur())
    chosen = request.args if {"lama", "baru"} <= request.args.keys() else None
    form = release_form(overview.choices, chosen)
    if chosen is None or not form.validate():
        return _moves_page(overview, form)
    try:
        route = _route(overview, form)
    except (OtherProcess, SameRelease) as error:
        form.add_error("baru", _in_words(error))
        return _moves_page(overview, form)
    return _mapping_page(route, mapping_form(route, None, _said_before(route)))


def _moves_page(overview: Overview, form: AlurForm) -> str:
    return render_template(
        "operations/migrations.html", overview=overview, form=form, counted=counts_in_words, state=run_state
    )


def _route(overview: Overview, form: AlurForm) -> Route:
    """Return what differs between the releases that were chosen.

    :raise OtherProcess: they are not of one process.
    :raise SameRelease: they are one.
    """
    data, known = form.typed_data(), {str(item.release.id): item.release for item in overview.choices}
    old, new = known[str(data["lama"])], known[str(data["baru"])]
    if old == new:
        raise SameRelease(number=old.number)
    return ask(read_route, current_alur(), old, new)


def _said_before(route: Route) -> Any:
    """Return the mapping of an earlier look between the same releases, if the address names one."""
    number = request.args.get("uji", "")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    look, _route_of_look = ask(read_look, current_alur(), int(number))
    return look.pairs if (look.old, look.new) == (route.old, route.new) else None


def _mapping_page(route: Route, form: AlurForm) -> str:
    steps = steps_of(route)
    return render_template(
        "operations/migration_map.html",
        route=route,
        form=form,
        process=_process(route),
        steps=steps,
        open_steps=[step for step in steps if step.needs_answer],
        key=secrets.token_hex(KEY_BYTES),
    )


def look_beforehand() -> Answer:
    """Have every case looked at with the mapping that was said; nothing is moved."""
    overview = ask(read_overview, current_alur())
    releases = release_form(overview.choices, request.form)
    if not releases.validate():
        return _moves_page(overview, releases), 422
    try:
        route = _route(overview, releases)
    except (OtherProcess, SameRelease) as error:
        releases.add_error("baru", _in_words(error))
        return _moves_page(overview, releases), 422
    form = mapping_form(route, request.form)
    if not form.validate():
        return _mapping_page(route, form), 422
    receipt = run_command(BeginLook(route.old.id, route.new.id, pairs_of(route, form.typed_data())))
    return redirect(url_for("operations.show_look", look_id=receipt.subject), 303)


def show_look(look_id: int) -> str:
    """Show what a move would do, as far as it has been looked at."""
    look, route = ask(read_look, current_alur(), look_id)
    return render_template(
        "operations/migration_look.html",
        look=look,
        route=route,
        process=_process(route),
        **_WORDS,
        summary=verdict_in_words(look.findings.counts),
        same=Verdict.SAME,
        mapped=Verdict.MAPPED,
        done=sum(look.findings.counts.values()),
        key=secrets.token_hex(KEY_BYTES),
    )


def start_move(look_id: int) -> Response:
    """Move the cases as it was looked at; a run that was cut off is gone on with."""
    look, _look_route = ask(read_look, current_alur(), look_id)
    return _begin(look.old, look.new, look.pairs, look.values, url_for("operations.show_look", look_id=look_id))


def _begin(old: NumberedRelease, new: NumberedRelease, pairs: Any, values: Any, back: str) -> Response:
    try:
        receipt = run_command(BeginMigration(old.id, new.id, pairs, values, in_background=True))
    except OtherRunOpen as error:
        flash(_in_words(error), "warning")
        return redirect(back, 303)
    flash(_("Kasus sedang dipindahkan di latar belakang; Anda boleh menutup halaman ini."), "success")
    return redirect(url_for("operations.show_run", run_id=receipt.subject), 303)


def show_run(run_id: int) -> str:
    """Show how far a run is, and what became of the cases."""
    return _run_page("operations/migration_run.html", run_id)


def go_on_with_run(run_id: int) -> Response:
    """Have a run that was cut off gone on with."""
    run = ask(read_run_page, current_alur(), run_id).view.run
    return _begin(run.old, run.new, run.pairs, run.values, url_for("operations.show_run", run_id=run_id))


def show_undo(run_id: int) -> str:
    """Ask whether the cases of a run are to be taken back."""
    return _run_page("operations/migration_undo.html", run_id)


def undo_run(run_id: int) -> Response:
    """Have the cases of a run taken back in the background."""
    try:
        run_command(OrderUndo(run_id))
    except UndoClosed as error:
        flash(_in_words(error), "warning")
    except Conflict:
        flash(_("Pemindahan ini belum selesai. Tunggu sampai selesai, lalu kembalikan."), "warning")
    else:
        flash(_("Kasus sedang dikembalikan di latar belakang; Anda boleh menutup halaman ini."), "success")
    return redirect(url_for("operations.show_run", run_id=run_id), 303)


def _run_page(template: str, run_id: int) -> str:
    page = ask(read_run_page, current_alur(), run_id)
    return render_template(
        template,
        page=page,
        run=page.view.run,
        process=_process(page.route),
        **_WORDS,
        reasons=Counter(reason for _case, reasons in page.view.stuck for reason in reasons),
        undone=page.view.fates.get(Fate.UNDONE, 0),
        is_late=current_alur().clock() > page.view.run.kept_until,
        key=secrets.token_hex(KEY_BYTES),
    )


def _process(route: Route) -> str:
    names = route.plan.pair.new.outline.names
    return names.get(language()) or names.get("id") or route.new.process


def _in_words(error: EngineError) -> str:
    return text_for(error.code, error.params, language())
