"""The drawn editor of a table (dmn-js), and what its script asks while somebody types."""

from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from webapp.security import allow_inline_styles
from webapp.studio.reading import sent_json
from webapp.studio.tables.decisions import find_table_file
from webapp.studio.tables.findings import faults_of
from webapp.studio.tables.opening import TABLE, open_table


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(TABLE)(show_table)
    blueprint.post(f"{TABLE}/periksa")(check_table)


def show_table(design_id: int, name: str) -> str | AnyResponse:
    """Show the editor; who may not change the table, or one that cannot be drawn, gets the plain page."""
    opened = open_table(design_id, name)
    if not opened.may_change or opened.file.fault:
        return redirect(url_for("studio.show_sheet", design_id=design_id, name=name))
    allow_inline_styles()
    return render_template(
        "studio/tables_editor.html", table=opened, design=opened.design, faults=faults_of(opened.file)
    )


def check_table(design_id: int, name: str) -> Response:
    """Say what is wrong with a table as it stands in the editor, saved or not."""
    opened = open_table(design_id, name)
    sent: Any = sent_json()
    text = sent.get("text") if isinstance(sent, dict) else None
    if not isinstance(text, str):
        raise BadRequest
    files = {**opened.design.files, opened.file.name: text.encode("utf-8", "replace")}
    return jsonify(problems=[fault.plain for fault in faults_of(find_table_file(files, name))])
