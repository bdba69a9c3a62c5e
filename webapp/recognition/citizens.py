"""Thanks of citizens: recorded by the personnel agency, confirmed by the unit, read by whom they are for."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import AlreadyDone, Invalid
from engine.policy.actor import Actor
from forms import AlurForm
from processes.people.queries import all_units, units_headed_by
from processes.recognition.commands.record_citizen_thanks import AnswerCitizenThanks, RecordCitizenThanks
from processes.recognition.queries.citizens import (
    CitizenThanks,
    all_citizen_thanks,
    find_citizen_thanks,
    unit_citizen_thanks,
    waiting_citizen_thanks,
)
from processes.recognition.queries.colleagues import Colleague, find_colleague
from processes.recognition.queries.pages import Paged
from webapp.current import KEY_BYTES, ask, run_command
from webapp.errors import answer_to
from webapp.recognition.addresses import CITIZENS, ONE_CITIZEN_THANKS, PERSON, may, require, today
from webapp.recognition.choosing import Choice, offered, searched
from webapp.recognition.forms import CitizenForm, unit_citizen_form
from webapp.recognition.turning import asked_page, turning_of
from webapp.texts import gettext as _
from webapp.texts import language

_ANSWERS = {"benar": True, "tidak": False}


@dataclass(frozen=True, slots=True)
class SeenCitizens:
    """What the reader sees of citizens' thanks.

    :param waiting: for the reader's answer, as head of a unit.
    :param recorded: all of the city, for those who record them; None for the others.
    """

    waiting: tuple[CitizenThanks, ...]
    of_unit: tuple[CitizenThanks, ...]
    recorded: Paged[CitizenThanks] | None


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(CITIZENS)(show_citizens)
    blueprint.get(f"{CITIZENS}/unit")(show_unit_thanks)
    blueprint.post(f"{CITIZENS}/unit")(record_for_unit)
    blueprint.get(f"{CITIZENS}/pegawai")(choose_thanked)
    blueprint.post(f"{CITIZENS}/pegawai")(search_thanked)
    blueprint.get(f"{CITIZENS}/pegawai/{PERSON}")(show_person_thanks)
    blueprint.post(f"{CITIZENS}/pegawai/{PERSON}")(record_for_person)
    blueprint.post(f"{ONE_CITIZEN_THANKS}/jawab")(answer_citizen)


def show_citizens() -> str:
    """Show what citizens thanked the reader's unit for, what waits for him, and to those who record it, everything."""
    seen = ask(_read, asked_page("halaman"))
    return render_template("recognition/citizens.html", seen=seen, turn=turning_of("recognition.show_citizens"))


def show_unit_thanks() -> str:
    """Show the form for thanks to a whole unit."""
    return _form_page(_unit_form(None))


def record_for_unit() -> Response | tuple[str, int]:
    """Keep thanks to a whole unit."""
    form = _unit_form(request.form)
    if not form.validate():
        return _form_page(form), 422
    return _record(form, int(str(form["unit"].data)), None)


def choose_thanked() -> str:
    """Show whom the thanks may be for."""
    ask(_require)
    return _choosing(offered())


def search_thanked() -> Response | tuple[str, int]:
    """Lead to those whose name has what was typed."""
    ask(_require)
    found = searched("recognition.choose_thanked")
    return (_choosing(found), 422) if isinstance(found, Choice) else found


def show_person_thanks(person: int) -> str:
    """Show the form for thanks to somebody."""
    return _form_page(CitizenForm(language=language(), today=today()), ask(_read_colleague, person))


def record_for_person(person: int) -> Response | tuple[str, int]:
    """Keep thanks to somebody."""
    colleague, form = ask(_read_colleague, person), CitizenForm(request.form, language=language(), today=today())
    if not form.validate():
        return _form_page(form, colleague), 422
    return _record(form, colleague.unit_id, colleague)


def answer_citizen(thanks_id: int) -> Response:
    """Say as the unit whether it was so."""
    ask(_read_one, thanks_id)
    answer = _ANSWERS.get(request.form.get("jawaban", ""))
    if answer is None:
        raise BadRequest
    try:
        run_command(AnswerCitizenThanks(thanks_id, answer))
        flash(_("Jawaban Anda sudah disimpan."), "success")
    except AlreadyDone:
        flash(_("Ucapan ini sudah dijawab lebih dahulu."), "warning")
    return redirect(url_for("recognition.show_citizens"), 303)


def _record(form: AlurForm, unit_id: int, colleague: Colleague | None) -> Response | tuple[str, int]:
    given: dict[str, Any] = dict(form.typed_data())
    person = colleague.id if colleague is not None else None
    try:
        run_command(RecordCitizenThanks(unit_id, person, given["text"], given["source"], given["received_on"]))
    except Invalid as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _form_page(form, colleague), 422
    flash(_("Ucapan warga tersimpan. Kepala unit diminta memastikannya sebelum ditampilkan."), "success")
    return redirect(url_for("recognition.show_citizens"), 303)


def _read(read: Any, actor: Actor, page: int) -> SeenCitizens:
    led = units_headed_by(read, actor.tenant, actor.person or 0, today())
    may_list = may(read, actor, "citizen:list", TenantSubject(actor.tenant))
    return SeenCitizens(
        waiting_citizen_thanks(read, actor, led),
        unit_citizen_thanks(read, actor),
        all_citizen_thanks(read, actor, page) if may_list else None,
    )


def _read_one(read: Any, actor: Actor, thanks_id: int) -> CitizenThanks:
    one = find_citizen_thanks(read, actor.tenant, thanks_id)
    require(read, actor, "citizen:confirm", one)
    return one


def _require(read: Any, actor: Actor) -> None:
    require(read, actor, "citizen:list", TenantSubject(actor.tenant))


def _read_colleague(read: Any, actor: Actor, person: int) -> Colleague:
    _require(read, actor)
    colleague = find_colleague(read, actor.tenant, today(), person)
    require(read, actor, "citizen:record", _Thanked(actor.tenant, colleague.id))
    return colleague


@dataclass(frozen=True, slots=True)
class _Thanked:
    """Whom thanks are for, as the rules see it."""

    tenant: str
    person: int


def _unit_form(formdata: object) -> AlurForm:
    return unit_citizen_form(ask(_units))(formdata, language=language(), today=today())


def _units(read: Any, actor: Actor) -> list[tuple[int, str]]:
    _require(read, actor)
    return [(unit.id, unit.name) for unit in all_units(read, actor.tenant)]


def _choosing(choice: Choice) -> str:
    return render_template("recognition/choose_thanked.html", choice=choice)


def _form_page(form: AlurForm, colleague: Colleague | None = None) -> str:
    key = secrets.token_hex(KEY_BYTES)
    return render_template("recognition/citizen_form.html", form=form, colleague=colleague, key=key)
