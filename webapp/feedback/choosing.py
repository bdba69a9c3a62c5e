"""Choose the colleague: those one works with every day come first, everybody else of the city by name or unit."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from engine.policy.actor import Actor
from forms import AlurForm
from processes.appraisal.colleagues import open_quarter
from processes.appraisal.queries.feedback_colleagues import ColleaguesPage, Nearby, find_colleagues, near_colleagues
from processes.people.queries import Unit, all_units
from webapp.current import ask
from webapp.feedback.addresses import today
from webapp.feedback.forms import search_form
from webapp.searches import keep_words, kept_words
from webapp.texts import gettext as _
from webapp.texts import language

SHORTEST_SEARCH = 2


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the page is made of; `found` is None as long as nobody was looked for."""

    is_open: bool
    units: tuple[Unit, ...]
    near: Nearby
    found: ColleaguesPage | None


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/umpan-balik")(choose)
    blueprint.post("/umpan-balik")(search)


def choose() -> str:
    """Show the nearest colleagues, everybody of the unit that the address names, or who was looked for by name."""
    unit_id, text = _number("unit"), kept_words()
    choosing = ask(_read, text=text, unit_id=unit_id, after=None if text else _number("setelah"))
    given = MultiDict({"cari": text, "unit": str(unit_id or "")})
    form = search_form(choosing.units)(given if text or unit_id else None, language=language())
    return _page(choosing, form, None if text else unit_id)


def search() -> Response | tuple[str, int]:
    """Lead to those whose name holds what was typed, or to a whole unit."""
    form = search_form(ask(_units))(request.form, language=language())
    text, unit = "", ""
    if form.validate():
        text, unit = str(form["cari"].data or ""), str(form["unit"].data or "")
        if 0 < len(text) < SHORTEST_SEARCH:
            form.add_error("cari", _("Tulis paling sedikit dua huruf dari namanya."))
    if form.error_summary():
        return _page(ask(_read), form, None), 422
    return redirect(url_for("feedback.choose", unit=unit or None, dicari=keep_words(text)), 303)


def _units(read: Any, actor: Actor) -> tuple[Unit, ...]:
    return all_units(read, actor.tenant)


def _read(read: Any, actor: Actor, *, text: str = "", unit_id: int | None = None, after: int | None = None) -> Choosing:
    day = today()
    is_looked_for = bool(text) or unit_id is not None
    return Choosing(
        open_quarter(read, actor.tenant) is not None,
        all_units(read, actor.tenant),
        near_colleagues(read, actor, day),
        find_colleagues(read, actor, day, text=text, unit_id=unit_id, after=after) if is_looked_for else None,
    )


def _page(choosing: Choosing, form: AlurForm, unit_id: int | None) -> str:
    return render_template("feedback/choose.html", choosing=choosing, form=form, unit_id=unit_id)


def _number(name: str) -> int | None:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None
