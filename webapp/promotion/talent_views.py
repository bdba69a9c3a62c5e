"""The talent box of the city: how many people stand in each box, who they are, and what follows."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.people.city import Rating
from processes.people.queries import staff_on
from processes.people.records import Role
from processes.promotion.grades import grade_number
from processes.promotion.queries.talents import Box, Talent, boxes, talents
from processes.promotion.talent import Potential
from webapp.current import ask, current_alur
from webapp.promotion.career_reading import around
from webapp.promotion.talent_words import POTENTIAL, box_words, part_words, row_words
from webapp.texts import gettext as _
from webapp.wiring import Alur

_SEES = (Role.HR_VERIFIER, Role.HR_HEAD, Role.APPOINTING_AUTHORITY)
#: So many people of a box stand on the page, those with the highest value.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Talents:
    """Everybody by box, and those without one.

    :param waiting: those of whom something is not known yet, with what that is.
    """

    boxes: dict[tuple[Rating, Potential], Box]
    inside: dict[int, tuple[Talent, ...]]
    waiting: tuple[Talent, ...]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get("/talenta")(show_talents)


def sees_talents(actor: Actor) -> bool:
    """Show the box in the menu of those who plan successions."""
    return any(actor.holds(role) for role in _SEES)


def show_talents() -> str:
    """Show the nine boxes with their people, and one of them in full."""
    found = ask(read_talents, current_alur())
    given = request.args.get("kotak", "")
    chosen = next((box for box in found.boxes.values() if str(box.number) == given), None)
    return render_template(
        "promotion/talents.html",
        found=found,
        chosen=chosen,
        people=found.inside.get(chosen.number, ())[:SHOWN] if chosen is not None else (),
        headings=[_("Kinerja"), *(_("Potensial: %(level)s", level=POTENTIAL[column]) for column in Potential)],
        rows=tuple(Rating),
        columns=tuple(Potential),
        potential=POTENTIAL,
        row_words=row_words,
        box_words=box_words,
        part_words=part_words,
        box_url=lambda box: url_for("promotion.show_talents", kotak=box.number, _anchor="box"),
        shown=SHOWN,
    )


def read_talents(read: Any, actor: Actor, alur: Alur) -> Talents:
    """Return the talents of the city's civil servants.

    :raise NotFound: the reader may not know them.
    """
    alur.engine.policy.require(actor, "talent:browse", TenantSubject(actor.tenant), read)
    here = around(alur, actor.tenant)
    staff = [member for member in staff_on(read, actor.tenant, here.today) if grade_number(member.grade) is not None]
    found = talents(read, actor.tenant, here, staff)
    inside: dict[int, list[Talent]] = {}
    for item in sorted(found, key=lambda item: (-(item.value or 0), item.member.name)):
        if item.box is not None:
            inside.setdefault(item.box.number, []).append(item)
    waiting = tuple(item for item in found if item.box is None)
    return Talents(boxes(here), {number: tuple(items) for number, items in inside.items()}, waiting)
