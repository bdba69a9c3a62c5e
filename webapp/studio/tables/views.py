"""The list of tables of a design, with new ones, copies, files from elsewhere; and all views of tables, joined."""

import re
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from engine.designs.finding import Design, content_mark
from engine.dmn.editing import NAME, NewColumn, copy_file, new_table
from webapp.current import current_alur
from webapp.studio.files.views import DESIGN
from webapp.studio.frame import Tab
from webapp.studio.reading import current_design
from webapp.studio.tables import editor_views, sheet_views, trial_views
from webapp.studio.tables.covering import play_all
from webapp.studio.tables.decisions import ENDING, find_table_file, read_table_files
from webapp.studio.tables.forms import NewTableForm, UploadForm
from webapp.studio.tables.listing import table_lines, users_of
from webapp.studio.tables.opening import TABLE, TABLES, design_to_change, may_change
from webapp.studio.tables.saving import save_file
from webapp.texts import gettext as _
from webapp.texts import language, lazy

TAB: Final = Tab(30, lazy("Tabel"), "studio.show_tables")
_STRANGE: Final = re.compile(r"[^A-Za-z0-9_]+")


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(TABLES)(show_tables)
    blueprint.post(TABLES)(upload_table)
    blueprint.get(f"{DESIGN}/tabel-baru")(show_new_table)
    blueprint.post(f"{DESIGN}/tabel-baru")(make_table)
    blueprint.post(f"{TABLE}/salin")(copy_table)
    blueprint.post(f"{TABLE}/hapus")(delete_table)
    blueprint.get(f"{TABLE}/unduh")(export_table)
    for part in (editor_views, sheet_views, trial_views):
        part.add_to(blueprint)


def show_tables(design_id: int) -> str:
    """Show the tables of a design: who asks them, how many rules, what is wrong with them."""
    return _list_page(current_design(design_id), UploadForm(language=language()))


def upload_table(design_id: int) -> Response | tuple[str, int]:
    """Take a DMN file over into the design."""
    design = design_to_change(design_id)
    parts: list[Any] = [request.form, request.files]
    form = UploadForm(CombinedMultiDict(parts), language=language())
    if not form.validate():
        return _list_page(design, form), 422
    sent = form["file"].data[0]
    name = f"{_stem(sent.filename or '')}{ENDING}"
    if name in design.files and not form["replaces"].data:
        form.add_error("replaces", _("Tabel bernama %(name)s sudah ada. Centang bila isinya diganti.", name=name))
        return _list_page(design, form), 422
    seen = content_mark(design.files[name]) if name in design.files else None
    for refused in save_file(design_id, name, sent.stream.read(), seen):
        form.add_error("file", refused)
    if form.errors:
        return _list_page(design, form), 422
    flash(_("Tabel %(name)s sudah diambil alih.", name=name), "success")
    return _to_list(design_id)


def show_new_table(design_id: int) -> str:
    """Show the form for a new table."""
    form = NewTableForm(language=language(), data={"inputs": [{}], "outputs": [{}]})
    return render_template("studio/tables_new.html", design=design_to_change(design_id), form=form)


def make_table(design_id: int) -> Response | tuple[str, int]:
    """Begin a new table."""
    design = design_to_change(design_id)
    form = NewTableForm(request.form, language=language())
    is_valid = form.validate()
    if is_valid:
        _check_new(design, form)
    if form.row_change or form.errors:
        page = render_template("studio/tables_new.html", design=design, form=form)
        return page, 200 if form.row_change else 422
    name = str(form["name"].data)
    columns = (_columns(form, part) for part in ("inputs", "outputs"))
    save_file(design_id, f"{name}{ENDING}", new_table(name, str(form["title"].data), *columns), None)
    flash(_("Tabel sudah dibuat dengan satu aturan kosong. Isi aturannya di bawah."), "success")
    return redirect(url_for("studio.show_sheet", design_id=design_id, name=name), 303)


def copy_table(design_id: int, name: str) -> Response:
    """Put a copy of a table beside it."""
    design = design_to_change(design_id)
    file = find_table_file(design.files, name)
    used = {
        *design.files,
        *(f"{id_}{ENDING}" for one in read_table_files(design.files).values() for id_ in one.decisions),
    }
    stem = next(new for number in range(1, len(used) + 2) if f"{(new := f'{name}_{number + 1}')}{ENDING}" not in used)
    decision = file.decisions.get(file.main)
    title = _("%(name)s (salinan)", name=decision.name if decision else name)
    content, _renamed = copy_file(design.files[file.name], stem, title)
    said = _("Salinan %(name)s sudah dibuat. Belum ada langkah yang memakainya.", name=stem)
    return _saved(design_id, save_file(design_id, f"{stem}{ENDING}", content, None), said)


def delete_table(design_id: int, name: str) -> Response:
    """Take a table out of the design, unless something asks it."""
    design = design_to_change(design_id)
    file = find_table_file(design.files, name)
    users = users_of(design, file)
    if users:
        said = _(
            "Tabel ini masih dipakai oleh: %(users)s. Lepaskan dahulu di sana, lalu hapus.", users=", ".join(users)
        )
        flash(said, "warning")
        return _to_list(design_id)
    refused = save_file(design_id, file.name, None, content_mark(design.files[file.name]))
    return _saved(design_id, refused, _("Tabel %(name)s sudah dihapus dari rancangan.", name=name))


def export_table(design_id: int, name: str) -> Response:
    """Send a table as a DMN file, to be opened anywhere."""
    design = current_design(design_id)
    file = find_table_file(design.files, name)
    headers = {"Content-Disposition": f'attachment; filename="{_stem(file.name)}{ENDING}"'}
    return Response(design.files[file.name], mimetype="application/xml", headers=headers)


def _list_page(design: Design, form: UploadForm) -> str:
    asked = play_all(design.files, current_alur().catalogue)
    told = {"design": design, "form": form, "lines": table_lines(design, asked), "may_change": may_change(design)}
    return render_template("studio/tables_list.html", **told, asked=asked)


def _check_new(design: Design, form: NewTableForm) -> None:
    """Note in the form what the new table cannot be called."""
    name = str(form["name"].data)
    taken = {id_ for file in read_table_files(design.files).values() for id_ in file.decisions}
    if not NAME.fullmatch(name):
        form.add_error("name", _("Pakai huruf, angka, dan garis bawah saja, diawali huruf."))
    elif f"{name}{ENDING}" in design.files or name in taken:
        form.add_error("name", _("Nama ini sudah dipakai tabel lain. Pilih nama yang lain."))
    outputs = [column.name for column in _columns(form, "outputs")]
    if len(set(outputs)) != len(outputs):
        form.add_error("outputs", _("Setiap kolom keluaran memerlukan nama yang berbeda."))


def _columns(form: NewTableForm, part: str) -> list[NewColumn]:
    rows: Any = form[part].data
    return [NewColumn(row["label"], row["name"], row["type"]) for row in rows]


def _stem(filename: str) -> str:
    """Return the name of a file as designs call files: letters, digits and underscores."""
    stem = _STRANGE.sub("_", re.sub(r"\.dmn$", "", filename, flags=re.IGNORECASE)).strip("_")[:60]
    return stem or "tabel"


def _saved(design_id: int, refused: tuple[str, ...], said: str) -> Response:
    for text in refused:
        flash(text, "danger")
    if not refused:
        flash(said, "success")
    return _to_list(design_id)


def _to_list(design_id: int) -> Response:
    return redirect(url_for("studio.show_tables", design_id=design_id), 303)
