"""Hands out single files of a design, saves them if nobody changed them meanwhile, and checks what is not saved yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request
from werkzeug.exceptions import BadRequest, NotFound

from engine.bpmn.release import check_release
from engine.commands.save_design import SaveDesign, StaleFile
from engine.designs.finding import Design, content_mark
from engine.designs.fixing import fixes_of
from engine.designs.storable import check_storable
from engine.errors import DiagramRefused, Problem
from engine.scenarios import check_scenarios
from processes.people.queries.names import names_of
from webapp.current import ask, current_alur, run_command
from webapp.security import FILE_POLICY
from webapp.studio.reading import current_design, sent_json
from webapp.texts import language

DESIGN = "/studio/rancangan/<int(max=9223372036854775807):design_id>"
FILE = f"{DESIGN}/berkas/<path:name>"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(FILE)(get_file)
    blueprint.put(FILE)(put_file)
    blueprint.post(f"{DESIGN}/periksa")(check_design)


def get_file(design_id: int, name: str) -> Response:
    """Send a file as it is kept, with its mark."""
    content = current_design(design_id).files.get(name)
    if content is None:
        raise NotFound
    response = make_response(content)
    response.headers["Content-Type"] = "application/json" if name.endswith(".json") else "application/xml"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Mark"] = content_mark(content)
    return response


def put_file(design_id: int, name: str) -> tuple[Response, int]:
    """Keep a file; 412 if somebody changed it meanwhile, 422 if it may not be kept.

    `If-Match` carries the mark that was seen, `*none*` for a file that was not there.
    """
    seen = request.headers.get("If-Match", "").strip('"')
    command = SaveDesign(design_id, {name: request.get_data()}, {name: None if seen == "none" else seen})
    try:
        receipt = run_command(command)
    except StaleFile as stale:
        return jsonify(_stale(stale)), 412
    except DiagramRefused as refused:
        return jsonify(problems=[plain_problem(found) for found in refused.problems]), 422
    marks = receipt.value or {}
    return jsonify(mark=marks.get(name), at=receipt.at.isoformat()), 200


def check_design(design_id: int) -> Response:
    """Say what would keep the design from being deployed, with files that are not saved yet in the place of its own."""
    files = overlaid(current_design(design_id), sent_json())
    return jsonify(problems=with_fixes(problems_of(files), files))


def overlaid(design: Design, sent: Any) -> Mapping[str, bytes]:
    """Return the files of a design with those that a request carries as `{"files": {name: text}}`.

    :raise BadRequest: it carries something else.
    """
    texts = sent.get("files") if isinstance(sent, dict) else None
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise BadRequest
    return {**design.files, **{str(name): text.encode(errors="replace") for name, text in texts.items()}}


def problems_of(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return everything that is wrong with the files of a design."""
    return check_storable(files) or (*check_release(files, current_alur().catalogue), *check_scenarios(files))


def with_fixes(problems: tuple[Problem, ...], files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return problems fit for JSON, each with the ways out of it that `.../perbaiki` knows."""
    ways = fixes_of(problems, files, current_alur().catalogue)
    return [
        {**plain_problem(found), "fixes": [{"name": fix.name, "label": fix.label[language()]} for fix in fixes]}
        for found, fixes in zip(problems, ways, strict=True)
    ]


def plain_problem(found: Problem) -> dict[str, Any]:
    """Return a problem in the reader's language, fit for JSON; its `sentence` is its `text` without where it is."""
    return {
        "element": found.element,
        "file": str(found.params.get("file", "")),
        "code": found.code,
        "text": found.message(language()),
        "sentence": found.texts[language()],
        "severity": found.severity,
    }


def _stale(stale: StaleFile) -> dict[str, Any]:
    person, at = stale.params.get("person"), stale.params.get("at")
    names = ask(names_of, (person,)) if isinstance(person, int) else {}
    return {
        "by": names.get(person) if isinstance(person, int) else None,
        "at": at.isoformat() if isinstance(at, datetime) else None,
        "mark": stale.params.get("mark"),
    }
