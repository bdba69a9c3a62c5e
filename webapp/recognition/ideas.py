"""The register of innovations, good practices and team activities."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Conflict
from engine.policy.actor import Actor
from forms import AlurForm
from processes.recognition.commands.add_idea import AddIdea
from processes.recognition.commands.find_useful import FindUseful
from processes.recognition.commands.follow_idea import NEXT, MoveIdea, NoteFollowUp
from processes.recognition.queries.ideas import IdeaPage, idea_page, register_of
from processes.recognition.records import Kind, Stage
from webapp.current import KEY_BYTES, ask, run_command
from webapp.errors import answer_to
from webapp.recognition.addresses import IDEAS, ONE_IDEA, may, require
from webapp.recognition.forms import EvidenceForm, IdeaForm, NoteForm, move_form
from webapp.recognition.wording import kind_name, stage_chip
from webapp.texts import gettext as _
from webapp.texts import language


@dataclass(frozen=True, slots=True)
class SeenIdea:
    """An entry with what the reader may do about it."""

    page: IdeaPage
    may_follow: bool
    may_vote: bool
    may_move: bool


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(IDEAS)(show_ideas)
    blueprint.get(f"{IDEAS}/baru")(show_idea_form)
    blueprint.post(f"{IDEAS}/baru")(add_idea)
    blueprint.get(ONE_IDEA)(show_idea)
    blueprint.post(f"{ONE_IDEA}/berguna")(find_useful)
    blueprint.post(f"{ONE_IDEA}/tindak-lanjut")(follow_idea)
    blueprint.post(f"{ONE_IDEA}/tahap")(move_idea)


def show_ideas() -> str:
    """Show the entries of one kind, innovations unless the address names another."""
    asked = request.args.get("jenis", "")
    kind = Kind(asked) if asked in set(Kind) else Kind.INNOVATION
    rows = ask(register_of, kind)
    return render_template(
        "recognition/ideas.html", rows=rows, kind=kind, kinds=tuple(Kind), kind_name=kind_name, stage_chip=stage_chip
    )


def show_idea_form() -> str:
    """Show the form of a new entry."""
    return _idea_form(IdeaForm(language=language()))


def add_idea() -> Response | tuple[str, int]:
    """Add the entry and lead to it."""
    form = IdeaForm(request.form, language=language())
    if not form.validate():
        return _idea_form(form), 422
    given: dict[str, Any] = dict(form.typed_data())
    command = AddIdea(Kind(given["kind"]), given["title"], given["text"], given["evidence"], given.get("happened_on"))
    receipt = run_command(command)
    flash(_("Catatan Anda sudah masuk ke daftar. Terima kasih."), "success")
    if receipt.repeated:
        return redirect(url_for("recognition.show_ideas"), 303)
    return redirect(url_for("recognition.show_idea", innovation_id=receipt.value), 303)


def show_idea(innovation_id: int) -> str:
    """Show an entry with its follow-up."""
    return show_idea_page(ask(_read, innovation_id))


def find_useful(innovation_id: int) -> Response:
    """Give the entry the reader's voice."""
    run_command(FindUseful(innovation_id))
    flash(_("Suara Anda sudah dihitung."), "success")
    return redirect(url_for("recognition.show_idea", innovation_id=innovation_id), 303)


def follow_idea(innovation_id: int) -> Response | tuple[str, int]:
    """Note what the owner did about it."""
    seen, form = ask(read_idea_for, "innovation:follow", innovation_id), NoteForm(request.form, language=language())
    if not form.validate():
        return show_idea_page(seen, note=form), 422
    run_command(NoteFollowUp(innovation_id, str(form["note"].data)))
    flash(_("Tindak lanjut sudah dicatat."), "success")
    return redirect(url_for("recognition.show_idea", innovation_id=innovation_id), 303)


def move_idea(innovation_id: int) -> Response | tuple[str, int]:
    """Take it to the next stage."""
    seen = ask(read_idea_for, "innovation:decide", innovation_id)
    form = move_form(seen.page.idea.stage)(request.form, language=language())
    if not form.validate():
        return show_idea_page(seen, move=form), 422
    try:
        run_command(MoveIdea(innovation_id, Stage(form["stage"].data), str(form["note"].data)))
    except Conflict as error:
        form.add_error("stage", " ".join(answer_to(error).lines))
        return show_idea_page(seen, move=form), 409
    flash(_("Tahapnya sudah diubah."), "success")
    return redirect(url_for("recognition.show_idea", innovation_id=innovation_id), 303)


def _read(read: Any, actor: Actor, innovation_id: int) -> SeenIdea:
    page = idea_page(read, actor, innovation_id)
    may_vote = may(read, actor, "innovation:vote", page.idea) and not page.has_voted
    may_move = may(read, actor, "innovation:decide", page.idea) and page.idea.stage in NEXT
    return SeenIdea(page, may(read, actor, "innovation:follow", page.idea), may_vote, may_move)


def read_idea_for(read: Any, actor: Actor, permission: str, innovation_id: int) -> SeenIdea:
    """Return an idea with which the reader may do something.

    :raise NotFound: there is none of that id in his city, or he may not.
    """
    seen = _read(read, actor, innovation_id)
    require(read, actor, permission, seen.page.idea)
    return seen


def _idea_form(form: IdeaForm) -> str:
    return render_template("recognition/idea_form.html", form=form, key=_key())


def show_idea_page(
    seen: SeenIdea, *, note: NoteForm | None = None, move: AlurForm | None = None, files: EvidenceForm | None = None
) -> str:
    """Return the page of an idea, with a form as it was sent."""
    return render_template(
        "recognition/idea.html",
        seen=seen,
        note=note or NoteForm(language=language()),
        files=files or EvidenceForm(language=language()),
        move=move or move_form(seen.page.idea.stage)(language=language()),
        kind_name=kind_name,
        stage_chip=stage_chip,
        key=_key(),
    )


def _key() -> str:
    return secrets.token_hex(KEY_BYTES)
