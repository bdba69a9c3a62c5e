"""Forms about posts: what the map is filtered by, and the workload analysis of a post."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from forms import AlurForm, ChoiceField, Option, Text
from processes.people.queries import Unit
from processes.promotion.posts.holding import Post
from webapp.promotion.post_reading import tree_order
from webapp.promotion.post_words import LEVELS, STATES
from webapp.texts import english

#: Stands before a unit's name in a list, once for each unit above it.
_INDENT = "– "


class AllOrOneField(ChoiceField):
    """A list whose first entry means "all"."""

    has_placeholder = False


def map_form(units: Iterable[Unit]) -> "partial[AlurForm]":
    """Return the form by which the posts of the map are filtered."""
    fields: dict[str, Any] = {
        "unit": unit_field(units),
        "keadaan": AllOrOneField(
            Text("Keadaan", "State"),
            options=[
                Option("", Text("Semua keadaan", "All states")),
                *(Option(state.value, _both(words)) for state, words in STATES.items()),
            ],
        ),
        "jenjang": AllOrOneField(
            Text("Jenjang", "Level"),
            options=[
                Option("", Text("Semua jenjang", "All levels")),
                *(Option(level.value, _both(words)) for level, words in LEVELS.items()),
            ],
        ),
    }
    return partial(type("MapForm", (AlurForm,), fields))


def unit_form(units: Iterable[Unit]) -> "partial[AlurForm]":
    """Return the form by which people are filtered by unit."""
    return partial(type("UnitForm", (AlurForm,), {"unit": unit_field(units)}))


def aim_form(posts: Iterable[Post]) -> "partial[AlurForm]":
    """Return the form by which a post is chosen that somebody aims at."""
    options = [Option("", Text("Jangan bandingkan", "Do not compare"))]
    for post in posts:
        words = f"{post.name} ({post.job_class})" if post.job_class is not None else post.name
        options.append(Option(str(post.id), Text(words, words)))
    field = AllOrOneField(Text("Bandingkan dengan jabatan", "Compare with a post"), options=options)
    return partial(type("AimForm", (AlurForm,), {"jabatan": field}))


def unit_field(units: Iterable[Unit]) -> AllOrOneField:
    """Return the list of units, each below the one it belongs to."""
    options = [Option("", Text("Semua unit", "All units"))]
    for depth, unit in tree_order(units):
        name = f"{_INDENT * depth}{unit.name}"
        options.append(Option(str(unit.id), Text(name, name)))
    return AllOrOneField(Text("Unit", "Unit"), options=options)


def _both(msgid: str) -> Text:
    return Text(msgid, english().get(msgid, (msgid,))[0])
