"""Makes the Flask application of an installation."""

import importlib
from collections.abc import Iterable
from importlib.util import find_spec
from types import ModuleType
from typing import cast

from flask import Flask, current_app, g, request
from jinja2 import StrictUndefined

from webapp import assets, home, preferences
from webapp.auth.gate import guard
from webapp.auth.models import start_flask_security
from webapp.cities import CityMiddleware, ServedCities
from webapp.current import city_code, current_alur
from webapp.errors import answer_errors
from webapp.navigation import NavItem
from webapp.page import give_context
from webapp.security import protect
from webapp.texts.speaking import COOKIE as LANGUAGE_COOKIE
from webapp.wiring import Alur

#: Parts of the application: each is a package with `views.blueprint`, and `views.NAVIGATION` if it is in the menu.
PARTS = (
    "auth",
    "admin",
    "inbox",
    "cases",
    "appraisal",
    "feedback",
    "promotion",
    "training",
    "incentive",
    "recognition",
    "people",
    "operations",
    "reports",
    "studio",
    "portal",
    "api",
)

#: What looks the same and does the same in all cities, also for the page that says that one is shut.
OF_EVERY_CITY = frozenset({"assets", "preferences"})


def create_app(alur: Alur, parts: Iterable[str] = PARTS) -> Flask:
    """Return the application.

    :param parts: names of the packages below `webapp` to mount; one that is not there is left out.
    """
    app = Flask("webapp", static_folder=None)
    # A name that a template got wrong is an error, not an empty place: links have been dead that way.
    app.jinja_env.undefined = StrictUndefined
    app.extensions["alur"] = alur
    cities = app.extensions["cities"] = ServedCities(alur)
    app.before_request(_find_city)
    protect(app, alur)
    guard(app)
    start_flask_security(app, alur)
    _mount(app, parts)
    answer_errors(app)
    app.wsgi_app = CityMiddleware(app.wsgi_app, cities, dict(alur.settings.hosts))  # type: ignore[method-assign]
    return app


def _find_city() -> None:
    """Read what the city says about itself; without one, only the pages that need none answer.

    :raise CityUnavailable: its plugin is gone or broken; the page that says so needs nothing of the city.
    :raise TenantClosed: it has moved away, perhaps with its plugin; the same page.
    """
    g.language = "en" if request.cookies.get(LANGUAGE_COOKIE) == "en" else "id"
    cities = cast("ServedCities", current_app.extensions["cities"])
    code = city_code()
    g.city = None
    if code is not None and request.blueprint not in OF_EVERY_CITY:
        if cities.is_away(code):
            current_alur().require_open(code)
        g.city = cities.facts(code, g.language)


def _mount(app: Flask, parts: Iterable[str]) -> None:
    modules: list[ModuleType] = [home, preferences, assets]
    names = [f"webapp.{part}.views" for part in parts]
    modules += [importlib.import_module(name) for name in names if _exists(name)]
    items: list[NavItem] = []
    for module in modules:
        app.register_blueprint(module.blueprint)
        items += getattr(module, "NAVIGATION", ())
    app.extensions["navigation"] = items
    give_context(app, items)


def _exists(name: str) -> bool:
    package = name.rpartition(".")[0]
    return find_spec(package) is not None and find_spec(name) is not None
