"""Nominate a colleague for an award, and follow a nomination to its end."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.errors import Conflict, Invalid, NotFound
from engine.policy.actor import Actor
from processes.people.queries.names import names_of
from processes.recognition.commands.nominate import LONGEST_TEXT, NominateForAward
from processes.recognition.queries.colleagues import Colleague, find_colleague
from processes.recognition.queries.nominations import Nomination, find_nomination
from processes.recognition.queries.programs import Program, find_program
from webapp.current import KEY_BYTES, ask, run_command
from webapp.errors import answer_to
from webapp.recognition.addresses import ONE_NOMINATION, ONE_PROGRAM, PERSON, may, require, today
from webapp.recognition.choosing import Choice, offered, searched
from webapp.recognition.forms import NominationForm
from webapp.recognition.stages import stages_of
from webapp.recognition.wording import outcome_chip, points, reward_name, rupiah, step_name
from webapp.texts import gettext as _
from webapp.texts import language


@dataclass(frozen=True, slots=True)
class SeenNomination:
    """A nomination as the reader sees it.

    :param is_judge: reads who nominated, the panel's value and the grounds: whoever carries it.
    :param is_own: it is about the reader.
    :param sees_words: reads why and by what somebody was nominated: not whom it is about, before it is over.
    """

    nomination: Nomination
    names: Mapping[int, str]
    is_judge: bool
    is_own: bool
    sees_words: bool
    sees_case: bool


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(f"{ONE_PROGRAM}/usulkan")(choose_nominee)
    blueprint.post(f"{ONE_PROGRAM}/usulkan")(search_nominee)
    blueprint.get(f"{ONE_PROGRAM}/usulkan/{PERSON}")(show_nomination_form)
    blueprint.post(f"{ONE_PROGRAM}/usulkan/{PERSON}")(nominate)
    blueprint.get(ONE_NOMINATION)(show_nomination)


def choose_nominee(program_id: int) -> str:
    """Show whom the reader may nominate."""
    return _choosing(ask(_read_program, program_id), offered())


def search_nominee(program_id: int) -> Response | tuple[str, int]:
    """Lead to those whose name has what was typed."""
    program = ask(_read_program, program_id)
    found = searched("recognition.choose_nominee", program_id=program_id)
    return (_choosing(program, found), 422) if isinstance(found, Choice) else found


def show_nomination_form(program_id: int, person: int) -> str:
    """Show the form for one colleague."""
    return _form_page(*ask(_read_nominee, program_id, person), NominationForm(language=language()))


def nominate(program_id: int, person: int) -> Response | tuple[str, int]:
    """Nominate the colleague; whatever is wrong, the words stay on the page."""
    program, colleague = ask(_read_nominee, program_id, person)
    form = NominationForm(request.form, language=language())
    if not form.validate():
        return _form_page(program, colleague, form), 422
    try:
        run_command(NominateForAward(program_id, person, str(form["reason"].data), str(form["evidence"].data)))
    except (Conflict, Invalid) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _form_page(program, colleague, form), 409
    flash(_("Usulan Anda sudah terkirim dan mulai diperiksa. Terima kasih."), "success")
    return redirect(url_for("recognition.show_awards"), 303)


def show_nomination(case_id: int) -> str:
    """Show where a nomination stands, and what the reader may know of it."""
    seen = ask(_read_nomination, case_id)
    return render_template(
        "recognition/nomination.html",
        seen=seen,
        one=seen.nomination,
        stages=stages_of(seen.nomination),
        outcome_chip=outcome_chip,
        reward_name=reward_name,
        step_name=step_name,
        rupiah=rupiah,
        points=points,
    )


def _read_program(read: Any, actor: Actor, program_id: int) -> Program:
    return find_program(read, actor.tenant, program_id)


def _read_nominee(read: Any, actor: Actor, program_id: int, person: int) -> tuple[Program, Colleague]:
    if person == actor.person:
        raise NotFound()
    return find_program(read, actor.tenant, program_id), find_colleague(read, actor.tenant, today(), person)


def _read_nomination(read: Any, actor: Actor, case_id: int) -> SeenNomination:
    one = find_nomination(read, actor.tenant, case_id)
    require(read, actor, "award:view", one)
    is_judge, is_own = may(read, actor, "award:judge", one), one.employee == actor.person
    people = (one.nominator, one.given.decided_by if one.given is not None else None)
    return SeenNomination(
        one,
        names_of(read, actor, people),
        is_judge,
        is_own,
        sees_words=not is_own or one.given is not None,
        sees_case=is_judge or is_own,
    )


def _choosing(program: Program, choice: Choice) -> str:
    is_open = program.is_open(today())
    return render_template("recognition/choose_nominee.html", program=program, choice=choice, is_open=is_open)


def _form_page(program: Program, colleague: Colleague, form: NominationForm) -> str:
    return render_template(
        "recognition/nominate.html",
        program=program,
        colleague=colleague,
        form=form,
        is_open=program.is_open(today()),
        key=secrets.token_hex(KEY_BYTES),
        longest=LONGEST_TEXT,
    )
