"""Putting an earlier release in force again."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.commands.restore_release import RestoreRelease
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.queries.designs import InForce, releases_in_force, turns_of
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.studio.naming import name_of_files
from webapp.studio.processes.views import PROCESS
from webapp.studio.reading import read_release_files
from webapp.studio.releasing.forms import RestoreForm
from webapp.studio.releasing.people import owners
from webapp.studio.releasing.reading import Running, running_cases
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur

RESTORE = f"{PROCESS}/berlakukan/<int(max=2147483647):number>"
Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(RESTORE)(show_restore)
    blueprint.post(RESTORE)(restore_release)


def show_restore(process: str, number: int) -> str:
    """Say what the way back does, and ask for the reason."""
    return _page(process, number, RestoreForm(language=language()))


def restore_release(process: str, number: int) -> Answer:
    """Let cases begin by an earlier release again."""
    ask(_read_restore, current_alur(), process, number)
    form = RestoreForm(request.form, language=language())
    if not form.validate():
        return _page(process, number, form), 422
    tell = ask(owners, current_alur())
    run_command(RestoreRelease(process, number, str(form.typed_data()["reason"]), tell))
    flash(_("Rilis %(number)s berlaku kembali. Semua pemilik proses diberi tahu.", number=number), "success")
    return redirect(url_for("studio.show_process", process=process), 303)


def _page(process: str, number: int, form: RestoreForm) -> str:
    name, in_force, running = ask(_read_restore, current_alur(), process, number)
    return render_template(
        "studio/releasing_restore.html",
        process=process,
        number=number,
        name=name,
        in_force=in_force,
        running=running,
        form=form,
        key=secrets.token_hex(KEY_BYTES),
    )


def _read_restore(
    read: Any, actor: Actor, alur: Alur, process: str, number: int
) -> tuple[str, InForce, tuple[Running, ...]]:
    """Return what the process is called, what is in force now, and the cases that run.

    :raise NotFound: there is no such release, or the actor deploys none.
    """
    alur.engine.policy.require(actor, "release:deploy", TenantSubject(actor.tenant), read)
    in_force = next((found for found in releases_in_force(read, actor) if found.process == process), None)
    if in_force is None or number not in {turn.number for turn in turns_of(read, actor, process)}:
        raise NotFound()
    name = name_of_files(read_release_files(read, actor, alur, in_force.id), process)
    return name, in_force, running_cases(read, actor, process)
