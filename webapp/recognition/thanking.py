"""Thank a colleague, and read what people show of their thanks."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import Invalid, NotFound
from engine.policy.actor import Actor
from processes.recognition.commands.thank import LONGEST, Thank
from processes.recognition.queries.colleagues import Colleague, find_colleague
from processes.recognition.queries.thanks import Thanks, team_wall, wall_of
from webapp.current import KEY_BYTES, ask, run_command
from webapp.recognition.addresses import HOME, PERSON, THANK, may, today
from webapp.recognition.choosing import Choice, offered, searched
from webapp.recognition.forms import ThanksForm
from webapp.texts import gettext as _
from webapp.texts import language, text_for


@dataclass(frozen=True, slots=True)
class Walls:
    """What the reader's unit shows, and whom the reader appraises."""

    unit: tuple[Thanks, ...]
    team: tuple[Thanks, ...]
    reviews: bool


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(HOME)(show_wall)
    blueprint.get(THANK)(choose_colleague)
    blueprint.post(THANK)(search_colleague)
    blueprint.get(f"{THANK}/{PERSON}")(show_thanks_form)
    blueprint.post(f"{THANK}/{PERSON}")(thank)


def show_wall() -> str:
    """Show what people of the reader's unit, and those whom he appraises, show of their thanks."""
    return render_template("recognition/wall.html", walls=ask(_read_walls))


def choose_colleague() -> str:
    """Show whom the reader may thank."""
    return _choosing(offered())


def search_colleague() -> Response | tuple[str, int]:
    """Lead to those whose name has what was typed."""
    found = searched("recognition.choose_colleague")
    return (_choosing(found), 422) if isinstance(found, Choice) else found


def show_thanks_form(person: int) -> str:
    """Show the form for one colleague."""
    return _form_page(ask(_read_colleague, person), ThanksForm(language=language()))


def thank(person: int) -> Response | tuple[str, int]:
    """Thank the colleague; whatever is wrong, the words stay on the page."""
    colleague, form = ask(_read_colleague, person), ThanksForm(request.form, language=language())
    if not form.validate():
        return _form_page(colleague, form), 422
    try:
        run_command(Thank(person, str(form["text"].data)))
    except Invalid as error:
        form.add_error(None, text_for(error.code, error.params, language()))
        return _form_page(colleague, form), 422
    flash(_("Ucapan Anda sudah terkirim. Rekan Anda memilih apakah unitnya ikut membaca."), "success")
    return redirect(url_for("recognition.show_own"), 303)


def _read_walls(read: Any, actor: Actor) -> Walls:
    reviews = may(read, actor, "program:open", TenantSubject(actor.tenant))
    return Walls(wall_of(read, actor), team_wall(read, actor), reviews)


def _read_colleague(read: Any, actor: Actor, person: int) -> Colleague:
    """Return the colleague whom the reader thanks.

    :raise NotFound: nobody of that id works in the city, or it is the reader.
    """
    if person == actor.person:
        raise NotFound()
    return find_colleague(read, actor.tenant, today(), person)


def _choosing(choice: Choice) -> str:
    return render_template("recognition/choose_thanks.html", choice=choice)


def _form_page(colleague: Colleague, form: ThanksForm) -> str:
    key = secrets.token_hex(KEY_BYTES)
    return render_template("recognition/thank.html", colleague=colleague, form=form, key=key, longest=LONGEST)
