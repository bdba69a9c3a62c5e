"""The pages that look ahead: what a design would have done with the cases of the last months."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.commands.ask_foresight import AskForesight
from forms import AlurForm
from webapp.current import ask, current_alur, is_fragment, run_command
from webapp.studio.files.views import DESIGN
from webapp.studio.foresight.asking import MONTHS, called, foresight_form, lanes_of, months_in, question_in, sections_of
from webapp.studio.foresight.page import foresight_page
from webapp.studio.foresight.reading import Ahead, Asked, read_ahead, read_asked, read_basis_again
from webapp.studio.frame import Tab
from webapp.texts import gettext as _
from webapp.texts import lazy

TAB = Tab(65, lazy("Perkiraan"), "studio.show_foresight")
FORESIGHT = f"{DESIGN}/perkiraan"
ONE = f"{FORESIGHT}/<int(max=9223372036854775807):number>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(FORESIGHT)(show_foresight)
    blueprint.post(FORESIGHT)(ask_foresight)
    blueprint.get(ONE)(show_found)


def show_foresight(design_id: int) -> str:
    """Show what is supposed and what was measured, and what was asked before."""
    ahead = ask(read_ahead, current_alur(), design_id, months_in(request.args.get("masa_bulan", "")))
    return _page(ahead, foresight_form(ahead.basis) if ahead.basis is not None and not ahead.is_too_much else None)


def ask_foresight(design_id: int) -> str | tuple[str, int] | Response:
    """Have it worked out in the background."""
    ahead = ask(read_ahead, current_alur(), design_id, months_in(request.form.get("masa_bulan", "")))
    if not ahead.may_look:
        raise NotFound
    if ahead.basis is None or ahead.is_too_much:
        return redirect(url_for("studio.show_foresight", design_id=design_id), 303)
    form = foresight_form(ahead.basis, request.form)
    if not form.validate():
        return _page(ahead, form), 422
    receipt = run_command(AskForesight(design_id, question_in(form, ahead.basis.past), form.typed_data()))
    return redirect(url_for("studio.show_found", design_id=design_id, number=receipt.subject), 303)


def show_found(design_id: int, number: int) -> str | tuple[str, int]:
    """Show what was found, or that it is still being worked out; a page that asks again is told so without words."""
    asked = ask(read_asked, current_alur(), design_id, number)
    if asked.is_awaited:
        return ("", 204) if is_fragment() else _waiting(asked)
    basis = ask(read_basis_again, current_alur(), asked, MONTHS)
    may_ask = basis is not None and not basis.past.history.is_cut
    form = foresight_form(basis, filled=asked.foresight.filled) if basis is not None and may_ask else None
    answer = asked.foresight.answer
    return render_template(
        "studio/foresight_found.html",
        design=asked.design,
        asked=asked,
        answer=answer,
        result=foresight_page(answer) if answer is not None else None,
        is_superseded=basis is not None and answer is not None and basis.past.number != answer.number,
        form=form,
        sections=sections_of(form) if form is not None else (),
    )


def _waiting(asked: Asked) -> str:
    lanes = lanes_of(asked.outline) if asked.outline is not None else {}
    question = asked.foresight.question
    pools = question.supposed.pools if question is not None else {}
    people = [(called(lanes.get(lane, {}), lane) or _("Petugas"), pool.people) for lane, pool in pools.items()]
    return render_template("studio/foresight_waiting.html", design=asked.design, asked=asked, people=people)


def _page(ahead: Ahead, form: AlurForm | None) -> str:
    return render_template(
        "studio/foresight_page.html",
        design=ahead.design,
        ahead=ahead,
        form=form,
        sections=sections_of(form) if form is not None else (),
    )
