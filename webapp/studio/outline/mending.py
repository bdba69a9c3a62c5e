"""Mends what the check of a design finds: by a button of the list, or for the drawing editor."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import BadRequest

from engine.commands.save_design import SaveDesign
from engine.designs.finding import Design, content_mark
from engine.designs.fixing import apply_fix, find_fix
from engine.errors import DiagramRefused, NotFound, Problem
from webapp.current import current_alur, run_command
from webapp.studio.files.views import DESIGN, overlaid, plain_problem, problems_of
from webapp.studio.outline.history import note_change
from webapp.studio.outline.saving import Saved, save_step
from webapp.studio.reading import current_design, sent_json
from webapp.texts import gettext as _

Files = Mapping[str, bytes]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.post(f"{DESIGN}/perbaiki")(mend_design)


def mend_design(design_id: int) -> Response | tuple[Response, int]:
    """Return the files of the editor with a problem mended; other files that change with them are kept at once.

    The request carries `{"files": {name: text}, "problem": as the check gave it, "fix": its name}`.
    """
    design, sent = current_design(design_id), sent_json()
    files = overlaid(design, sent)
    sent = sent if isinstance(sent, dict) else {}
    wanted = sent.get("problem")
    if not isinstance(wanted, dict):
        raise BadRequest
    try:
        mended = _mended(files, _same_problem(problems_of(files), wanted), str(sent.get("fix", "")))
    except DiagramRefused as refused:
        return jsonify(problems=[plain_problem(found) for found in refused.problems]), 422
    changed = {name: content for name, content in mended.items() if files.get(name) != content}
    others = {name: content for name, content in changed.items() if name not in sent["files"]}
    if others:
        run_command(SaveDesign(design_id, others, _marks(design, others)))
    return jsonify(files={name: content.decode() for name, content in changed.items()})


def mend(design: Design, number: str, name: str, problems: Sequence[Problem]) -> Saved:
    """Mend a problem of the list and keep the design.

    :param number: of the problem in the list.
    :raise NotFound: the list has changed.
    :raise DiagramRefused: it cannot be mended so.
    """
    if not number.isdecimal() or len(number) > len(str(len(problems))) or int(number) >= len(problems):
        raise NotFound()
    mended = _mended(design.files, problems[int(number)], name)
    names = {one for one in {*mended, *design.files} if mended.get(one) != design.files.get(one)}
    after = save_step(design, {one: mended.get(one) for one in sorted(names)}, content_mark(design.diagram))
    note_change(design, after, names)
    return Saved(_("Masalahnya sudah diperbaiki."), content_mark(after.diagram))


def _mended(files: Files, found: Problem, name: str) -> Files:
    catalogue = current_alur().catalogue
    return apply_fix(files, found, find_fix(found, name, files, catalogue), catalogue)


def _same_problem(problems: Iterable[Problem], wanted: Mapping[str, Any]) -> Problem:
    for found in problems:
        if plain_problem(found).items() <= wanted.items():
            return found
    raise NotFound()


def _marks(design: Design, names: Iterable[str]) -> dict[str, str | None]:
    return {name: content_mark(design.files[name]) if name in design.files else None for name in names}
