"""What the page of a form shows: its headings and fields in one line, one of them opened, and what is found in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.designs.finding import Design, content_mark
from forms import Language
from webapp.studio.form_builder.cards import Card, Values, card_of
from webapp.studio.form_builder.changing import HEAD
from webapp.studio.form_builder.items import Item, Plain, is_heading, items_of, read_plain
from webapp.studio.form_builder.usage import file_of, findings, steps_by_form


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem or an advice at an item.

    :param place: of the item; `HEAD` for what belongs to the form as a whole.
    """

    place: int
    text: str
    is_problem: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An item in the line."""

    place: int
    kind: str
    title: str
    name: str
    is_required: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class BuilderPage:
    """A form in the builder.

    :param opened: the place of the item that is edited; `HEAD` for title and introduction.
    :param card: its inputs.
    :param mark: names the content that the page shows.
    :param steps: that ask this form.
    """

    key: str
    title: str
    mark: str
    opened: int
    card: Card
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    steps: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether a form can be made of it."""
        return not any(finding.is_problem for finding in self.findings)


def builder_page(design: Design, key: str, opened: int, language: Language) -> BuilderPage:
    """Return the page of a form that the design holds."""
    content = design.files[file_of(key)]
    page = page_of(read_plain(content), key, content, opened, language)
    return replace(page, steps=steps_by_form(design.files, language).get(key, ()))


def page_of(plain: Plain, key: str, content: bytes, opened: int, language: Language) -> BuilderPage:
    """Return the page of a form, whatever its file holds."""
    items = items_of(plain)
    place = opened if 0 <= opened < len(items) else HEAD
    found = _findings(plain, items, language)
    return BuilderPage(
        key,
        _words(plain.get("title"), language) or key,
        content_mark(content),
        place,
        opened_card(plain, items, place),
        tuple(_row(item, number, found, language) for number, item in enumerate(items)),
        found,
    )


def opened_card(plain: Plain, items: Sequence[Item], place: int) -> Card:
    """Return the card of the item at a place, or of the form's own words."""
    if place == HEAD:
        return card_of({key: plain[key] for key in ("title", "intro") if key in plain}, ())
    return card_of(items[place], fields_of(items))


def fields_of(items: Sequence[Item]) -> list[Item]:
    """Return the fields among the items."""
    return [item for item in items if not is_heading(item)]


def with_typed(card: Card, typed: Values) -> Card:
    """Return a card that holds what was typed in place of what is kept."""
    return Card(card.kind, typed, card.keys, card.targets, card.options, card.columns)


def _findings(plain: Plain, items: Sequence[Item], language: Language) -> tuple[Finding, ...]:
    problems, advice = findings(plain)
    places = _places(plain, items)
    return (
        *(Finding(_place(one.path, places), one.text.to(language), True) for one in problems),
        *(Finding(_place(one.path, places), one.text.to(language), False) for one in advice),
    )


def _places(plain: Plain, items: Sequence[Item]) -> dict[str, int]:
    """Return where in the line the parts of the spec stand, by their paths."""
    headings = [place for place, item in enumerate(items) if is_heading(item)]
    found = {f"sections[{number}]": place for number, place in enumerate(headings)}
    fields = plain.get("fields")
    for number, field in enumerate(fields if isinstance(fields, list) else []):
        place = next((place for place, item in enumerate(items) if item is field), None)
        if place is not None:
            found[f"fields[{number}]"] = place
    return found


def _place(path: str, places: dict[str, int]) -> int:
    return places.get(path.partition("]")[0] + "]", HEAD)


def _row(item: Item, place: int, found: Sequence[Finding], language: Language) -> Row:
    own = tuple(finding for finding in found if finding.place == place)
    if is_heading(item):
        return Row(place, "heading", _words(item.get("title"), language), "", False, own)
    name = str(item.get("name", ""))
    title = _words(item.get("label"), language) or name
    return Row(place, str(item["type"]), title, name, bool(item.get("required")), own)


def _words(text: object, language: Language) -> str:
    return str(text.get(language) or text.get("id") or "") if isinstance(text, dict) else ""
