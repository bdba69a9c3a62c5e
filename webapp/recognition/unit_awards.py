"""Awards for units: proposed from the ranking of service, followed to the decree."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import Conflict, Invalid
from engine.policy.actor import Actor
from processes.people.queries import Unit, find_unit
from processes.people.queries.figures import QuarterFigure, figures_by_quarter
from processes.people.queries.names import names_of
from processes.recognition.commands.propose_unit import FIGURE, LONGEST_TEXT, ProposeUnitAward
from processes.recognition.queries.unit_awards import UnitAward, find_unit_award
from webapp.current import KEY_BYTES, ask, run_command
from webapp.errors import answer_to
from webapp.recognition.addresses import ONE_UNIT_AWARD, PROPOSE_UNIT, may, require
from webapp.recognition.forms import UnitAwardForm
from webapp.recognition.wording import outcome_chip, points, quarter_name, step_name
from webapp.texts import gettext as _
from webapp.texts import language


@dataclass(frozen=True, slots=True)
class Proposable:
    """A unit with its figure of a quarter; None where there is none."""

    unit: Unit
    year: int
    quarter: int
    figure: QuarterFigure | None


@dataclass(frozen=True, slots=True)
class SeenUnitAward:
    """An award for a unit as the reader sees it.

    :param sees_grounds: reads who proposed and decided, and why it ended as it did: whoever carries it.
    """

    award: UnitAward
    names: Mapping[int, str]
    sees_grounds: bool


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(PROPOSE_UNIT)(show_unit_proposal)
    blueprint.post(PROPOSE_UNIT)(propose_unit)
    blueprint.get(ONE_UNIT_AWARD)(show_unit_award)


def show_unit_proposal(unit_id: int) -> str:
    """Show the form by which a unit is proposed for its service in a quarter."""
    return _form_page(_asked(unit_id), UnitAwardForm(language=language(), data={"name": _("Unit layanan terbaik")}))


def propose_unit(unit_id: int) -> Response | tuple[str, int]:
    """Propose the unit; whatever is wrong, the words stay on the page."""
    about, form = _asked(unit_id), UnitAwardForm(request.form, language=language())
    if not form.validate():
        return _form_page(about, form), 422
    words = {name: str(form[name].data) for name in ("name", "reason", "evidence")}
    try:
        receipt = run_command(ProposeUnitAward(unit_id, about.year, about.quarter, **words))
    except (Conflict, Invalid) as error:
        form.add_error(None, " ".join(answer_to(error).lines))
        return _form_page(about, form), 409
    flash(_("Usulan terkirim. Pejabat yang berwenang memutuskan, lalu keputusannya diterbitkan."), "success")
    if receipt.repeated:
        return redirect(url_for("recognition.show_awards"), 303)
    return redirect(url_for("recognition.show_unit_award", case_id=receipt.value), 303)


def show_unit_award(case_id: int) -> str:
    """Show an award for a unit: why, by which figures, and where it stands."""
    return render_template(
        "recognition/unit_award.html",
        seen=ask(_read_award, case_id),
        outcome_chip=outcome_chip,
        step_name=step_name,
        points=points,
        quarter_name=quarter_name,
    )


def _asked(unit_id: int) -> Proposable:
    year, quarter = request.args.get("tahun", 0, type=int), request.args.get("triwulan", 0, type=int)
    if not (2000 <= year <= 2100 and 1 <= quarter <= 4):
        raise NotFound
    return ask(_read_proposable, unit_id, year, quarter)


def _read_proposable(read: Any, actor: Actor, unit_id: int, year: int, quarter: int) -> Proposable:
    require(read, actor, "unit:recognise", TenantSubject(actor.tenant))
    unit = find_unit(read, actor.tenant, unit_id)
    figures = figures_by_quarter(read, actor.tenant, [unit.id], FIGURE).get(unit.id, {})
    return Proposable(unit, year, quarter, figures.get((year, quarter)))


def _read_award(read: Any, actor: Actor, case_id: int) -> SeenUnitAward:
    award = find_unit_award(read, actor.tenant, case_id)
    require(read, actor, "unit_award:view", award)
    sees_grounds = award.proposer == actor.person or may(read, actor, "unit_award:judge", award)
    return SeenUnitAward(award, names_of(read, actor, (award.proposer, award.decided_by)), sees_grounds)


def _form_page(about: Proposable, form: UnitAwardForm) -> str:
    return render_template(
        "recognition/propose_unit.html",
        about=about,
        form=form,
        key=secrets.token_hex(KEY_BYTES),
        longest=LONGEST_TEXT,
        points=points,
        quarter_name=quarter_name,
    )
