"""The made-up cities: the same each time, accepted by their own city's rules, big enough, and nobody real."""

from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine.policy.actor import system_actor
from engine.records.schema import metadata
from processes.people.imports import ImportPlan, read_import
from processes.people.nip import parse_nip
from processes.people.queries import (
    appraiser_on,
    appraiser_superior,
    employee_by_nip,
    groups_on,
    people_led_by,
    raters_of,
    staff_on,
    unit_head_on,
    units_with_heads,
)
from processes.people.records import HeadKind, result
from webapp.demo import DEMO_CITIES, EXAMPLE, generate, load_demo, officers, personas
from webapp.demo.files import KINDS
from webapp.demo.places import FORTY
from webapp.demo.town import build_town
from webapp.wiring import Alur, Settings, build

DAY = date(2026, 10, 1)
NOW = datetime(2026, 10, 1, 3, tzinfo=UTC)


@contextmanager
def installation(folder: Path, now: datetime = NOW) -> Generator[Alur]:
    url = f"sqlite:///{folder / 'alur.db'}"
    alur = build(Settings(home=folder, database_url=url, secret_key="k", pepper="p"), clock=lambda: now)
    metadata.create_all(alur.database.write)
    try:
        yield alur
    finally:
        alur.close()


def person(alur: Alur, code: str, nip: str) -> int:
    with alur.database.reading() as read:
        found = employee_by_nip(read, code, nip)
    assert found is not None
    return found.id


def part(code: str, key: str) -> str:
    return next(persona.nip for persona in personas(code) if persona.key == key)


def test_there_are_the_five_cities() -> None:
    assert set(DEMO_CITIES) == {"tebingtinggi", "tanjungselor", "serang", "tanjungbalai", "mataram"}


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_a_city_has_enough_units_and_people(loaded: Alur, code: str) -> None:
    with loaded.database.reading() as read:
        staff = staff_on(read, code, DAY)

    assert len({member.unit_id for member in staff}) >= 8
    assert len(staff) >= 300


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_every_nip_is_valid_synthetic_and_given_once_in_all_cities(code: str) -> None:
    numbers = [person.nip for person in build_town(code).people]

    assert len(set(numbers)) == len(numbers)
    assert all(int(parse_nip(nip).sequence) > 900 for nip in numbers)


def test_names_are_given_once_in_a_city() -> None:
    for code in DEMO_CITIES:
        names = Counter(person.name for person in build_town(code).people)
        assert names.most_common(1)[0][1] == 1


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_everybody_but_the_secretary_of_the_city_has_a_rater(loaded: Alur, code: str) -> None:
    with loaded.database.reading() as read:
        people = [member.id for member in staff_on(read, code, DAY)]
        found = raters_of(read, code, people, date(2026, 9, 30), window_first=DAY, window_last=date(2026, 10, 9))

    assert set(people) - found.keys() == {person(loaded, code, part(code, "official"))}


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_one_head_leads_exactly_forty_people_of_his_unit(loaded: Alur, code: str) -> None:
    head = person(loaded, code, part(code, "head_of_40"))

    with loaded.database.reading() as read:
        led = people_led_by(read, code, head, DAY)
        units = {member.unit_code for member in staff_on(read, code, DAY) if member.id in led}

    assert len(led) == 40
    assert units == {FORTY}


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_a_plt_stands_in_for_the_head_who_has_retired(loaded: Alur, code: str) -> None:
    with loaded.database.reading() as read:
        (vacant,) = [item.unit.id for item in units_with_heads(read, code, DAY) if item.unit.code == "DINSOS"]
        head = unit_head_on(read, code, vacant, DAY)

    assert head is not None
    assert head.kind is HeadKind.ACTING


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_the_personas_stand_to_each_other_as_the_tour_says(loaded: Alur, code: str) -> None:
    employee, appraiser, superior = (
        person(loaded, code, part(code, key)) for key in ("employee", "appraiser", "superior")
    )

    with loaded.database.reading() as read:
        rater = appraiser_on(read, code, employee, DAY)
        above = appraiser_superior(read, code, employee, DAY)

    assert rater is not None
    assert above is not None
    assert (rater.person, above.person) == (appraiser, superior)


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_personas_are_different_people_with_their_roles(loaded: Alur, code: str) -> None:
    found = {persona.key: person(loaded, code, persona.nip) for persona in personas(code)}

    with loaded.database.reading() as read:
        groups = {key: groups_on(read, code, who, DAY) for key, who in found.items()}

    assert len(set(found.values())) == len(found) == 11
    assert {"hr_verifier"} == groups["verifier"]
    assert {"city_admin"} == groups["admin"]
    assert {"process_owner"} == groups["owner"] == groups["owner2"]
    assert {"authorized_official"} == groups["official"]
    assert {"treasurer"} == groups["treasurer"]
    assert [group.split(":")[0] for group in groups["unit_hr"]] == ["unit_hr_officer"]
    assert groups["employee"] == groups["appraiser"] == frozenset()


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_every_office_has_an_hr_officer(code: str) -> None:
    looked_after = {persona.role_unit for persona in (*personas(code), *officers(code))} - {None}

    assert {"SETDA", "DISDIK", "DINKES", "KEC-1", "DISDUKCAPIL", "BKPSDM"} <= looked_after


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_past_results_are_spread_as_in_a_real_city(loaded: Alur, code: str) -> None:
    with loaded.database.reading() as read:
        known = read.execute(result.select().where(result.c.tenant == code)).all()

    # Of the years before only the last quarter is known: careers read them.
    assert {(row.year, row.quarter) for row in known} >= {(2024, 4), (2025, 4), (2026, 1), (2026, 2)}
    assert {row.quarter for row in known if row.year < 2026} == {4}
    rows = [row for row in known if row.year == 2026]
    shares = {name: count / len(rows) for name, count in Counter(row.predicate for row in rows).items()}
    assert 0.55 < shares["BAIK"] < 0.85
    assert 0.08 < shares["SANGAT_BAIK"] < 0.25
    assert 0 < shares["BUTUH_PERBAIKAN"] < 0.2


