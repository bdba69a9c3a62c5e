"""Dates, times and durations, which feelin leaves to Luxon."""

from decimal import Decimal

from tests.differential.comparing import Difference
from tests.differential.listed.entry import Sheet, kind, kinds, no_number, number
from tests.differential.values import Tagged, same

SHEET = Sheet()


@SHEET.of(
    "duration * number", "duration / number", "negation", "abs",
    because="tables 58, 62 and 76: a duration can be multiplied, divided, negated and made absolute.",
    example='`@"P2D"` * `3`',
)  # fmt: skip
def computes_no_durations(found: Difference) -> bool:
    """Gives null."""
    return found.theirs is None and kind(found.ours) in ("months", "seconds")


@SHEET.of(
    "/",
    because="table 58: durations of months are divided by their months.",
    example='`@"P1Y"` / `@"P3M"`',
)
def divides_months_by_days(found: Difference) -> bool:
    """Divides by the days of months of 30 and years of 365 days."""
    if kinds(found) != ["months", "months"]:
        return False
    one, other = (_days(number(value)) for value in found.arguments)
    return (found.ours is None and no_number(found)) or (other != 0 and same(one / other, found.theirs, 0.02))


@SHEET.of(
    "date + duration", "date - duration",
    because="table 57: a date with days and time is date(…) of the moment, so a date again.",
    example='`@"2026-03-31"` + `@"PT2H30M"`',
)  # fmt: skip
def makes_moments_of_dates(found: Difference) -> bool:
    """Gives a date and time where the duration has hours."""
    theirs = found.theirs
    is_same_day = isinstance(theirs, Tagged) and str(theirs.value).startswith(str(getattr(found.ours, "value", "-")))
    return kind(found.ours) == "date" and kind(theirs) == "moment" and is_same_day


@SHEET.of(
    because="10.3.2.3.5 and 10.3.2.3.6: a date and a date and time are of different kinds.",
    example='(`@"2026-03-31T00:00:00Z"`)',
)
def takes_midnight_for_a_date(found: Difference) -> bool:
    """Cannot tell midnight UTC from a date."""
    ours, theirs = found.ours, found.theirs
    if kind(ours) == "moment" and kind(theirs) == "date":
        return isinstance(ours, Tagged) and isinstance(theirs, Tagged) and ours.value == f"{theirs.value}T00:00:00Z"
    moment = next((value for value in found.arguments if _is_midnight(value)), None)
    return moment is not None and found.rule in ("string", "date and time", "instance of", "is")


@SHEET.of(
    "date",
    because="table 72: date(from) is the date of a date and time as it stands, its time left out.",
    example='date(`@"2024-05-02T01:29:59@Asia/Makassar"`)',
)
def moves_dates_to_utc(found: Difference) -> bool:
    """Gives the date that it is in UTC."""
    moment, theirs = found.arguments[0], found.theirs
    if kind(moment) != "moment" or not isinstance(theirs, Tagged):
        return False
    text = str(getattr(moment, "value", ""))
    return (
        text[:10] == getattr(found.ours, "value", "")
        and len(text) > 19
        and not text.endswith("Z")
        and theirs.kind == "date"
    )


@SHEET.of(
    "date", "time",
    because="table 65: months are 1 to 12 and hours 0 to 23; else there is no such date or time, and it is null.",
    example="time(`-1`, 30, 0)",
)  # fmt: skip
def counts_back(found: Difference) -> bool:
    """Takes a negative month or hour as one before the first."""
    return found.ours is None and any(isinstance(value, Decimal) and value < 1 for value in found.arguments)


@SHEET.of(
    "path",
    because="table 66: the parts of a duration are normalized: months 0 to 11, hours 0 to 23, minutes 0 to 59.",
    example='`duration("P14M")`.years',
)
def keeps_durations_as_written(found: Difference) -> bool:
    """Gives the units a duration was written or computed with."""
    return kind(found.arguments[0]) in ("months", "seconds")


@SHEET.of(
    "years and months duration",
    because="table 72 and 10.3.2.3.8: a duration of years and months has whole months.",
    example='years and months duration(`@"2026-01-01"`, `@"2026-03-31"`)',
)
def counts_parts_of_months(found: Difference) -> bool:
    """Counts the days of a month that is not full as a part of it, or as a month where the other month is short."""
    ours, theirs = found.ours, found.theirs
    is_months = kind(ours) == kind(theirs) == "months"
    is_end = str(getattr(found.arguments[1], "value", ""))[-2:] in ("28", "29", "30", "31")
    apart = abs(number(theirs) - number(ours))
    return is_months and (apart < 1 if number(theirs) % 1 else apart == 1 and is_end)


@SHEET.of(
    because="10.3.2.3.7: seconds have any number of decimal places.",
    example='`@"PT0.0001S"` + `@"PT0S"`',
)
def counts_milliseconds(found: Difference) -> bool:
    """Drops what is smaller than a millisecond."""
    small = any(
        kind(value) in ("seconds",) and number(value) % Decimal("0.001") for value in (*found.arguments, found.ours)
    )
    return small and kind(found.ours) == kind(found.theirs) == "seconds" and _is_near(found)


def _is_near(found: Difference) -> bool:
    return abs(number(found.ours) - number(found.theirs)) < Decimal("0.002")


def _days(months: Decimal) -> Decimal:
    years, rest = divmod(abs(months), 12)
    return (years * 365 + rest * 30).copy_sign(months)


def _is_midnight(value: object) -> bool:
    return isinstance(value, Tagged) and value.kind == "moment" and str(value.value).endswith("T00:00:00Z")
