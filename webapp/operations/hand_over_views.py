"""Giving the task of somebody who has left to somebody else."""

from flask import Blueprint, request

from engine.commands.hand_over_task import HandOverTask
from engine.errors import NotFound, OperationRefused
from processes.people.queries import employee_by_nip
from webapp.current import ask, current_actor, current_alur, run_command
from webapp.operations.case_reading import read_operated
from webapp.operations.case_views import Answer, after_operation, case_page, hand_over_form, refusal
from webapp.operations.forms import HandOverForm
from webapp.operations.mending_views import TOKEN
from webapp.texts import gettext as _


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint this view."""
    blueprint.post(f"{TOKEN}/serahkan")(hand_over)


def hand_over(case_id: int, token: int) -> Answer:
    """Let whoever was named do the task; the page of the case says what is wrong with that.

    :raise NotFound: nobody who has left is asked there; perhaps somebody else handed the task over meanwhile.
    """
    case = ask(read_operated, current_alur(), case_id, "case:hand_over")
    if token not in case.left:
        raise NotFound
    form = hand_over_form(token, request.form)
    if form.validate() and _hand_over(form, case_id, token):
        return after_operation(case_id, _("Tugas diserahkan. Orangnya diberi tahu."))
    return case_page(case, form, token), 422


def _hand_over(form: HandOverForm, case_id: int, token: int) -> bool:
    data = form.typed_data()
    person = _find_person(str(data["nip"]))
    if person is None:
        form.add_error("nip", _("Tidak ada pegawai dengan NIP ini di kota ini. Periksa kembali angkanya."))
        return False
    try:
        run_command(HandOverTask(case_id, token, person, str(data["reason"])))
    except OperationRefused as error:
        form.add_error("nip", refusal(error))
        return False
    return True


def _find_person(typed: str) -> int | None:
    with current_alur().database.reading() as read:
        found = employee_by_nip(read, current_actor().tenant, "".join(typed.split()))
    return found.id if found is not None else None
