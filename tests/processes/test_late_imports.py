"""Targets and unit figures that come after a recommendation: taken, and said plainly that it keeps its own."""

import pytest

from engine.policy.actor import Actor
from processes.people.city import Period, PositionFacts, PositionLevel, UnitKind
from processes.people.commands.import_rows import ImportRows
from processes.people.imports import ImportPlan, ImportSummary, report_lines
from tests.processes.city_hall import CITRA, DEWI, EKA, HANA, OFFICE, SECRETARY, CityHall, assessment
from tests.processes.office import CITY

FIGURES = (f"U{OFFICE}", "2026", "3", "82,4")


@pytest.fixture
def scored(hall: CityHall) -> CityHall:
    """The city hall after Dewi's and Eka's recommendations; Citra's of the same unit is not computed."""
    hall.does(SECRETARY, "set_org_predicate", OFFICE, predicate="BAIK", note="Tercapai")
    for person in (DEWI, EKA):
        hall.does(person, "record_realisation", person)
        hall.does(CITRA, "assess_behaviour", person, **assessment())
    return hall


def target_of(hall: CityHall, person: int) -> tuple[str, ...]:
    """One target of a person's plan, whatever the city calls the indicator."""
    position = PositionFacts("umum", PositionLevel.EXECUTOR, UnitKind("education_office"))
    indicators = hall.engine.directory.city(CITY).indicators(position, Period.year(2026))
    return (f"19860926201505100{person}", "2026", indicators[0].code, "", "95")


def said(outcome: ImportPlan) -> str:
    return "\n".join(report_lines(outcome))


def test_figures_of_a_unit_say_how_many_evaluations_keep_the_old_ones(scored: CityHall) -> None:
    assert "Evaluasi yang rekomendasinya sudah dihitung: 2." in said(scored.plan("unit-figures", *FIGURES))


def test_a_target_says_that_the_persons_evaluation_keeps_the_old_one(scored: CityHall) -> None:
    assert "sudah dihitung: 1." in said(scored.plan("targets", *target_of(scored, DEWI)))
    assert not scored.plan("targets", *target_of(scored, CITRA)).summary.warnings


def test_nothing_is_said_of_another_quarter(scored: CityHall) -> None:
    assert not scored.plan("unit-figures", FIGURES[0], "2026", "2", "82,4").summary.warnings


def test_before_any_recommendation_nothing_is_said(hall: CityHall) -> None:
    assert not hall.plan("unit-figures", *FIGURES).summary.warnings


def test_who_imports_is_told_what_held_when_it_was_written(scored: CityHall) -> None:
    late = scored.plan("unit-figures", *FIGURES)

    brought = scored.engine.run(ImportRows(late), Actor(CITY, HANA, frozenset({"hr_verifier"}))).value

    assert isinstance(brought, ImportSummary)
    assert (brought.new, [warning.code for warning in brought.warnings]) == (1, ["keeps_figures"])


def test_figures_that_a_file_only_repeats_bring_no_warning(scored: CityHall) -> None:
    verifier = Actor(CITY, HANA, frozenset({"hr_verifier"}))
    scored.engine.run(ImportRows(scored.plan("unit-figures", *FIGURES)), verifier)

    assert not scored.plan("unit-figures", *FIGURES).summary.warnings
