"""Reads the position map: the unit that is shown, its posts, the units below it, and what they add up to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.city import PositionLevel
from processes.people.queries import Unit
from processes.promotion.posts.mapping import MappedPost, Totals, by_unit, read_map, total_of
from processes.promotion.posts.visible import units_with_posts
from webapp.wiring import Alur

PAGE: Final = 50


class PostState(StrEnum):
    """By what the posts of the map can be filtered; the words are those of the address."""

    VACANT = "kosong"
    ACTING = "penjabat"
    MISSING = "kurang"
    SURPLUS = "lebih"
    NO_STANDARD = "tanpa-skj"
    NO_ANALYSIS = "tanpa-analisis"


_HAS_STATE: Final[Mapping[PostState, Callable[[MappedPost], bool]]] = {
    PostState.VACANT: lambda item: item.vacancy is not None,
    PostState.ACTING: lambda item: item.acting is not None,
    PostState.MISSING: lambda item: (item.gap or 0) > 0,
    PostState.SURPLUS: lambda item: (item.gap or 0) < 0,
    PostState.NO_STANDARD: lambda item: item.asks == 0,
    PostState.NO_ANALYSIS: lambda item: item.need is None,
}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit below the one that is shown, with what it and everything below it adds up to."""

    unit: Unit
    totals: Totals


@dataclass(frozen=True, slots=True)
class MapPage:
    """What the page of the map shows.

    :param path: from the uppermost unit that the reader sees to the one that is shown; empty while none is.
    :param posts: of one page: of the unit itself, or of everything below it where posts are filtered.
    :param found: how many there are on all pages.
    """

    path: tuple[Unit, ...]
    below: tuple[UnitLine, ...]
    totals: Totals
    posts: tuple[MappedPost, ...]
    units: Mapping[int, Unit]
    found: int
    page: int
    pages: int

    @property
    def unit(self) -> Unit | None:
        """The unit that is shown."""
        return self.path[-1] if self.path else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked for: a unit, and of which state and level the posts are to be."""

    unit_id: int | None = None
    state: PostState | None = None
    level: PositionLevel | None = None
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Whether only some posts are wanted: then those of the units below are shown as well."""
        return self.state is not None or self.level is not None


def seen_units(read: Any, actor: Actor) -> tuple[Unit, ...]:
    """Return the units whose posts the reader sees, by code.

    :raise NotFound: there are none.
    """
    units = units_with_posts(read, actor)
    if not units:
        raise NotFound()
    return units


def read_map_page(read: Any, actor: Actor, alur: Alur, asked: Asked) -> MapPage:
    """Return the part of the map that the reader asked for.

    :raise NotFound: there is nothing for this reader, or no such unit.
    """
    units = {unit.id: unit for unit in seen_units(read, actor)}
    day, city = alur.now_in(actor.tenant).date(), alur.directory.city(actor.tenant)
    shown = _shown_unit(units, asked.unit_id)
    inside = units.keys() if shown is None else all_below(units, shown)
    posts = read_map(read, actor.tenant, day, city=city, units=inside)
    chosen = _chosen(posts, asked, shown)
    pages = max(1, -(-len(chosen) // PAGE))
    page = min(max(asked.page, 1), pages)
    return MapPage(
        path_to(units, shown),
        _lines(units, shown, posts),
        total_of(posts),
        tuple(chosen[(page - 1) * PAGE : page * PAGE]),
        units,
        len(chosen),
        page,
        pages,
    )


def all_below(units: Mapping[int, Unit], top: int) -> frozenset[int]:
    """Return a unit with every unit below it."""
    children: dict[int | None, list[int]] = {}
    for unit in units.values():
        children.setdefault(unit.parent_id, []).append(unit.id)
    found: set[int] = set()
    waiting = [top]
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting += children.get(unit_id, [])
    return frozenset(found)


def path_to(units: Mapping[int, Unit], shown: int | None) -> tuple[Unit, ...]:
    """Return the units from the uppermost one that is known down to one; empty for none."""
    path: list[Unit] = []
    unit = units.get(shown) if shown is not None else None
    while unit is not None and unit not in path:
        path.insert(0, unit)
        unit = units.get(unit.parent_id) if unit.parent_id is not None else None
    return tuple(path)


def tree_order(units: Iterable[Unit]) -> tuple[tuple[int, Unit], ...]:
    """Return units with their depth, each one above those that belong to it, for a list to choose from."""
    known = {unit.id: unit for unit in units}
    children: dict[int | None, list[Unit]] = {}
    for unit in known.values():
        children.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    ordered: list[tuple[int, Unit]] = []
    waiting = [(0, unit) for unit in reversed(children.get(None, []))]
    while waiting:
        depth, unit = waiting.pop()
        ordered.append((depth, unit))
        waiting += [(depth + 1, child) for child in reversed(children.get(unit.id, []))]
    return tuple(ordered)


def _shown_unit(units: Mapping[int, Unit], asked: int | None) -> int | None:
    """Return the unit to show: the asked one; unasked the only one at the top, if there is only one."""
    if asked is not None:
        if asked not in units:
            raise NotFound()
        return asked
    tops = [unit.id for unit in units.values() if unit.parent_id not in units]
    return tops[0] if len(tops) == 1 else None


def _chosen(posts: Sequence[MappedPost], asked: Asked, shown: int | None) -> list[MappedPost]:
    if not asked.is_filtered:
        return [item for item in posts if item.post.unit_id == shown]
    has_state = _HAS_STATE[asked.state] if asked.state is not None else _any
    return [item for item in posts if asked.level in (None, item.post.level) and has_state(item)]


def _any(_item: MappedPost) -> bool:
    return True


def _lines(units: Mapping[int, Unit], shown: int | None, posts: Sequence[MappedPost]) -> tuple[UnitLine, ...]:
    own = by_unit(posts)
    children = [
        unit
        for unit in units.values()
        if (unit.parent_id == shown if shown is not None else unit.parent_id not in units)
    ]
    return tuple(UnitLine(unit, total_of(_posts_below(units, unit.id, own))) for unit in children)


def _posts_below(units: Mapping[int, Unit], top: int, own: Mapping[int, Sequence[MappedPost]]) -> list[MappedPost]:
    return [item for unit_id in all_below(units, top) for item in own.get(unit_id, ())]
