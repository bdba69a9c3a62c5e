"""Whom and which units the rules of a city propose for an award, with the reason in words and numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection, bindparam, select

from processes.people import parameters
from processes.people.city import City, ParameterSet, Predicate
from processes.people.records import result
from processes.recognition.queries.programs import Program, city_programs
from processes.recognition.records import award_nomination, award_program, counter_figure, service_figure
from processes.recognition.rules import (
    EXCELLENT,
    SERVICE_TIME,
    Excellence,
    Improvement,
    MonthFigures,
    find_improvement,
    is_excellent,
)

_PACKAGE = "processes.recognition.parameters"
_ONE_DECIMAL = Decimal("0.1")

_cities = select(award_program.c.tenant).where(award_program.c.rule.is_not(None)).distinct()
_nominated = select(award_nomination.c.employee_id).where(
    award_nomination.c.tenant == bindparam("tenant"), award_nomination.c.program_id == bindparam("program_id")
)
_figures = select(service_figure).where(service_figure.c.tenant == bindparam("tenant"))
_counters = select(counter_figure).where(counter_figure.c.tenant == bindparam("tenant"))
_results = (
    select(result.c.employee_id, result.c.year, result.c.quarter, result.c.predicate)
    .where(result.c.tenant == bindparam("tenant"))
    .order_by(result.c.employee_id, result.c.year, result.c.quarter, result.c.version)
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody whom a rule found.

    :param reason: what the rule found, in Indonesian, the language of the record.
    :param evidence: the rule with its version and where the numbers come from.
    """

    program_id: int
    employee_id: int
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class UnitProposal:
    """A unit whose counter a rule found, for the quarter in which its last month lies."""

    unit_id: int
    year: int
    quarter: int
    award: str
    reason: str
    evidence: str


def proposing_cities(read: Connection) -> tuple[str, ...]:
    """Return the cities that have an award for which a rule may propose."""
    return tuple(sorted(read.execute(_cities).scalars()))


def find_proposals(read: Connection, city: City, tenant: str, day: date) -> tuple[Proposal, ...]:
    """Return whom the rules propose on a day for the awards that are open, without those nominated already."""
    open_ones = [item for item in city_programs(read, tenant) if item.rule is not None and item.is_open(day)]
    return tuple(found for program in open_ones for found in _of_program(read, city, program, day))


def find_unit_proposals(read: Connection, city: City, tenant: str, day: date) -> tuple[UnitProposal, ...]:
    """Return the units whose counters became faster, once each, for the open awards that look for that."""
    open_ones = [item for item in city_programs(read, tenant) if item.rule == SERVICE_TIME and item.is_open(day)]
    numbers = _numbers(read, city, tenant, SERVICE_TIME, day) if open_ones else None
    if numbers is None:
        return ()
    found: dict[int, UnitProposal] = {}
    for unit_id, counter, better in _improved_counters(read, tenant, numbers.values):
        last = better.months[-1]
        reason, evidence = f"Loket {counter}: {_told(better)}", _evidence(numbers)
        one = UnitProposal(unit_id, last.year, -(-last.month // 3), open_ones[0].name, reason, evidence)
        found.setdefault(unit_id, one)
    return tuple(found.values())


def _numbers(read: Connection, city: City, tenant: str, key: str, day: date) -> ParameterSet | None:
    return parameters.in_force(read, tenant, key, day, city=city, shipped=parameters.shipped_sets(_PACKAGE))


def _evidence(numbers: ParameterSet) -> str:
    return f"Aturan {numbers.key} versi {numbers.version}. {numbers.source}"


def _of_program(read: Connection, city: City, program: Program, day: date) -> Iterator[Proposal]:
    key = program.rule or ""
    numbers = _numbers(read, city, program.tenant, key, day)
    if numbers is None:
        return
    params = {"tenant": program.tenant, "program_id": program.id}
    nominated = set(read.execute(_nominated, params).scalars())
    for employee_id, reason in _FOUND_BY[key](read, program.tenant, numbers.values):
        if employee_id not in nominated:
            yield Proposal(program.id, employee_id, reason, _evidence(numbers))


def _improved(read: Connection, tenant: str, numbers: Mapping[str, Decimal]) -> Iterator[tuple[int, str]]:
    months: dict[int, list[MonthFigures]] = {}
    for row in read.execute(_figures, {"tenant": tenant}):
        months.setdefault(row.employee_id, []).append(MonthFigures(row.year, row.month, row.hours, row.rework, row.ikm))
    for employee_id in sorted(months):
        found = find_improvement(months[employee_id], numbers)
        if found is not None:
            yield employee_id, _told(found)


def _improved_counters(
    read: Connection, tenant: str, numbers: Mapping[str, Decimal]
) -> Iterator[tuple[int, str, Improvement]]:
    """Yield the counters that became faster with their units, the largest improvement first."""
    months: dict[tuple[int, str], list[MonthFigures]] = {}
    for row in read.execute(_counters, {"tenant": tenant}):
        figures = MonthFigures(row.year, row.month, row.hours, row.rework, row.ikm)
        months.setdefault((row.unit_id, row.counter), []).append(figures)
    better = ((*key, find_improvement(found, numbers)) for key, found in sorted(months.items()))
    improved = [(unit_id, counter, found) for unit_id, counter, found in better if found is not None]
    yield from sorted(improved, key=lambda one: -one[2].least)


def _told(found: Improvement) -> str:
    return (
        f"Median waktu layanan {len(found.months)} bulan terakhir paling sedikit {_shown(found.least)}% lebih "
        f"cepat dari rata-rata bulan-bulan sebelumnya ({_shown(found.baseline)} jam); pengerjaan ulang tidak "
        f"naik; IKM terakhir {_shown(found.months[-1].ikm)}."
    )


def _excelled(read: Connection, tenant: str, numbers: Mapping[str, Decimal]) -> Iterator[tuple[int, str]]:
    # The highest version of a quarter comes last and holds.
    quarters: dict[int, dict[tuple[int, int], Excellence]] = {}
    for row in read.execute(_results, {"tenant": tenant}):
        own = quarters.setdefault(row.employee_id, {})
        own[row.year, row.quarter] = Excellence(row.year, row.quarter, Predicate(row.predicate))
    for employee_id, own in quarters.items():
        if is_excellent(list(own.values()), numbers):
            yield employee_id, f"Predikat kinerja Sangat Baik {int(numbers['quarters'])} triwulan berturut-turut."


def _shown(value: Decimal | None) -> str:
    return "–" if value is None else f"{value.quantize(_ONE_DECIMAL, ROUND_HALF_UP):f}".replace(".", ",")


_FOUND_BY = {SERVICE_TIME: _improved, EXCELLENT: _excelled}
