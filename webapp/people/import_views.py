"""Import a spreadsheet over the web: a dry run first, which names every bad cell, then the import of the same file."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from forms import AlurForm, Required, Text
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import (
    CellProblem,
    ImportKind,
    ImportPlan,
    ImportRefused,
    ImportSummary,
    read_import,
)
from processes.people.imports.holidays import HOLIDAYS
from processes.people.imports.runs import ImportUse, import_uses
from processes.people.records import Role
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, run_command
from webapp.people.import_listing import list_kinds
from webapp.people.uploads import Upload, drop, fetch, keep
from webapp.sheets import SheetField
from webapp.texts import gettext as _
from webapp.texts import language, ngettext
from webapp.wiring import Alur, import_groups, import_kinds

KINDS: dict[str, ImportKind] = import_kinds()
#: A page with more rows than this is of no use to anybody; the rest comes up at the next try.
MOST_PROBLEMS = 200
#: What was imported before is no routine any more.
ROUTINE = timedelta(days=365)
MOST_LETTERS = 100


class ImportForm(AlurForm):
    """From which file is imported."""

    file = SheetField(Text("Berkas", "File"), [Required()])


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/impor")(show_import)
    blueprint.get("/impor/<kind>")(show_import_kind)
    blueprint.post("/impor/<kind>")(try_import)
    blueprint.get("/impor/berkas/<ticket>")(show_tried)
    blueprint.post("/impor/jalankan")(run_import)


def may_import(actor: Actor) -> bool:
    """Show the import in the menu of those who import for the whole city."""
    return actor.holds(Role.HR_VERIFIER) or actor.holds(Role.CITY_ADMIN)


def show_import() -> str:
    """Show what can be imported, and when each was for the last time."""
    uses, words = ask(_read_uses, current_alur()), request.args.get("cari", "")[:MOST_LETTERS].strip()
    return render_template("people/imports.html", listing=list_kinds(import_groups(), uses, words), words=words)


def show_import_kind(kind: str) -> str:
    """Show which columns a file of a kind has, and the form to send one.

    :raise NotFound: there is no such kind.
    """
    ask(_require_import, current_alur())
    return _page(_kind(kind), ImportForm(language=language()))


def try_import(kind: str) -> Response | tuple[str, int]:
    """Keep a file without importing anything, and lead to what it would bring: a page to come back to.

    :raise NotFound: there is no such kind.
    """
    ask(_require_import, current_alur())
    parts: list[Any] = [request.form, request.files]
    form = ImportForm(CombinedMultiDict(parts), language=language())
    if not form.validate():
        return _page(_kind(kind), form), 422
    sheet, alur = form["file"].data[0], current_alur()
    upload = Upload(_kind(kind).name, sheet.filename or "berkas", sheet.stream.read())
    ticket = keep(alur.settings.home, current_actor(), upload, alur.clock())
    return redirect(url_for("people.show_tried", ticket=ticket), 303)


def show_tried(ticket: str) -> Response | str:
    """Read a file that was sent without importing anything, and show what is wrong or what it would bring."""
    alur = current_alur()
    ask(_require_import, alur)
    try:
        upload = fetch(alur.settings.home, current_actor(), ticket)
    except NotFound:
        return _gone()
    outcome = ask(_dry_run, alur, upload)
    if not isinstance(outcome, ImportPlan):
        return _problems_page(upload, outcome)
    key = secrets.token_hex(KEY_BYTES)
    told = {"plan": outcome, "kind": outcome.kind, "warnings": _in_words(outcome.summary.warnings)}
    return render_template("people/import_sure.html", **told, ticket=ticket, key=key)


def run_import() -> Response | tuple[str, int]:
    """Import the file that was tried before, if it still fits."""
    alur, actor = current_alur(), current_actor()
    ask(_require_import, alur)
    ticket = request.form.get("ticket", "")
    try:
        upload = fetch(alur.settings.home, actor, ticket)
    except NotFound:
        return _gone()
    outcome = ask(_dry_run, alur, upload)
    if not isinstance(outcome, ImportPlan):
        return _problems_page(upload, outcome), 422
    try:
        summary = run_command(ImportRows(outcome)).value
    except ImportRefused as refused:
        return _problems_page(upload, refused.problems), 422
    drop(alur.settings.home, actor, ticket)
    brought = summary if isinstance(summary, ImportSummary) else outcome.summary
    flash(_done(brought), "success")
    for warning in _in_words(brought.warnings):
        flash(warning, "warning")
    # A new list of holidays leads on to what it would move.
    return redirect(url_for("people.show_deadlines" if outcome.kind is HOLIDAYS else "people.show_import"), 303)


def _require_import(read: Any, actor: Actor, alur: Alur) -> None:
    alur.engine.policy.require(actor, "people:import", TenantSubject(actor.tenant), read)


def _read_uses(read: Any, actor: Actor, alur: Alur) -> Mapping[str, ImportUse]:
    _require_import(read, actor, alur)
    return import_uses(read, actor.tenant, alur.clock() - ROUTINE)


def _dry_run(read: Any, actor: Actor, alur: Alur, upload: Upload) -> ImportPlan | list[CellProblem]:
    return read_import(
        KINDS[upload.kind],
        upload.content,
        read,
        actor.tenant,
        alur.now_in(actor.tenant).date(),
        name=upload.name,
        city=alur.directory.city(actor.tenant),
        actor=actor.person,
    )


def _kind(name: str) -> ImportKind:
    if name not in KINDS:
        raise NotFound
    return KINDS[name]


def _gone() -> Response:
    flash(_("Berkas ini sudah diimpor, atau sudah terlalu lama menunggu. Unggah lagi bila perlu."), "warning")
    return redirect(url_for("people.show_import"), 303)


def _done(summary: ImportSummary) -> str:
    return ngettext(
        "%(count)s baris diimpor: %(new)s baru, %(changed)s berubah, %(unchanged)s tetap.",
        "%(count)s baris diimpor: %(new)s baru, %(changed)s berubah, %(unchanged)s tetap.",
        summary.total,
        new=summary.new,
        changed=summary.changed,
        unchanged=summary.unchanged,
    )


def _in_words(problems: Sequence[CellProblem]) -> list[str]:
    return [item.text_id if language() == "id" else item.text_en for item in problems]


def _page(kind: ImportKind, form: AlurForm) -> str:
    return render_template("people/import.html", form=form, kind=kind, moves_deadlines=kind is HOLIDAYS)


def _problems_page(upload: Upload, problems: Sequence[CellProblem]) -> str:
    shown = problems[:MOST_PROBLEMS]
    return render_template(
        "people/import_problems.html",
        name=upload.name,
        kind=KINDS[upload.kind],
        problems=list(zip(shown, _in_words(shown), strict=True)),
        count=len(problems),
    )
