"""Mending one point of a case: passing a failed element over, changing a variable, moving a token."""

from typing import Any

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response

from engine.bpmn.standing import StandingToken
from engine.commands.change_variables import ChangeVariables
from engine.commands.move_token import MoveToken
from engine.commands.retry_incident import RetryIncident
from engine.commands.skip_element import SkipElement
from engine.errors import NotFound, OperationRefused
from engine.plans import MovePlan
from forms import AlurForm
from processes.people.queries.names import names_of
from webapp.current import ask, current_actor, current_alur, run_command
from webapp.operations.case_reading import OperatedCase, read_operated
from webapp.operations.case_views import CASE, Answer, act_page, after_operation, refusal
from webapp.operations.forms import SkipForm, VariableForm, move_form
from webapp.operations.literals import NotReadable, read_value
from webapp.operations.move_page import plan_in_words
from webapp.operations.naming import described, name_of
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.values import ValueKind, as_typed, kind_of

TOKEN = f"{CASE}/<int(max=2147483647):token>"
WHOLE = 0  # tokens count from 1: the variables of the case itself


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    for part, show, act in (
        ("lewati", show_skip, skip),
        ("data", show_change, change),
        ("pindahkan", show_move, move),
    ):
        blueprint.get(f"{TOKEN}/{part}")(show)
        blueprint.post(f"{TOKEN}/{part}")(act)


def show_skip(case_id: int, token: int) -> str:
    """Say what passing over does, and ask for the result and the reason."""
    case, standing = _standing(case_id, token, "incident:skip")
    return _skip_page(case, standing, SkipForm(language=language(), data={"kind": str(ValueKind.NOTHING)}))


def skip(case_id: int, token: int) -> Answer:
    """Pass over a failed element."""
    case, standing = _standing(case_id, token, "incident:skip")
    form = SkipForm(request.form, language=language())
    if not form.validate():
        return _skip_page(case, standing, form), 422
    try:
        command = SkipElement(case_id, token, _value(form), str(form.typed_data()["reason"]))
        run_command(command)
    except NotReadable as error:
        form.add_error("value", str(error))
    except OperationRefused as error:
        form.add_error(None, refusal(error))
    else:
        return after_operation(case_id, _("Langkah dilewati. Alur berlanjut sesudahnya."))
    return _skip_page(case, standing, form), 422


def show_change(case_id: int, token: int) -> str:
    """Ask for the new value of a variable and the reason."""
    case, seen = _variables(case_id, token)
    name = request.args.get("nama", "")
    data: dict[str, Any] = {"name": name} if name in seen else {}
    if name in seen:
        data |= {"kind": str(kind_of(seen[name])), "value": as_typed(seen[name], language())}
    return _change_page(case, token, VariableForm(language=language(), data=data))


def change(case_id: int, token: int) -> Answer:
    """Change a variable, and try the failed step again if that is asked for."""
    case, _seen = _variables(case_id, token)
    form = VariableForm(request.form, language=language())
    if not form.validate():
        return _change_page(case, token, form), 422
    data = form.typed_data()
    try:
        values = {str(data["name"]): _value(form)}
        run_command(ChangeVariables(case_id, values, str(data["reason"]), token or None))
    except NotReadable as error:
        form.add_error("value", str(error))
    except OperationRefused as error:
        form.add_error("name" if error.why == "bad_name" else "value", refusal(error))
    else:
        return _changed(case, token)
    return _change_page(case, token, form), 422


def show_move(case_id: int, token: int) -> str:
    """Ask where a case goes on, and why."""
    case, standing = _standing(case_id, token, "case:move")
    return _move_page(case, standing, _move_form(case, standing, None))


def move(case_id: int, token: int) -> Answer:
    """Show what a move does, then do exactly that."""
    case, standing = _standing(case_id, token, "case:move")
    form = _move_form(case, standing, request.form)
    if not form.validate():
        return _move_page(case, standing, form), 422
    data = form.typed_data()
    version = request.form.get("version", "")
    is_confirmed = "confirmed" in request.form and version.isascii() and version.isdigit() and len(version) <= 9
    seen = int(version) if is_confirmed else case.view.case.version or 0
    command = MoveToken(case_id, token, str(data["target"]), seen, str(data["reason"]))
    try:
        if is_confirmed and "_ubah" not in request.form:
            run_command(command)
            return after_operation(case_id, _("Kasus berlanjut dari langkah yang Anda pilih."))
        plan = current_alur().engine.preview(command, current_actor())
    except OperationRefused as error:
        form.add_error("target", refusal(error))
        return _move_page(case, standing, form), 422
    if "_ubah" in request.form:
        return _move_page(case, standing, form)
    return _sure_page(case, standing, form, plan, seen)


