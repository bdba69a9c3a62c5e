"""Patterns in the minutes at which people came and went."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

from processes.incentive.signals.signal import Signal


def identical(rows: Iterable[Any], least: int) -> Iterator[Signal]:
    """Yield pairs whose minutes are the same again and again; where all come at once, as by a bell, none is."""
    together: defaultdict[tuple[date, int, int], list[int]] = defaultdict(list)
    for row in rows:
        together[row.day, row.check_in, row.check_out].append(row.employee_id)
    days: defaultdict[tuple[int, int], list[date]] = defaultdict(list)
    for (day, _, _), people in sorted(together.items()):
        if len(people) == 2:  # a pair: of three and more the device is the likelier cause
            for pair in combinations(sorted(people), 2):
                days[pair].append(day)
    for pair, found in sorted(days.items()):
        if len(found) >= least:
            yield Signal("identical_times", pair, tuple(found), len(found))


def same_minute(rows: Iterable[Any], least: int) -> Iterator[Signal]:
    """Yield who came in the same minute on many days."""
    came: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for row in rows:
        came[row.employee_id][row.day] = row.check_in
    for person, days in sorted(came.items()):
        ((minute, count),) = Counter(days.values()).most_common(1)
        if count >= least:
            yield Signal("same_minute", (person,), tuple(day for day, at in days.items() if at == minute), count)
