"""A case as somebody needs to see it who mends it: where it stands, with which data, and whether it is suspended."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.model import Outline
from engine.bpmn.standing import StandingToken, standing_in
from engine.casework import CaseSubject, find_case, read_entry, release_of, variables_of
from engine.errors import CaseDamaged
from engine.moments import moment_of
from engine.policy.actor import Actor
from engine.records.case import CaseStatus, select_incident_data
from engine.records.history import journal_of_case
from engine.records.packing import Unreadable
from engine.records.wordbook import unpack_stored


@dataclass(frozen=True, slots=True)
class Suspension:
    """Who has suspended a case, when, and why."""

    by: int | None
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Where a case stands.

    :param tokens: empty if it has ended or its state is damaged.
    :param variables: of the case itself.
    """

    case: CaseSubject
    outline: Outline
    tokens: tuple[StandingToken, ...]
    variables: Mapping[str, Any] = field(repr=False)
    is_damaged: bool = False

    def token(self, number: int) -> StandingToken | None:
        """Return a token by its number; None if it is gone."""
        return next((item for item in self.tokens if item.token == number), None)


def case_standing(read: Connection, actor: Actor, case_id: int) -> CaseStanding:
    """Return where a case of the actor's city stands; the caller has checked that the actor may mend it.

    :raise NotFound: there is none with that id in that city.
    """
    found = find_case(read, actor.tenant, case_id)
    release = release_of(read, found)
    try:
        tokens = standing_in(release, found.state) if found.state is not None else ()
        return CaseStanding(found, release.outline, tokens, variables_of(found))
    except (Unreadable, KeyError, CaseDamaged):
        return CaseStanding(found, release.outline, (), {}, is_damaged=True)


def moments_of(read: Connection, case: CaseSubject) -> Mapping[int, Mapping[str, Any]]:
    """Return what each failed element of a case saw when it failed, by token; the caller has checked who may see it.

    One is missing that failed before this was kept, saw too much to be kept, or whose data are damaged.
    """
    found: dict[int, Mapping[str, Any]] = {}
    for row in read.execute(select_incident_data, {"case_id": case.id}):
        try:
            seen = moment_of(unpack_stored(read, row.content), row.token)
        except Unreadable:
            continue  # said by `alur verify`; the incident itself can be mended all the same
        found |= {} if seen is None else {row.token: seen}
    return found


def suspension_of(read: Connection, actor: Actor, case: CaseSubject) -> Suspension | None:
    """Return why a case is suspended; None if it is not."""
    if case.status is not CaseStatus.SUSPENDED:
        return None
    for step in reversed(read.execute(journal_of_case, {"case_id": case.id}).all()):
        entry = read_entry(read, step.entry)
        if entry.get("kind") == "suspend":
            return Suspension(step.actor, step.at, str(entry.get("data", {}).get("reason", "")))
    return None
