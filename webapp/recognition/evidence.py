"""Files that show what an idea has changed: its owner attaches them, everybody may open them."""

from typing import Any

from flask import Blueprint, flash, redirect, request, send_file, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.errors import Conflict
from engine.policy.actor import Actor
from engine.records.contents import FileRefused
from engine.records.files import StoredFile
from forms import KeptFile, Upload
from processes.recognition.commands.attach_evidence import AttachEvidence
from processes.recognition.queries.ideas import EvidenceFile, idea_page
from webapp.current import ask, current_alur, run_command
from webapp.errors import answer_to
from webapp.recognition.addresses import EVIDENCE
from webapp.recognition.forms import EvidenceForm
from webapp.recognition.ideas import read_idea_for, show_idea_page
from webapp.security import LARGEST_REQUEST
from webapp.texts import gettext as _
from webapp.texts import language, text_for

SANDBOX = "default-src 'none'; sandbox"


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.post(EVIDENCE)(attach_evidence)
    blueprint.get(f"{EVIDENCE}/<sha256>")(send_evidence)


def attach_evidence(innovation_id: int) -> Response | tuple[str, int]:
    """Keep the file with the reader's own idea, or say what is wrong with it."""
    seen = ask(read_idea_for, "innovation:follow", innovation_id)
    parts: list[Any] = [request.form, request.files]
    sent: CombinedMultiDict[str, Any] = CombinedMultiDict(parts)
    form = EvidenceForm(sent, language=language())
    for one in form.file_fields():
        one.keep(_store)
    if not form.validate():
        return show_idea_page(seen, files=form), 422
    try:
        run_command(AttachEvidence(innovation_id, _kept(form)))
    except Conflict as error:
        form.add_error("evidence", " ".join(answer_to(error).lines))
        return show_idea_page(seen, files=form), 409
    flash(_("Berkas sudah diunggah."), "success")
    return redirect(url_for("recognition.show_idea", innovation_id=innovation_id), 303)


def send_evidence(innovation_id: int, sha256: str) -> Response:
    """Send a file of an idea, to be saved and never to be shown inside the page."""
    found = ask(_find, innovation_id, sha256)
    content = current_alur().files.open(found.sha256)
    answer = send_file(content, mimetype=found.media_type, as_attachment=True, download_name=found.filename)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def _find(read: Any, actor: Actor, innovation_id: int, sha256: str) -> EvidenceFile:
    found = next((one for one in idea_page(read, actor, innovation_id).files if one.sha256 == sha256), None)
    if found is None:
        raise NotFound
    return found


def _kept(form: EvidenceForm) -> StoredFile:
    (file,) = form["evidence"].data
    assert isinstance(file, KeptFile), "a valid form with files has them kept"
    current_alur().files.claim(file.sha256)
    return StoredFile(sha256=file.sha256, size=file.size, media_type=file.media_type, filename=file.filename)


def _store(upload: Upload) -> KeptFile | str:
    name = upload.filename or ""
    try:
        kept = current_alur().files.put(upload.stream, filename=name, limit=LARGEST_REQUEST)  # type: ignore[arg-type]  # reads bytes
    except FileRefused as error:
        return f"“{name}”: {text_for(error.code, error.params, language())}"
    return KeptFile(kept.sha256, kept.filename, kept.media_type, kept.size)
