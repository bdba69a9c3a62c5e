"""Puts what was typed back into the fields of a page, whatever form it is: by the names of the fields, as HTML.

What the page itself put into hidden fields stays as it is now, and so do passwords and files.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote, urljoin

_UNTYPED: Final = frozenset({"hidden", "submit", "button", "reset", "image", "file", "password"})
_TICKED: Final = frozenset({"checkbox", "radio"})
#: The field with the token of a form.
GUARD: Final = "csrf_token"
#: Hidden fields that differ each time a page is shown.
OF_THE_MOMENT: Final = frozenset({GUARD, "key", "owner", "_labels"})

#: Where a piece of the page begins and ends, and what takes its place.
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Refilled:
    """A page with what was typed.

    :param count: how many fields got a value.
    :param left: typed texts that found no field.
    """

    html: str
    count: int
    left: tuple[str, ...]


@dataclass(slots=True)
class _Control:
    """A field as it stands in the page: its tag, and where the tag and its text end."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int
    text_end: int = 0
    options: "list[_Control]" = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def kind(self) -> str:
        return self.attributes.get("type", "text").lower() if self.tag == "input" else self.tag

    @property
    def value(self) -> str:
        return self.attributes.get("value", "on" if self.kind in _TICKED else "")


@dataclass(slots=True)
class _Form:
    action: str
    controls: list[_Control] = field(default_factory=list)
    folds: list[_Control] = field(default_factory=list)


def refill(page: str, here: str, address: str, sent: Sequence[tuple[str, str]], behind: str = "") -> Refilled:
    """Return a page whose form for an address holds again what was sent to it.

    :param here: the address of the page itself, for forms that name none.
    :param behind: what that form is to carry behind its token.
    """
    form = _meant(_forms(page), here, address, sent)
    if form is None:
        return Refilled(page, 0, _typed(sent))
    edits, left = _edits(form, sent)
    names = {control.name for control in form.controls}
    unknown = [pair for pair in sent if pair[0] not in names]
    opened = [edit for fold in form.folds for edit in _tick(fold, "open", is_on=True)]
    return Refilled(_changed(page, [*edits, *opened, *_tags(form, behind)]), len(edits), _typed([*unknown, *left]))


def tag(page: str, here: str, address: str, sent: Sequence[tuple[str, str]], behind: str) -> str:
    """Return a page whose form, which shows by itself what was sent to an address, carries this behind its token."""
    form = _meant(_forms(page), here, address, sent)
    return _changed(page, list(_tags(form, behind))) if form is not None else page


def _forms(page: str) -> "list[_Form]":
    parser = _Parser(page)
    parser.feed(page)
    return parser.forms


def _changed(page: str, edits: Sequence[Edit]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        page = page[:start] + text + page[end:]
    return page


def _tags(form: _Form, behind: str) -> Iterator[Edit]:
    return (_type(control, control.value + behind) for control in form.controls if control.name == GUARD)


def _meant(forms: list[_Form], here: str, address: str, sent: Sequence[tuple[str, str]]) -> _Form | None:
    """Return the form that was sent, with the same hidden fields; None if they differ.

    They say what the text is about and which version of it was read: of another one it is not to be said unread.
    """
    there = [form for form in forms if unquote(urljoin(here, form.action).partition("?")[0]) == address]
    return next((form for form in there if all(pair in sent for pair in _hidden(form))), None)


def _hidden(form: _Form) -> Iterator[tuple[str, str]]:
    for control in form.controls:
        if control.kind == "hidden" and control.name not in OF_THE_MOMENT:
            yield control.name, control.value


def _edits(form: _Form, sent: Sequence[tuple[str, str]]) -> tuple[list[Edit], list[tuple[str, str]]]:
    """Return what to replace in the page, and what finds no place."""
    waiting: dict[str, list[str]] = {}
    for name, value in sent:
        waiting.setdefault(name, []).append(value)
    edits: list[Edit] = []
    for control in form.controls:
        values = waiting.get(control.name, [])
        if control.kind in _UNTYPED or control.tag == "button":
            waiting.pop(control.name, None)
        elif control.kind in _TICKED:
            edits += _tick(control, "checked", is_on=control.value in values)
        elif control.tag == "select":
            edits += _choose(control, values)
        elif values:
            edits.append(_type(control, values.pop(0)))
    ticked = {control.name for control in form.controls if control.kind in _TICKED}
    return edits, [(name, text) for name, texts in waiting.items() if name not in ticked for text in texts]


def _choose(select: _Control, values: list[str]) -> Iterator[Edit]:
    """Choose in a list what was chosen, and take it out of the values; one that is not in the list stays there."""
    chosen = [value for value in values if any(option.value == value for option in select.options)]
    if not chosen:
        return
    wanted = chosen if "multiple" in select.attributes else chosen[:1]
    for option in select.options:
        yield from _tick(option, "selected", is_on=option.value in wanted)
    for value in wanted:
        values.remove(value)


def _tick(control: _Control, word: str, *, is_on: bool) -> Iterator[Edit]:
    if is_on != (word in control.attributes):
        kept = {name: value for name, value in control.attributes.items() if name != word}
        yield control.start, control.end, _tag(control.tag, kept | ({word: word} if is_on else {}))


def _type(control: _Control, value: str) -> Edit:
    if control.tag == "textarea":
        return control.end, control.text_end, "\n" + escape(value)
    return control.start, control.end, _tag(control.tag, control.attributes | {"value": value})


def _tag(name: str, attributes: Mapping[str, str]) -> str:
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>"


def _typed(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the texts that somebody may have written himself."""
    said = (text.strip() for name, text in pairs if name not in OF_THE_MOMENT)
    return tuple(dict.fromkeys(text for text in said if any(letter.isalpha() for letter in text)))


class _Parser(HTMLParser):
    """Notes the forms of a page with the places of their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self._open: _Form | None = None
        self._last: _Control | None = None
        self._folds: list[_Control] = []
        self._lines = [0]
        for line in page.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = _Form(attributes.get("action", ""), folds=[*self._folds])
            self.forms.append(self._open)
        elif tag == "details":
            self._fold(attributes)
        elif self._open is not None and tag in ("input", "textarea", "select", "option", "button"):
            self._note(tag, attributes, self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "details" and self._folds:
            self._folds.pop()
        elif tag == "textarea" and self._last is not None:
            self._last.text_end = self._place()

    def _fold(self, attributes: dict[str, str]) -> None:
        start = self._place()
        fold = _Control("details", attributes, start, start + len(self.get_starttag_text() or ""))
        self._folds.append(fold)
        if self._open is not None:
            self._open.folds.append(fold)

    def _note(self, tag: str, attributes: dict[str, str], form: _Form) -> None:
        start = self._place()
        end = start + len(self.get_starttag_text() or "")
        control = _Control(tag, attributes, start, end, end)
        if tag == "option" and self._last is not None:
            self._last.options.append(control)
        elif tag != "option":
            form.controls.append(control)
            self._last = control

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
