"""The 3x3 matrix of PermenPANRB 6/2022 as a decision table, against the vectors of the domain dossier (12.1)."""

from pathlib import Path

import pytest

from engine.dmn import Decision, check_decision, read_decisions
from tests.unit.engine.feel.expressions import ENVIRONMENT

VECTORS = [
    ("DIATAS_EKSPEKTASI", "DIATAS_EKSPEKTASI", "SANGAT_BAIK"),
    ("DIATAS_EKSPEKTASI", "SESUAI_EKSPEKTASI", "BAIK"),
    ("DIATAS_EKSPEKTASI", "DIBAWAH_EKSPEKTASI", "KURANG"),
    ("SESUAI_EKSPEKTASI", "DIATAS_EKSPEKTASI", "BAIK"),
    ("SESUAI_EKSPEKTASI", "SESUAI_EKSPEKTASI", "BAIK"),
    ("SESUAI_EKSPEKTASI", "DIBAWAH_EKSPEKTASI", "KURANG"),
    ("DIBAWAH_EKSPEKTASI", "DIATAS_EKSPEKTASI", "BUTUH_PERBAIKAN"),
    ("DIBAWAH_EKSPEKTASI", "SESUAI_EKSPEKTASI", "BUTUH_PERBAIKAN"),
    ("DIBAWAH_EKSPEKTASI", "DIBAWAH_EKSPEKTASI", "SANGAT_KURANG"),
]


@pytest.fixture(scope="module")
def matrix() -> Decision:
    file = Path(__file__).with_name("rating_matrix.dmn")
    return read_decisions(file.read_bytes())["performance_predicate"]


def test_the_matrix_has_no_problems_and_says_what_it_needs(matrix: Decision) -> None:
    assert check_decision(matrix) == []
    assert matrix.needs == {"work_result", "work_behaviour"}


@pytest.mark.parametrize(("result", "behaviour", "predicate"), VECTORS)
def test_the_matrix_gives_the_predicate_of_the_regulation(
    matrix: Decision, result: str, behaviour: str, predicate: str
) -> None:
    outcome = matrix.decide({"work_result": result, "work_behaviour": behaviour}, ENVIRONMENT)

    assert outcome.value == predicate
    assert len(outcome.fired) == 1
    assert outcome.inputs == {"work_result": result, "work_behaviour": behaviour}
    assert outcome.notes == ()


def test_an_unknown_rating_gives_null_and_no_rule(matrix: Decision) -> None:
    outcome = matrix.decide({"work_result": "BAIK", "work_behaviour": "SESUAI_EKSPEKTASI"}, ENVIRONMENT)

    assert (outcome.value, outcome.fired) == (None, ())
