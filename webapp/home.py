"""The way in: the list of cities, and in a city the first page of the person's menu."""

from functools import cache

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.records.refusals import outage_of
from webapp.access import without_city
from webapp.cities import ServedCities
from webapp.current import city_code, current_alur, signed_in
from webapp.migrations import newest_step, step_of
from webapp.navigation import NavItem, visible_items
from webapp.texts import language

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@without_city
def show() -> Response | str:
    """Lead on: to the person's first page, to the sign-in, or to a city."""
    if city_code() is None:
        return _choose_city()
    person = signed_in()
    if person is None:
        return redirect(url_for("auth.show_sign_in"), 303)
    if person.must_choose:
        return redirect(url_for("auth.first_steps"), 303)
    items: list[NavItem] = current_app.extensions["navigation"]
    return redirect(url_for(visible_items(items, person.actor)[0].endpoint), 303)


@blueprint.get("/bantuan")
@without_city
def show_help() -> str:
    """Show how to sign in and whom to ask."""
    return render_template("home/help.html")


@blueprint.get("/sehat")
@without_city
def health() -> tuple[dict[str, str], int]:
    """Say that the server answers, for whoever watches it; or that the tables are those of another Alur than this."""
    try:
        found = step_of(current_alur().database)
    except Exception as error:
        if outage_of(error) is None:
            raise
        return {"status": "ok"}, 200  # it answers; that the database is away, its own watcher says
    if found == _known_step():
        return {"status": "ok"}, 200
    return {"status": "other_tables", "found": str(found), "known": str(_known_step())}, 503


@cache
def _known_step() -> str | None:
    return newest_step()


def _choose_city() -> Response | str:
    cities: ServedCities = current_app.extensions["cities"]
    root = request.environ.get("alur.root", "")
    plugins = current_alur().cities
    served = [
        (cities.facts(code, language()), f"{root}/{code}/", plugins.city(code).info.province)
        for code in cities.refresh()
    ]
    if len(served) == 1:
        return redirect(served[0][1], 303)
    return render_template("home/cities.html", cities=served)
