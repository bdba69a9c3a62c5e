"""Answers what the engine asks about the world outside a diagram: services, zones, calendars, cities, deputies."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from engine.calendar import WorkCalendar
from engine.casework import variables_of
from engine.records.asking import Persons
from engine.services import Service
from plugins.manager import Cities, CityPlugin
from plugins.samples import stored_values
from processes.appraisal.schedule import counted_days
from processes.appraisal.variables import DECISION, raters_of
from processes.people.about import ABOUT_EMPLOYEES
from processes.people.city import CityError
from processes.people.queries import calendar_of_unit, holiday_version, holidays_of, unit_calendars
from processes.people.queries.asked import EVERYBODY, STAFF
from processes.people.queries.on_day import TENANT, holds_on
from processes.people.records import reporting_line, unit_head

#: What notes of civil servants are made of, so that a word costs less than its letters.
OFFICE_WORDS = " ".join((files("webapp.wiring") / "office_words.txt").read_text(encoding="utf-8").split())

_PERSON: Any = bindparam("person")
_led = select(unit_head.c.unit_id).where(
    unit_head.c.tenant == TENANT, unit_head.c.employee_id == _PERSON, holds_on(unit_head)
)
# Whoever heads the same unit (Plt, Plh or the head himself), and the superior; nobody who has left meanwhile.
_deputies = (
    select(unit_head.c.employee_id)
    .where(unit_head.c.tenant == TENANT, unit_head.c.unit_id.in_(_led), holds_on(unit_head))
    .where(unit_head.c.employee_id.in_(STAFF.there))
    .union(
        select(reporting_line.c.appraiser_id)
        .where(reporting_line.c.tenant == TENANT, reporting_line.c.employee_id == _PERSON, holds_on(reporting_line))
        .where(reporting_line.c.appraiser_id.in_(STAFF.there))
    )
)


class CityDirectory:
    """The engine's `Directory` over the registered services, the people's records and the city plugins."""

    def __init__(self, services: Mapping[str, Service], cities: Cities) -> None:
        """Join what was collected."""
        self._services = services
        self._cities = cities

    @property
    def services(self) -> Mapping[str, Service]:
        """The services by name."""
        return self._services

    @property
    def persons(self) -> Persons:
        """The employees of all cities who have not left, and the guests whose invitation holds."""
        return EVERYBODY

    def zone(self, tenant: str) -> tzinfo:
        """Return the time zone in which a city counts its days."""
        return _zone(self.city(tenant).info.zone)

    def calendar(self, read: Connection, tenant: str, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of the unit that a case names in `unit`; without one, the city's five-day week."""
        if isinstance(variables.get("unit"), int):
            return calendar_of_unit(read, tenant, variables["unit"])
        days = frozenset(holidays_of(read, tenant))
        return WorkCalendar(holiday_version(days), days, 5)

    def unit_calendars(self, read: Connection, tenant: str) -> Mapping[int, WorkCalendar]:
        """Return the working days of every unit of a city, in two statements."""
        return unit_calendars(read, tenant)

    def counted_days(self, process: str, started_on: date, calendar: WorkCalendar) -> Mapping[str, date]:
        """Return the days of the evaluation window that a case carries with it."""
        return counted_days(process, started_on, calendar)

    def city(self, tenant: str) -> CityPlugin:
        """Return the rules of a city.

        :raise CityUnavailable: its plugin is missing or broken.
        """
        return self._cities.city(tenant)

    def samples(self, tenant: str) -> tuple[object, ...]:
        """Return what cases of nobody in particular would keep; only words for a city whose plugin is broken."""
        try:
            return (*_stored_by(self.city(tenant)), OFFICE_WORDS)
        except CityError:
            return (OFFICE_WORDS,)

    def delegates(self, read: Connection, tenant: str, task: Any, now: datetime) -> frozenset[int]:
        """Return who may take over a task: acting and definitive heads of the assignee's unit, and his superior.

        What an employee has to say in the own case, nobody else says for him, and he himself says nothing else in it:
        nobody rates himself. Whoever rated or signed decides no objection to it (PermenPANRB 6/2022 annex V).
        """
        is_about_person = task.case.process in ABOUT_EMPLOYEES
        if is_about_person and task.assignee == task.case.subject:
            return frozenset()
        day = now.astimezone(self.zone(tenant)).date()
        params = {"tenant": tenant, "person": task.assignee, "day": day}
        found = frozenset(read.execute(_deputies, params).scalars()) - {task.assignee}
        return found - (_judged_and_judges(task) if is_about_person else frozenset())


def _judged_and_judges(task: Any) -> frozenset[int]:
    """Return the employee whom a case is about and, where an objection is decided, those against whom it is."""
    raters = raters_of(variables_of(task.case)) if task.element == DECISION else frozenset[int]()
    return raters | {task.case.subject}


@lru_cache
def _stored_by(city: CityPlugin) -> tuple[object, ...]:
    """Return what cases of a city would keep; asked for once, not with every release of a city that is set up."""
    return tuple(stored_values(city))


@lru_cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
