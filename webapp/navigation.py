"""What the menu offers to whom; each part names its own entries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import current_app, request, url_for

from engine.policy.actor import Actor
from processes.people.guests import is_guest
from webapp.access import is_for_guests
from webapp.texts import gettext


def everybody(_actor: Actor) -> bool:
    """Show an entry to every signed-in person."""
    return True


@dataclass(frozen=True, slots=True)
class Counted:
    """A number beside an entry.

    :param shown: the number as it is seen.
    :param said: the number with what it counts, for whoever hears the page.
    """

    shown: str
    said: str


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the menu.

    :param label: Indonesian text, marked with `lazy` where it is written.
    :param shown: who sees it; it hides, the rule table guards.
    :param count: a number beside the label; None for none. Called for each page, so it must cost nothing much.
    :param in_account: stands in the person's own menu instead of the main one.
    :param group: the label of the group below which it stands in the main menu, marked with `lazy`; alone there, it
        stands by itself. A group has the place of its first entry.
    """

    label: str
    endpoint: str
    order: int
    shown: Callable[[Actor], bool] = everybody
    count: Callable[[], Counted | None] | None = None
    in_account: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A link of the main menu as a page shows it, or a group of links, whose address is empty."""

    label: str
    url: str
    is_current: bool
    count: Counted | None = None
    inside: tuple["NavEntry", ...] = ()


def nav_entries(items: Iterable[NavItem], actor: Actor) -> list[NavEntry]:
    """Return the main menu of a person."""
    visible = visible_items((item for item in items if not item.in_account), actor)
    addresses = [url_for(item.endpoint) for item in visible]
    here = _entry_above(f"{request.script_root}{request.path}", addresses)
    groups: dict[str, list[NavEntry]] = {}
    for item, address in zip(visible, addresses, strict=True):
        entry = NavEntry(gettext(item.label), address, address == here, _counted(item))
        groups.setdefault(item.group or f"/{item.endpoint}", []).append(entry)
    return [_entry(group, entries) for group, entries in groups.items()]


def _entry(group: str, entries: list[NavEntry]) -> NavEntry:
    """Return the only entry of a group, or the group."""
    if len(entries) == 1:
        return entries[0]
    return NavEntry(gettext(group), "", any(entry.is_current for entry in entries), inside=tuple(entries))


def _entry_above(path: str, addresses: Iterable[str]) -> str | None:
    """Return the entry that this page stands below: the longest address that its own begins with."""
    above = [address for address in addresses if f"{path}/".startswith(f"{address}/")]
    return max(above, key=len, default=None)


def account_entries(items: Iterable[NavItem], actor: Actor) -> list[tuple[str, str, Counted | None]]:
    """Return the person's own menu: label, address, number."""
    mine = visible_items((item for item in items if item.in_account), actor)
    return [(gettext(item.label), url_for(item.endpoint), _counted(item)) for item in mine]


def _counted(item: NavItem) -> Counted | None:
    return item.count() if item.count is not None else None


def visible_items(items: Iterable[NavItem], actor: Actor) -> list[NavItem]:
    """Return what the menu offers to a person, in its order; to a guest only what answers guests."""
    mine = (item for item in items if item.shown(actor) and (not is_guest(actor) or _answers_guests(item)))
    return sorted(mine, key=lambda item: item.order)


def _answers_guests(item: NavItem) -> bool:
    return is_for_guests(current_app.view_functions[item.endpoint])
