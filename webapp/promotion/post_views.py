"""The position map and the page of one post."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template, request, url_for

from engine.policy.actor import Actor
from processes.people.city import PositionLevel
from processes.people.records import Role
from processes.promotion.posts.visible import sees_whole_city
from webapp.current import ask, current_actor, current_alur
from webapp.promotion.board_reading import read_opening
from webapp.promotion.post_detail import explain_need, read_post_page, tell_history
from webapp.promotion.post_forms import map_form
from webapp.promotion.post_reading import Asked, MapPage, PostState, read_map_page, seen_units
from webapp.promotion.post_words import (
    acting_words,
    family_name,
    field_words,
    gap_words,
    level_name,
    vacancy_words,
)
from webapp.texts import language

POST = "/jabatan/<int(max=9223372036854775807):post>"
#: What the templates about posts say things with.
WORDS: dict[str, Any] = {
    "family_name": family_name,
    "field_words": field_words,
    "level_name": level_name,
    "words": {"acting": acting_words, "gap": gap_words, "vacancy": vacancy_words},
}


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/jabatan")(show_posts)
    blueprint.get(POST)(show_post)


def looks_after_posts(actor: Actor) -> bool:
    """Show the posts in the menu of those who keep them, audit them or decide about them."""
    return sees_whole_city(actor) or actor.holds(Role.UNIT_HR_OFFICER)


def show_posts() -> str:
    """Show the posts of a unit and the units below it, or those of some state everywhere below it."""
    asked = Asked(
        number("unit"), _chosen(PostState, "keadaan"), _chosen(PositionLevel, "jenjang"), number("halaman") or 1
    )
    page = ask(read_map_page, current_alur(), asked)
    form = map_form(ask(seen_units))(_given(asked, page), language=language())
    shown = {"page": page, "asked": asked, "form": form, "page_url": _page_url(asked), "trail": _trail(page)}
    return render_template("promotion/posts.html", **shown, may_plan=is_for_whole_city(), **WORDS)


def show_post(post: int) -> str:
    """Show one post: its class, standard, need, holders, and who comes closest to it."""
    page = ask(read_post_page, current_alur(), post)
    shown = {"page": page, "tree": explain_need(page.detail), "history": tell_history(page.detail)}
    opening = ask(read_opening, current_alur(), post)
    return render_template("promotion/post.html", **shown, opening=opening, **WORDS)


def number(name: str) -> int | None:
    """Return a whole number of the address; None where there is none."""
    given = request.values.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 18 else None


def is_for_whole_city() -> bool:
    """Say whether the pages about the whole city are offered to the reader."""
    return sees_whole_city(current_actor())


def _chosen(values: Any, name: str) -> Any:
    given = request.args.get(name, "")
    return next((value for value in values if value.value == given), None)


def _given(asked: Asked, page: MapPage) -> dict[str, str]:
    return {
        "unit": str(page.unit.id) if page.unit is not None else "",
        "keadaan": asked.state.value if asked.state is not None else "",
        "jenjang": asked.level.value if asked.level is not None else "",
    }


def _trail(page: MapPage) -> list[tuple[str, str | None]]:
    """Return the way to the unit that is shown, from the uppermost one that the reader sees."""
    above = [(unit.name, url_for("promotion.show_posts", unit=unit.id)) for unit in page.path[:-1]]
    return [*above, *((unit.name, None) for unit in page.path[-1:])]


def _page_url(asked: Asked) -> Callable[[int], str]:
    kept: dict[str, Any] = {"unit": asked.unit_id, "keadaan": asked.state, "jenjang": asked.level}
    return lambda page: url_for("promotion.show_posts", **kept, halaman=page)
