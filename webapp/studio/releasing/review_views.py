"""The review of a design: asked for, decided, and what waits for whom."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.ask_for_review import AskForReview
from engine.commands.review_design import ReviewDesign
from engine.designs.reviewing import ReasonNeeded
from engine.errors import EngineError
from engine.policy.actor import Actor
from engine.queries.designs import DesignLine, designs_to_look_at
from engine.records.design import DesignStatus, Verdict
from processes.people.guests import design_of
from processes.people.queries.names import names_of
from processes.people.records import Role
from webapp.access import for_guests
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, run_command
from webapp.studio.files.views import DESIGN
from webapp.studio.frame import STATUS_WORDS
from webapp.studio.naming import name_of_files
from webapp.studio.reading import current_design, read_design
from webapp.studio.refusing import REFUSALS, tell_refusal
from webapp.studio.releasing.forms import AnswerForm, InviteForm, ReviewForm, remark_form
from webapp.studio.releasing.people import reviewers
from webapp.studio.releasing.reading import ReviewPage, places_in, read_review
from webapp.texts import gettext as _
from webapp.texts import language, text_for
from webapp.wiring import Alur

REVIEW = f"{DESIGN}/tinjauan"
Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/studio/menunggu")(for_guests(show_waiting))
    blueprint.get(REVIEW)(for_guests(show_review))
    blueprint.post(REVIEW)(decide_review)
    blueprint.post(f"{REVIEW}/minta")(ask_for_review)


def show_waiting() -> Answer:
    """Show the designs on which the reader's opinion is wanted; a guest is led to the one that he was invited for."""
    only = design_of(current_actor())
    if only is not None:
        return back_to_review(only)
    lines, names, people = ask(_read_waiting, current_alur())
    return render_template("studio/releasing_waiting.html", lines=lines, names=names, people=people, words=STATUS_WORDS)


def show_review(design_id: int) -> str:
    """Show what differs, what the check and the scenarios say, what colleagues say, and how far the review is."""
    return review_page(design_id)


def review_page(design_id: int, *, unsaved: str = "", **forms: Any) -> str:
    """Return the page of a review.

    :param unsaved: what was typed on another page, and is not kept.
    :param forms: those in which something is wrong: `review`, `remark`, `invite`, or `answer` with `answered`.
    """
    page: ReviewPage = ask(read_review, current_alur(), design_id)
    answered = forms.get("answered")
    answers = {
        thread.remark.id: forms["answer"] if thread.remark.id == answered else answer_form(thread.remark.id)
        for thread in page.threads
    }
    return render_template(
        "studio/releasing_review.html",
        design=page.design,
        page=page,
        form=next((form for name, form in forms.items() if name != "answered"), None),
        review=forms.get("review") or ReviewForm(language=language()),
        remark=forms.get("remark") or remark_form(places_in(page.design, current_actor())),
        invite=forms.get("invite") or InviteForm(language=language()),
        answers=answers,
        unsaved=unsaved or _left_over(page, forms),
        key=secrets.token_hex(KEY_BYTES),
        language=language(),
    )


def refused_page(design_id: int, refused: EngineError, **forms: Any) -> tuple[str, int]:
    """Return the page of a review with the reason why nothing was done, and with what was typed."""
    status = tell_refusal(refused)
    return review_page(design_id, **forms), status


def answer_form(remark_id: int, sent: Any = None) -> AnswerForm:
    """Return the form in which a remark is answered; the page has one for each."""
    return AnswerForm(sent, language=language(), prefix=f"r{remark_id}")


def ask_for_review(design_id: int) -> Answer:
    """Ask a second person to look at the design as it is."""
    design = current_design(design_id)
    tell = ask(reviewers, current_alur(), design)
    try:
        run_command(AskForReview(design_id, current_alur().catalogue, tell))
    except REFUSALS as refused:
        return refused_page(design_id, refused)
    flash(_("Tinjauan diminta. Orang kedua sudah diberi tahu."), "success")
    return back_to_review(design_id)


def decide_review(design_id: int) -> Answer:
    """Approve the design or give it back."""
    form = ReviewForm(request.form, language=language())
    if not form.validate():
        return review_page(design_id, review=form), 422
    data = form.typed_data()
    verdict = Verdict(str(data["verdict"]))
    try:
        run_command(ReviewDesign(design_id, verdict, request.form.get("digest", ""), str(data["reason"] or "")))
    except ReasonNeeded as error:
        form.add_error("reason", text_for(error.code, error.params, language()))
        return review_page(design_id, review=form), 422
    except REFUSALS as refused:
        return refused_page(design_id, refused, review=form)
    is_approved = verdict is Verdict.APPROVED
    flash(_("Rancangan disetujui.") if is_approved else _("Rancangan dikembalikan beserta alasannya."), "success")
    return back_to_review(design_id)


def back_to_review(design_id: int) -> Response:
    """Return the way to the page of a review."""
    return redirect(url_for("studio.show_review", design_id=design_id), 303)


def _left_over(page: ReviewPage, forms: Mapping[str, Any]) -> str:
    """Return what was typed into a form that the page has no place for any more."""
    places = {
        "review": ("reason", page.may_review and page.design.status is DesignStatus.ASKED),
        "remark": ("text", page.may_remark),
        "answer": ("text", page.may_remark),
        "invite": ("nip", page.may_change),
    }
    typed = (forms[name][field].display for name, (field, is_shown) in places.items() if name in forms and not is_shown)
    return next(typed, "")


def _read_waiting(read: Any, actor: Actor, alur: Alur) -> tuple[tuple[DesignLine, ...], dict[int, str], dict[int, str]]:
    """Return the designs that wait for the actor, their names, and the names of those who work on them."""
    is_reviewer = actor.holds(Role.PROCESS_OWNER) or actor.holds(Role.CITY_ADMIN)
    lines = designs_to_look_at(read, actor, is_reviewer=is_reviewer)
    designs = {line.id: read_design(read, actor, alur, line.id) for line in lines}
    names = {found.id: name_of_files(found.files, found.process) for found in designs.values()}
    return lines, names, names_of(read, actor, {line.saved_by for line in lines})
