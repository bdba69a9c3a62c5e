"""Slips as they are kept: the facts, and each line with its own; packed, and the same bytes for the same month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from engine.records.packing import pack, pack_body, unpack
from processes.incentive.records import RunStatus, allowance_payment, allowance_run, allowance_slip
from processes.incentive.rules.basis import Basis
from processes.incentive.rules.facts import MonthFacts
from processes.incentive.rules.lines import Line
from processes.incentive.rules.slip import SlipLines, compute_slip
from processes.people.city import from_plain
from processes.people.queries.on_day import TENANT, AnySelect

FORMAT: Final = 1
#: From here on the people themselves see their slips.
OPEN_TO_PEOPLE: Final = (RunStatus.PUBLISHED.value, RunStatus.LOCKED.value, RunStatus.PAID.value)


@dataclass(frozen=True, slots=True)
class Slip:
    """What somebody gets of a unit for a month, as it is computed."""

    facts: MonthFacts
    outcome: SlipLines

    @classmethod
    def of(cls, facts: MonthFacts, basis: Basis) -> "Slip":
        """Return the slip of a month's facts.

        :raise ParameterMissing: as `compute_slip`.
        """
        return cls(facts, compute_slip(facts, basis))

    def plain(self) -> list[Any]:
        """Return facts and lines as plain data."""
        return [FORMAT, self.facts.to_plain(), [line.to_plain() for line in self.outcome.lines]]


def packed(slip: Slip) -> tuple[bytes, str]:
    """Return a slip's content as it is kept, and its digest."""
    plain = slip.plain()
    return pack(plain), digest_of(plain)


def digest_of(plain: object) -> str:
    """Return the digest of plain data, whatever way it is compressed."""
    return sha256(pack_body(plain)).hexdigest()


@dataclass(frozen=True, slots=True)
class StoredSlip:
    """The newest version of a slip, with where its unit's month stands."""

    id: int
    run_id: int
    employee_id: int
    unit_id: int
    month: date
    version: int
    gross: Decimal
    deductions: Decimal
    net: Decimal
    content: bytes
    digest: str
    is_void: bool
    made_at: datetime
    case_id: int | None
    run_status: RunStatus

    @property
    def facts(self) -> MonthFacts:
        """What it was computed from."""
        return from_plain(MonthFacts, self._plain()[1])

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines, as they were computed."""
        return tuple(from_plain(Line, item) for item in self._plain()[2])

    def _plain(self) -> list[Any]:
        plain: Any = unpack(self.content)
        return list(plain)


_later = allowance_slip.alias("later_version")
_KEY: Final = ("tenant", "employee_id", "month", "unit_id")
_newest: AnySelect = (
    select(allowance_slip, allowance_run.c.status.label("run_status"))
    .join(allowance_run, allowance_run.c.id == allowance_slip.c.run_id)
    .where(
        allowance_slip.c.tenant == TENANT,
        ~select(_later.c.id)
        .where(
            *(_later.c[name] == allowance_slip.c[name] for name in _KEY), _later.c.version > allowance_slip.c.version
        )
        .exists(),
    )
)
_of_unit = _newest.where(
    allowance_slip.c.unit_id == bindparam("unit"), allowance_slip.c.month == bindparam("month")
).order_by(allowance_slip.c.employee_id)
_of_person = _newest.where(allowance_slip.c.employee_id == bindparam("person")).order_by(
    allowance_slip.c.month.desc(), allowance_slip.c.unit_id
)
_of_person_month = _of_person.where(allowance_slip.c.month == bindparam("month"))
_open = allowance_run.c.status.in_(OPEN_TO_PEOPLE)
_payments = (
    select(
        allowance_payment.c.number, allowance_payment.c.paid_on, allowance_payment.c.amount, allowance_payment.c.source
    )
    .where(
        allowance_payment.c.tenant == TENANT,
        allowance_payment.c.unit_id == bindparam("unit"),
        allowance_payment.c.month == bindparam("month"),
    )
    .order_by(allowance_payment.c.paid_on, allowance_payment.c.number)
)


def slips_of_unit(read: Connection, tenant: str, unit_id: int, month: date) -> tuple[StoredSlip, ...]:
    """Return the newest slips of a unit's month, those that are void included, by employee."""
    return _stored(read.execute(_of_unit, {"tenant": tenant, "unit": unit_id, "month": month}))


def slips_of_person(read: Connection, tenant: str, employee_id: int) -> tuple[StoredSlip, ...]:
    """Return the slips of a person that are out, newest month first; one a unit."""
    return _stored(read.execute(_of_person.where(_open), {"tenant": tenant, "person": employee_id}))


def slip_of(read: Connection, tenant: str, employee_id: int, month: date) -> tuple[StoredSlip, ...]:
    """Return a person's slips of a month, one a unit, whether they are out or not."""
    return _stored(read.execute(_of_person_month, {"tenant": tenant, "person": employee_id, "month": month}))


@dataclass(frozen=True, slots=True)
class Payment:
    """What the treasury has paid out for a unit's month (SP2D)."""

    number: str
    paid_on: date
    amount: Decimal
    source: str


def payments_of(read: Connection, tenant: str, unit_id: int, month: date) -> tuple[Payment, ...]:
    """Return the payments of a unit's month, oldest first."""
    rows = read.execute(_payments, {"tenant": tenant, "unit": unit_id, "month": month})
    return tuple(Payment(row.number, row.paid_on, row.amount, row.source) for row in rows)


def _stored(rows: Iterable[Any]) -> tuple[StoredSlip, ...]:
    return tuple(
        StoredSlip(
            row.id,
            row.run_id,
            row.employee_id,
            row.unit_id,
            row.month,
            row.version,
            row.gross,
            row.deductions,
            row.net,
            row.content,
            row.digest,
            bool(row.is_void),
            row.made_at,
            row.case_id,
            RunStatus(row.run_status),
        )
        for row in rows
    )
