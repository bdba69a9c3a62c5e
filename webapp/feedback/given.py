"""What one has given this quarter: see it, correct it, take it back while no ratings were recommended with it."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.appraisal.commands.change_feedback import CorrectFeedback, FeedbackCounted, WithdrawFeedback
from processes.appraisal.commands.give_feedback import MAX_TEXT
from processes.appraisal.queries.feedback import GivenFeedback, find_given, my_given
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.errors import answer_to
from webapp.feedback.addresses import GIVEN, ONE_GIVEN, quarter_name
from webapp.feedback.forms import IMPROVE, PRAISE, FeedbackForm
from webapp.texts import gettext as _
from webapp.texts import language


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(GIVEN)(show_given)
    blueprint.get(ONE_GIVEN)(show_correction)
    blueprint.post(ONE_GIVEN)(correct)
    blueprint.get(f"{ONE_GIVEN}/tarik")(show_withdrawal)
    blueprint.post(f"{ONE_GIVEN}/tarik")(withdraw)


def show_given() -> str:
    """Show what the reader has given, newest first."""
    return render_template("feedback/given.html", rows=ask(my_given), quarter_name=quarter_name)


def show_correction(feedback_id: int) -> Response | str:
    """Show the form with the words as they are."""
    given = ask(_read_own, feedback_id)
    if not given.is_changeable:
        return _tell_counted(FeedbackCounted())
    known = {"tone": PRAISE if given.is_positive else IMPROVE, "text": given.text}
    return _correction_page(given, FeedbackForm(language=language(), data=known))


def correct(feedback_id: int) -> Response | tuple[str, int]:
    """Put the new words in the place of the old ones."""
    given, form = ask(_read_own, feedback_id), FeedbackForm(request.form, language=language())
    if not form.validate():
        return _correction_page(given, form), 422
    try:
        run_command(CorrectFeedback(feedback_id, form.is_positive, form.words))
    except FeedbackCounted as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _correction_page(given, form), 409
    flash(_("Umpan balik Anda sudah diperbaiki."), "success")
    return redirect(url_for("feedback.show_given"), 303)


def show_withdrawal(feedback_id: int) -> Response | str:
    """Ask whether it shall really be taken back."""
    given = ask(_read_own, feedback_id)
    if not given.is_changeable:
        return _tell_counted(FeedbackCounted())
    return _page("feedback/withdraw.html", given)


def withdraw(feedback_id: int) -> Response:
    """Take it back."""
    try:
        run_command(WithdrawFeedback(feedback_id))
    except FeedbackCounted as error:
        return _tell_counted(error)
    flash(_("Umpan balik Anda sudah ditarik dan tidak ikut dihitung."), "success")
    return redirect(url_for("feedback.show_given"), 303)


def _read_own(read: Any, actor: Actor, feedback_id: int) -> GivenFeedback:
    """Return feedback that the reader may change.

    :raise NotFound: there is none of that id, or somebody else gave it.
    """
    given = find_given(read, actor.tenant, feedback_id)
    if given is None:
        raise NotFound()
    current_alur().engine.policy.require(actor, "feedback:change", given, read)
    return given


def _tell_counted(error: FeedbackCounted) -> Response:
    for line in answer_to(error).lines:
        flash(line, "warning")
    return redirect(url_for("feedback.show_given"), 303)


def _correction_page(given: GivenFeedback, form: FeedbackForm) -> str:
    return _page("feedback/correct.html", given, form=form, longest=MAX_TEXT)


def _page(template: str, given: GivenFeedback, **more: Any) -> str:
    return render_template(
        template, given=given, counts_for=quarter_name(given.quarter), key=secrets.token_hex(KEY_BYTES), **more
    )
