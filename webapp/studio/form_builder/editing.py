"""What was sent from the builder, applied to the form as it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from webapp.studio.form_builder.cards import read_item
from webapp.studio.form_builder.changing import HEAD, named, obey
from webapp.studio.form_builder.items import Item, Plain, is_heading, items_of, with_items
from webapp.studio.form_builder.pages import fields_of
from webapp.studio.form_builder.renaming import with_new_names

#: Of the names of a card's inputs; everything else that is sent is a button or the page's own.
PREFIX: Final = "b-"


@dataclass(frozen=True, slots=True)
class Edited:
    """A form after what was sent, and the place of what is edited next."""

    plain: Plain
    opened: int


def apply_sent(plain: Plain, sent: Mapping[str, str], used: str, *, is_finished: bool = True) -> Edited:
    """Return the form with the card that was sent, after the button that was pressed.

    :param used: texts in which names of fields stand that are used outside the form.
    :param is_finished: whether somebody pressed a button, so that what he has not named may be named after its label.
    """
    items = items_of(plain)
    opened = opened_of(sent, items)
    if opened == HEAD:
        plain = _with_head(plain, sent)
    elif _has_card(sent):
        items = _with_card(items, opened, sent, used, is_finished=is_finished)
    pressed = sent.get("do", "")
    kind = sent.get("column-kind" if pressed.startswith("column") else "kind", "")
    change = obey(items, pressed, opened, kind)
    return Edited(with_items(plain, change.items), change.opened)


def opened_of(sent: Mapping[str, str], items: list[Item]) -> int:
    """Return the place of the item whose card was sent."""
    place = sent.get("opened", "")
    return int(place) if place.isdecimal() and len(place) < 5 and int(place) < len(items) else HEAD


def typed_in(sent: Mapping[str, str]) -> dict[str, str]:
    """Return what the card's inputs held."""
    return {name.removeprefix(PREFIX): text for name, text in sent.items() if name.startswith(PREFIX)}


def _has_card(sent: Mapping[str, str]) -> bool:
    return any(name.startswith(PREFIX) for name in sent)


def _with_head(plain: Plain, sent: Mapping[str, str]) -> Plain:
    if not _has_card(sent):
        return plain
    words = read_item(typed_in(sent), {}, ())
    head = {key: value for key, value in plain.items() if key in ("version", "title")}
    rest = {key: value for key, value in plain.items() if key not in ("version", "title", "intro")}
    return {"version": 1, **head, **words, **rest}


def _with_card(items: list[Item], opened: int, sent: Mapping[str, str], used: str, *, is_finished: bool) -> list[Item]:
    line = list(items)
    line[opened] = read_item(typed_in(sent), items[opened], fields_of(items))
    if is_heading(line[opened]):
        return line
    line = named(line, opened, used) if is_finished else line
    return with_new_names(items, line, opened)
