"""How long a post has had no definitive holder, and how long somebody has been acting in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from processes.people.records import HeadKind
from processes.promotion.posts.retirement import months_later

#: Key of the parameter set that says how long somebody may act (SE Kepala BKN 1/SE/I/2021).
ACTING_LIMIT: Final = "promotion.acting"
_ONE_DAY: Final = timedelta(days=1)


class ActingState(StrEnum):
    """Where an acting appointment stands: in its first term, extended, or longer than it may last."""

    FIRST_TERM = "first_term"
    EXTENDED = "extended"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post without a definitive holder.

    :param since: the first day without one; None for a post that nobody was ever recorded in.
    """

    since: date | None
    today: date

    @property
    def days(self) -> int | None:
        """For how many days, today included; None where the first one is not known."""
        return None if self.since is None else (self.today - self.since).days + 1


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who acts for the head of a unit, from the first day of terms that follow each other without a gap."""

    person: int
    name: str
    kind: HeadKind
    since: date
    until: date | None
    today: date
    state: ActingState

    @property
    def days(self) -> int:
        """For how many days, today included."""
        return (self.today - self.since).days + 1


@dataclass(frozen=True, slots=True)
class Term:
    """An acting appointment as recorded."""

    person: int
    name: str
    kind: HeadKind
    first: date
    last: date | None


def vacancy_of(ends: Iterable[date | None], today: date) -> Vacancy:
    """Return since when a post is vacant.

    :param ends: the last days of all its former holders in it, None for an end that nobody recorded.
    """
    last = max((end for end in ends if end is not None and end < today), default=None)
    return Vacancy(last + _ONE_DAY if last is not None else None, today)


def acting_of(terms: Iterable[Term], today: date, limits: Mapping[str, Decimal]) -> Acting | None:
    """Return who acts today, with the terms of the same person before it; a Plt goes before a Plh.

    :param limits: `months` of one term and the `longest` with its extension.
    """
    known = sorted(terms, key=lambda term: term.first)
    present = [term for term in known if term.first <= today and (term.last is None or term.last >= today)]
    if not present:
        return None
    term = min(present, key=lambda item: (item.kind is not HeadKind.ACTING, -item.first.toordinal()))
    since = _first_of_chain(term, known)
    return Acting(term.person, term.name, term.kind, since, term.last, today, _state(since, today, limits))


def _first_of_chain(term: Term, known: list[Term]) -> date:
    first = term.first
    for earlier in reversed(known):
        is_same = (earlier.person, earlier.kind) == (term.person, term.kind) and earlier.first < first
        if is_same and earlier.last is not None and earlier.last >= first - _ONE_DAY:
            first = earlier.first
    return first


def _state(since: date, today: date, limits: Mapping[str, Decimal]) -> ActingState:
    if today >= months_later(since, int(limits["longest"])):
        return ActingState.TOO_LONG
    return ActingState.EXTENDED if today >= months_later(since, int(limits["months"])) else ActingState.FIRST_TERM
