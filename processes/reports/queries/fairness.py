"""Predicates and allowances group by group, and how far they go together: nobody can be told apart (TB-51, TT-07)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from processes.people.city import Predicate
from processes.reports.hiding import hidden_table, merged
from processes.reports.quarters import Quarter
from processes.reports.queries.people import Standing, standings
from processes.reports.ranking import mean, median, spearman

#: Ways to look at everybody, in the order of the page.
WAYS: Final = ("sex", "age", "grade", "kind", "agency")
#: Predicates from the best on, and those without a result.
COLUMNS: Final[tuple[Predicate | None, ...]] = (*Predicate, None)
#: The label of agencies that are too small to stand alone.
SMALL: Final = "*"
#: Predicates as numbers, the higher the better.
_ORDER: Final = {predicate: Decimal(-place) for place, predicate in enumerate(Predicate)}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of people.

    :param people: None for a group that is not shown.
    :param counts: of each column of `COLUMNS`; None for one that is not shown.
    :param mean_pay: of those who were paid, a month; None where too few were.
    """

    label: str
    people: int | None
    counts: tuple[int | None, ...]
    mean_pay: Decimal | None = None
    median_pay: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GroupTable:
    """The groups of one way to look at everybody."""

    way: str
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How far predicate and pay go together in a group.

    :param people: with both; None for a group of too few.
    :param relation: Spearman's coefficient; None where too few have both, or all are the same.
    """

    label: str
    people: int | None
    relation: Decimal | None


@dataclass(frozen=True, slots=True)
class RelationReport:
    """The whole city, then by job class and by agency."""

    city: RelationRow
    classes: tuple[RelationRow, ...]
    agencies: tuple[RelationRow, ...]


def fairness_report(
    read: Connection, tenant: str, quarter: Quarter, numbers: Mapping[str, Decimal]
) -> tuple[GroupTable, ...]:
    """Return each way to look at everybody with its groups."""
    everybody = standings(read, tenant, quarter)
    return tuple(GroupTable(way, _rows(everybody, way, numbers)) for way in WAYS)


def relation_report(read: Connection, tenant: str, quarter: Quarter, numbers: Mapping[str, Decimal]) -> RelationReport:
    """Return how far predicates and allowances of a quarter go together.

    A class of jobs is paid alike but for performance and discipline, so that within it the predicate shows.
    """
    both = [one for one in standings(read, tenant, quarter) if one.predicate is not None and one.pay is not None]
    least = int(numbers["least_unit"])
    classes: dict[str, list[Standing]] = {}
    for one in both:
        classes.setdefault(f"{one.job_class:02}" if one.job_class is not None else "", []).append(one)
    return RelationReport(
        _relation("", both, least),
        tuple(_relation(label, group, least) for label, group in sorted(classes.items())),
        tuple(_relation(label, group, least) for label, group in sorted(_grouped(both, "agency").items())),
    )


def _rows(everybody: Sequence[Standing], way: str, numbers: Mapping[str, Decimal]) -> tuple[GroupRow, ...]:
    least = int(numbers["least_people"])
    groups = _grouped(everybody, way)
    sizes = {label: len(group) for label, group in groups.items()}
    if way == "agency":
        groups, sizes = _joined(groups, merged(sizes, int(numbers["least_unit"])))
    closed = merged(sizes, least)
    shown = [label for label in sorted(groups) if label not in closed]
    counts = [[Counter(one.predicate for one in groups[label])[column] for column in COLUMNS] for label in shown]
    flags = dict(zip(shown, zip(counts, hidden_table(counts, least), strict=True), strict=True))
    return tuple(
        _row(label, groups[label], *flags[label], least=least) if label in flags else _closed(label)
        for label in sorted(groups)
    )


def _grouped(everybody: Sequence[Standing], way: str) -> dict[str, list[Standing]]:
    groups: dict[str, list[Standing]] = {}
    for one in everybody:
        groups.setdefault(one.groups[way], []).append(one)
    return groups


def _joined(
    groups: Mapping[str, list[Standing]], small: frozenset[str]
) -> tuple[dict[str, list[Standing]], dict[str, int]]:
    """Return the groups with the small ones as a single one, and their sizes."""
    found = {label: group for label, group in groups.items() if label not in small}
    if small:
        found[SMALL] = [one for label in sorted(small) for one in groups[label]]
    return found, {label: len(group) for label, group in found.items()}


def _row(
    label: str, group: Sequence[Standing], counts: Sequence[int], hidden: Sequence[bool], *, least: int
) -> GroupRow:
    shown = tuple(None if is_hidden else count for count, is_hidden in zip(counts, hidden, strict=True))
    pays = [one.pay for one in group if one.pay is not None]
    if len(pays) < least:
        return GroupRow(label, len(group), shown)
    return GroupRow(label, len(group), shown, mean(pays), median(pays))


def _closed(label: str) -> GroupRow:
    return GroupRow(label, None, (None,) * len(COLUMNS))


def _relation(label: str, group: Sequence[Standing], least: int) -> RelationRow:
    pairs = [(_ORDER[one.predicate], one.pay) for one in group if one.predicate is not None and one.pay is not None]
    if len(pairs) < least:
        return RelationRow(label, None, None)
    return RelationRow(label, len(pairs), spearman(pairs))
