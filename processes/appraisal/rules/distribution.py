"""The distribution guide of SE MenPANRB 3/2023: counts of predicates in a unit to warnings. It never blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from processes.appraisal.rules.ratings import label
from processes.people.city import Message, OrgPredicate, Predicate, Text, message

#: Below this many people percentages say little: the guide is read for the whole office instead (own design).
SMALL_UNIT = 10

AT_MOST = Text(
    "{name} paling banyak {percent}% pegawai unit, tetapi ada {count} dari {total} orang.",
    "{name} is for at most {percent}% of the unit, but {count} of {total} have it.",
)
AT_LEAST = Text(
    "{name} paling sedikit {percent}% pegawai unit, tetapi baru {count} dari {total} orang.",
    "{name} is for at least {percent}% of the unit, but only {count} of {total} have it.",
)
NOBODY = Text(
    "Pada unit dengan predikat ini tidak boleh ada {name}, tetapi ada {count} orang.",
    "In a unit with this predicate nobody may be {name}, but {count} are.",
)
SOMEBODY = Text(
    "Pada unit dengan predikat ini harus ada pegawai berpredikat {name}, tetapi belum ada.",
    "In a unit with this predicate somebody must be {name}, but nobody is.",
)

SB, B, BP, K, SK = Predicate


@dataclass(frozen=True, slots=True)
class _Most:
    """At most `percent` of the people; 0 means nobody."""

    predicate: Predicate
    percent: int


@dataclass(frozen=True, slots=True)
class _Least:
    """At least `percent` of the people, any of `predicates` together; 0 means somebody must be there."""

    predicates: tuple[Predicate, ...]
    percent: int


GUIDE: dict[OrgPredicate, tuple[_Most | _Least, ...]] = {
    OrgPredicate.ISTIMEWA: (_Most(SB, 70),),
    OrgPredicate.BAIK: (_Most(B, 70), _Least((BP, K), 0)),
    OrgPredicate.BUTUH_PERBAIKAN: (_Least((BP,), 60), _Most(SB, 10)),
    OrgPredicate.KURANG: (_Least((K,), 60), _Least((BP,), 10), _Most(SB, 10)),
    OrgPredicate.SANGAT_KURANG: (_Least((SK,), 60), _Least((K, BP), 10), _Most(SB, 0)),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a unit is rated: the guide speaks of the whole unit, and the first few say nothing about its shape.

    :param rated: people who have a predicate.
    :param staff: people of the unit who are evaluated in the period.
    :param read_from: percent of them from which on the guide is read.
    """

    rated: int
    staff: int
    read_from: Decimal

    @property
    def needed(self) -> int:
        """How many people must be rated before the guide is read: in a small unit nearly all of them."""
        exact = self.read_from * self.staff / 100
        return max(1, int(exact.to_integral_value(ROUND_CEILING)))

    @property
    def is_enough(self) -> bool:
        """The guide is read."""
        return self.rated >= self.needed


def distribution_warnings(org: OrgPredicate, counts: Mapping[Predicate, int]) -> tuple[Message, ...]:
    """Return how the unit's predicates leave the guide for its organisation predicate; nothing for an empty unit.

    Each wants a justification before signing. A unit of fewer than 10 people gets one more note about its size.
    """
    total = sum(counts.values())
    if total == 0:
        return ()
    found = [_check(rule, counts, total) for rule in GUIDE[org]]
    warnings = tuple(item for item in found if item is not None)
    return (*warnings, _small_unit(total)) if warnings and total < SMALL_UNIT else warnings


def short_warning(warning: Message) -> str:
    """Return the warning in the terse words of the guide's table: `SANGAT_BAIK > 70%`."""
    params = warning.params
    return {
        "distribution_most": f"{params.get('predicate')} > {params.get('percent')}%",
        "distribution_none": f"tidak boleh ada {params.get('predicate')}",
        "distribution_least": f"{params.get('predicate')} < {params.get('percent')}%",
        "distribution_must": f"harus ada {params.get('predicate')}",
        "distribution_small_unit": f"unit kecil ({params.get('total')} orang)",
    }[warning.code]


def _check(rule: _Most | _Least, counts: Mapping[Predicate, int], total: int) -> Message | None:
    if isinstance(rule, _Most):
        return _check_most(rule, counts.get(rule.predicate, 0), total)
    return _check_least(rule, sum(counts.get(predicate, 0) for predicate in rule.predicates), total)


def _check_most(rule: _Most, count: int, total: int) -> Message | None:
    # Whole numbers on both sides: no division, so no rounding can decide.
    if count * 100 <= rule.percent * total:
        return None
    if rule.percent == 0:
        code, text = "distribution_none", NOBODY
    else:
        code, text = "distribution_most", AT_MOST
    return _warning(code, text, (rule.predicate,), percent=rule.percent, count=count, total=total)


def _check_least(rule: _Least, count: int, total: int) -> Message | None:
    if rule.percent == 0:
        enough, code, text = count > 0, "distribution_must", SOMEBODY
    else:
        enough, code, text = count * 100 >= rule.percent * total, "distribution_least", AT_LEAST
    if enough:
        return None
    return _warning(code, text, rule.predicates, percent=rule.percent, count=count, total=total)


def _warning(code: str, text: Text, predicates: tuple[Predicate, ...], **numbers: int) -> Message:
    labels = [label(predicate) for predicate in predicates]
    name = Text(" dan/atau ".join(item.id for item in labels), " and/or ".join(item.en for item in labels))
    shown = message(code, text.id, text.en, name=name, **numbers)
    return replace(shown, params={**shown.params, "predicate": " dan/atau ".join(predicates)})


def _small_unit(total: int) -> Message:
    return message(
        "distribution_small_unit",
        "Unit ini hanya {total} orang; persentase sebaiknya dibaca pada tingkat perangkat daerah.",
        "This unit has only {total} people; percentages are better read for the whole office.",
        total=total,
    )
