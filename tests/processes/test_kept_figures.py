"""A unit's figures that change after a score was computed from them: the result goes on showing what it came from."""

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.policy.actor import Actor
from processes.appraisal.figures import figures_of
from processes.appraisal.imports import APPRAISAL_KINDS
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, read_import
from tests.processes.city_hall import CITRA, DEWI, EKA, HANA, OFFICE, CityHall, assessment
from tests.processes.office import CITY
from tests.unit.processes.people.office import as_csv


def bring(hall: CityHall, attendance: str, name: str) -> None:
    """Import the attendance of the office."""
    content = as_csv("unit-figures", (f"U{OFFICE}", "2026", "3", "", "", attendance))
    with hall.engine.database.reading() as read:
        rules = hall.engine.directory.city(CITY)
        kind, day = APPRAISAL_KINDS["unit-figures"], hall.now.date()
        found = read_import(kind, content, read, CITY, day, name=name, city=rules)
    assert isinstance(found, ImportPlan), found
    hall.engine.run(ImportRows(found), Actor(CITY, HANA, frozenset({"hr_verifier"})))


@pytest.fixture
def corrected(hall: CityHall) -> CityHall:
    """Dewi's result is signed; then the attendance it was computed from is corrected."""
    bring(hall, "98,17", "triwulan-3.csv")
    hall.rate_until_signed()
    hall.now += timedelta(minutes=1)
    bring(hall, "12,3", "koreksi.csv")
    return hall


def test_a_result_shows_the_figure_it_was_computed_from_and_the_file_that_brought_it(corrected: CityHall) -> None:
    result = corrected.result(DEWI)

    assert result.unit_figures == {"attendance": Decimal("98.17")}
    assert (result.unit_origins["attendance"].source, result.unit_origins["attendance"].person) == (
        "triwulan-3.csv",
        HANA,
    )


def test_the_value_and_the_figure_shown_beside_it_are_of_one_piece(corrected: CityHall) -> None:
    result = corrected.result(DEWI)

    assert result.latest is not None and result.latest.score is not None
    (line,) = (line for line in result.latest.score.lines if line.code == "R3")
    assert line.realised == result.unit_figures["attendance"]


def test_whoever_is_computed_after_the_correction_has_the_corrected_figure(corrected: CityHall) -> None:
    corrected.does(EKA, "record_realisation", EKA)
    corrected.does(CITRA, "assess_behaviour", EKA, **assessment())

    assert corrected.result(EKA).unit_figures == {"attendance": Decimal("12.3")}


def test_a_figure_that_comes_only_after_the_score_is_not_shown_as_its_source(hall: CityHall) -> None:
    hall.rate_until_signed()

    bring(hall, "98,17", "terlambat.csv")

    assert hall.result(DEWI).unit_figures == {}
    with hall.engine.database.reading() as read:
        assert figures_of(read, CITY, OFFICE, 2026, 3)["attendance"].value == Decimal("98.17")


def test_before_anything_is_computed_the_newest_figure_is_shown(hall: CityHall) -> None:
    bring(hall, "98,17", "triwulan-3.csv")
    bring(hall, "97", "koreksi.csv")

    assert hall.result(DEWI).unit_figures == {"attendance": Decimal(97)}
