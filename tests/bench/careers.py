"""`python -m tests.bench.careers [--staff N]`: the pages about careers of a whole city, in seconds and statements."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, update

from engine.policy.actor import Actor
from engine.records.counting import count_statements
from processes.people.careers import award, competency, competency_level, education, post_standard, rank
from processes.people.queries import placement_on
from processes.people.records import Role, employee, placement, post, result
from processes.promotion.posts.holding import find_post
from processes.promotion.records import job_duty, talent_assessment
from processes.promotion.succession.drawing import draw
from tests.bench.allowances import STAFF, nip
from tests.bench.city import CODE, FIRST_UNIT, City, head_of, open_city, unit_of
from tests.bench.world import OPENING
from webapp.promotion.career_reading import around, read_own_career
from webapp.promotion.competency_reading import read_skills_page
from webapp.promotion.plan_merit import read_page as read_merit_page
from webapp.promotion.plan_views import read_plan, read_watched
from webapp.promotion.post_reading import Asked, read_map_page
from webapp.promotion.rank_views import read_coming
from webapp.promotion.succession_reading import read_key_posts
from webapp.promotion.talent_views import read_talents

COMPETENCIES = tuple(f"K-{number}" for number in range(1, 11))
_HEADS = 2_000_000
_ROLES = frozenset({Role.HR_VERIFIER, Role.HR_HEAD})


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.careers", description=__doc__)
    parser.add_argument("--staff", type=int, default=STAFF, help="how many people the city has")
    staff = parser.parse_args().staff
    with TemporaryDirectory(prefix="alur-bench-") as folder, open_city(Path(folder), staff) as city:
        json.dump(measure_pages(city), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure_pages(city: City) -> dict[str, Any]:
    """Return the seconds and statements that each page reads with, the second time."""
    with city.alur.database.writing() as connection:
        for table, rows in _careers(city.staff):
            _insert(connection, table, rows)
        _raise(connection, city.staff)
    found = {name: _measured(city, read) for name, read in _pages(city)}
    return {"people": city.staff, "units": unit_of(city.staff) - FIRST_UNIT + 1, "pages": found}


def _pages(city: City) -> Iterator[tuple[str, Callable[[], object]]]:
    engine, alur = city.alur.engine, city.alur
    agency, person = Actor(CODE, 3, _ROLES), Actor(CODE, 2)
    yield "talent_box", lambda: engine.read(read_talents, agency, alur)
    yield "twelve_months", lambda: engine.read(read_coming, agency, alur, "", 1)
    yield "register", lambda: engine.read(read_watched, agency, alur)
    yield "map", lambda: engine.read(read_map_page, agency, alur, Asked(None, None, None, 1))
    yield "heat_map", lambda: engine.read(read_skills_page, agency, alur, None, 1)
    yield "plan", lambda: engine.read(read_plan, agency, alur, None)
    yield "merit", lambda: engine.read(read_merit_page, agency, alur)
    yield "key_posts", lambda: engine.read(read_key_posts, agency, alur, 1)
    yield "succession", lambda: engine.read(_drawn, agency, city)
    yield "own_career", lambda: engine.read(read_own_career, person, alur)


def _drawn(read: Connection, actor: Actor, city: City) -> object:
    """Draw the list of the post from which the first unit is headed."""
    here = around(city.alur, CODE)
    found = draw(read, CODE, here, find_post(read, CODE, _HEADS + FIRST_UNIT), drawn_by=actor.person)
    assert found is not None and placement_on(read, CODE, 1, here.today) is not None
    return found


def _measured(city: City, read: Callable[[], object]) -> dict[str, Any]:
    read()
    with count_statements(city.alur.database) as statements:
        began, worked = perf_counter(), process_time()
        read()
        took, work = perf_counter() - began, process_time() - worked
    return {"s": round(took, 2), "cpu_s": round(work, 2), "statements": len(statements)}


def _careers(staff: int) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    people = range(1, staff + 1)
    units = sorted({unit_of(number) for number in people})
    yield competency, [{"code": code, "name": code, "kind": "managerial", "field": None} for code in COMPETENCIES]
    heads = [{"id": _HEADS + unit, "unit_id": unit, "code": f"K{unit}", "name": f"Kepala {unit}"} for unit in units]
    yield post, [{**row, "level": "administrator", "family": "general", "job_class": 11} for row in heads]
    posts = [*units, *(_HEADS + unit for unit in units)]
    yield post_standard, [{"post_id": one, "competency": code, "level": 3} for one in posts for code in COMPETENCIES]
    yield rank, [{"id": n, "employee_id": n, "grade": "III/a", "valid_from": date(2022 + n % 3, 4, 1)} for n in people]
    school = {"level": "S1", "graduated_on": date(2008, 7, 1)}
    yield education, [{"id": n, "employee_id": n, **school} for n in people]
    tested = {"assessed_on": date(2025, 5, 1), "source": "Uji"}
    yield talent_assessment, [{"employee_id": n, "potential": Decimal(60 + n % 40), **tested} for n in people]
    yield award, [{"id": n, "employee_id": n, "name": "Teladan", "awarded_on": date(2025, 8, 17)} for n in people[::20]]
    yield result, [row for n in people for row in _results(n)]
    yield (
        competency_level,
        [
            {"id": n * 100 + place, "employee_id": n, "competency": code, "level": 1 + (n + place) % 4, **tested}
            for n in people
            for place, code in enumerate(COMPETENCIES)
        ],
    )
    duty = {"year": 2026, "number": 1, "duty": "Melayani", "product": "berkas", "hours": Decimal(2)}
    yield job_duty, [{"post_id": one, "volume": Decimal(25_000), **duty} for one in units]


def _results(number: int) -> Iterator[dict[str, Any]]:
    for year in (2024, 2025):
        for quarter in range(1, 5):
            predicate = "SANGAT_BAIK" if number % 3 else "BAIK"
            rated = {"work_result": "DIATAS_EKSPEKTASI", "behaviour": "DIATAS_EKSPEKTASI", "predicate": predicate}
            when = {"employee_id": number, "year": year, "quarter": quarter, "version": 1}
            yield {**when, **rated, "decided_at": OPENING.replace(year=year), "source": "bench"}


def _raise(connection: Connection, staff: int) -> None:
    """Give the people valid numbers, and the heads of units the posts from which they lead."""
    heads = sorted({head_of(number) for number in range(1, staff + 1)})
    renumber = update(employee).where(employee.c.id == bindparam("number")).values(nip=bindparam("new"))
    connection.execute(renumber, [{"number": n, "new": nip(n)} for n in range(1, staff + 1)])
    seat = update(placement).where(placement.c.employee_id == bindparam("number")).values(post_id=bindparam("new"))
    connection.execute(seat, [{"number": n, "new": _HEADS + unit_of(n)} for n in heads])


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(table), [{"tenant": CODE, **row} for row in rows])


if __name__ == "__main__":
    main()
