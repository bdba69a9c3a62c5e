"""The list of processes, the page of one, and designs that are begun and put away."""

import secrets

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.commands.begin_design import BeginDesign
from engine.commands.discard_design import DiscardDesign
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.studio.comparing.versions import DEFAULT
from webapp.studio.files.views import DESIGN
from webapp.studio.frame import STATUS_WORDS
from webapp.studio.processes import new_views
from webapp.studio.processes.forms import SearchForm
from webapp.studio.processes.reading import read_process, read_process_page, read_processes
from webapp.studio.reading import current_design, read_release_files, with_scenarios
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import shipped_releases

PROCESS = "/studio/proses/<process>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/studio")(show_processes)
    blueprint.get(PROCESS)(show_process)
    blueprint.post(f"{PROCESS}/rancangan")(begin_design)
    blueprint.post(f"{PROCESS}/bawaan")(take_default)
    blueprint.post(f"{DESIGN}/singkirkan")(discard_design)
    new_views.add_to(blueprint)


def show_processes() -> str:
    """Show every process of the city, what is in force and who works on what."""
    page, form = ask(read_processes, current_alur()), SearchForm(request.args, language=language())
    wanted = str(form.typed_data()["cari"] or "").casefold() if form.validate() else ""
    lines = [line for line in page.lines if wanted in line.name.casefold() or wanted in line.process]
    return render_template("studio/processes.html", page=page, lines=lines, form=form, words=STATUS_WORDS)


def show_process(process: str) -> str:
    """Show one process: the releases that were in force, its designs, and how it stands to the national default."""
    page = ask(read_process_page, current_alur(), process)
    return render_template(
        "studio/process.html",
        page=page,
        line=page.line,
        words=STATUS_WORDS,
        language=language(),
        key=secrets.token_hex(KEY_BYTES),
    )


def begin_design(process: str) -> Response:
    """Begin a design from the release in force."""
    line, _page = ask(read_process, current_alur(), process)
    if line.in_force is None:
        raise NotFound
    files = ask(read_release_files, current_alur(), line.in_force.id)
    receipt = run_command(BeginDesign(files, line.in_force.id))
    flash(_("Rancangan baru sudah dibuat. Perubahan di sini tidak memengaruhi kasus sebelum dirilis."), "success")
    return redirect(url_for("studio.show_design", design_id=receipt.subject), 303)


def take_default(process: str) -> Response:
    """Begin a design from the national default that is new: as it is, or merged with the city's own changes.

    Where both contradict each other, the design begins as the release in force, and the page that merges asks.
    """
    page = ask(read_process_page, current_alur(), process)
    if page.line.in_force is None or page.default is None or page.default.merged is None:
        raise NotFound
    shipped, merged = shipped_releases()[process], page.default.merged
    if merged.conflicts and request.form.get("utuh") != "1":
        files = ask(read_release_files, current_alur(), page.line.in_force.id)
        receipt = run_command(BeginDesign(files, page.line.in_force.id))
        return redirect(url_for("studio.show_merge", design_id=receipt.subject, version=DEFAULT), 303)
    files = with_scenarios(process, shipped) if request.form.get("utuh") == "1" else merged.files
    receipt = run_command(BeginDesign(files, page.line.in_force.id, shipped))
    flash(
        _("Bawaan nasional sudah menjadi rancangan. Periksa, uji, lalu minta tinjauan; belum ada yang berubah."),
        "success",
    )
    return redirect(url_for("studio.show_design", design_id=receipt.subject), 303)


def discard_design(design_id: int) -> Response:
    """Put a design away."""
    design = current_design(design_id)
    run_command(DiscardDesign(design_id))
    flash(_("Rancangan disingkirkan. Isinya masih dapat dibaca."), "success")
    return redirect(url_for("studio.show_process", process=design.process), 303)
