"""Putting an earlier release in force again."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.commands.restore_release import RestoreRelease, errors_in
from engine.errors import NotFound, Problem
from engine.policy.actor import Actor
from engine.queries.designs import InForce, release_in_city, releases_in_force, turns_of
from forms import AlurForm
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.studio.naming import name_of_files
from webapp.studio.processes.views import PROCESS
from webapp.studio.reading import read_release_files
from webapp.studio.refusing import REFUSALS, tell_refusal
from webapp.studio.releasing.forms import restore_form
from webapp.studio.releasing.people import owners
from webapp.studio.releasing.reading import Running, running_cases
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur

RESTORE = f"{PROCESS}/berlakukan/<int(max=2147483647):number>"
Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class RestorePage:
    """What the way back to a release would do.

    :param name: what the process is called.
    :param in_force: the release of now.
    :param errors: what the check of today finds in the release that is to come again.
    """

    process: str
    number: int
    name: str
    in_force: InForce
    running: tuple[Running, ...]
    errors: tuple[Problem, ...]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(RESTORE)(show_restore)
    blueprint.post(RESTORE)(restore_release)


def show_restore(process: str, number: int) -> str:
    """Say what the way back does, and ask for the reason."""
    page = ask(_read_restore, current_alur(), process, number)
    return _page(page, restore_form(has_errors=bool(page.errors)))


def restore_release(process: str, number: int) -> Answer:
    """Let cases begin by an earlier release again."""
    page = ask(_read_restore, current_alur(), process, number)
    form = restore_form(has_errors=bool(page.errors), sent=request.form)
    if not form.validate():
        return _page(page, form), 422
    data, tell = form.typed_data(), ask(owners, current_alur())
    accepted = data.get("despite_errors") is True
    command = RestoreRelease(process, number, current_alur().catalogue, str(data["reason"]), tell, accepted)
    try:
        run_command(command)
    except REFUSALS as refused:
        status = tell_refusal(refused)
        return _page(page, form), status
    flash(_("Rilis %(number)s berlaku kembali. Semua pemilik proses diberi tahu.", number=number), "success")
    return redirect(url_for("studio.show_process", process=process), 303)


def _page(page: RestorePage, form: AlurForm) -> str:
    return render_template(
        "studio/releasing_restore.html",
        page=page,
        form=form,
        key=secrets.token_hex(KEY_BYTES),
        language=language(),
    )


def _read_restore(read: Any, actor: Actor, alur: Alur, process: str, number: int) -> RestorePage:
    """Return what the way back to a release would do.

    :raise NotFound: there is no such release, or the actor deploys none.
    """
    alur.engine.policy.require(actor, "release:deploy", TenantSubject(actor.tenant), read)
    in_force = next((found for found in releases_in_force(read, actor) if found.process == process), None)
    turns = turns_of(read, actor, process)
    wanted = next((turn.id for turn in turns if turn.number == number), None)
    if in_force is None or wanted is None:
        raise NotFound()
    name = name_of_files(read_release_files(read, actor, alur, in_force.id), process)
    errors = errors_in(release_in_city(read, actor, wanted).files, alur.catalogue)
    return RestorePage(process, number, name, in_force, running_cases(read, actor, process), errors)
