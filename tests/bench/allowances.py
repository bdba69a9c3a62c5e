"""`python -m tests.bench.allowances [--staff N]`: a month of allowances, from the attendance file to locked slips."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeVar

from sqlalchemy import bindparam, update

from engine.policy.actor import system_actor
from engine.records.changes import apply_writes
from engine.records.packing import pack
from processes.incentive.gathering import span_of
from processes.incentive.gathering.stretches import days_between
from processes.incentive.imports import ATTENDANCE
from processes.incentive.months import compute_month, month_writes, open_run, read_run, runs_of_month, status_write
from processes.incentive.records import RunStatus
from processes.incentive.replaying import replay
from processes.incentive.rules.basis import CLASSES
from processes.people.city import ParameterSet
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, read_import
from processes.people.queries import all_units
from processes.people.queries.calendars import calendar_of_unit
from processes.people.records import employee, parameter_set
from tests.bench.city import CODE, City, open_city

MONTH = date(2026, 5, 1)
STAFF = 6224
_NOW_LATE = 7  # every seventh day of somebody is a late one

Result = TypeVar("Result")


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.allowances", description=__doc__)
    parser.add_argument("--staff", type=int, default=STAFF, help="how many people the city has")
    staff = parser.parse_args().staff
    with TemporaryDirectory(prefix="alur-bench-") as folder, open_city(Path(folder), staff) as city:
        json.dump(measure_month(city), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure_month(city: City) -> dict[str, Any]:
    """Return the seconds of each stage of a month, and what it came to."""
    _prepare(city)
    content = _attendance(city)
    found: dict[str, Any] = {"people": city.staff, "days": len(_days(city)), "bytes": len(content)}
    plan = _timed(found, "read_attendance_s", lambda: _read(city, content))
    _timed(found, "write_attendance_s", lambda: city.alur.engine.run(ImportRows(plan), system_actor(CODE)))
    found["units"] = len(_units(city))
    _timed(found, "month_s", lambda: _month(city))
    again = _timed(found, "month_again_s", lambda: _month(city))
    assert again == 0, "the same records give the same bytes"
    _lock(city)
    with city.alur.database.reading() as read:
        done = _timed(found, "replay_s", lambda: replay(read, CODE, MONTH))
    return found | {"slips": done.slips, "gross": str(done.gross), "differences": len(done.differences)}


def _timed(found: dict[str, Any], name: str, do: Callable[[], Result]) -> Result:
    began = perf_counter()
    result = do()
    found[name] = round(perf_counter() - began, 2)
    return result


def nip(number: int) -> str:
    """Return a valid employee number for a number of the bench's people."""
    born = date(1980, 1, 1) + timedelta(days=number // 900)
    return f"{born:%Y%m%d}2010011{number % 900 + 1:03}"


def _prepare(city: City) -> None:
    amounts = ParameterSet(
        key=CLASSES,
        version="bench",
        valid_from=date(2026, 1, 1),
        source="bench",
        values={"7.beban_kerja": Decimal(3_000_000), "7.kondisi_kerja": Decimal(777_777)},
    )
    row = {"id": 1, "tenant": CODE, "name": CLASSES, "valid_from": amounts.valid_from, "source": "bench"}
    renumber = update(employee).where(employee.c.id == bindparam("number")).values(nip=bindparam("new"))
    with city.alur.database.writing() as connection:
        connection.execute(parameter_set.insert(), {**row, "content": pack(amounts.to_plain())})
        connection.execute(renumber, [{"number": n, "new": nip(n)} for n in range(1, city.staff + 1)])


def _attendance(city: City) -> bytes:
    days = _days(city)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([column.title for column in ATTENDANCE.columns])
    for number in range(1, city.staff + 1):
        for place, day in enumerate(days):
            late = (number * 13 + place * 7) % 120 if (number + place) % _NOW_LATE == 0 else 0
            writer.writerow(
                [nip(number), day.isoformat(), "Hadir", f"{7 + late // 60:02}:{late % 60:02}", "16:00", late]
            )
    return text.getvalue().encode()


def _days(city: City) -> list[date]:
    with city.alur.database.reading() as read:
        calendar = calendar_of_unit(read, CODE, _units(city)[0])
    first, last = span_of(MONTH)
    return [day for day in days_between(first, last) if calendar.is_working_day(day)]


def _read(city: City, content: bytes) -> ImportPlan:
    with city.alur.database.reading() as read:
        found = read_import(ATTENDANCE, content, read, CODE, MONTH, name="kehadiran.csv")
    assert isinstance(found, ImportPlan), [problem.line() for problem in found[:3]]
    return found


def _units(city: City) -> list[int]:
    with city.alur.database.reading() as read:
        return [unit.id for unit in all_units(read, CODE)]


def _month(city: City) -> int:
    """Compute and write every unit's month, each in a transaction of its own; return how many slips were written."""
    written = 0
    engine, rules = city.alur.engine, city.alur.cities.city(CODE)
    for unit_id in _units(city):
        with city.alur.database.reading() as read:
            run = read_run(read, CODE, unit_id, MONTH)
            if run is None:
                opening = open_run(tenant=CODE, unit_id=unit_id, month=MONTH, case_id=None, new_id=engine.new_id)
                with city.alur.database.writing() as connection:
                    apply_writes(connection, [opening])
        with city.alur.database.reading() as read:
            run = read_run(read, CODE, unit_id, MONTH)
            assert run is not None
            computed = compute_month(read, CODE, unit_id, MONTH, city=rules)
            rows = month_writes(read, computed, run, actor=None, now=engine.clock(), new_id=engine.new_id)
        written += sum(len(item.rows) for item in rows[:-1])
        with city.alur.database.writing() as connection:
            apply_writes(connection, rows)
    return written


def _lock(city: City) -> None:
    with city.alur.database.reading() as read:
        runs = runs_of_month(read, CODE, MONTH)
    with city.alur.database.writing() as connection:
        apply_writes(connection, [status_write(run, RunStatus.LOCKED, now=city.alur.engine.clock()) for run in runs])


if __name__ == "__main__":
    main()
