"""The tour of the README names people who can sign in, and a file that the first start leaves and their city takes."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.policy.actor import system_actor
from engine.records.schema import metadata
from engine.records.tenant import tenant
from processes.appraisal.imports import APPRAISAL_KINDS
from processes.people.imports import ImportPlan, read_import
from tests.cities import cities_of
from webapp.demo import example_name, load_demo, personas
from webapp.setup import DEMO_PASSWORD, EXAMPLES_FOLDER
from webapp.wiring import Settings, build

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CITY = "tebingtinggi"


def test_everybody_in_the_tour_has_a_sign_in_of_the_demonstration() -> None:
    named = {(name, nip) for name, nip in re.findall(r"^\| ([^|]+) \| (\d{18}) \|", README, re.MULTILINE)}

    assert named == {(persona.name.split(",")[0], persona.nip) for persona in personas(CITY)}
    assert f"`{DEMO_PASSWORD}`" in README


@pytest.mark.parametrize("year", [2026, 2027, 2031])
def test_the_file_of_the_tour_is_taken_without_a_mistake_in_any_year(tmp_path: Path, year: int) -> None:
    settings = Settings(tmp_path, f"sqlite:///{tmp_path / 'alur.db'}", secret_key="k" * 32, pepper="p" * 32)
    now = datetime(year, 10, 1, 2, 0, tzinfo=UTC)
    alur = build(settings, clock=lambda: now, cities=cities_of(CITY))
    metadata.create_all(alur.database.write)
    with alur.database.writing() as connection:
        connection.execute(tenant.insert(), {"code": CITY, "created_at": alur.clock()})
    load_demo(alur.engine, CITY, system_actor(CITY), examples=tmp_path / EXAMPLES_FOLDER)

    with alur.database.reading() as read:
        file, rules = tmp_path / EXAMPLES_FOLDER / example_name(CITY), alur.cities.city(CITY)
        plan = read_import(APPRAISAL_KINDS["realisations"], file, read, CITY, alur.now_in(CITY).date(), city=rules)

    alur.close()
    assert isinstance(plan, ImportPlan), plan
    assert f"{plan.summary.new} rows" in README


def test_the_tour_names_the_file_that_it_imports() -> None:
    assert f"`var/{EXAMPLES_FOLDER}/{example_name(CITY)}`" in README
