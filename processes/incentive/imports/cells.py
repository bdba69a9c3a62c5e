"""Cells of files about allowances: months, times of day, rupiah."""

import re
from datetime import date

from processes.people.imports.cells import read_day, read_number
from processes.people.imports.problems import BadCell
from processes.people.imports.sheets import Raw

_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[-/](?P<month>[0-9]{1,2})")
_MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})")
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.][0-9]{2})?")
_HOURS, _MINUTES, _MONTHS = 24, 60, 12

#: A day off or whole rupiah; nobody earns a trillion.
read_rupiah = read_number(0, 10**12 - 1)


def read_month(raw: Raw) -> date:
    """Return the first day of a month, from `2026-05`, `05/2026` or any day of it."""
    text = str(raw)
    found = None if isinstance(raw, date) else _YEAR_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    if found is None:
        return read_day(raw).replace(day=1)
    if not 1 <= int(found["month"]) <= _MONTHS:
        raise BadCell("no_such_day", value=text)
    return read_day(date(int(found["year"]), int(found["month"]), 1))


def read_time(raw: Raw) -> int:
    """Return a time of day in minutes after midnight, from `07:32` or `07.32`."""
    found = _TIME.fullmatch(str(raw))
    if found is None or int(found["hour"]) >= _HOURS or int(found["minute"]) >= _MINUTES:
        raise BadCell(
            "plan",
            text_id=f"'{raw}' bukan jam. Tulis seperti 07:32.",
            text_en=f"'{raw}' is no time of day. Write it as 07:32.",
        )
    return int(found["hour"]) * _MINUTES + int(found["minute"])
