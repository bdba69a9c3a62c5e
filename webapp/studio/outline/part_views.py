"""The page of one step, flow or lane, and that of something new beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Final

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.save_design import StaleFile
from engine.designs.editing.diagram import Diagram, local
from engine.designs.editing.noting import NOTED
from engine.designs.finding import DesignClosed
from engine.errors import NotFound
from forms import AlurForm, Text
from forms.text import in_language
from webapp.current import ask, current_alur
from webapp.studio.files.views import DESIGN, problems_of
from webapp.studio.model.reading import read_changeable
from webapp.studio.outline.adding import add, ways_to_add
from webapp.studio.outline.adding_fields import adding_form
from webapp.studio.outline.applying import apply
from webapp.studio.outline.kinds import BEGINNING, BRANCH, END, FLOW, LINKS, LISTENER, PLAIN, STEP, UNDOING
from webapp.studio.outline.list_page import list_page
from webapp.studio.outline.moving import can_move
from webapp.studio.outline.opening import Opened, PartGone, find_part, name_of, open_part, require_change, who_changed
from webapp.studio.outline.reading import data_of
from webapp.studio.outline.saving import change_diagram
from webapp.studio.refusing import REFUSALS, tell_refusal
from webapp.texts import gettext as _
from webapp.texts import language

PART: Final = f"{DESIGN}/langkah/<string(maxlength=121):element>"
#: What is chosen in the form of something new before anybody chooses.
_USUAL: Final = {
    "step": "userTask",
    "time_kind": "timeDuration",
    "branch": "exclusiveGateway",
    "trigger": "timer",
    "stops": True,
    "line": "reads",
}
_USUAL_OF: Final[Mapping[str, Mapping[str, str]]] = {
    END: {"trigger": PLAIN},
    UNDOING: {"step": "serviceTask"},
    LISTENER: {"trigger": "message"},
    BEGINNING: {"trigger": "message"},
}
Answer = str | Response | tuple[str, int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(PART)(show_part)
    blueprint.post(PART)(or_gone(change_part))
    blueprint.get(f"{PART}/tambah")(show_adding)
    blueprint.post(f"{PART}/tambah")(or_gone(add_part))


def or_gone(view: Callable[[int, str], Answer]) -> Callable[[int, str], Answer]:
    """Return a view that, where somebody has deleted the part meanwhile, shows the list and what was typed."""

    @wraps(view)
    def shown(design_id: int, element: str) -> Answer:
        try:
            return view(design_id, element)
        except PartGone:
            return _gone(design_id)

    return shown


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else has filled in otherwise meanwhile."""

    label: str
    theirs: str
    mine: str


def show_part(design_id: int, element: str) -> str:
    """Show everything about a step, a flow, a lane or the process, to be changed."""
    opened = open_part(design_id, element)
    form = opened.form_class()(None, language=language(), data=data_of(opened.diagram, opened.node))
    return _part(opened, form)


def change_part(design_id: int, element: str) -> Answer:
    """Write what was filled in into the diagram."""
    opened = open_part(design_id, element)
    require_change(opened.design)
    form = opened.form_class()(request.form, language=language())
    page = partial(_part, opened, form)

    def change(diagram: Diagram) -> str:
        apply(diagram, find_part(diagram, element), form.typed_data())
        return _("Perubahan pada «%(name)s» tersimpan.", name=name_of(diagram, element))

    return held_up(opened, form, page) or save_change(opened, change, page, lambda: change_part(design_id, element))


def show_adding(design_id: int, element: str) -> str:
    """Show what can be added after a step or on a flow."""
    opened = open_part(design_id, element)
    form = _adding_form(opened)
    usual = {**_USUAL, **_USUAL_OF.get(_what(opened), {})}
    if form is None or not opened.is_changeable:
        return _adding(opened, None)
    return _adding(opened, form(None, language=language(), data=usual))


def add_part(design_id: int, element: str) -> Answer:
    """Add a step, a branch, an event, an end or a flow."""
    opened = open_part(design_id, element)
    require_change(opened.design)
    form_class = _adding_form(opened)
    if form_class is None:
        raise NotFound()
    form = form_class(request.form, language=language())
    page = partial(_adding, opened, form)

    def change(diagram: Diagram) -> str:
        new = add(diagram, find_part(diagram, element), _what(opened), form.typed_data())
        return _(
            "«%(name)s» sudah ditambahkan. Buka langkahnya untuk mengisi sisanya.",
            name=name_of(diagram, new.get("id", "")),
        )

    return held_up(opened, form, page) or save_change(opened, change, page, lambda: add_part(design_id, element))


