"""The forms of a design: the list, the builder of one, and trying it out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answered

from engine.commands.save_design import SaveDesign, StaleFile
from engine.designs.finding import Design, content_mark
from engine.errors import DiagramRefused, Problem
from engine.policy.actor import Actor
from forms import AlurForm
from processes.people.guests import is_guest
from processes.people.queries.names import names_of
from webapp.access import for_guests
from webapp.current import ask, current_actor, current_alur, current_city, run_command, wants_data
from webapp.studio.files.views import DESIGN, plain_problem
from webapp.studio.form_builder import labels, listing
from webapp.studio.form_builder.changing import HEAD
from webapp.studio.form_builder.editing import apply_sent, opened_of, typed_in
from webapp.studio.form_builder.items import Plain, items_of, read_plain, write_plain
from webapp.studio.form_builder.pages import BuilderPage, builder_page, with_typed
from webapp.studio.form_builder.trying import answers_in, asked_view, draw_form, form_to_try
from webapp.studio.form_builder.usage import file_of, findings, forms_elsewhere, forms_in
from webapp.studio.frame import Tab
from webapp.studio.reading import current_design
from webapp.task_forms import live_state
from webapp.texts import gettext as _
from webapp.texts import language, lazy

LIST = f"{DESIGN}/formulir"
FORM = f"{LIST}/<string(maxlength=61):key>"
TAB = Tab(20, lazy("Formulir"), "studio.show_forms")
#: Bytes of what the builder's script sends of one card.
LONGEST_CARD = 500_000


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(LIST)(for_guests(show_forms))
    blueprint.post(LIST)(change_forms)
    blueprint.get(FORM)(show_form)
    blueprint.post(FORM)(change_form)
    blueprint.put(FORM)(keep_form)
    blueprint.get(f"{FORM}/coba")(for_guests(show_try))
    blueprint.post(f"{FORM}/coba")(for_guests(try_form))
    blueprint.post(f"{FORM}/hitung")(for_guests(show_live_form))


def show_forms(design_id: int) -> str:
    """Show the forms of a design, who asks them and, but to guests, what is wrong with them."""
    design = current_design(design_id)
    return render_template(
        "studio/form_list.html",
        design=design,
        lines=forms_in(design.files, language(), is_checked=not is_guest(current_actor())),
        elsewhere=forms_elsewhere(design.files, language()),
        may_change=ask(_may_change, design),
        diagram_mark=content_mark(design.diagram),
        mark_of=lambda key: content_mark(design.files[file_of(key)]),
    )


def change_forms(design_id: int) -> Answered:
    """Make, copy, rename or delete a form."""
    design = _to_change(current_design(design_id))
    wish = listing.read_wish(design.files, request.form.to_dict(), language())
    if wish.refusal:
        flash(wish.refusal, "warning")
        return redirect(url_for("studio.show_forms", design_id=design_id), 303)
    try:
        run_command(SaveDesign(design_id, wish.files, _seen(design, wish.files, request.form)))
    except StaleFile:
        flash(
            _("Orang lain baru saja mengubahnya. Daftar di bawah sudah yang terbaru; ulangi perubahan Anda."), "warning"
        )
        return redirect(url_for("studio.show_forms", design_id=design_id), 303)
    flash(wish.done, "success")
    if wish.opens is not None:
        return redirect(url_for("studio.show_form", design_id=design_id, key=wish.opens), 303)
    return redirect(url_for("studio.show_forms", design_id=design_id), 303)


def show_form(design_id: int, key: str) -> str:
    """Show a form in the builder, with one of its fields opened."""
    design = _design_with(design_id, key)
    return _show(design, builder_page(design, key, request.args.get("buka", HEAD, int), language()))


def change_form(design_id: int, key: str) -> Answered | tuple[str, int]:
    """Keep what was typed, and do what the pressed button says."""
    design, sent = _to_change(_design_with(design_id, key)), request.form.to_dict()
    if sent.get("mark") != content_mark(design.files[file_of(key)]):
        return _show_stale(design, key, sent)
    edited = apply_sent(_plain(design, key), sent, _used(design, key))
    try:
        _save(design, key, edited.plain, sent["mark"])
    except StaleFile:
        return _show_stale(current_design(design_id), key, sent)
    except DiagramRefused as refused:
        return _show_refused(design, key, sent, refused.problems)
    opened = edited.opened if edited.opened != HEAD else None
    return redirect(url_for("studio.show_form", design_id=design_id, key=key, buka=opened, _anchor="kartu"), 303)


def keep_form(design_id: int, key: str) -> tuple[Response, int]:
    """Keep what is typed so far, for the script; 412 if somebody changed the form meanwhile."""
    design = _to_change(_design_with(design_id, key))
    text = request.get_data(cache=False)[:LONGEST_CARD].decode(errors="replace")
    sent = {name: value for name, value in parse_qsl(text, keep_blank_values=True) if name != "do"}
    seen = request.headers.get("If-Match", "").strip('"')
    try:
        if seen != content_mark(design.files[file_of(key)]):
            return jsonify(_changed_by(design)), 412
        mark = _save(design, key, apply_sent(_plain(design, key), sent, "", is_finished=False).plain, seen)
    except StaleFile:
        return jsonify(_changed_by(current_design(design_id))), 412
    except DiagramRefused as refused:
        return jsonify(problems=[plain_problem(found) for found in refused.problems]), 422
    return jsonify(mark=mark), 200


def show_try(design_id: int, key: str) -> str | Response:
    """Show the form as those see it who fill it in; of the page only that to a script."""
    design = _design_with(design_id, key)
    return make_response(_preview(design, key)) if wants_data() else _show_tried(design, key, None)


def try_form(design_id: int, key: str) -> tuple[str, int]:
    """Show what is wrong with what was filled in, or what the process would get."""
    design = _design_with(design_id, key)
    sent: list[MultiDict[str, Any]] = [request.files, request.form]
    form = _form(design, key, CombinedMultiDict(sent))
    if form is None:
        return _show_tried(design, key, None), 422
    good = form.validate()
    return _show_tried(design, key, form), 200 if good or form.row_change else 422


def show_live_form(design_id: int, key: str) -> Response:
    """Say what follows from what is typed into the form so far."""
    form = _form(_design_with(design_id, key), key, MultiDict(request.form))
    return jsonify(live_state(form) if form is not None else {"shown": {}, "values": {}})


def _design_with(design_id: int, key: str) -> Design:
    design = current_design(design_id)
    if file_of(key) not in design.files:
        raise NotFound
    return design


def _plain(design: Design, key: str) -> Plain:
    return read_plain(design.files[file_of(key)])


def _seen(design: Design, names: Iterable[str], sent: Mapping[str, str]) -> dict[str, str | None]:
    """Return the marks of files as the list showed them; it showed no other file than the form and the diagram."""
    shown = {file_of(sent.get("key", "")): sent.get("mark"), design.diagram_name: sent.get("diagram_mark")}
    return {name: shown.get(name) for name in names}


def _used(design: Design, key: str) -> str:
    """Return the texts of the design in which fields of a form are named, but for the form itself."""
    others = (content for name, content in design.files.items() if name != file_of(key))
    return "\n".join(content.decode(errors="replace") for content in others)


def _save(design: Design, key: str, plain: Plain, seen: str) -> str:
    name = file_of(key)
    receipt = run_command(SaveDesign(design.id, {name: write_plain(plain)}, {name: seen}))
    return str((receipt.value or {}).get(name))


def _show(design: Design, page: BuilderPage, **more: Any) -> str:
    return render_template(
        "studio/form_builder.html",
        design=design,
        page=page,
        head=HEAD,
        labels=labels,
        may_change=ask(_may_change, design),
        view=asked_view(),
        preview=_preview(design, page.key),
        **{"stale": None, "refused": (), **more},
    )


def _show_stale(design: Design, key: str, sent: Mapping[str, str]) -> tuple[str, int]:
    """Show the form as somebody else has left it, and in its card what was typed here."""
    return _show(design, _with_sent(design, key, sent), stale=_changed_by(design)), 409


def _show_refused(design: Design, key: str, sent: Mapping[str, str], problems: tuple[Problem, ...]) -> tuple[str, int]:
    words = [found.message(language()) for found in problems]
    return _show(design, _with_sent(design, key, sent), refused=words), 422


def _with_sent(design: Design, key: str, sent: Mapping[str, str]) -> BuilderPage:
    items = items_of(_plain(design, key))
    was = sent.get("was", "")
    place = next((n for n, item in enumerate(items) if was and item.get("name") == was), opened_of(sent, items))
    page = builder_page(design, key, place, language())
    return replace(page, card=with_typed(page.card, typed_in(sent))) if typed_in(sent) else page


def _changed_by(design: Design) -> dict[str, str | None]:
    return {
        "by": ask(names_of, (design.saved_by,)).get(design.saved_by or 0),
        "at": design.saved_at.isoformat(),
    }


def _form(design: Design, key: str, sent: object = None) -> AlurForm | None:
    """Return the form to be tried; None while something is wrong with it."""
    plain = _plain(design, key)
    if findings(plain)[0]:
        return None
    today = current_alur().now_in(current_city().code).date()
    return form_to_try(plain, asked_view(), today, sent)


def _preview(design: Design, key: str) -> str:
    form = _form(design, key)
    return draw_form(form, asked_view(), design=design, key=key) if form is not None else ""


def _show_tried(design: Design, key: str, form: AlurForm | None) -> str:
    shown = form if form is not None else _form(design, key)
    is_good = form is not None and not form.row_change and not form.error_summary()
    return render_template(
        "studio/form_try.html",
        design=design,
        key=key,
        view=asked_view(),
        tried=form,
        preview=draw_form(shown, asked_view(), design=design, key=key) if shown is not None else "",
        answers=answers_in(form) if is_good and form is not None else None,
    )


def _to_change(design: Design) -> Design:
    """Return a design that is still worked on, for somebody who may change it."""
    ask(_require_change, design)
    design.require_open()
    return design


def _require_change(read: Any, actor: Actor, design: Design) -> None:
    current_alur().engine.policy.require(actor, "design:change", design, read)


def _may_change(read: Any, actor: Actor, design: Design) -> bool:
    return not design.status.is_closed and current_alur().engine.policy.allows(actor, "design:change", design, read)
