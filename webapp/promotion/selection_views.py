"""Open selections: the list, one with its stages, the candidates, and a candidate's own application."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.errors import Conflict, Invalid
from engine.policy.actor import Actor
from engine.records.contents import FileRefused
from engine.records.files import StoredFile
from forms import AlurForm
from processes.promotion.selection.commands.apply import ApplyForPost, WithdrawApplication
from processes.promotion.selection.records import FileKind
from webapp.access import for_guests
from webapp.current import KEY_BYTES, ask, current_actor, current_alur, run_command
from webapp.errors import answer_to
from webapp.promotion.selection_forms import ApplyForm, WithdrawForm
from webapp.promotion.selection_needs import NEED_WORDS
from webapp.promotion.selection_reading import (
    SeenSelection,
    read_handed_in,
    read_list,
    read_ranking,
    read_selection,
    read_withdrawing,
)
from webapp.promotion.selection_words import SELECTION_WORDS
from webapp.security import LARGEST_REQUEST
from webapp.texts import gettext as _
from webapp.texts import language, text_for

_NUMBER = "int(max=9223372036854775807)"
LIST = "/seleksi-jpt"
ONE = f"{LIST}/<{_NUMBER}:case_id>"
# A file is other people's content: whatever it holds, the browser neither runs it nor guesses what it is.
SANDBOX = "default-src 'none'; sandbox"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(LIST)(show_selections)
    blueprint.get(ONE)(show_selection)
    blueprint.get(f"{ONE}/calon")(show_candidates)
    blueprint.get(f"{ONE}/lamar")(show_applying)
    blueprint.post(f"{ONE}/lamar")(apply)
    blueprint.get(f"{ONE}/mundur")(show_withdrawing)
    blueprint.post(f"{ONE}/mundur")(withdraw)
    blueprint.get(f"{ONE}/berkas/<int(max=32767):number>/<any(cv,statement,paper):kind>")(send_handed_in)


def is_staff(actor: Actor) -> bool:
    """Show the selections in the menu of everybody of the city."""
    return actor.person is not None


def show_selections() -> str:
    """Show the selections of the city, the newest first."""
    return _page("promotion/selections.html", shown=ask(read_list, current_alur()), today=_today())


@for_guests
def show_selection(case_id: int) -> str:
    """Show one selection: its stages and weights, and what the reader has to do with it."""
    seen, now = ask(read_selection, current_alur(), case_id), current_alur().now_in(current_actor().tenant)
    return _page("promotion/selection.html", seen=seen, zone=now.tzinfo)


def show_candidates(case_id: int) -> str:
    """Show all candidates with what each stage brought, to those who carry the selection."""
    return _page("promotion/selection_candidates.html", ranking=ask(read_ranking, current_alur(), case_id))


def show_applying(case_id: int) -> Response | str:
    """Show the form of an application; whoever misses a requirement comes back to where it is said."""
    seen = _open(case_id)
    return _applying_page(seen, ApplyForm(language=language())) if seen.may_apply else _to_requirements(case_id)


def apply(case_id: int) -> Response | tuple[str, int]:
    """Keep the reader's application, or say what is wrong with it."""
    seen = _open(case_id)
    if not seen.may_apply:
        return _to_requirements(case_id)
    parts: list[Any] = [request.form, request.files]
    sent: CombinedMultiDict[str, Any] = CombinedMultiDict(parts)
    form = ApplyForm(sent, language=language())
    files = _stored(form) if form.validate() else None
    if files is None:
        return _applying_page(seen, form), 422
    try:
        run_command(ApplyForPost(case_id, files))
    except (Conflict, Invalid) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _applying_page(seen, form), 409
    flash(_("Lamaran Anda sudah terkirim. Hasil setiap tahap tampil di halaman ini."), "success")
    return redirect(url_for("promotion.show_selection", case_id=case_id), 303)


def show_withdrawing(case_id: int) -> str:
    """Show the form that asks why somebody withdraws."""
    return _withdrawing_page(case_id, WithdrawForm(language=language()))


def withdraw(case_id: int) -> Response | tuple[str, int]:
    """Withdraw the reader's application."""
    form = WithdrawForm(request.form, language=language())
    if not form.validate():
        return _withdrawing_page(case_id, form), 422
    try:
        run_command(WithdrawApplication(case_id, str(form.typed_data()["reason"])))
        flash(_("Lamaran Anda sudah ditarik."), "success")
    except Conflict as error:
        flash(" ".join(answer_to(error).lines), "warning")
    return redirect(url_for("promotion.show_selection", case_id=case_id), 303)


@for_guests
def send_handed_in(case_id: int, number: int, kind: str) -> Response:
    """Send a file of a candidate, to be saved; its name tells the number and not the person."""
    found = ask(read_handed_in, current_alur(), case_id, number=number, kind=kind)
    name = f"peserta-{number}-{kind}.pdf"
    content = current_alur().files.open(found.file.sha256)
    answer = send_file(content, mimetype=found.file.media_type, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def _open(case_id: int) -> SeenSelection:
    seen = ask(read_selection, current_alur(), case_id)
    if seen.needs is None:
        raise NotFound
    return seen


def _to_requirements(case_id: int) -> Response:
    flash(_("Anda belum dapat melamar. Syarat yang belum terpenuhi tertulis di halaman ini."), "warning")
    return redirect(url_for("promotion.show_selection", case_id=case_id), 303)


def _stored(form: AlurForm) -> dict[FileKind, StoredFile] | None:
    """Return the files of a good form as they are kept now; None and an error on the field if one is refused."""
    answers: Any = form.typed_data()
    found: dict[FileKind, StoredFile] = {}
    for kind in FileKind:
        (upload,) = answers[kind]
        try:
            found[kind] = current_alur().files.put(upload.stream, filename=upload.filename, limit=LARGEST_REQUEST)
        except FileRefused as error:
            form.add_error(str(kind), text_for(error.code, error.params, language()))
            return None
    current_alur().files.claim_all(file.sha256 for file in found.values())
    return found


def _today() -> Any:
    return current_alur().now_in(current_actor().tenant).date()


def _applying_page(seen: SeenSelection, form: AlurForm) -> str:
    return _page("promotion/selection_apply.html", seen=seen, form=form, key=secrets.token_hex(KEY_BYTES))


def _withdrawing_page(case_id: int, form: AlurForm) -> str:
    found = ask(read_withdrawing, current_alur(), case_id)
    return _page("promotion/selection_withdraw.html", found=found, form=form, key=secrets.token_hex(KEY_BYTES))


def _page(template: str, **more: Any) -> str:
    return render_template(template, **SELECTION_WORDS, **NEED_WORDS, **more)
