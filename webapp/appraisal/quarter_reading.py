"""Reads the quarters of a city and the cases of one, as far as the reader watches over them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.appraisal.opening import appraised_staff, appraised_units
from processes.appraisal.queries.cases import (
    CaseFilters,
    CasesPage,
    pending_openings,
    quarter_cases,
    step_names,
)
from processes.appraisal.queries.quarters import QuarterProgress, list_quarters
from processes.people.queries import Unit
from processes.people.queries.names import names_of
from processes.people.queries.overseen import overseen_units
from webapp.wiring import Alur

StepNames = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Quarters:
    """The quarters of the city, newest first.

    :param pending: jobs that still open cases, by year and quarter.
    """

    rows: tuple[QuarterProgress, ...]
    pending: Mapping[tuple[int, int], int]
    steps: StepNames
    may_open: bool

    @property
    def opened(self) -> dict[tuple[int, int], date]:
        """The opening day of each quarter."""
        return {(row.year, row.quarter): row.opens_on for row in self.rows}


def read_quarters(read: Any, actor: Actor, alur: Alur) -> Quarters:
    """Return the quarters with their progress.

    :raise NotFound: the reader watches over no quarter.
    """
    city, policy = TenantSubject(actor.tenant), alur.engine.policy
    policy.require(actor, "period:view", city, read)
    rows = list_quarters(read, actor, alur.now_in(actor.tenant).date())
    return Quarters(
        rows,
        {(row.year, row.quarter): pending_openings(read, actor, row.year, row.quarter) for row in rows},
        step_names(read, actor),
        policy.allows(actor, "period:open", city, read),
    )


def require_opening(read: Any, actor: Actor, alur: Alur) -> Quarters:
    """Return the quarters to somebody who may open one.

    :raise NotFound: the reader watches over no quarter.
    :raise Forbidden: the reader may only watch.
    """
    alur.engine.policy.require(actor, "period:open", TenantSubject(actor.tenant), read)
    return read_quarters(read, actor, alur)


def count_appraised(read: Any, actor: Actor, period_end: date) -> tuple[int, int]:
    """Return how many employees and units a quarter is opened for."""
    staff = appraised_staff(read, actor.tenant, period_end)
    return len(staff), len(appraised_units(read, actor.tenant, period_end))


@dataclass(frozen=True, slots=True)
class ListedCases:
    """A page of the cases of a quarter with the names of whom they wait for."""

    page: CasesPage
    names: Mapping[int, str]
    steps: StepNames


def read_units(read: Any, actor: Actor, alur: Alur) -> tuple[tuple[Unit, ...], StepNames]:
    """Return the units whose cases the reader watches over, and the steps of the diagrams.

    :raise NotFound: the reader watches over no quarter.
    """
    alur.engine.policy.require(actor, "period:view", TenantSubject(actor.tenant), read)
    return overseen_units(read, actor), step_names(read, actor)


def read_cases(
    read: Any, actor: Actor, year: int, quarter: int, *, filters: CaseFilters, after: int | None
) -> ListedCases:
    """Return a page of the cases of a quarter in the reader's units; the caller has asked `read_units` before."""
    units = frozenset(unit.id for unit in overseen_units(read, actor))
    page = quarter_cases(read, actor, year, quarter, units=units, filters=filters, after=after)
    people = (task.assignee for row in page.rows for task in row.waiting)
    return ListedCases(page, names_of(read, actor, people), step_names(read, actor))