def _standing(case_id: int, token: int, permission: str) -> tuple[OperatedCase, StandingToken]:
    case = ask(read_operated, current_alur(), case_id, permission)
    standing = case.standing.token(token)
    if standing is None:
        raise NotFound
    return case, standing


def _variables(case_id: int, token: int) -> tuple[OperatedCase, Any]:
    case = ask(read_operated, current_alur(), case_id, "case:change")
    if token == WHOLE:
        return case, case.standing.variables
    standing = case.standing.token(token)
    if standing is None:
        raise NotFound
    return case, standing.variables


def _value(form: AlurForm) -> Any:
    """Return the value of the form's kind.

    :raise NotReadable: what was typed is none.
    """
    data = form.typed_data()
    now = current_alur().now_in(current_actor().tenant)
    return read_value(ValueKind(str(data["kind"])), str(data.get("value") or ""), language(), now)


def _changed(case: OperatedCase, token: int) -> Response:
    case_id = case.view.case.id
    if "_coba" in request.form and case.incident(token) is not None and not case.is_suspended:
        run_command(RetryIncident(case_id, token))
        again = ask(read_operated, current_alur(), case_id).incident(token)
        if again is None:
            return after_operation(case_id, _("Data diubah dan langkah berhasil dijalankan. Alur berlanjut."))
        flash(_("Langkah ini gagal lagi. Alasan terbarunya tertulis di bawah."), "warning")
    return after_operation(case_id, _("Data diubah. Nilai lama dan baru tertulis di riwayat."))


def _skip_page(case: OperatedCase, standing: StandingToken, form: AlurForm) -> str:
    name = name_of(case.standing.outline, standing.element)
    kept = _("Hasil yang Anda isi disimpan di variabel %(name)s.", name=standing.result) if standing.result else ""
    return act_page(
        case,
        form,
        heading=_("Lewati langkah “%(name)s”?", name=name),
        effects=tuple(
            filter(
                None,
                (
                    _("Langkah ini dianggap selesai tanpa dijalankan; apa yang biasanya dicatatnya tidak tercatat."),
                    kept,
                    _("Alur berlanjut ke langkah berikutnya."),
                ),
            )
        ),
        yes=_("Lewati langkah"),
        tone="danger",
        action=url_for("operations.skip", case_id=case.view.case.id, token=standing.token),
    )


def _change_page(case: OperatedCase, token: int, form: AlurForm) -> str:
    may_retry = case.incident(token) is not None and not case.is_suspended
    return act_page(
        case,
        form,
        heading=_("Ubah data kasus"),
        effects=(
            _("Nilai lama dan baru, alasan, dan nama Anda tertulis di riwayat kasus."),
            _("Tugas yang sudah terbuka tetap pada orangnya; nilai baru dipakai mulai langkah berikutnya."),
        ),
        yes=_("Simpan"),
        also=("_coba", _("Simpan dan coba lagi")) if may_retry else None,
        tone="primary",
        action=url_for("operations.change", case_id=case.view.case.id, token=token),
    )


def _move_page(case: OperatedCase, standing: StandingToken, form: AlurForm) -> str:
    return act_page(
        case,
        form,
        heading=_("Pindahkan dari “%(name)s”", name=name_of(case.standing.outline, standing.element)),
        effects=(
            _("Sebelum dipindahkan, Anda melihat dahulu apa yang ditutup dan apa yang dibuka."),
            _("Hanya langkah di bagian diagram yang sama yang dapat dipilih."),
        ),
        yes=_("Lihat akibatnya"),
        tone="primary",
        action=url_for("operations.move", case_id=case.view.case.id, token=standing.token),
    )


def _sure_page(case: OperatedCase, standing: StandingToken, form: AlurForm, plan: MovePlan, seen: int) -> str:
    asked = [task.assignee for task in plan.outcome.tasks]
    outline = case.standing.outline
    return act_page(
        case,
        form,
        "operations/move_sure.html",
        plan=plan_in_words(plan, case, ask(names_of, asked) if case.sees_data else {}),
        source=name_of(outline, standing.element),
        target=name_of(outline, str(form["target"].data)),
        seen=seen,
        action=url_for("operations.move", case_id=case.view.case.id, token=standing.token),
    )


def _move_form(case: OperatedCase, standing: StandingToken, sent: Any) -> AlurForm:
    elements = (case.standing.outline.elements[name] for name in standing.targets)
    targets = [(item.id, described(item)) for item in elements]
    return move_form(targets)(sent, language=language())
