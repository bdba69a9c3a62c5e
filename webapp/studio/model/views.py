"""The page on which a process owner draws, the choices of its fields, and the reading of single expressions."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, url_for
from werkzeug.exceptions import BadRequest

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.feel import FeelSyntaxError, compile_expression
from engine.policy.actor import Actor
from webapp.current import ask, current_alur
from webapp.studio.files.views import DESIGN
from webapp.studio.frame import Tab
from webapp.studio.model.catalogue import catalogue_of
from webapp.studio.model.conflicts import collide, plain_collision
from webapp.studio.model.reading import read_changeable, read_known, read_to_change
from webapp.studio.reading import sent_json
from webapp.texts import language, lazy
from webapp.wiring import Alur

TAB = Tab(0, lazy("Diagram"), "studio.show_design")
LONGEST_EXPRESSION = 20_000


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(DESIGN)(show_design)
    blueprint.get(f"{DESIGN}/katalog")(show_catalogue)
    blueprint.post(f"{DESIGN}/benturan")(show_collision)
    blueprint.post("/studio/feel")(read_expression)


def show_design(design_id: int) -> str:
    """Show the diagram of a design, to be changed by whoever may while it is worked on, else to be looked at."""
    design, is_changeable = ask(read_changeable, current_alur(), design_id)
    file = design.diagram_name
    config = {
        "file": file,
        "isReadOnly": not is_changeable,
        "fileUrl": url_for("studio.get_file", design_id=design_id, name=file),
        "checkUrl": url_for("studio.check_design", design_id=design_id),
        "catalogueUrl": url_for("studio.show_catalogue", design_id=design_id),
        "feelUrl": url_for("studio.read_expression"),
        "mendUrl": url_for("studio.mend_design", design_id=design_id),
        "collisionUrl": url_for("studio.show_collision", design_id=design_id),
    }
    outline_url = url_for("studio.show_steps", design_id=design_id)
    return render_template("studio/model_editor.html", design=design, config=config, outline_url=outline_url)


def show_catalogue(design_id: int) -> Response:
    """Say what the diagram may name, in the reader's language."""
    design, known = ask(read_known, current_alur(), design_id)
    address = url_for("studio.show_design", design_id=design_id)
    return jsonify(catalogue_of(design.files, known, language(), address))


def show_collision(design_id: int) -> Response:
    """Say what somebody else made of a file meanwhile, and what both together would be; nothing is changed.

    The request carries `{"file": name, "base": the text that was opened, "mine": the text now}`. Only for whoever may
    change the design: to compare takes work.
    """
    design, sent = ask(read_to_change, current_alur(), design_id), sent_json()
    said = sent if isinstance(sent, dict) else {}
    file, base, mine = (said.get(name) for name in ("file", "base", "mine"))
    if not (isinstance(file, str) and isinstance(base, str) and isinstance(mine, str)):
        raise BadRequest
    if file not in design.files:
        raise NotFound
    opened, typed = (text.encode(errors="replace") for text in (base, mine))
    return jsonify(plain_collision(collide(design, file, opened, typed, language())))


def read_expression() -> Response:
    """Say whether an expression can be read, and if not, what is wrong with it and where."""
    ask(_require_owner, current_alur())
    sent: Any = sent_json()
    expression = sent.get("expression") if isinstance(sent, dict) else None
    if not isinstance(expression, str) or len(expression) > LONGEST_EXPRESSION:
        raise BadRequest
    try:
        compile_expression(expression)
    except FeelSyntaxError as error:
        return jsonify(ok=False, text=error.message(language()), place={"line": error.line, "column": error.column})
    return jsonify(ok=True, text="", place=None)


def _require_owner(read: Any, actor: Actor, alur: Alur) -> None:
    """Let pass whoever may begin a design in the city: reading an expression takes work.

    :raise NotFound: anybody else.
    """
    if not alur.engine.policy.allows(actor, "design:begin", TenantSubject(actor.tenant), read):
        raise NotFound
