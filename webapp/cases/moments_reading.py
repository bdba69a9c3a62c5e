"""Reads a case as it stood behind one of its steps, for somebody who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.casework import find_case
from engine.policy.actor import Actor
from engine.queries.mining_moments import CaseMoment, diagram_behind, view_moment
from processes.people.queries.names import names_of
from processes.people.verification import days_changed
from webapp.cases.reading import SeenCase, read_case_page
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class SeenMoment:
    """A moment of a case as one reader may see it.

    :param names: of those who were asked then, by key.
    """

    seen: SeenCase
    moment: CaseMoment
    names: Mapping[int, str]


def read_moment(read: Any, actor: Actor, alur: Alur, case_id: int, number: int | None) -> SeenMoment:
    """Return a case as it stood behind one of its steps.

    :raise NotFound: the case or the step does not exist, or the case is not for this reader.
    """
    seen = read_case_page(read, actor, alur, case_id)
    moment = view_moment(read, actor, case_id, number, (alur.directory, days_changed))
    asked = [place.asked[0] for place in moment.places or () if place.asked is not None]
    return SeenMoment(seen, moment, names_of(read, actor, asked) if seen.sees_person else {})


def read_moment_diagram(read: Any, actor: Actor, alur: Alur, case_id: int, number: int | None) -> bytes:
    """Return the BPMN file by which a case ran behind one of its steps.

    :raise NotFound: the case or the step does not exist, or the case is not for this reader.
    """
    alur.engine.policy.require(actor, "case:view", find_case(read, actor.tenant, case_id), read)
    return diagram_behind(read, actor, case_id, number)
