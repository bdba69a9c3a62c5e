"""What every page gets besides its own: city, person, menu, addresses, language, theme, functions."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Flask, g, get_flashed_messages, request, url_for
from flask_wtf.csrf import generate_csrf

from processes.people.guests import is_guest
from webapp.assets import asset, colour_sheet
from webapp.current import CityFacts, SignedIn, city_code, current_alur, signed_in
from webapp.navigation import NavItem, account_entries, nav_entries
from webapp.texts import gettext, language, ngettext, show_day, show_instant, show_number
from webapp.way_back import page_of_form

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "alur_theme"
#: On a desk of 960 px, up to so many entries, and a city's name of so many letters, share a row.
MOST_BESIDE_BRAND = 4
LONGEST_BESIDE_MENU = 24
#: Stands in for the city on the few pages that belong to none.
NO_CITY = CityFacts("", "Alur", "", "Asia/Jakarta", "WIB", "alur")


def give_context(app: Flask, items: Sequence[NavItem]) -> None:
    """Let every template of the application know what `templates/layout/base.html` asks for."""

    @app.context_processor
    def context() -> dict[str, Any]:
        person = signed_in()
        is_inside = person is not None and not person.must_choose
        city = g.get("city") or NO_CITY
        nav = nav_entries(items, person.actor) if person is not None and is_inside else []
        return {
            "city": city,
            "me": person,
            "nav": nav,
            "has_nav_row": has_nav_row(city, len(nav)),
            "account": account_entries(items, person.actor) if person is not None and is_inside else [],
            "urls": addresses(),
            "language": language(),
            "theme": theme(),
            "csp_nonce": g.get("csp_nonce", ""),
            "version": alur_version(),
            "session_seconds": session_seconds(person),
            "form_page": page_of_form() if request.method == "POST" else None,
            "messages": get_flashed_messages(with_categories=True),
        }

    functions: dict[str, Any] = {
        "_": gettext,
        "ngettext": ngettext,
        "asset": asset,
        "colour_sheet": colour_sheet,
        "csrf_token": generate_csrf,
        "show_day": show_day,
        "show_instant": _show_instant,
        "show_number": show_number,
    }
    app.jinja_env.globals.update(functions)


def has_nav_row(city: CityFacts, entries: int) -> bool:
    """Say whether the menu needs a row of its own: it would not fit beside the city's and the reader's name."""
    return entries > MOST_BESIDE_BRAND or len(city.name) > LONGEST_BESIDE_MENU


def addresses() -> dict[str, str]:
    """Return where the links and forms of the frame go."""
    has_city, person = city_code() is not None, signed_in()
    door = "auth.show_guest_sign_in" if person is not None and is_guest(person.actor) else "auth.show_sign_in"
    return {
        "home": url_for("home.show"),
        "language": url_for("preferences.choose_language"),
        "theme": url_for("preferences.choose_theme"),
        "help": url_for("home.show_help"),
        "sign_out": url_for("auth.sign_out") if has_city else "",
        "ping": url_for("auth.stay") if has_city else "",
        "expired": url_for(door, habis=1) if has_city else "",
    }


def theme() -> str:
    """Return the theme the reader chose; `auto` follows his computer."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "auto"


def session_seconds(person: SignedIn | None) -> int:
    """Return after how many quiet seconds the session ends; 0 before the sign-in."""
    return int(current_alur().settings.idle.total_seconds()) if person is not None else 0


@cache
def alur_version() -> str:
    """Return Alur's version."""
    return version("alur")


def _show_instant(instant: Any) -> str:
    city: CityFacts = g.get("city") or NO_CITY
    zone = current_alur().zone(city.code) if city.code else None
    return "" if instant is None or zone is None else show_instant(instant, zone, label=city.zone_label)