def held_up(opened: Opened, form: AlurForm, page: Callable[..., str]) -> Answer | None:
    """Return the form as it was filled in if it cannot be saved: nobody changes the design any more, something is
    missing, or somebody else was faster.
    """
    if opened.design.status.is_closed:
        status = tell_refusal(DesignClosed())
        return page(), status
    if not form.validate():
        return page(), 200 if form.row_change else 422
    return (page(is_stale=True), 409) if request.form.get("mark") != opened.mark else None


def save_change(
    opened: Opened, change: Callable[[Diagram], str], again: Callable[[], str], overtaken: Callable[[], Answer]
) -> Answer:
    """Keep a change; `again` shows what is refused, `overtaken` what somebody else has changed at the same time."""
    try:
        saved = change_diagram(opened.design, opened.mark, change)
    except StaleFile:
        return overtaken()
    except REFUSALS as refused:
        status = tell_refusal(refused)
        return again(), status
    return list_page(*ask(read_changeable, current_alur(), opened.design.id), saved)


def _gone(design_id: int) -> tuple[str, int]:
    design, is_changeable = ask(read_changeable, current_alur(), design_id)
    require_change(design)
    typed = [text for name, text in request.form.items() if name not in _UNTYPED and text.strip()]
    said = _(
        "Bagian ini sudah dihapus dari rancangan, jadi tidak ada yang disimpan. Daftar di bawah sudah yang terbaru. "
        "Isian Anda tadi: %(typed)s",
        typed="; ".join(typed) or "–",
    )
    flash(said, "warning")
    return list_page(design, is_changeable), 409


_UNTYPED: Final = frozenset({"mark", "csrf_token", "key"})


def _part(opened: Opened, form: AlurForm, *, is_stale: bool = False) -> str:
    found = [one for one in problems_of(opened.design.files) if one.element == opened.node.get("id")]
    return render_template(
        "studio/outline_part.html",
        design=opened.design,
        node=opened.node.get("id"),
        tag=local(opened.node),
        name=name_of(opened.diagram, opened.node.get("id", "")),
        form=form,
        mark=opened.mark,
        problems=found,
        differences=_differences(opened, form) if is_stale else (),
        stale=who_changed(opened.design) if is_stale else "",
        variables=opened.choices.variables,
        is_changeable=opened.is_changeable,
        can_add=bool(_ways(opened)),
        can_move=can_move(opened.node),
        language=language(),
    )


def _adding(opened: Opened, form: AlurForm | None, *, is_stale: bool = False) -> str:
    return render_template(
        "studio/outline_adding.html",
        design=opened.design,
        node=opened.node.get("id"),
        name=name_of(opened.diagram, opened.node.get("id", "")),
        form=form,
        mark=opened.mark,
        stale=who_changed(opened.design) if is_stale else "",
        variables=opened.choices.variables,
        is_changeable=opened.is_changeable,
        is_behind=_what(opened) in (STEP, BRANCH, END, FLOW, LINKS),
        ways=_way_tabs(opened),
        what=_what(opened),
    )


def _ways(opened: Opened) -> list[tuple[str, Text]]:
    return ways_to_add(opened.diagram, opened.node) if local(opened.node) not in ("lane", *NOTED) else []


def _way_tabs(opened: Opened) -> list[tuple[str, str, bool, None]]:
    """Return what can be added as the tabs of a page."""
    part: dict[str, Any] = {"design_id": opened.design.id, "element": opened.node.get("id", "")}
    return [
        (in_language(text, language()), url_for("studio.show_adding", **part, apa=way), way == _what(opened), None)
        for way, text in _ways(opened)
    ]


def _what(opened: Opened) -> str:
    """Return what is to be added: what the address says, else the first that can be."""
    ways = [way for way, _text in _ways(opened)]
    asked = request.args.get("apa", "")
    return asked if asked in ways else next(iter(ways), "")


def _adding_form(opened: Opened) -> type[AlurForm] | None:
    what = _what(opened)
    return adding_form(opened.node, opened.choices, what) if what else None


def _differences(opened: Opened, form: AlurForm) -> tuple[Difference, ...]:
    """Return in which fields what is kept now differs from what was filled in."""
    kept = opened.form_class()(None, language=language(), data=data_of(opened.diagram, opened.node))
    fields: list[Any] = list(form)
    pairs: list[tuple[Any, Any]] = [(field, kept[field.short_name]) for field in fields if field.kind != "table"]
    return tuple(
        Difference(str(field.label.text), other.display or "–", field.display or "–")
        for field, other in pairs
        if (field.data or "") != (other.data or "")
    )
