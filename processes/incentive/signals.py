"""Patterns in a unit's month that somebody should look at: signals with their evidence, never proof and never a cut."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final

from sqlalchemy import Connection, select

from processes.incentive.gathering import span_of
from processes.incentive.gathering.standing import quarter_before
from processes.incentive.gathering.statements import FIRST, LAST, PEOPLE, PREDICATES, UNIT
from processes.incentive.parameters import numbers_on
from processes.incentive.records import CorrectionStatus, attendance, attendance_correction
from processes.people.city import City, Predicate
from processes.people.city.texts import Text
from processes.people.queries.on_day import TENANT, AnySelect

#: From how many days or people on a pattern is worth a look.
SIGNALS: Final = "incentive.signals"

_times: Final[AnySelect] = (
    select(attendance.c.employee_id, attendance.c.day, attendance.c.check_in, attendance.c.check_out)
    .where(
        attendance.c.tenant == TENANT,
        attendance.c.employee_id.in_(PEOPLE),
        attendance.c.day >= FIRST,
        attendance.c.day <= LAST,
        attendance.c.check_in.is_not(None),
        attendance.c.check_out.is_not(None),
        attendance.c.correction_id.is_(None),
    )
    .order_by(attendance.c.employee_id, attendance.c.day)
)
_corrected: Final[AnySelect] = select(attendance_correction.c.employee_id, attendance_correction.c.day).where(
    attendance_correction.c.tenant == TENANT,
    attendance_correction.c.unit_id == UNIT,
    attendance_correction.c.day >= FIRST,
    attendance_correction.c.day <= LAST,
    attendance_correction.c.status == CorrectionStatus.APPROVED.value,
)

_TEXTS: Final = {
    "identical_times": Text(
        "Jam masuk dan pulang dua pegawai ini sama sampai menitnya pada {count} hari. Periksa apakah presensinya "
        "dititipkan.",
        "These two people came and went in the same minutes on {count} days. Check whether one clocked in for both.",
    ),
    "same_minute": Text(
        "Jam masuk pegawai ini selalu pada menit yang sama, {count} hari. Periksa alat atau cara presensinya.",
        "This person came in the same minute on {count} days. Check the device or the way of clocking in.",
    ),
    "all_highest": Text(
        "Semua {count} pegawai yang dinilai di unit ini mendapat Sangat Baik untuk triwulan {quarter}. Bandingkan "
        "dengan capaian unit.",
        "All {count} people rated in this unit got Very good for quarter {quarter}. Compare it with what the unit did.",
    ),
    "many_corrections": Text(
        "Kehadiran pegawai ini dikoreksi pada {count} hari dalam sebulan. Periksa buktinya satu per satu.",
        "This person's attendance was corrected on {count} days of the month. Look at the evidence one by one.",
    ),
}


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern, whom it concerns and on which days.

    :param employees: nobody in particular where it is about the unit.
    """

    code: str
    employees: tuple[int, ...]
    days: tuple[date, ...]
    count: int
    quarter: str = ""

    def text(self, language: str = "id") -> str:
        """Return the sentence, without names."""
        found = _TEXTS[self.code]
        return (found.en if language == "en" else found.id).format(count=self.count, quarter=self.quarter)


def signals(read: Connection, tenant: str, unit_id: int, month: date, *, city: City) -> tuple[Signal, ...]:
    """Return the patterns of a unit's month; each is for somebody to look at, and changes nothing by itself."""
    first, last = span_of(month)
    least = {name: int(number) for name, number in numbers_on(read, tenant, SIGNALS, first, city=city).items()}
    if not least:
        return ()
    asked = {"tenant": tenant, "unit": unit_id, "first": first, "last": last}
    times = list(read.execute(_times, asked))
    return (
        *_identical(times, least["identical_days"]),
        *_same_minute(times, least["same_minute_days"]),
        *_all_highest(read, asked, least["all_highest_people"]),
        *_many_corrections(read.execute(_corrected, asked), least["corrections"]),
    )


def _identical(times: Iterable[Any], least: int) -> Iterator[Signal]:
    """Yield pairs whose minutes are the same again and again; where all come at once, as by a bell, none is."""
    together: defaultdict[tuple[date, int, int], list[int]] = defaultdict(list)
    for row in times:
        together[row.day, row.check_in, row.check_out].append(row.employee_id)
    days: defaultdict[tuple[int, int], list[date]] = defaultdict(list)
    for (day, _, _), people in sorted(together.items()):
        if len(people) == 2:  # a pair: of three and more the device is the likelier cause
            for pair in combinations(sorted(people), 2):
                days[pair].append(day)
    for pair, found in sorted(days.items()):
        if len(found) >= least:
            yield Signal("identical_times", pair, tuple(found), len(found))


def _same_minute(times: Iterable[Any], least: int) -> Iterator[Signal]:
    came: defaultdict[int, dict[date, int]] = defaultdict(dict)
    for row in times:
        came[row.employee_id][row.day] = row.check_in
    for person, days in sorted(came.items()):
        ((minute, count),) = Counter(days.values()).most_common(1)
        if count >= least:
            yield Signal("same_minute", (person,), tuple(day for day, at in days.items() if at == minute), count)


def _all_highest(read: Connection, asked: dict[str, Any], least: int) -> Iterator[Signal]:
    year, quarter = quarter_before(asked["first"])
    number = year * 4 + quarter
    newest: dict[int, str] = {}
    for row in read.execute(PREDICATES, {**asked, "newest": number, "oldest": number}):
        newest.setdefault(row.employee_id, row.predicate)
    if len(newest) >= least and set(newest.values()) == {Predicate.SANGAT_BAIK.value}:
        yield Signal("all_highest", (), (), len(newest), f"{year}-{quarter}")


def _many_corrections(rows: Iterable[Any], least: int) -> Iterator[Signal]:
    days: defaultdict[int, list[date]] = defaultdict(list)
    for row in rows:
        days[row.employee_id].append(row.day)
    for person, found in sorted(days.items()):
        if len(found) >= least:
            yield Signal("many_corrections", (person,), tuple(sorted(found)), len(found))
