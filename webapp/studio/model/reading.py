"""Reads what the editor's choices are made of: what is installed, and the processes of the city."""

from typing import Any

from engine.bpmn.model import Outline
from engine.designs.finding import Design
from engine.policy.actor import Actor
from engine.queries.designs import release_in_city, releases_in_force
from webapp.studio.model.catalogue import Known
from webapp.studio.model.roles import ROLE_WORDS
from webapp.studio.reading import read_design
from webapp.texts import gettext as _
from webapp.wiring import Alur


def read_known(read: Any, actor: Actor, alur: Alur, design_id: int) -> tuple[Design, Known]:
    """Return a design, and what its diagram may name.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    design = read_design(read, actor, alur, design_id)
    roles = {role: _(words) for role, words in ROLE_WORDS.items()}
    return design, Known(alur.catalogue, alur.directory.services, roles, _outlines(read, actor))


def read_changeable(read: Any, actor: Actor, alur: Alur, design_id: int) -> tuple[Design, bool]:
    """Return a design, and whether the reader can change it.

    :raise NotFound: it does not exist, or is not for this reader.
    """
    design = read_design(read, actor, alur, design_id)
    may_change = alur.engine.policy.allows(actor, "design:change", design, read)
    return design, may_change and not design.status.is_closed


def read_to_change(read: Any, actor: Actor, alur: Alur, design_id: int) -> Design:
    """Return a design for somebody who may change it.

    :raise NotFound: it does not exist, or is not for this reader.
    :raise Forbidden: the reader may look at the design only.
    """
    design = read_design(read, actor, alur, design_id)
    alur.engine.policy.require(actor, "design:change", design, read)
    return design


def _outlines(read: Any, actor: Actor) -> tuple[Outline, ...]:
    """Return the processes in force, by their names."""
    return tuple(release_in_city(read, actor, line.id).outline for line in releases_in_force(read, actor))
