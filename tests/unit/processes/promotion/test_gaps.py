"""What somebody lacks of what a post asks for, and how it adds up in the heat map."""

from datetime import date
from decimal import Decimal

import pytest

from processes.people.careers import CompetencyKind
from processes.people.queries.competencies import Competency, CompetencyGap, HeldLevel, gaps_between
from processes.promotion.posts.competence import Cell, Heat, fields_of, total_cells
from processes.promotion.posts.detail import fit_of

CHANGE = Competency("MAN-7", "Mengelola perubahan", "Managing change", CompetencyKind.MANAGERIAL, None)
CARE = Competency("TEK-1", "Pelayanan dasar", "Primary care", CompetencyKind.TECHNICAL, "health")
KNOWN = {CHANGE.code: CHANGE, CARE.code: CARE}
LIMITS = {"few": Decimal(10), "many": Decimal(30)}


def held(level: int) -> HeldLevel:
    return HeldLevel(level, date(2026, 3, 1), "Asesmen", None)


def gaps(**levels: int) -> tuple[CompetencyGap, ...]:
    found = {"MAN-7": held(levels["change"])} if "change" in levels else {}
    return gaps_between(KNOWN, {"TEK-1": 3, "MAN-7": 2}, found)


def test_a_gap_is_what_is_missing_to_the_standard_in_the_order_of_the_catalogue() -> None:
    change, care = gaps(change=1)

    assert (change.competency, change.gap, change.is_assessed) == (CHANGE, 1, True)
    assert (care.competency, care.gap, care.is_assessed) == (CARE, 0, False)


def test_more_than_is_asked_for_is_no_gap_and_does_not_make_up_for_another() -> None:
    found = gaps(change=5)

    assert [gap.gap for gap in found] == [0, 0]
    assert fit_of(found) == Decimal(40)


@pytest.mark.parametrize(
    ("cell", "heat"),
    [
        (Cell(4, 0, 0), Heat.UNKNOWN),
        (Cell(40, 40, 0), Heat.NONE),
        (Cell(40, 40, 3, 3), Heat.FEW),
        (Cell(40, 40, 4, 4), Heat.SOME),
        (Cell(40, 40, 11, 15), Heat.SOME),
        (Cell(40, 40, 12, 15), Heat.MANY),
    ],
)
def test_a_cell_of_the_heat_map_says_how_much_is_missing(cell: Cell, heat: Heat) -> None:
    assert cell.heat(LIMITS) is heat


def test_units_add_up_field_by_field() -> None:
    total = total_cells([{"health": Cell(3, 2, 1, 2)}, {"health": Cell(1, 1, 0, 0), "managerial": Cell(1, 1, 1, 1)}])

    assert total == {"health": Cell(4, 3, 1, 2), "managerial": Cell(1, 1, 1, 1)}


def test_health_education_and_infrastructure_are_named_also_without_a_competency() -> None:
    fields = fields_of(KNOWN, ("health", "education", "infrastructure"))

    assert fields == ("managerial", "socio_cultural", "health", "education", "infrastructure")
