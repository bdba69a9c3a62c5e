"""Training taken elsewhere: everybody hands in his own with the certificate, the personnel agency confirms it."""

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from engine.errors import AlreadyDone, Conflict, Invalid
from engine.records.files import StoredFile
from forms import AlurForm, KeptFile
from processes.training.commands.claim_training import ClaimTraining, Taken
from processes.training.commands.decide_claim import ConfirmClaim, RefuseClaim
from processes.training.queries.claims import Claim
from webapp.current import KEY_BYTES, ask, current_alur, current_person, run_command
from webapp.errors import answer_to
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.training.addresses import CLAIM, CLAIMS, OWN_CLAIMS, today
from webapp.training.claim_reading import read_claim, read_own_claims, read_undecided, read_waiting
from webapp.training.fields import known_fields
from webapp.training.files import send_kept, store_upload
from webapp.training.forms import RefusalForm, claim_form
from webapp.training.words import claim_chip


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(OWN_CLAIMS)(show_own_claims)
    blueprint.post(OWN_CLAIMS)(hand_in)
    blueprint.get(CLAIMS)(show_claims)
    blueprint.get(CLAIM)(show_claim)
    blueprint.get(f"{CLAIM}/berkas")(give_claim)
    blueprint.post(f"{CLAIM}/setujui")(confirm)
    blueprint.post(f"{CLAIM}/tolak")(refuse)


def show_own_claims() -> str:
    """Show what the reader has handed in, and the form."""
    return _own_page(_claim_form(None))


def hand_in() -> Response | tuple[str, int]:
    """Keep a training that the reader took elsewhere; it waits to be confirmed."""
    parts: list[Any] = [request.form, request.files]
    form = _claim_form(CombinedMultiDict(parts))
    for field in form.file_fields():
        field.keep(store_upload)
    if not form.validate():
        return _own_page(form), 422
    answers: dict[str, Any] = form.typed_data()
    (file,) = answers.pop("file")
    assert isinstance(file, KeptFile), "a valid form with files has them kept"
    current_alur().files.claim(file.sha256)
    kept = StoredFile(sha256=file.sha256, size=file.size, media_type=file.media_type, filename=file.filename)
    try:
        run_command(ClaimTraining(current_person().person, Taken(**answers), kept))
    except (Invalid, Conflict) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _own_page(form), 422
    flash(_("Pelatihan terkirim. JP-nya dihitung setelah BKPSDM mengonfirmasinya."), "success")
    return redirect(url_for("training.show_own_claims"), 303)


def show_claims() -> str:
    """Show what waits to be confirmed."""
    return render_template("training/claims.html", page=ask(read_waiting, current_alur()))


def show_claim(claim_id: int) -> str:
    """Show what somebody has handed in, to be confirmed or refused."""
    return _claim_page(ask(read_undecided, current_alur(), claim_id), RefusalForm(language=language()))


def give_claim(claim_id: int) -> Response:
    """Give the certificate of what was handed in to its owner, and to whoever confirms it."""
    found = ask(read_claim, current_alur(), claim_id)
    return send_kept(found.sha256, found.media_type, found.filename)


def confirm(claim_id: int) -> Response:
    """Let the training count."""
    try:
        run_command(ConfirmClaim(claim_id))
        flash(_("Pelatihan dikonfirmasi; JP-nya dihitung."), "success")
    except (AlreadyDone, Conflict) as error:
        for line in answer_to(error).lines:
            flash(line, "warning")
    return redirect(url_for("training.show_claims"), 303)


def refuse(claim_id: int) -> Response | tuple[str, int]:
    """Leave the training out, with the reason."""
    found, form = ask(read_undecided, current_alur(), claim_id), RefusalForm(request.form, language=language())
    if not form.validate():
        return _claim_page(found, form), 422
    try:
        run_command(RefuseClaim(claim_id, str(form.typed_data()["note"])))
        flash(_("Pelatihan tidak dihitung; pegawai diberi tahu alasannya."), "success")
    except AlreadyDone as error:
        for line in answer_to(error).lines:
            flash(line, "warning")
    return redirect(url_for("training.show_claims"), 303)


def _claim_form(formdata: object) -> AlurForm:
    return claim_form(ask(known_fields, current_alur()))(formdata, language=language(), today=today())


def _own_page(form: AlurForm) -> str:
    claims = ask(read_own_claims)
    key = secrets.token_hex(KEY_BYTES)
    return render_template("training/own_claims.html", claims=claims, form=form, key=key, claim_chip=claim_chip)


def _claim_page(found: Claim, form: AlurForm) -> str:
    return render_template("training/claim.html", claim=found, form=form, claim_chip=claim_chip)
