"""The parameter sets that a month is computed by, kept whole with it: no later change alters a past month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from processes.people.city import ParameterSet
from processes.people.city.plain import Plain

SPLIT: Final = "incentive.split"
PREDICATE: Final = "incentive.predicate"
ATTENDANCE: Final = "incentive.attendance"
LEAVE: Final = "incentive.leave"
SERVICE: Final = "incentive.service"
SANCTION: Final = "incentive.sanction"
DISCIPLINE: Final = "incentive.discipline"
#: Monthly amounts by class and criterion, in rupiah: `7.beban_kerja`. A city's own; nothing of it is shipped.
CLASSES: Final = "incentive.class_allowance"
#: What a class without amounts of its own gets: `bpk.7`, `ikfd`, `ikk`, `ippd`.
BASIC: Final = "incentive.basic"

#: Without one of these no month can be computed.
NEEDED: Final = (SPLIT, PREDICATE, ATTENDANCE, LEAVE, SERVICE, SANCTION, DISCIPLINE)
#: Of these a city has the first, the second or both.
OF_CLASSES: Final = (CLASSES, BASIC)

#: What an allowance is given for (PP 12/2019 Ps 58), in the order in which slips show it.
CRITERIA: Final = ("beban_kerja", "prestasi_kerja", "tempat_bertugas", "kondisi_kerja", "kelangkaan_profesi")
#: The productivity part of an allowance is at least so much (requirement of Tanjungbalai, found everywhere).
LEAST_PRODUCTIVITY: Final = Decimal("0.60")


class ParameterMissing(ValueError):
    """A number that the computation needs is in no parameter set."""

    def __init__(self, key: str, name: str) -> None:
        """Keep which."""
        super().__init__(f"Parameter set {key!r} has no number {name!r}.")
        self.key = key
        self.name = name


@dataclass(frozen=True, slots=True)
class Basis(Plain):
    """The parameter sets of a month by key."""

    sets: Mapping[str, ParameterSet]

    def number(self, key: str, name: str) -> Decimal:
        """Return a number of a set.

        :raise ParameterMissing: there is none.
        """
        found = self.find(key, name)
        if found is None:
            raise ParameterMissing(key, name)
        return found

    def find(self, key: str, name: str) -> Decimal | None:
        """Return a number of a set, or None."""
        held = self.sets.get(key)
        return held.values.get(name) if held is not None else None

    def version(self, key: str) -> str:
        """Return a set's key and version, as a line names it; the key alone if there is none."""
        held = self.sets.get(key)
        return f"{key} {held.version}" if held is not None else key

    def amounts_of(self, job_class: int) -> dict[str, Decimal]:
        """Return the monthly amounts of a class by criterion, in rupiah; empty if the city has none.

        A class without amounts of its own has the basic allowance: BPK x IKFD x IKK x IPPD (Kepmendagri 900-4700/2020).
        """
        amounts = {name: self.find(CLASSES, f"{job_class}.{name}") for name in CRITERIA}
        given = {name: amount for name, amount in amounts.items() if amount is not None}
        if given:
            return given
        basic = self.basic_of(job_class)
        return {} if basic is None else {"basic": basic}

    def basic_of(self, job_class: int) -> Decimal | None:
        """Return the basic allowance of a class in rupiah, or None if one of its four numbers is missing."""
        factors = [self.find(BASIC, name) for name in (f"bpk.{job_class}", "ikfd", "ikk", "ippd")]
        product = Decimal(1)
        for factor in factors:
            if factor is None:
                return None
            product *= factor
        return product


def wrong_sets(sets: Mapping[str, ParameterSet]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with parameter sets: the key, and the code of a text.

    Shares that do not add up, a productivity part below the least, a rate outside 0 to 1.
    """
    for key, held in sets.items():
        yield from ((key, code) for code in _wrong(held))


def _wrong(held: ParameterSet) -> Iterator[str]:
    if held.key == SPLIT:
        yield from _wrong_split(held.values)
    elif held.key in {CLASSES, BASIC}:
        if any(value < 0 for value in held.values.values()):
            yield "parameter_negative"
    elif held.key in NEEDED and any(not 0 <= number <= 1 for number in _shares(held)):
        yield "parameter_not_share"


def _shares(held: ParameterSet) -> Iterator[Decimal]:
    return (value for name, value in held.values.items() if is_share(held.key, name))


def _wrong_split(values: Mapping[str, Decimal]) -> Iterator[str]:
    productivity, discipline = values.get("productivity"), values.get("discipline")
    if productivity is None or discipline is None:
        yield "parameter_split_incomplete"
    elif productivity + discipline != 1:
        yield "parameter_split_sum"
    elif productivity < LEAST_PRODUCTIVITY:
        yield "parameter_split_low"


#: Numbers of sets of shares that are counts: of minutes, days or quarters.
_COUNTS: Final = {PREDICATE: {"quarters", "grace_days"}, SERVICE: {"acting_days"}}


def is_share(key: str, name: str) -> bool:
    """Return whether a number is a share from 0 to 1, not a count or an amount."""
    if key in {CLASSES, BASIC, DISCIPLINE} or name.endswith(".from"):
        return False
    return name not in _COUNTS.get(key, set())
