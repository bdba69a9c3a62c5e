"""Reads the signals of a month: the list, and one with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.incentive.commands.handle_signal import subject_of
from processes.incentive.records import SignalStatus
from processes.incentive.signals.kept import KeptSignal, find_signal, open_signals, signals_of_month
from processes.people.queries import all_units, find_unit, holders_on
from processes.people.queries.names import names_of
from processes.people.records import Role
from webapp.incentive.month_reading import require_view
from webapp.texts import gettext as _
from webapp.texts import language, lazy
from webapp.wiring import Alur

_STATES: Final[Mapping[SignalStatus, tuple[str, str]]] = {
    SignalStatus.NEW: (lazy("Belum diperiksa"), "warning"),
    SignalStatus.LOOKING: (lazy("Sedang diperiksa"), "info"),
    SignalStatus.CLOSED: (lazy("Ditutup"), "success"),
}


@dataclass(frozen=True, slots=True)
class SignalRow:
    """A signal with the names in it."""

    kept: KeptSignal
    unit: str
    text: str
    people: tuple[tuple[int, str], ...]
    state: tuple[str, str]
    assignee: str


@dataclass(frozen=True, slots=True)
class SignalsPage:
    """A page of a month's signals: those that wait, or those that are closed."""

    month: date
    rows: tuple[SignalRow, ...]
    waiting: int
    is_open: bool
    page: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class SignalPage:
    """One signal with its evidence.

    :param staff: who may be asked to look at it; empty if the reader only reads along.
    """

    row: SignalRow
    closer: str
    may_handle: bool
    staff: tuple[tuple[int, str], ...]


def read_signals(read: Any, actor: Actor, alur: Alur, month: date, *, is_open: bool, page: int) -> SignalsPage:
    """Return a page of a month's signals without those about the reader himself.

    :raise NotFound: the reader sees no signals.
    """
    require_view(read, actor, alur, "allowance:oversee", TenantSubject(actor.tenant))
    found, has_more = signals_of_month(read, actor.tenant, month, is_open=is_open, page=page)
    seen = [kept for kept in found if actor.person not in kept.signal.employees]
    units = {unit.id: unit.name for unit in all_units(read, actor.tenant)}
    names = names_of(read, actor, (person for kept in seen for person in (*kept.signal.employees, kept.assignee)))
    rows = tuple(_row(kept, units[kept.unit_id], names) for kept in seen)
    waiting = sum(open_signals(read, actor.tenant, month).values())
    return SignalsPage(month, rows, waiting, is_open, page, has_more)


def read_signal(read: Any, actor: Actor, alur: Alur, signal_id: int) -> SignalPage:
    """Return one signal.

    :raise NotFound: there is none, the reader sees no signals, or it is about him.
    """
    require_view(read, actor, alur, "allowance:oversee", TenantSubject(actor.tenant))
    kept = find_signal(read, actor.tenant, signal_id)
    if actor.person in kept.signal.employees:
        raise NotFound()
    may_handle = kept.is_open and alur.engine.policy.allows(actor, "signal:handle", subject_of(kept), read)
    staff = _staff(read, actor, alur, kept) if may_handle else frozenset()
    names = names_of(read, actor, (*kept.signal.employees, kept.assignee, kept.closed_by, *staff))
    row = _row(kept, find_unit(read, actor.tenant, kept.unit_id).name, names)
    chosen = sorted(((person, names.get(person, "–")) for person in staff), key=lambda pair: pair[1])
    return SignalPage(row, names.get(kept.closed_by or 0, "–"), may_handle, tuple(chosen))


def _staff(read: Any, actor: Actor, alur: Alur, kept: KeptSignal) -> frozenset[int]:
    day = alur.now_in(actor.tenant).date()
    roles = (Role.HR_VERIFIER, Role.HR_HEAD)
    found = {person for role in roles for person in holders_on(read, actor.tenant, role, day)}
    return frozenset(found - set(kept.signal.employees))


def _row(kept: KeptSignal, unit: str, names: Mapping[int, str]) -> SignalRow:
    words, tone = _STATES[kept.status]
    people = tuple((person, names.get(person, "–")) for person in kept.signal.employees)
    assignee = names.get(kept.assignee, "") if kept.assignee is not None else ""
    return SignalRow(kept, unit, kept.signal.text(language()), people, (_(words), tone), assignee)
