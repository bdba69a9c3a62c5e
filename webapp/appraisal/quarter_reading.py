"""Reads the quarters of a city and the cases of one, as far as the reader watches over them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.command import TenantSubject
from engine.policy.actor import Actor
from processes.appraisal.appraised import (
    appraised_staff,
    appraised_units,
    on_unpaid_leave,
    rated_outside,
    unled_units,
    unopened_staff,
)
from processes.appraisal.permissions import reads_reports_only
from processes.appraisal.queries.cases import (
    CaseFilters,
    CasesPage,
    pending_openings,
    quarter_cases,
    step_names,
)
from processes.appraisal.queries.org_results import OrgResult, stand_ins
from processes.appraisal.queries.quarters import QuarterProgress, list_quarters
from processes.appraisal.schedule import Quarter
from processes.people.queries import StaffMember, Unit, all_units
from processes.people.queries.names import names_of
from processes.people.queries.overseen import overseen_units
from webapp.wiring import Alur

StepNames = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Quarters:
    """The quarters of the city, newest first.

    :param names: of all elements of the diagrams, where `steps` are those that people do.
    :param may_browse: the reader may see the cases by name; a process owner sees how many there are.
    :param only_reported: of the cases, the reader may open those whose results are reported, and no others.
    :param may_mend: the reader may open the cases that are stuck and try the failed step again.
    :param pending: jobs that still open cases, by year and quarter.
    :param outside: who is evaluated outside of this system, by year and quarter.
    :param on_leave: who of the reader's units makes no plan because of unpaid leave (CLTN), by year and quarter.
    :param unled: the units that nobody leads or oversees, by year and quarter.
    :param stand_ins: the units whose predicate their superior did not set, with that predicate, by year and quarter.
    :param unopened: who has no case because nobody could be found to rate him, by year and quarter.
    """

    rows: tuple[QuarterProgress, ...]
    pending: Mapping[tuple[int, int], int]
    outside: Mapping[tuple[int, int], tuple[StaffMember, ...]]
    on_leave: Mapping[tuple[int, int], tuple[StaffMember, ...]]
    unled: Mapping[tuple[int, int], tuple[Unit, ...]]
    stand_ins: Mapping[tuple[int, int], tuple[tuple[str, OrgResult], ...]]
    unopened: Mapping[tuple[int, int], tuple[StaffMember, ...]]
    steps: StepNames
    names: StepNames
    may_open: bool
    may_browse: bool
    may_mend: bool
    only_reported: bool

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
    quarters = {(row.year, row.quarter): Quarter(actor.tenant, row.year, row.quarter, row.opens_on) for row in rows}
    pending = {key: pending_openings(read, actor, *key) for key in quarters}
    gaps = {(row.year, row.quarter) for row in rows if row.started < row.planned}
    return Quarters(
        rows,
        pending,
        {key: rated_outside(read, quarter) for key, quarter in quarters.items()},
        {key: _on_leave(read, actor, quarter) for key, quarter in quarters.items()},
        {key: unled_units(read, quarter) for key, quarter in quarters.items()},
        {key: stand_ins(read, actor, *key) for key in quarters},
        {key: unopened_staff(read, quarters[key]) for key in gaps if not pending[key]},
        step_names(read, actor),
        step_names(read, actor, also_automatic=True),
        policy.allows(actor, "period:open", city, read),
        policy.allows(actor, "period:browse", city, read),
        policy.allows(actor, "incident:retry", city, read),
        reads_reports_only(actor),
    )


def _on_leave(read: Any, actor: Actor, quarter: Quarter) -> tuple[StaffMember, ...]:
    overseen = {unit.id for unit in overseen_units(read, actor)}
    return tuple(item for item in on_unpaid_leave(read, quarter) if item.unit_id in overseen)


def require_opening(read: Any, actor: Actor, alur: Alur) -> Quarters:
    """Return the quarters to somebody who may open one.

    :raise NotFound: the reader watches over no quarter.
    :raise Forbidden: the reader may only watch.
    """
    alur.engine.policy.require(actor, "period:open", TenantSubject(actor.tenant), read)
    return read_quarters(read, actor, alur)


def count_appraised(read: Any, actor: Actor, year: int, quarter: int, opens_on: date) -> tuple[int, int]:
    """Return how many employees and units a quarter is opened for."""
    asked = Quarter(actor.tenant, year, quarter, opens_on)
    staff = appraised_staff(read, asked)
    outside = rated_outside(read, asked)
    return len(staff) - len(outside), len(appraised_units(read, asked))


@dataclass(frozen=True, slots=True)
class ListedCases:
    """A page of the cases of a quarter with the names of whom they wait for."""

    page: CasesPage
    names: Mapping[int, str]
    steps: StepNames


def read_units(read: Any, actor: Actor, alur: Alur) -> tuple[tuple[Unit, ...], StepNames]:
    """Return the units whose cases the reader watches over, and the steps of the diagrams.

    :raise NotFound: the reader watches over no quarter.
    :raise Forbidden: the reader may count cases, but not see whose they are.
    """
    alur.engine.policy.require(actor, "period:browse", TenantSubject(actor.tenant), read)
    return _browsed_units(read, actor), step_names(read, actor)


def _browsed_units(read: Any, actor: Actor) -> tuple[Unit, ...]:
    return all_units(read, actor.tenant) if reads_reports_only(actor) else overseen_units(read, actor)


def read_cases(
    read: Any, actor: Actor, year: int, quarter: int, *, filters: CaseFilters, after: int | None
) -> ListedCases:
    """Return a page of the cases of a quarter in the reader's units; the caller has asked `read_units` before."""
    units = frozenset(unit.id for unit in _browsed_units(read, actor))
    filters = replace(filters, is_reported=reads_reports_only(actor))
    page = quarter_cases(read, actor, year, quarter, units=units, filters=filters, after=after)
    people = (task.assignee for row in page.rows for task in row.waiting)
    return ListedCases(page, names_of(read, actor, people), step_names(read, actor))
