"""Give a colleague feedback: write it, look at it once more, send it."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Invalid
from engine.policy.actor import Actor
from processes.appraisal.colleagues import MOST_PER_COLLEAGUE, Quarter, counted_quarter, given_so_far
from processes.appraisal.commands.give_feedback import MAX_TEXT, GiveFeedback
from processes.appraisal.queries.feedback_colleagues import Colleague, find_colleague
from webapp.current import KEY_BYTES, ask, run_command
from webapp.feedback.addresses import PERSON, quarter_name, today
from webapp.feedback.forms import FeedbackForm
from webapp.texts import gettext as _
from webapp.texts import language, text_for


@dataclass(frozen=True, slots=True)
class About:
    """The colleague, the quarter that new feedback counts for (None: none is open), whether the limit is reached."""

    colleague: Colleague
    quarter: Quarter | None
    is_enough: bool

    @property
    def counts_for(self) -> str:
        """The name of the quarter."""
        return quarter_name(self.quarter) if self.quarter is not None else ""

    @property
    def obstacle(self) -> str:
        """Why nothing can be sent now, as a code of the texts; empty if it can."""
        if self.quarter is None:
            return "feedback.no_quarter"
        return "feedback.enough" if self.is_enough else ""


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(PERSON)(show_form)
    blueprint.post(PERSON)(give)


def show_form(person: int) -> str:
    """Show the form, or why nothing can be sent now."""
    return _form_page(ask(_read, person), FeedbackForm(language=language()))


def give(person: int) -> Response | str | tuple[str, int]:
    """Show once more what will be sent, then send it; whatever is wrong, the words stay on the page."""
    about, form = ask(_read, person), FeedbackForm(request.form, language=language())
    if not form.validate():
        return _form_page(about, form), 422
    if "_ubah" in request.form:
        return _form_page(about, form)
    if "confirmed" not in request.form:
        return _page("feedback/sure.html", about, form)
    try:
        run_command(GiveFeedback(person, form.is_positive, form.words))
    except Invalid as error:
        form.add_error(None, text_for(error.code, error.params, language()))
        return _form_page(about, form), 422
    flash(_("Terima kasih. Umpan balik Anda sudah terkirim dan ikut dihitung dalam evaluasi."), "success")
    return redirect(url_for("feedback.show_given"), 303)


def _read(read: Any, actor: Actor, person: int) -> About:
    """Return the colleague as the page shows him.

    :raise NotFound: nobody of that key works in the city, or it is the reader.
    """
    colleague = find_colleague(read, actor, today(), person)
    quarter = counted_quarter(read, actor.tenant, person)
    if quarter is None:
        return About(colleague, None, False)
    given = given_so_far(read, actor.tenant, actor.person or 0, person, quarter)
    return About(colleague, quarter, given >= MOST_PER_COLLEAGUE)


def _form_page(about: About, form: FeedbackForm) -> str:
    obstacle = text_for(about.obstacle, {}, language()) if about.obstacle else ""
    return _page("feedback/give.html", about, form, obstacle=obstacle, longest=MAX_TEXT)


def _page(template: str, about: About, form: FeedbackForm, **more: Any) -> str:
    return render_template(template, about=about, form=form, key=secrets.token_hex(KEY_BYTES), **more)
