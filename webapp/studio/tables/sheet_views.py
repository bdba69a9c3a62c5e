"""The plain editor of a table: every cell a field, without scripts; and rules pasted from a spreadsheet."""

from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.save_design import StaleFile
from engine.dmn.editing import Sheet, write_expression, write_sheet
from engine.errors import NotFound
from processes.people.queries.names import names_of
from webapp.current import ask
from webapp.studio.tables.changing import POLICIES, acted, differences, typed_sheet
from webapp.studio.tables.findings import Fault, faults_of
from webapp.studio.tables.forms import TYPES
from webapp.studio.tables.opening import TABLE, OpenTable, open_table, open_to_change
from webapp.studio.tables.pasting import CellFault, Pasted, read_pasted, storable, with_pasted
from webapp.studio.tables.row_checks import faults_in_rows
from webapp.studio.tables.saving import save_file
from webapp.studio.tables.wording import policy_words
from webapp.texts import gettext as _
from webapp.texts import language

ON_PAGE: Final = 50
_MOST_DIFFERENCES: Final = 30
_MOST_FAULTS: Final = 50


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{TABLE}/daftar")(show_sheet)
    blueprint.post(f"{TABLE}/daftar")(save_sheet)
    blueprint.get(f"{TABLE}/tempel")(show_paste)
    blueprint.post(f"{TABLE}/tempel")(paste_rules)


def show_sheet(design_id: int, name: str) -> str:
    """Show a table as fields; who may not change it reads it."""
    opened = open_table(design_id, name)
    return _page(opened, opened.sheet, opened.expression)


def save_sheet(design_id: int, name: str) -> Response | tuple[str, int]:
    """Keep what was typed, and do what the button says."""
    opened = open_to_change(design_id, name)
    if opened.expression is not None:
        return _save_expression(opened)
    sheet = _need_sheet(opened)
    typed = typed_sheet(sheet, request.form)
    changed, number = acted(typed, request.form.get("aksi", ""))
    try:
        refused = save_file(design_id, opened.file.name, write_sheet(opened.content, changed), _seen())
    except StaleFile as stale:
        return _page(opened, typed, None, stale=_told(stale), others=differences(typed, sheet)), 409
    if refused:
        return _page(opened, typed, None, refused=refused), 422
    flash(_("Tabel sudah disimpan."), "success")
    return _to_rule(opened, number)


def show_paste(design_id: int, name: str) -> str:
    """Show where rules from a spreadsheet are pasted."""
    opened = open_to_change(design_id, name)
    return _paste_page(opened, _need_sheet(opened), None)


def paste_rules(design_id: int, name: str) -> Response | tuple[str, int] | str:
    """Show what pasted rules would become, or which cells are wrong; keep them when that was seen."""
    opened = open_to_change(design_id, name)
    sheet = _need_sheet(opened)
    pasted = read_pasted(request.form.get("rows", ""), sheet)
    changed = with_pasted(sheet, pasted.rows, replaces=request.form.get("replaces") == "1")
    faults = pasted.faults or faults_in_rows(opened, changed, pasted)
    if faults:
        return _paste_page(opened, sheet, pasted, faults), 422
    if "keep" not in request.form:
        return _paste_page(opened, sheet, pasted)
    try:
        refused = save_file(design_id, opened.file.name, write_sheet(opened.content, changed), _seen())
    except StaleFile as stale:
        return _paste_page(opened, sheet, pasted, stale=_told(stale)), 409
    if refused:
        return _paste_page(opened, sheet, pasted, refused=refused), 422
    flash(_("%(count)s aturan sudah ditempelkan.", count=len(pasted.rows)), "success")
    return _to_rule(opened, 0)


def _save_expression(opened: OpenTable) -> Response | tuple[str, int]:
    assert opened.decision is not None
    typed = storable(request.form.get("expression", ""))
    content = write_expression(opened.content, opened.decision.id, typed)
    try:
        refused = save_file(opened.design.id, opened.file.name, content, _seen())
    except StaleFile as stale:
        return _page(opened, None, typed, stale=_told(stale)), 409
    if refused:
        return _page(opened, None, typed, refused=refused), 422
    flash(_("Ungkapan sudah disimpan."), "success")
    return redirect(url_for("studio.show_sheet", **opened.address), 303)


def _need_sheet(opened: OpenTable) -> Sheet:
    if opened.sheet is None:
        raise NotFound(f"{opened.file.name} has no such table.")
    return opened.sheet


def _seen() -> str:
    return request.form.get("mark", "")


def _page(opened: OpenTable, sheet: Sheet | None, expression: str | None, **told: object) -> str:
    faults = faults_of(opened.file)
    rows = list(enumerate(sheet.rows)) if sheet else []
    pages = max(1, -(-len(rows) // ON_PAGE))
    page = min(max(request.args.get("halaman", 1, int), 1), pages)
    return render_template(
        "studio/tables_sheet.html",
        table=opened,
        design=opened.design,
        sheet=sheet,
        rows=rows[(page - 1) * ON_PAGE : page * ON_PAGE],
        expression=expression,
        faults=faults,
        places={(fault.decision, fault.rule): _place(opened, fault, page) for fault in faults if fault.rule},
        at={(fault.rule, fault.column): fault for fault in reversed(faults) if _is_here(fault.decision, opened)},
        policies={name: policy_words(name) for name in POLICIES},
        types={name: text.to(language()) for name, text in TYPES.items()},
        page=page,
        pages=pages,
        on_page=ON_PAGE,
        **told,
    )


def _place(opened: OpenTable, fault: Fault, page: int) -> str:
    """Return where a rule stands: on the page that is shown, or on another one."""
    other, anchor = (fault.rule - 1) // ON_PAGE + 1, f"aturan-{fault.rule}"
    if other == page and _is_here(fault.decision, opened):
        return f"#{anchor}"
    address: dict[str, Any] = {"design_id": opened.design.id, "name": opened.file.stem, "keputusan": fault.decision}
    return url_for("studio.show_sheet", **address, halaman=other, _anchor=anchor)


def _is_here(decision: str, opened: OpenTable) -> bool:
    return opened.decision is not None and decision == opened.decision.id


def _paste_page(
    opened: OpenTable, sheet: Sheet, pasted: Pasted | None, faults: tuple[CellFault, ...] = (), **told: object
) -> str:
    return render_template(
        "studio/tables_paste.html",
        table=opened,
        design=opened.design,
        sheet=sheet,
        pasted=pasted,
        faults=faults[:_MOST_FAULTS],
        typed=request.form.get("rows", ""),
        replaces=request.form.get("replaces") == "1",
        **told,
    )


def _told(stale: StaleFile) -> dict[str, object]:
    """Return who changed the file and when, for the page."""
    person = stale.params.get("person")
    names = ask(names_of, (person,)) if isinstance(person, int) else {}
    return {"by": names.get(person, "") if isinstance(person, int) else "", "at": stale.params.get("at")}


def _to_rule(opened: OpenTable, number: int) -> Response:
    page = (number - 1) // ON_PAGE + 1 if number else request.args.get("halaman", 1, int)
    more: dict[str, Any] = {"halaman": page} if page > 1 else {}
    anchor = f"aturan-{number}" if number else None
    return redirect(url_for("studio.show_sheet", **opened.address, **more, _anchor=anchor), 303)
