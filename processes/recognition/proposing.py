"""Whom the rules of a city propose for an award, with the reason in words and numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Connection, bindparam, select

from processes.people import parameters
from processes.people.city import City, Predicate
from processes.people.records import result
from processes.recognition.queries.programs import Program, city_programs
from processes.recognition.records import award_nomination, award_program, service_figure
from processes.recognition.rules import (
    EXCELLENT,
    SERVICE_TIME,
    Excellence,
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


def proposing_cities(read: Connection) -> tuple[str, ...]:
    """Return the cities that have an award for which a rule may propose."""
    return tuple(sorted(read.execute(_cities).scalars()))


def find_proposals(read: Connection, city: City, tenant: str, day: date) -> tuple[Proposal, ...]:
    """Return whom the rules propose on a day for the awards that are open, without those nominated already."""
    open_ones = [item for item in city_programs(read, tenant) if item.rule is not None and item.is_open(day)]
    return tuple(found for program in open_ones for found in _of_program(read, city, program, day))


def _of_program(read: Connection, city: City, program: Program, day: date) -> Iterator[Proposal]:
    key = program.rule or ""
    shipped = parameters.shipped_sets(_PACKAGE)
    numbers = parameters.in_force(read, program.tenant, key, day, city=city, shipped=shipped)
    if numbers is None:
        return
    params = {"tenant": program.tenant, "program_id": program.id}
    nominated = set(read.execute(_nominated, params).scalars())
    for employee_id, reason in _FOUND_BY[key](read, program.tenant, numbers.values):
        if employee_id not in nominated:
            source = f"Aturan {numbers.key} versi {numbers.version}. {numbers.source}"
            yield Proposal(program.id, employee_id, reason, source)


def _improved(read: Connection, tenant: str, numbers: Mapping[str, Decimal]) -> Iterator[tuple[int, str]]:
    months: dict[int, list[MonthFigures]] = {}
    for row in read.execute(_figures, {"tenant": tenant}):
        months.setdefault(row.employee_id, []).append(MonthFigures(row.year, row.month, row.hours, row.rework, row.ikm))
    for employee_id in sorted(months):
        found = find_improvement(months[employee_id], numbers)
        if found is not None:
            last = found.months[-1]
            yield (
                employee_id,
                f"Median waktu layanan {len(found.months)} bulan terakhir paling sedikit {_shown(found.least)}% lebih "
                f"cepat dari rata-rata bulan-bulan sebelumnya ({_shown(found.baseline)} jam); pengerjaan ulang tidak "
                f"naik; IKM terakhir {_shown(last.ikm)}.",
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
