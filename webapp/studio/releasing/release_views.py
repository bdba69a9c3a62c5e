"""Making a design the release in force, with what happens to the cases that run."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.release_design import ReleaseDesign
from engine.designs.finding import DesignClosed
from engine.errors import NotFound
from engine.policy.actor import Actor
from engine.records.design import DesignStatus
from forms import AlurForm
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.studio.files.views import DESIGN
from webapp.studio.refusing import REFUSALS, tell_refusal
from webapp.studio.releasing.forms import STAY, release_form
from webapp.studio.releasing.people import owners
from webapp.studio.releasing.reading import ReviewPage, Running, read_review, running_cases
from webapp.studio.releasing.review_views import refused_page
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur

RELEASE = f"{DESIGN}/rilis"
Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(RELEASE)(show_release)
    blueprint.post(RELEASE)(release_design)


def show_release(design_id: int) -> Answer:
    """Say what a release does, and ask what becomes of the cases that run."""
    page, running = ask(_read_release, current_alur(), design_id)
    if not _can_be_released(page):
        return redirect(url_for("studio.show_review", design_id=design_id), 303)
    return _page(page, running, _form(page, running))


def release_design(design_id: int) -> Answer:
    """Deploy the design, and lead on to the look at moving cases if that is wanted."""
    try:
        page, running = ask(_read_release, current_alur(), design_id)
    except DesignClosed as closed:
        return refused_page(design_id, closed, unsaved=request.form.get("reason", ""))
    form = _form(page, running, request.form)
    if not form.validate():
        return _page(page, running, form), 422
    data = form.typed_data()
    tell = ask(owners, current_alur())
    try:
        receipt = run_command(ReleaseDesign(design_id, current_alur().catalogue, str(data.get("reason") or ""), tell))
    except REFUSALS as refused:
        status = tell_refusal(refused)
        return _page(page, running, form), status
    flash(_("Rilis baru berlaku. Kasus baru mengikutinya; kasus yang berjalan tetap pada rilisnya."), "success")
    old = str(data.get("cases") or STAY)
    if old != STAY and receipt.subject is not None:
        return redirect(url_for("operations.show_moves", lama=old, baru=receipt.subject), 303)
    return redirect(url_for("studio.show_process", process=page.design.process), 303)


def _can_be_released(page: ReviewPage) -> bool:
    return page.design.status is DesignStatus.APPROVED and not page.is_outdated and not page.findings.errors


def _form(page: ReviewPage, running: tuple[Running, ...], sent: Any = None) -> AlurForm:
    moves = [
        (
            str(item.id),
            _(
                "Sesudah dirilis, lihat dahulu pemindahan %(count)s kasus dari rilis %(number)s",
                count=item.count,
                number=item.number,
            ),
        )
        for item in running
    ]
    return release_form(moves, needs_reason=bool(page.findings.failing), sent=sent)


def _page(page: ReviewPage, running: tuple[Running, ...], form: AlurForm) -> str:
    return render_template(
        "studio/releasing_release.html",
        design=page.design,
        page=page,
        running=running,
        form=form,
        key=secrets.token_hex(KEY_BYTES),
        language=language(),
    )


def _read_release(read: Any, actor: Actor, alur: Alur, design_id: int) -> tuple[ReviewPage, tuple[Running, ...]]:
    """Return a design with its review, and the cases that run.

    :raise NotFound: the actor releases nothing.
    :raise DesignClosed: it is a release already, or was discarded.
    """
    page = read_review(read, actor, alur, design_id)
    page.design.require_open()
    if not page.may_release:
        raise NotFound()
    return page, running_cases(read, actor, page.design.process)
