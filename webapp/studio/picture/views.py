"""What whoever looks from outside sees instead of editors: the diagram with what is new in it, and the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.exceptions import NotFound

from engine.bpmn.drawing import draw_diagram
from engine.casework import find_release
from engine.designs.differing import DifferenceKind, describe
from engine.designs.finding import Design
from engine.policy.actor import Actor
from webapp.access import for_guests
from webapp.current import ask, current_alur
from webapp.security import PICTURE_POLICY
from webapp.studio.comparing.reading import release_in_force
from webapp.studio.files.views import DESIGN
from webapp.studio.frame import Tab
from webapp.studio.picture.rules import PER_PAGE, TAB_RULES, has_tables, rule_sheets
from webapp.studio.reading import current_design, read_design
from webapp.texts import language, lazy
from webapp.wiring import Alur

#: Stands where others have the editor.
TAB_OUTSIDE: Final = Tab(0, lazy("Diagram"), "studio.show_picture")
PICTURE: Final = f"{DESIGN}/gambar"
RULES: Final = f"{DESIGN}/aturan"
_DIGITS: Final = 4
#: Beside its colour each part has a sign, as on the page that compares versions.
SIGNS: Final = {DifferenceKind.ADDED: "+", DifferenceKind.CHANGED: "~"}
_CLASSES: Final = {DifferenceKind.ADDED: "walked", DifferenceKind.CHANGED: "active"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A design with the parts of its diagram that are not as in the release in force."""

    design: Design
    parts: Mapping[str, DifferenceKind]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(PICTURE)(for_guests(show_picture))
    blueprint.get(f"{PICTURE}.svg")(for_guests(send_picture))
    blueprint.get(RULES)(for_guests(show_rules))


def show_picture(design_id: int) -> str:
    """Show the diagram of a design as a picture."""
    found: Picture = ask(read_picture, current_alur(), design_id)
    return render_template("studio/picture.html", design=found.design, has_marks=bool(found.parts))


def send_picture(design_id: int) -> Response:
    """Send the picture, in which what is new or changed differs from the rest."""
    found: Picture = ask(read_picture, current_alur(), design_id)
    classes = {name: _CLASSES[kind] for name, kind in found.parts.items()}
    signs = {name: SIGNS[kind] for name, kind in found.parts.items()}
    response = make_response(draw_diagram(found.design.diagram, classes=classes, signs=signs, language=language()))
    response.headers["Content-Type"] = "image/svg+xml"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return response


def show_rules(design_id: int) -> str:
    """Show the decision tables of a design, of long ones a page of rules at a time."""
    design, page = current_design(design_id), _page()
    sheets = rule_sheets(design, page)
    pages = max((-(-sheet.size // PER_PAGE) for sheet in sheets), default=1)
    if page > max(pages, 1):
        raise NotFound
    return render_template(
        "studio/rules.html",
        design=design,
        sheets=sheets,
        page=page,
        pages=pages,
        page_address=lambda number: url_for("studio.show_rules", design_id=design_id, halaman=number),
    )


def tabs_outside(design: Design) -> tuple[Tab, ...]:
    """Return the tabs that only whoever looks from outside has: the picture, and the tables if there are some."""
    return (TAB_OUTSIDE, TAB_RULES) if has_tables(design) else (TAB_OUTSIDE,)


def _page() -> int:
    text = request.args.get("halaman", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS and int(text)):
        raise NotFound
    return int(text)


def read_picture(read: Any, actor: Actor, alur: Alur, design_id: int) -> Picture:
    """Return a design, and which parts of its diagram are new or changed.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    design = read_design(read, actor, alur, design_id)
    in_force = release_in_force(read, actor, design)
    before = find_release(read, in_force.id, in_force.digest).files if in_force is not None else {}
    return Picture(design, _parts(before.get(design.diagram_name), design) if before else {})


def _parts(before: bytes | None, design: Design) -> dict[str, DifferenceKind]:
    told = [item for item in describe(design.diagram_name, before, design.diagram) if not item.is_quiet]
    return {part: item.kind for item in told if item.kind in SIGNS for part in item.subjects}