def test_the_files_are_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
        generate("serang", folder, DAY)

    texts = sorted(path.name for path in first.glob("*.csv"))
    assert len(texts) >= 6
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in texts)
    assert _cells(first / "serang-employees.xlsx") == _cells(second / "serang-employees.xlsx")


def _cells(path: Path) -> list[tuple[object, ...]]:
    book = load_workbook(path, read_only=True)
    try:
        return list(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


@pytest.mark.parametrize("code", DEMO_CITIES)
def test_the_example_for_the_tour_can_be_imported_and_is_not_yet(loaded: Alur, code: str, tmp_path: Path) -> None:
    example = generate(code, tmp_path, DAY)[EXAMPLE]

    with loaded.database.reading() as read:
        plan = read_import(KINDS["realisations"], example, read, code, DAY, city=loaded.cities.city(code))

    assert isinstance(plan, ImportPlan), [problem.line() for problem in plan][:5]
    assert plan.summary.new == plan.summary.total >= 20


def test_a_city_that_is_loaded_again_does_not_change(loaded: Alur) -> None:
    summaries = load_demo(loaded.engine, "serang", system_actor("serang"))

    assert {(summary.new, summary.changed) for summary in summaries.values()} == {(0, 0)}


@pytest.mark.parametrize(
    ("today", "current", "past"),
    [
        (date(2027, 1, 1), (2026, 4), {(2026, 2), (2026, 3)}),
        (date(2027, 5, 17), (2027, 1), {(2026, 3), (2026, 4)}),
        (date(2028, 9, 30), (2028, 2), {(2027, 4), (2028, 1)}),
    ],
)
def test_the_open_quarter_has_numbers_and_the_two_before_it_results_in_any_year(
    tmp_path: Path, today: date, current: tuple[int, int], past: set[tuple[int, int]]
) -> None:
    files = generate("serang", tmp_path, today)

    assert _quarters(files["realisations"]) == _quarters(files[EXAMPLE]) == {current}
    assert _quarters(files["results"]) == past
    assert _quarters(files["unit-figures"]) == {current} | past


def _quarters(path: Path) -> set[tuple[int, int]]:
    rows = [line.split(";") for line in path.read_text("utf-8-sig").splitlines()[1:]]
    return {(int(row[1]), int(row[2])) for row in rows}


def test_a_city_can_be_loaded_in_another_year_and_leaves_its_example(tmp_path: Path) -> None:
    folder = tmp_path / "contoh"
    with installation(tmp_path, datetime(2028, 2, 29, 3, tzinfo=UTC)) as alur:
        load_demo(alur.engine, "mataram", system_actor("mataram"), examples=folder)
        with alur.database.reading() as read:
            plan = read_import(
                KINDS["realisations"],
                folder / "realisasi-mataram.csv",
                read,
                "mataram",
                date(2028, 2, 29),
                city=alur.cities.city("mataram"),
            )

    assert isinstance(plan, ImportPlan), [problem.line() for problem in plan][:5]
    assert plan.summary.new >= 20


@pytest.mark.parametrize("week", [5, 6])
def test_there_are_units_of_both_weeks(loaded: Alur, week: int) -> None:
    with loaded.database.reading() as read:
        assert any(item.unit.week == week for item in units_with_heads(read, "mataram", DAY))
