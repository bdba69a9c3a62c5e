"""The shipped parameters with amounts for the classes of the accepted examples, and facts to change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from processes.incentive import parameters
from processes.incentive.rules.basis import CLASSES, Basis
from processes.incentive.rules.facts import MonthFacts, Stretch
from processes.people.city import ParameterSet
from processes.people.parameters import shipped_sets

MONTH = date(2026, 5, 1)
#: Classes 7, 14 and 3 have 8, 14.6 and 3 million rupiah a month; class 9 has two criteria.
AMOUNTS = {
    "7.beban_kerja": Decimal(8_000_000),
    "14.beban_kerja": Decimal(14_600_000),
    "3.beban_kerja": Decimal(3_000_000),
    "9.beban_kerja": Decimal(4_000_000),
    "9.kondisi_kerja": Decimal(1_000_000),
}


def amounts(values: dict[str, Decimal] | None = None) -> ParameterSet:
    return ParameterSet(
        key=CLASSES, version="2026.1", valid_from=date(2026, 1, 1), source="Perwal 1/2026", values=values or AMOUNTS
    )


def basis(**sets: ParameterSet) -> Basis:
    shipped = {item.key: item for item in shipped_sets(parameters.__name__)}
    return Basis({**shipped, CLASSES: amounts(), **{item.key: item for item in sets.values()}})


def facts(job_class: int = 7, **changed: Any) -> MonthFacts:
    whole = Stretch(first=MONTH, last=date(2026, 5, 29), days=20, job_class=job_class, term="pns")
    plain = MonthFacts(
        month=MONTH, employee=1, unit=2, workdays=20, stretches=(whole,), predicate="BAIK", predicate_of="2026-1"
    )
    return replace(plain, **changed)


def days(**counts: int) -> dict[str, tuple[int, ...]]:
    return {mark: tuple(range(1, count + 1)) for mark, count in counts.items()}
