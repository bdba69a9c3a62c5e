"""Certificates as files: the organiser's, many at once, each matched by its name; and given to be saved."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.policy.actor import Actor
from engine.records.files import StoredFile
from forms import AlurForm, Required, Text, Upload
from processes.people.queries import placement_on
from processes.people.subjects import EmployeeSubject
from processes.training.commands.attach_certificates import AttachCertificates
from processes.training.queries.catalogue import Course, Session, courses, find_session
from processes.training.queries.documents import (
    Certified,
    Document,
    certified_in,
    documents_of_records,
    find_document,
)
from processes.training.rules.certificates import owner_of
from webapp.current import KEY_BYTES, ask, current_alur, run_command
from webapp.texts import gettext as _
from webapp.texts import language, ngettext
from webapp.training.addresses import CERTIFICATES, DOCUMENT
from webapp.training.files import CertificatesField, send_kept, single_files, store_file
from webapp.wiring import Alur


class CertificatesForm(AlurForm):
    """The certificates of a session."""

    files = CertificatesField(
        Text("Berkas sertifikat", "Files of the certificates"),
        [Required()],
        hint=Text(
            "PDF, PNG, JPG, atau satu arsip ZIP. Nama setiap berkas memuat nomor sertifikat atau NIP.",
            "PDF, PNG, JPG, or one ZIP archive. The name of each file holds the certificate's number or the NIP.",
        ),
    )


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    """Whose certificates of a session there are; `kept` counts those whose file is there."""

    session: Session
    course: Course
    certified: tuple[Certified, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Sorted:
    """Files with the trainings that they are of, and what is wrong with the others."""

    files: tuple[tuple[int, StoredFile], ...]
    problems: tuple[str, ...]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(CERTIFICATES)(show_certificates)
    blueprint.post(CERTIFICATES)(attach_certificates)
    blueprint.get(DOCUMENT)(give_document)


def show_certificates(session_id: int) -> str:
    """Show how the certificates of a session are handed in."""
    return _page(ask(read_certificates, current_alur(), session_id), CertificatesForm(language=language()))


def attach_certificates(session_id: int) -> Response | tuple[str, int]:
    """Keep each file with the participant whom its name tells of, and name the files of nobody."""
    page = ask(read_certificates, current_alur(), session_id)
    parts: list[Any] = [request.form, request.files]
    form = CertificatesForm(CombinedMultiDict(parts), language=language())
    if not form.validate():
        return _page(page, form), 422
    found = _sorted(form["files"].data, page.certified)
    current_alur().files.claim_all(file.sha256 for _record, file in found.files)
    if found.files:
        count = int(str(run_command(AttachCertificates(session_id, found.files)).value))
        flash(ngettext("%(count)s sertifikat tersimpan.", "%(count)s sertifikat tersimpan.", count), "success")
    if found.problems:
        return _page(ask(read_certificates, current_alur(), session_id), form, found.problems), 422
    return redirect(url_for("training.show_certificates", session_id=session_id), 303)


def give_document(record: int, sha256: str) -> Response:
    """Give the file of a certificate to whoever may see that person's training."""
    found = ask(_read_document, current_alur(), record, sha256)
    return send_kept(found.sha256, found.media_type, found.filename)


def read_certificates(read: Any, actor: Actor, alur: Alur, session_id: int) -> CertificatesPage:
    """Return who has a certificate of a session.

    :raise NotFound: there is no such session, or the reader does not run the training.
    """
    alur.engine.policy.require(actor, "training:arrange", TenantSubject(actor.tenant), read)
    session = find_session(read, actor.tenant, session_id)
    certified = certified_in(read, actor.tenant, session_id)
    kept = documents_of_records(read, actor.tenant, (item.record for item in certified))
    return CertificatesPage(session, courses(read, actor.tenant)[session.course], certified, len(kept))


def _read_document(read: Any, actor: Actor, alur: Alur, record: int, sha256: str) -> Document:
    found, day = find_document(read, actor.tenant, record, sha256), alur.now_in(actor.tenant).date()
    place = placement_on(read, actor.tenant, found.employee, day)
    subject = EmployeeSubject(actor.tenant, found.employee, place.unit_id if place is not None else None, day)
    alur.engine.policy.require(actor, "development:view", subject, read)
    return found


def _sorted(uploads: Iterable[Upload], people: tuple[Certified, ...]) -> Sorted:
    files: list[tuple[int, StoredFile]] = []
    problems: list[str] = []
    for name, content in single_files(uploads):
        owner = owner_of(name, people)
        if isinstance(content, str):
            problems.append(f"“{name}”: {content}")
        elif owner is None:
            problems.append(_("“%(name)s”: tidak cocok dengan satu peserta pun, atau dengan dua.", name=name))
        else:
            stored = store_file(name, content)
            if isinstance(stored, str):
                problems.append(stored)
            else:
                files.append((owner.record, stored))
    return Sorted(tuple(files), tuple(problems))


def _page(page: CertificatesPage, form: AlurForm, problems: tuple[str, ...] = ()) -> str:
    key = secrets.token_hex(KEY_BYTES)
    return render_template("training/certificates.html", page=page, form=form, problems=problems, key=key)
