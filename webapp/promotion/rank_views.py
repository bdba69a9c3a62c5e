"""The list of who becomes eligible for the next rank, and the page of one candidate."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from engine.command import TenantSubject
from engine.errors import Invalid
from engine.policy.actor import Actor
from processes.people.queries.overseen import overseen_units
from processes.people.records import Role
from processes.people.subjects import UnitSubject
from processes.promotion.commands.start_promotion import StartPromotion
from processes.promotion.periods import PromotionPeriod, coming_periods
from processes.promotion.queries.coming import Coming, coming_promotions
from processes.promotion.rank_permissions import SEES_CAREERS
from webapp.current import ask, current_actor, current_alur, run_command
from webapp.promotion.career_reading import around, read_person_career
from webapp.promotion.rank_words import (
    LEVELS,
    ROUTES,
    candidate_words,
    conditions,
    credit_tree,
    grade_words,
    period_name,
    predicate_words,
    reason_detail,
    reason_words,
    state_words,
)
from webapp.texts import gettext as _
from webapp.wiring import Alur

PERSON = "/kenaikan-pangkat/<int(max=9223372036854775807):person>"
#: What the templates about ranks say things with.
RANK_WORDS: dict[str, Any] = {
    "candidate_words": candidate_words,
    "grade_words": grade_words,
    "level_names": LEVELS,
    "period_name": period_name,
    "predicate_words": predicate_words,
    "reason_detail": reason_detail,
    "reason_words": reason_words,
    "route_names": ROUTES,
    "state_words": state_words,
}


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/kenaikan-pangkat")(show_promotions)
    blueprint.get(PERSON)(show_candidate)
    blueprint.post(PERSON)(start)


def sees_promotions(actor: Actor) -> bool:
    """Show the promotions in the menu of HR officers and of those who watch over them."""
    return any(actor.holds(role) for role in (*SEES_CAREERS, Role.UNIT_HR_OFFICER))


def show_promotions() -> str:
    """Show the twelve periods, and who is due in one of them."""
    given = request.args.get("halaman", "")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    found = ask(read_coming, current_alur(), request.args.get("periode", ""), page)
    links = [(period_name(item), _place(item), item == found.chosen, count) for item, count in found.counts.items()]
    return render_template(
        "promotion/ranks.html",
        found=found,
        links=links,
        page_url=lambda number: _place(found.chosen, halaman=number),
        may_see_decrees=any(current_actor().holds(role) for role in SEES_CAREERS),
        **RANK_WORDS,
    )


def show_candidate(person: int) -> str:
    """Show what stands between somebody and the next rank, condition by condition."""
    career = ask(read_person_career, current_alur(), person, request.args.get("periode", ""))
    facts, misses = career.judgement.facts, career.judgement.misses
    shown = {"conditions": conditions(facts, misses), "credit": credit_tree(facts)}
    return render_template("promotion/candidate.html", career=career, **shown, **RANK_WORDS)


def start(person: int) -> Response:
    """Begin the promotion of somebody for a period."""
    code = request.form.get("periode", "")
    today = current_alur().now_in(current_actor().tenant).date()
    period = next((item for item in coming_periods(today) if item.code == code), None)
    ask(read_person_career, current_alur(), person, code)
    if period is None:
        flash(_("Periode ini sudah lewat atau belum dibuka. Pilih salah satu dari daftar."), "danger")
        return redirect(url_for("promotion.show_candidate", person=person), 303)
    try:
        run_command(StartPromotion(person, period))
    except Invalid as error:
        flash(_why(error), "danger")
    else:
        flash(_("Usulan dimulai. Tugas mengusulkan kini menunggu pengelola kepegawaian."), "success")
    return redirect(url_for("promotion.show_candidate", person=person, periode=code), 303)


def read_coming(read: Any, actor: Actor, alur: Alur, period: str, page: int) -> Coming:
    """Return the coming promotions of the people whom the reader looks after.

    :raise NotFound: the reader looks after nobody.
    """
    here, policy = around(alur, actor.tenant), alur.engine.policy
    if any(role in actor.groups for role in SEES_CAREERS):
        policy.require(actor, "promotion:view", TenantSubject(actor.tenant), read)
        return coming_promotions(read, actor.tenant, here, None, period=period, page=page)
    units = [unit.id for unit in overseen_units(read, actor)]
    seen = [
        unit
        for unit in units
        if policy.allows(actor, "promotion:view", UnitSubject(actor.tenant, unit, here.today), read)
    ]
    if not seen:
        raise NotFound
    return coming_promotions(read, actor.tenant, here, seen, period=period, page=page)


def _why(error: Invalid) -> str:
    if error.code == "promotion.no_placement":
        return _("Pegawai ini belum punya penempatan. Lengkapi datanya dahulu.")
    return _("Usulan tidak dapat dimulai. Muat ulang halaman ini lalu coba lagi.")


def _place(period: PromotionPeriod, **more: Any) -> str:
    return url_for("promotion.show_promotions", periode=period.code, **more)
