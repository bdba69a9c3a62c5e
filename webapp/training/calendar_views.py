"""*Kalender pelatihan*: the sessions of a month, week by week."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from engine.policy.actor import Actor
from processes.training.queries.catalogue import Course, Session, coming_sessions, courses, sessions_between
from webapp.current import ask
from webapp.texts import show_month as month_words
from webapp.training.addresses import MONTH, today

_MONDAY_FIRST = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Week:
    """The days of a week, and what takes place in it."""

    first_day: date
    last_day: date
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month of sessions; a session of two weeks stands in both.

    :param coming: the next session that begins after the month; None if there is none.
    """

    month: date
    before: date
    after: date
    weeks: tuple[Week, ...]
    coming: Session | None
    courses: Mapping[str, Course]


def add_to(blueprint: Blueprint) -> None:
    """Give the blueprint these views."""
    blueprint.get(MONTH)(show_month)


def show_month(year: int, month: int) -> str:
    """Show the sessions of a month."""
    if not 1 <= month <= 12:
        raise NotFound
    return render_template(
        "training/calendar.html", page=ask(read_month, date(year, month, 1)), today=today(), month_words=month_words
    )


def read_month(read: Any, actor: Actor, month: date) -> MonthPage:
    """Return the sessions that take place in a month, by week."""
    weeks = _MONDAY_FIRST.monthdatescalendar(month.year, month.month)
    found = sessions_between(read, actor.tenant, weeks[0][0], weeks[-1][-1])
    after = (month + timedelta(days=31)).replace(day=1)
    return MonthPage(
        month,
        (month - timedelta(days=1)).replace(day=1),
        after,
        tuple(Week(days[0], days[-1], _within(found, days[0], days[-1])) for days in weeks),
        next((item for item in coming_sessions(read, actor.tenant, after) if item.first_day >= after), None),
        courses(read, actor.tenant),
    )


def _within(sessions: Iterable[Session], first: date, last: date) -> tuple[Session, ...]:
    return tuple(item for item in sessions if item.first_day <= last and item.last_day >= first)
