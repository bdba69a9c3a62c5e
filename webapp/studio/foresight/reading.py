"""Reads what a look ahead at a design begins with, and what was asked and found before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn.model import Outline
from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.designs.finding import Design, content_mark
from engine.errors import NotFound
from engine.foresight.keeping import Foresight, ListedForesight, find_foresight, foresights_of
from engine.foresight.past import Past
from engine.policy.actor import Actor
from engine.queries.foresight import is_awaited, read_ground, read_history
from webapp.studio.foresight.staffing import Register, Staff, human_tasks_by_lane
from webapp.studio.play.ground import ground_of
from webapp.studio.reading import read_design
from webapp.wiring import Alur


@dataclass(frozen=True)
class Basis:
    """What is known before anything is supposed.

    :param staff: the people of each role, by lane.
    """

    past: Past
    staff: Mapping[str, Staff] = field(default_factory=dict)


@dataclass(frozen=True)
class Ahead:
    """What the page begins with.

    :param may_look: the reader may see how cases went; without that nothing is worked out for him.
    :param basis: None if the design cannot run, is closed, or is not for this reader.
    :param kept: what was asked before, the latest first.
    """

    design: Design
    may_look: bool
    basis: Basis | None
    kept: tuple[ListedForesight, ...] = ()

    @property
    def is_too_much(self) -> bool:
        """There are too many cases to look at."""
        return self.basis is not None and self.basis.past.history.is_cut

    def is_outdated(self, one: ListedForesight) -> bool:
        """Say whether the diagram has changed since something was asked of it."""
        return one.content_mark != content_mark(self.design.diagram)


@dataclass(frozen=True)
class Asked:
    """One look ahead.

    :param is_awaited: an answer will come; without one and without a trouble its work was given up.
    """

    design: Design
    foresight: Foresight
    is_awaited: bool

    @property
    def is_outdated(self) -> bool:
        """The diagram has changed since."""
        return self.foresight.content_mark != content_mark(self.design.diagram)

    @property
    def outline(self) -> Outline | None:
        """The diagram that is being looked at, until there is an answer."""
        if self.foresight.diagram is None:
            return None
        name = self.design.diagram_name
        return read_outline(read_xml(self.foresight.diagram, name), name)[0]


def read_ahead(read: Any, actor: Actor, alur: Alur, design_id: int, months: int) -> Ahead:
    """Return what the page of a design begins with, if its cases of so many months are looked at.

    :raise NotFound: the design does not exist, or is not for this reader.
    """
    design = read_design(read, actor, alur, design_id)
    if not alur.engine.policy.allows(actor, "mining:view", actor, read):
        return Ahead(design, may_look=False, basis=None)
    basis = read_basis(read, actor, alur, design, months) if not design.status.is_closed else None
    return Ahead(design, may_look=True, basis=basis, kept=foresights_of(read, actor.tenant, design.id))


def read_basis(read: Any, actor: Actor, alur: Alur, design: Design, months: int) -> Basis | None:
    """Return what is known of a design and of the cases that its process had; None while it cannot run."""
    release = ground_of(design.files, alur.catalogue).release
    if release is None:
        return None
    ground = read_ground(read, actor, alur.directory, design.process, months=months, now=alur.clock())
    history = read_history(read, actor, design.process, ground, release.outline)
    span = ground.since.date(), ground.until.date()
    register = Register(read, actor.tenant, ground.axis.office.calendar, span)
    lanes = human_tasks_by_lane(release.outline, ground.drawn)
    return Basis(ground.past(release.outline, history), register.staff(lanes, history))


def read_asked(read: Any, actor: Actor, alur: Alur, design_id: int, number: int) -> Asked:
    """Return one look ahead at a design.

    :raise NotFound: there is none, or it is not for this reader.
    """
    design = read_design(read, actor, alur, design_id)
    alur.engine.policy.require(actor, "mining:view", actor, read)
    found = find_foresight(read, actor.tenant, number)
    if found.design_id != design.id:
        raise NotFound()
    return Asked(design, found, found.ended_at is None and is_awaited(read, actor, number))


def read_basis_again(read: Any, actor: Actor, alur: Alur, asked: Asked, months: int) -> Basis | None:
    """Return what is known now, for whoever asks again; None if nobody can.

    :param months: how far back, where it is not known any more what was asked.
    """
    if asked.design.status.is_closed:
        return None
    question = asked.foresight.question
    return read_basis(read, actor, alur, asked.design, question.months if question is not None else months)
