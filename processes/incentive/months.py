"""A unit's month: computed from the records, kept as slips, moved on; the same records always give the same bytes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from engine.ids import IdSource
from engine.records.changes import Write, write
from engine.records.packing import pack
from processes.incentive.gathering import Overlay, gather
from processes.incentive.parameters import basis_on
from processes.incentive.records import RunStatus, allowance_slip
from processes.incentive.rules.basis import Basis, ParameterMissing, wrong_sets
from processes.incentive.rules.findings import REASONS, MonthFinding
from processes.incentive.rules.rounding import total
from processes.incentive.runs import (
    RunState,
    changing_run,
    open_run,
    read_run,
    run_keys,
    runs_of_month,
    status_write,
)
from processes.incentive.slips import FORMAT, Slip, StoredSlip, digest_of, packed, slips_of_unit
from processes.people.city import City

__all__ = [
    "MonthComputed",
    "RunState",
    "compute_month",
    "month_digest",
    "month_writes",
    "open_run",
    "read_run",
    "runs_of_month",
    "status_write",
]

_insert_slip = allowance_slip.insert()
_computed = changing_run(
    *("status", "version", "people", "gross", "deductions", "net", "ceiling", "basis", "digest", "findings"),
    *("computed_at", "computed_by"),
)


@dataclass(frozen=True)
class MonthComputed:
    """The month of a unit as the records give it now; nothing of it is written yet."""

    tenant: str
    unit_id: int
    month: date
    slips: tuple[Slip, ...]
    findings: tuple[MonthFinding, ...]
    basis: Basis
    ceiling: Decimal | None

    @property
    def people(self) -> int:
        """How many people get a slip."""
        return len(self.slips)

    @cached_property
    def gross(self) -> Decimal:
        """What the unit spends, in whole rupiah."""
        return total(slip.outcome.gross for slip in self.slips)

    @cached_property
    def deductions(self) -> Decimal:
        """What others take off, in whole rupiah."""
        return total(slip.outcome.deductions for slip in self.slips)

    @property
    def net(self) -> Decimal:
        """What arrives, in whole rupiah."""
        return self.gross - self.deductions

    @property
    def is_over_ceiling(self) -> bool:
        """Whether the unit would spend more than it may."""
        return self.ceiling is not None and self.gross > self.ceiling

    @property
    def blocking(self) -> tuple[MonthFinding, ...]:
        """The findings as long as which somebody gets no slip."""
        return tuple(item for item in self.findings if item.is_blocking)

    @cached_property
    def contents(self) -> Mapping[int, tuple[bytes, str]]:
        """Each slip's packed content and digest, by employee."""
        return {slip.facts.employee: packed(slip) for slip in self.slips}

    @cached_property
    def digest(self) -> str:
        """What changes with any digit of any slip, and with any parameter."""
        return month_digest(self.basis, (digest for _, digest in self.contents.values()))


def month_digest(basis: Basis, slips: Iterable[str]) -> str:
    """Return the digest of a month: of its parameters and the digests of its slips, in whatever order."""
    return digest_of([basis.to_plain(), sorted(slips)])


def compute_month(
    read: Connection,
    tenant: str,
    unit_id: int,
    month: date,
    *,
    city: City,
    basis: Basis | None = None,
    overlay: Overlay | None = None,
) -> MonthComputed:
    """Return a unit's month as the records give it now.

    Parameters are those in force on its first day. Whoever lacks a fact gets a blocking finding and no slip.

    :param basis: other parameters: those by which a locked month was computed.
    :param overlay: other attendance than the records have, to see what it would change.
    :raise NotFound: there is no such unit in that city.
    """
    first = month.replace(day=1)
    missing: tuple[str, ...] = ()
    if basis is None:
        basis, missing = basis_on(read, tenant, first, city=city)
    found = [MonthFinding(code="parameters_missing", is_blocking=True, params={"key": key}) for key in missing]
    found += [
        MonthFinding(code="parameters_wrong", is_blocking=True, params=_reason(key, code))
        for key, code in wrong_sets(basis.sets)
    ]
    if found:
        return MonthComputed(tenant, unit_id, first, (), tuple(found), basis, None)
    try:
        gathered = gather(read, tenant, unit_id, first, basis, overlay=overlay)
    except ParameterMissing as error:
        return MonthComputed(tenant, unit_id, first, (), (_no_number(error),), basis, None)
    slips, findings = [], list(gathered.findings)
    for facts in gathered.facts:
        try:
            slips.append(Slip.of(facts, basis))
        except ParameterMissing as error:
            findings.append(replace(_no_number(error), employee=facts.employee))
    findings += [
        MonthFinding(code="below_zero", employee=slip.facts.employee) for slip in slips if slip.outcome.net < 0
    ]
    return MonthComputed(tenant, unit_id, first, tuple(slips), tuple(findings), basis, gathered.ceiling)


