"""Acting heads (Plt, Plh) of the reader's units, and ending an appointment."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.errors import Invalid, NotFound
from engine.policy.actor import Actor
from processes.people.commands.end_acting import EndActing
from processes.people.queries.acting import ActingHead, acting_heads
from processes.people.queries.overseen import overseen_units
from processes.people.subjects import UnitSubject
from webapp.current import ask, current_actor, current_alur, run_command
from webapp.texts import gettext as _
from webapp.wiring import Alur

ACTING = "/pegawai/penjabat"


@dataclass(frozen=True, slots=True)
class ActingPage:
    """Who acts in the reader's units; `endable` are the appointments that he may end."""

    heads: tuple[ActingHead, ...]
    endable: frozenset[int]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(ACTING)(show_acting)
    blueprint.post(f"{ACTING}/<int(max=9223372036854775807):head>/akhiri")(end_acting)


def show_acting() -> str:
    """Show who acts as head in the reader's units."""
    return render_template("people/acting.html", acting=ask(read_acting, current_alur()))


def end_acting(head: int) -> Response:
    """Make today the last day of an acting head."""
    today = current_alur().now_in(current_actor().tenant).date()
    try:
        run_command(EndActing(head, today))
    except Invalid:
        flash(_("Jabatan ini berakhir hari ini, sudah berakhir, atau bukan jabatan sementara."), "warning")
    else:
        words = _("Hari ini hari terakhirnya. Mulai besok kepala definitif atau atasannya yang bertindak.")
        flash(f"{words} {_('Evaluasi yang belum dinilai beralih kepadanya pada malam hari.')}", "success")
    return redirect(url_for("people.show_acting"), 303)


def read_acting(read: Any, actor: Actor, alur: Alur) -> ActingPage:
    """Return who acts as head today in the reader's units.

    :raise NotFound: the reader looks after the heads of no unit.
    """
    units, day = overseen_units(read, actor), alur.now_in(actor.tenant).date()
    if not units:
        raise NotFound()
    subjects = {unit.id: UnitSubject(actor.tenant, unit.id, day) for unit in units}
    policy = alur.engine.policy
    policy.require(actor, "acting:view", subjects[units[0].id], read)
    heads = acting_heads(read, actor.tenant, subjects.keys(), day)
    endable = (head for head in heads if head.last is None or head.last > day)
    may_end = (head.id for head in endable if policy.allows(actor, "acting:end", subjects[head.unit_id], read))
    return ActingPage(heads, frozenset(may_end))
