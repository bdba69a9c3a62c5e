"""Reads a report for whoever may see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.reports.parameters import ANSWERS, GROUPS, numbers_on
from processes.reports.quarters import Quarter
from processes.reports.queries.deviations import DeviationReport, deviation_report
from processes.reports.queries.fairness import GroupTable, RelationReport, fairness_report, relation_report
from processes.reports.queries.service import ServiceRow, service_ranking
from processes.reports.queries.spending import SpendingReport, newest_quarter, spending_report
from processes.reports.queries.training import TrainingReport, training_report
from webapp.wiring import Alur

Found = TypeVar("Found")
Query = Callable[[Any, str, Any, Mapping[str, Decimal]], Found]

OVERSEE: Final = "report:oversee"
SPENDING: Final = "report:spending"
SERVICE: Final = "report:service"
#: Who may propose an award for a unit, of the room of awards.
PROPOSE: Final = "unit:recognise"


@dataclass(frozen=True, slots=True)
class SeenService:
    """The ranking of service, and whether the reader may propose an award from it."""

    rows: tuple[ServiceRow, ...]
    may_propose: bool


def may_read(read: Any, actor: Actor, alur: Alur) -> frozenset[str]:
    """Return which of the permissions of reports the reader has."""
    city = TenantSubject(actor.tenant)
    asked = (OVERSEE, SPENDING, SERVICE)
    return frozenset(one for one in asked if alur.engine.policy.allows(actor, one, city, read))


def read_spending(read: Any, actor: Actor, alur: Alur, quarter: Quarter) -> SpendingReport:
    """Return what agencies spent beside how satisfied citizens were.

    :raise NotFound: the reader does not see it.
    """
    return _report(read, actor, alur, quarter, permission=SPENDING, query=spending_report)


def read_fairness(read: Any, actor: Actor, alur: Alur, quarter: Quarter) -> tuple[GroupTable, ...]:
    """Return predicates and allowances group by group.

    :raise NotFound: the reader does not see it.
    """
    return _report(read, actor, alur, quarter, permission=OVERSEE, query=fairness_report)


def read_relation(read: Any, actor: Actor, alur: Alur, quarter: Quarter) -> RelationReport:
    """Return how far predicates and allowances go together.

    :raise NotFound: the reader does not see it.
    """
    return _report(read, actor, alur, quarter, permission=OVERSEE, query=relation_report)


def read_deviations(read: Any, actor: Actor, alur: Alur) -> DeviationReport:
    """Return the appointments that did not follow the ranking.

    :raise NotFound: the reader does not see it.
    """
    alur.engine.policy.require(actor, OVERSEE, TenantSubject(actor.tenant), read)
    return deviation_report(read, actor.tenant)


def read_training(read: Any, actor: Actor, alur: Alur, year: int) -> TrainingReport:
    """Return the trainings of a year side by side.

    :raise NotFound: the reader does not see it.
    """
    return _report(read, actor, alur, year, permission=OVERSEE, query=training_report)


def read_service(read: Any, actor: Actor, alur: Alur, quarter: Quarter) -> SeenService:
    """Return the units by their satisfaction index.

    :raise NotFound: the reader does not see it.
    """
    rows = _report(read, actor, alur, quarter, permission=SERVICE, query=service_ranking, key=ANSWERS)
    may_propose = alur.engine.policy.allows(actor, PROPOSE, TenantSubject(actor.tenant), read)
    return SeenService(rows, may_propose)


def newest_paid(read: Any, actor: Actor) -> Quarter | None:
    """Return the quarter of the newest allowances; None before there were any."""
    return newest_quarter(read, actor.tenant)


def least_people(read: Any, actor: Actor, alur: Alur) -> int:
    """Return the size below which groups are not shown."""
    return int(_numbers(read, actor, alur, GROUPS)["least_people"])


def _report(
    read: Any, actor: Actor, alur: Alur, when: Any, *, permission: str, query: Query[Found], key: str = GROUPS
) -> Found:
    alur.engine.policy.require(actor, permission, TenantSubject(actor.tenant), read)
    return query(read, actor.tenant, when, _numbers(read, actor, alur, key))


def _numbers(read: Any, actor: Actor, alur: Alur, key: str) -> Mapping[str, Decimal]:
    day = alur.now_in(actor.tenant).date()
    return numbers_on(read, actor.tenant, key, day, city=alur.directory.city(actor.tenant)).values
