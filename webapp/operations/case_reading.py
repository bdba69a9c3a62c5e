"""One case as its operator may see it: where it stands, with which data, and what he may do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.bpmn.reasons import Reason
from engine.bpmn.standing import StandingToken
from engine.policy.actor import Actor
from engine.queries.case import CaseIncident, CaseView, view_case
from engine.queries.operations import CaseStanding, Suspension, case_standing, moments_of, suspension_of
from engine.queries.reasons import reasons_of
from engine.records.case import CaseStatus
from processes.appraisal.permissions import FOLLOWING
from processes.people.queries.names import names_of
from webapp.operations.comparing import Compared, compare
from webapp.operations.naming import title_of
from webapp.wiring import Alur

OPERATIONS: Final = (
    "incident:retry",
    "incident:skip",
    "case:suspend",
    "case:cancel",
    "case:move",
    "case:change",
    "case:hand_over",
)


@dataclass(frozen=True, slots=True)
class OperatedCase:
    """A case and what its reader may do to it.

    :param title: None where it would tell a person's name to somebody who may not know it.
    :param sees_data: the reader may know whom the case is about and what was entered.
    :param may: the operations that are the reader's.
    :param names: of who has suspended it.
    :param left: tokens of the tasks whose assignee has left.
    :param reasons: by token, which expressions of a failed step gave nothing and why; only of data the reader may see.
    :param moments: what each failed step saw when it failed, by token, as far as it was kept and the reader may see it.
    """

    view: CaseView
    standing: CaseStanding
    title: str | None
    sees_data: bool
    may: frozenset[str]
    suspension: Suspension | None
    names: Mapping[int, str] = field(repr=False)
    moments: Mapping[int, Mapping[str, Any]] = field(repr=False)
    left: frozenset[int] = frozenset()
    reasons: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict[int, tuple[Reason, ...]], repr=False)

    @property
    def is_suspended(self) -> bool:
        """Nothing moves it until somebody lets it go on."""
        return self.view.case.status is CaseStatus.SUSPENDED

    @property
    def follows(self) -> bool:
        """Its tasks follow the line and the heads of units by themselves when somebody has left."""
        return self.view.case.process in FOLLOWING

    @property
    def is_open(self) -> bool:
        """It has not ended."""
        return self.view.case.status.is_running

    def incident(self, token: int) -> CaseIncident | None:
        """Return what failed at a token; None if nothing did."""
        return next((item for item in self.view.incidents if item.token == token), None)

    def steps_since(self, incident: CaseIncident) -> int:
        """Return how often the case has moved since an element failed: the data of now may be others."""
        return sum(step.at > incident.opened_at for step in self.view.history)

    def compared(self, incident: CaseIncident) -> tuple[Compared, ...] | None:
        """Return what an element saw when it failed beside what it would see now; None if that was not kept."""
        seen, token = self.moments.get(incident.token), self.standing.token(incident.token)
        return None if seen is None else compare(seen, seen if token is None else token.variables)

    def movable(self) -> Iterator[StandingToken]:
        """Yield the tokens that can be moved."""
        return (item for item in self.standing.tokens if item.targets)


def read_operated(read: Any, actor: Actor, alur: Alur, case_id: int, permission: str = "case:suspend") -> OperatedCase:
    """Return a case with what its reader may do.

    :param permission: of what the page is for.
    :raise NotFound: it does not exist, or is not for this reader.
    :raise Forbidden: the reader may see it but not do this.
    """
    view, policy = view_case(read, actor, case_id), alur.engine.policy
    policy.require(actor, permission, view.case, read)
    suspension = suspension_of(read, actor, view.case)
    sees_data = policy.allows(actor, "result:view", view.case, read)
    standing = case_standing(read, actor, case_id)
    moments = moments_of(read, view.case) if sees_data else {}
    return OperatedCase(
        view,
        standing,
        title_of(read, actor, alur, view.case),
        sees_data,
        frozenset(name for name in OPERATIONS if policy.allows(actor, name, view.case, read)),
        suspension,
        names_of(read, actor, [suspension.by] if suspension is not None else ()),
        moments,
        _left(read, actor, alur, view),
        _reasons(read, alur, view, standing, moments),
    )


def _reasons(
    read: Any, alur: Alur, view: CaseView, standing: CaseStanding, moments: Mapping[int, Mapping[str, Any]]
) -> dict[int, tuple[Reason, ...]]:
    """Return why the expressions of each failed step gave nothing, by token, as far as its data were kept."""
    return {
        item.token: reasons_of(read, alur.directory, standing, item, moments[item.token])
        for item in view.incidents
        if item.token in moments
    }


def _left(read: Any, actor: Actor, alur: Alur, view: CaseView) -> frozenset[int]:
    """Return the tokens of the tasks that wait for somebody who is not there; nothing is asked where none waits."""
    persons, held = alur.directory.persons, {item.token: item.assignee for item in view.waiting}
    asked = [person for person in held.values() if person is not None]
    absent = persons.absent(read, actor.tenant, asked, alur.now_in(actor.tenant).date())
    return frozenset(token for token, person in held.items() if person in absent)
