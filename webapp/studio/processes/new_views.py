"""A new process: with nearly nothing, as a copy of another one, or from files that somebody brings."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.begin_design import BeginDesign
from engine.designs.arriving import unpack_brought
from engine.designs.beginning import copy_process, empty_process, process_id
from engine.errors import DiagramRefused
from engine.policy.actor import Actor
from engine.queries.designs import releases_in_force
from forms import AlurForm
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.studio.processes.forms import UploadForm, copy_form, empty_form
from webapp.studio.processes.reading import known_processes, read_processes
from webapp.studio.reading import read_release_files
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur, shipped_releases

NEW = "/studio/baru"
Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(NEW)(show_new)
    blueprint.post(f"{NEW}/kosong")(begin_empty)
    blueprint.post(f"{NEW}/salinan")(begin_copy)
    blueprint.post(f"{NEW}/unggah")(begin_uploaded)


def show_new() -> str:
    """Ask with what the new process begins."""
    return _page()


def begin_empty() -> Answer:
    """Begin a process of one step."""
    taken, form = ask(_taken, current_alur()), empty_form(request.form)
    if not form.validate():
        return _page(empty=form), 422
    data = form.typed_data()
    name = str(data["name"])
    return _begun(empty_process(process_id(name, taken), name, str(data["english"] or "")))


def begin_copy() -> Answer:
    """Begin a process as another one is now."""
    known = ask(known_processes, current_alur())
    form = copy_form(known.items(), request.form)
    if not form.validate():
        return _page(copy=form), 422
    data = form.typed_data()
    name, files = str(data["name"]), ask(_files_of, current_alur(), str(data["pattern"]))
    identifier = process_id(name, ask(_taken, current_alur()))
    return _begun(copy_process(files, identifier, name, str(data["english"] or "")))


def begin_uploaded() -> Answer:
    """Begin a design from files; what is hostile or unreadable is refused with the reason, and nothing is kept."""
    ask(known_processes, current_alur())
    form = UploadForm(request.files, language=language())
    if not form.validate():
        return _page(upload=form), 422
    brought: Any = form.typed_data()["files"]
    try:
        return _begun(unpack_brought((str(file.filename), file.stream.read()) for file in brought))
    except DiagramRefused as refused:
        for problem in refused.problems:
            form.add_error("files", problem.message(language()))
        return _page(upload=form), 422


def _begun(files: Mapping[str, bytes]) -> Response:
    receipt = run_command(BeginDesign(files))
    flash(_("Rancangan dibuat. Proses ini belum berlaku sebelum dirilis."), "success")
    return redirect(url_for("studio.show_design", design_id=receipt.subject), 303)


def _page(**forms: AlurForm) -> str:
    """Return the page, with the form in which something is wrong."""
    known = ask(known_processes, current_alur())
    return render_template(
        "studio/processes_new.html",
        form=next(iter(forms.values()), None),
        empty=forms.get("empty") or empty_form(),
        copy=forms.get("copy") or copy_form(known.items()),
        upload=forms.get("upload") or UploadForm(language=language()),
        key=secrets.token_hex(KEY_BYTES),
    )


def _taken(read: Any, actor: Actor, alur: Alur) -> frozenset[str]:
    """Return the ids of all processes that the city or Alur has."""
    return frozenset(line.process for line in read_processes(read, actor, alur).lines) | shipped_releases().keys()


def _files_of(read: Any, actor: Actor, alur: Alur, process: str) -> Mapping[str, bytes]:
    found = next(item for item in releases_in_force(read, actor) if item.process == process)
    return read_release_files(read, actor, alur, found.id)
