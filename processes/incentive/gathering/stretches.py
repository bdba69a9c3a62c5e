"""Cuts a person's month into stretches with one class and one term of service, by working days."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from processes.incentive.rules.facts import Stretch
from processes.people.spans import ONE_DAY


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works within a month, from day to day (both included), already cut to the service."""

    unit: int
    job_class: int | None
    kind: str
    first: date
    last: date


def places_of(rows: Iterable[Any], first: date, last: date) -> list[Place]:
    """Return the placements of one person cut to a month and to the service; none if he was not in service."""
    found = []
    for row in rows:
        start = max(filter(None, (row.valid_from, row.active_from, first)))
        end = min(filter(None, (row.valid_to, row.active_to, last)))
        if start <= end:
            found.append(Place(row.unit_id, row.job_class, row.kind, start, end))
    return found


def stretches_of(
    places: Iterable[Place], working: Sequence[date], unpaid: Collection[date], terms: Sequence[Any]
) -> Iterator[Stretch]:
    """Yield the stretches of places in one unit; every place has a class.

    :param unpaid: days of leave without pay.
    :param terms: rows of the person's terms of service; without one a day is served as PNS or PPPK.
    """
    for place in places:
        days = [day for day in working if place.first <= day <= place.last]
        for term, of_term in groupby(days, key=lambda day: _term_on(day, place, terms)):
            held = list(of_term)
            paid = sum(day not in unpaid for day in held)
            assert place.job_class is not None, "a place without a class has been reported before"
            yield Stretch(first=held[0], last=held[-1], days=paid, job_class=place.job_class, term=term)


def _term_on(day: date, place: Place, terms: Sequence[Any]) -> str:
    for row in terms:
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to):
            return str(row.term)
    return place.kind.lower()


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from one to another, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY
