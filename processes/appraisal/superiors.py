"""Who stands above those who rated a case: steps in for a late appraiser, and decides an objection."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection

from processes.appraisal.variables import rating_by
from processes.people.queries import appraiser_superior, holders_on
from processes.people.records import Role


def standing_of(
    read: Connection, tenant: str, employee: int, day: date, person: int, *, is_final: bool, is_replaced: bool
) -> dict[str, Any]:
    """Return the variable `rating_by` of somebody who rates: with nobody above him, his result is final."""
    above = appraiser_superior(read, tenant, employee, day, person)
    return rating_by(person, is_final=is_final, is_replaced=is_replaced, is_last=above is None)


def standing_of_follower(
    read: Connection, tenant: str, employee: int, day: date, person: int, *, is_replaced: bool = False
) -> dict[str, Any]:
    """Return the variable `rating_by` of somebody who follows the one who rated until now.

    What the regional head evaluates is final (PermenPANRB 6/2022 Ps 23), and so is what a superior rates in the place
    of a late appraiser (annex V); of others it is not.
    """
    heads = holders_on(read, tenant, Role.APPOINTING_AUTHORITY, day)
    is_final = is_replaced or person in heads
    return standing_of(read, tenant, employee, day, person, is_final=is_final, is_replaced=is_replaced)


def deciders(
    read: Connection, tenant: str, employee: int, day: date, *, below: int, raters: Collection[int]
) -> Iterator[int]:
    """Yield those who may decide an objection, the nearest above a person first.

    Whoever rated or signed decides nothing about it, nor does anybody who stands below him: where a superior signed in
    the place of the appraiser, it goes on above the superior (PermenPANRB 6/2022 annex V; dossier 12.10.11).

    :param below: the appraiser, or the decider who let the time pass.
    """
    line = _line_above(read, tenant, employee, day, below)
    if set(raters) <= {below}:
        yield from line
        return
    people = tuple(line)
    yield from people[max((people.index(rater) for rater in raters if rater in people), default=-1) + 1 :]


def _line_above(read: Connection, tenant: str, employee: int, day: date, person: int) -> Iterator[int]:
    seen = {person}
    found = appraiser_superior(read, tenant, employee, day, person)
    while found is not None and found.person not in seen:
        yield found.person
        seen.add(found.person)
        found = appraiser_superior(read, tenant, employee, day, found.person)
