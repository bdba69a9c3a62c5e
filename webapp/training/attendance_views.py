"""Attendance of a session out of a file: it fills the form of the step, which somebody checks and sends."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from engine.casework import find_task
from engine.commands.claim_task import ClaimTask
from engine.commands.save_draft import SaveDraft
from engine.errors import NotFound
from engine.policy.actor import Actor
from forms import AlurForm, Required, Text
from processes.people.imports import CellProblem, ImportKind, ImportPlan, read_import
from processes.training.imports.attendance import COLUMNS, attendance_kind
from processes.training.queries.catalogue import Course, Session, courses, find_session
from processes.training.recording import Recording, find_recording, participants_of
from webapp.current import ask, current_actor, current_alur
from webapp.sheets import SheetField, csv_file
from webapp.texts import language, ngettext
from webapp.training.addresses import ATTENDANCE
from webapp.training.task_forms import PRESENCE_COLUMNS, attendance_draft
from webapp.wiring import Alur

#: A page with more rows than this is of no use to anybody; the rest comes up at the next try.
MOST_PROBLEMS = 200


class AttendanceFileForm(AlurForm):
    """The file with who was there for how long."""

    file = SheetField(Text("Berkas kehadiran", "File of the attendance"), [Required()])


@dataclass(frozen=True, slots=True)
class RecordingPage:
    """The session whose attendance is to be recorded, by whom, and the participants with their NIP."""

    session: Session
    course: Course
    recording: Recording
    participants: tuple[tuple[str, str], ...]
    must_claim: bool


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(ATTENDANCE)(show_attendance)
    blueprint.post(ATTENDANCE)(fill_attendance)
    blueprint.get(f"{ATTENDANCE}.csv")(give_list)


def show_attendance(session_id: int) -> str:
    """Show how the attendance comes out of a file."""
    return _page(ask(read_recording, current_alur(), session_id), AttendanceFileForm(language=language()))


def fill_attendance(session_id: int) -> Response | tuple[str, int]:
    """Fill the form of the step with what a file says, or name what is wrong with the file; nothing is recorded yet."""
    page = ask(read_recording, current_alur(), session_id)
    parts: list[Any] = [request.form, request.files]
    form = AttendanceFileForm(CombinedMultiDict(parts), language=language())
    if not form.validate():
        return _page(page, form), 422
    sheet = form["file"].data[0]
    outcome = ask(_read_file, current_alur(), page.recording, (sheet.filename or "", sheet.stream.read()))
    if not isinstance(outcome, ImportPlan):
        return _page(page, form, outcome), 422
    _keep(page, outcome)
    told = ngettext(
        "%(count)s peserta diisi dari berkas. Periksa, lalu tekan Kirim: baru sesudah itu kehadiran tercatat.",
        "%(count)s peserta diisi dari berkas. Periksa, lalu tekan Kirim: baru sesudah itu kehadiran tercatat.",
        outcome.summary.new,
    )
    flash(told, "success")
    for warning in outcome.summary.warnings:
        flash(_words(warning), "warning")
    where = page.recording
    return redirect(url_for("inbox.show_task", case_id=where.case_id, token=where.token), 303)


def give_list(session_id: int) -> Response:
    """Give the participants as a file to be filled in."""
    page = ask(read_recording, current_alur(), session_id)
    titles = [column.title for column in COLUMNS]
    rows = [[nip, "", "", "", "", name] for nip, name in page.participants]
    return csv_file(f"kehadiran-{page.session.code}.csv", [[*titles, "Nama"], *rows], delimiter=";")


def read_recording(read: Any, actor: Actor, alur: Alur, session_id: int) -> RecordingPage:
    """Return what the attendance of a session needs.

    :raise NotFound: there is nothing to record, or it is not for the reader to do.
    """
    session = find_session(read, actor.tenant, session_id)
    recording = find_recording(read, actor.tenant, session_id)
    if recording is None:
        raise NotFound()
    task = find_task(read, actor, recording.case_id, recording.token)
    policy = alur.engine.policy
    is_mine = policy.allows(actor, "task:complete", task, read)
    if not is_mine and not policy.allows(actor, "task:claim", task, read):
        raise NotFound()
    course = courses(read, actor.tenant)[session.course]
    return RecordingPage(session, course, recording, participants_of(read, actor.tenant, recording), not is_mine)


def _read_file(
    read: Any, actor: Actor, alur: Alur, recording: Recording, file: tuple[str, bytes]
) -> ImportPlan | list[CellProblem]:
    kind: ImportKind = attendance_kind(recording.participants)
    (name, content), day = file, alur.now_in(actor.tenant).date()
    return read_import(kind, content, read, actor.tenant, day, name=name, actor=actor.person)


def _keep(page: RecordingPage, plan: ImportPlan) -> None:
    """Take the task, if it still waits in the queue, and keep what the file says as its draft."""
    engine, actor, where = current_alur().engine, current_actor(), page.recording
    if page.must_claim:
        engine.run(ClaimTask(where.case_id, where.token), actor)
    given = {row["nip"]: {name: row[name] for name in PRESENCE_COLUMNS} for row in plan.rows}
    rows = [given.get(nip, {}) for nip, _name in page.participants]
    engine.run(SaveDraft(where.case_id, where.token, attendance_draft(rows)), actor)


def _words(problem: CellProblem) -> str:
    return problem.text_id if language() == "id" else problem.text_en


def _page(page: RecordingPage, form: AlurForm, problems: list[CellProblem] | None = None) -> str:
    shown = (problems or [])[:MOST_PROBLEMS]
    return render_template(
        "training/attendance.html",
        page=page,
        form=form,
        problems=[(problem, _words(problem)) for problem in shown],
        count=len(problems or []),
        columns=attendance_kind(()).template(),
    )