def _reason(key: str, code: str) -> dict[str, str]:
    text_id, text_en = REASONS[code]
    return {"key": key, "reason_id": text_id, "reason_en": text_en}


def _no_number(error: ParameterMissing) -> MonthFinding:
    return MonthFinding(code="no_number", is_blocking=True, params={"key": error.key, "name": error.name})


def month_writes(
    read: Connection,
    computed: MonthComputed,
    run: RunState,
    *,
    actor: int | None,
    now: datetime,
    new_id: IdSource,
    status: RunStatus = RunStatus.COMPUTED,
) -> tuple[Write, ...]:
    """Return the writing of a computed month: a new version of each slip that differs, totals, basis and findings.

    The same outcome again writes no slip. Somebody who is no more among the unit's people gets a void version.

    :param status: where the month stands afterwards: a slip that is disputed changes while the month stays published.
    :raise ValueError: the month is locked: what is wrong with it is put right in a later one.
    """
    if run.is_locked:
        raise ValueError(f"month {run.month:%Y-%m} of unit {run.unit_id} is locked")
    before = {slip.employee_id: slip for slip in slips_of_unit(read, run.tenant, run.unit_id, run.month)}
    rows = [*_slip_rows(computed, before), *_void_rows(computed, before)]
    keys = {"tenant": run.tenant, "unit_id": run.unit_id, "month": run.month, "run_id": run.id}
    full = [{**keys, "id": new_id(), "case_id": run.case_id, "made_at": now, **row} for row in rows]
    return (*((Write(_insert_slip, full),) if full else ()), _run_write(computed, run, status, actor=actor, now=now))


def _slip_rows(computed: MonthComputed, before: Mapping[int, StoredSlip]) -> Iterator[dict[str, Any]]:
    for slip in computed.slips:
        content, digest = computed.contents[slip.facts.employee]
        known = before.get(slip.facts.employee)
        if known is None or known.is_void or known.digest != digest:
            yield {
                "employee_id": slip.facts.employee,
                "version": known.version + 1 if known is not None else 1,
                "gross": slip.outcome.gross,
                "deductions": slip.outcome.deductions,
                "net": slip.outcome.net,
                "content": content,
                "digest": digest,
                "is_void": False,
            }


def _void_rows(computed: MonthComputed, before: Mapping[int, StoredSlip]) -> Iterator[dict[str, Any]]:
    for person, known in before.items():
        if person not in computed.contents and not known.is_void:
            plain = [FORMAT, known.facts.to_plain(), []]
            nothing = Decimal(0)
            yield {
                "employee_id": person,
                "version": known.version + 1,
                **dict.fromkeys(("gross", "deductions", "net"), nothing),
                "content": pack(plain),
                "digest": digest_of(plain),
                "is_void": True,
            }


def _run_write(computed: MonthComputed, run: RunState, status: RunStatus, *, actor: int | None, now: datetime) -> Write:
    values = {
        "status": status.value,
        "version": run.version + (computed.digest != run.digest),
        "people": computed.people,
        "gross": computed.gross,
        "deductions": computed.deductions,
        "net": computed.net,
        "ceiling": computed.ceiling,
        "basis": pack(computed.basis.to_plain()),
        "digest": computed.digest,
        "findings": pack([item.to_plain() for item in computed.findings]),
        "computed_at": now,
        "computed_by": actor,
    }
    return write(_computed, expect=1, **run_keys(run), **{f"new_{name}": value for name, value in values.items()})
