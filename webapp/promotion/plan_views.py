"""The plan of needs, and the register of what the personnel agency watches."""

from typing import Any

from flask import Blueprint, render_template, url_for

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.people.city import City
from processes.people.queries.names import names_of
from processes.promotion.posts.mapping import MappedPost, read_map
from processes.promotion.posts.plan import YEARS_OF_A_PLAN
from processes.promotion.posts.planning import NeedsPage, read_needs
from processes.promotion.posts.register import Register, read_register
from webapp.current import ask, current_alur
from webapp.promotion.post_reading import seen_units
from webapp.promotion.post_views import WORDS, is_for_whole_city, number
from webapp.promotion.post_words import TOPICS, heat_words
from webapp.texts import gettext as _
from webapp.wiring import Alur


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/jabatan/rencana")(show_plan)
    blueprint.get("/jabatan/pemantauan")(show_register)


def show_plan() -> str:
    """Show the plan of five years, the need by field and the indicators of areas."""
    page, city = ask(read_plan, current_alur(), number("rencana"))
    first = page.made_in or current_alur().now_in(city.info.code).year
    years = [str(year) for year in range(first, first + YEARS_OF_A_PLAN)]
    shown: dict[str, Any] = {
        "page": page,
        "city_rules": city,
        "topics": TOPICS,
        "heat_words": heat_words,
        "columns": [_("Rumpun"), *years],
        "competence_columns": [_("Bidang"), *years],
        "revisions": [
            (str(year), url_for("promotion.show_plan", rencana=year), year == page.made_in, None)
            for year in page.revisions
        ],
    }
    return render_template("promotion/plan.html", **shown, may_plan=True, **WORDS)


def show_register() -> str:
    """Show who retires soon, who leads how many, and which posts and appraisers are missing."""
    register, vacant, names = ask(read_watched, current_alur())
    units = {unit.id: unit for unit in ask(seen_units)}
    shown = {"register": register, "vacant": vacant, "names": names, "units": units, "may_plan": is_for_whole_city()}
    return render_template("promotion/register.html", **shown, **WORDS)


def read_plan(read: Any, actor: Actor, alur: Alur, made_in: int | None) -> tuple[NeedsPage, City]:
    """Return the plan of needs for whoever sees the posts of the whole city.

    :raise NotFound: it is not for this reader.
    """
    alur.engine.policy.require(actor, "needs:view", TenantSubject(actor.tenant), read)
    city, day = alur.directory.city(actor.tenant), alur.now_in(actor.tenant).date()
    return read_needs(read, actor.tenant, day, city=city, made_in=made_in), city


def read_watched(read: Any, actor: Actor, alur: Alur) -> tuple[Register, tuple[MappedPost, ...], dict[int, str]]:
    """Return the register of the reader's units, their vacant or acted posts, and the names of stand-ins.

    :raise NotFound: the reader sees the posts of no unit.
    """
    units, day = seen_units(read, actor), alur.now_in(actor.tenant).date()
    city = alur.directory.city(actor.tenant)
    register = read_register(read, actor.tenant, day, city=city, units=units)
    posts = read_map(read, actor.tenant, day, city=city, units={unit.id for unit in units})
    watched = [item for item in posts if item.vacancy is not None or item.acting is not None]
    watched.sort(key=_longest_first)
    return register, tuple(watched), names_of(read, actor, (item.stand_in for item in register.missing))


def _longest_first(item: MappedPost) -> tuple[int, int]:
    days = max((item.vacancy.days or 0) if item.vacancy else 0, item.acting.days if item.acting else 0)
    return -days, item.post.id
