"""What a process is about is written in its diagram: known at the process, refused anywhere else."""

import pytest

from engine.bpmn.check import Catalogue
from engine.bpmn.release import check_release
from tests.unit.engine.diagrams import end, path, start, text, user

CATALOGUE = Catalogue(forms=frozenset({"any"}))
PLAIN = text(start(), user("x"), end(), path("begin", "x", "done"))
START, BKPSDM = start(), 'owner="BKPSDM"'


def about(attributes: str) -> str:
    return f"<bpmn:extensionElements><alur:about {attributes} /></bpmn:extensionElements>"


def codes(diagram: str) -> set[str]:
    return {found.code for found in check_release({"test.bpmn": diagram.encode()}, CATALOGUE)}


def process(attributes: str) -> str:
    """Return a diagram that says such a thing about itself."""
    head, rest = PLAIN.split("<bpmn:process ", 1)
    return f"{head}<bpmn:process {rest.replace('>', '>' + about(attributes), 1)}"


def test_owner_basis_purpose_and_retention_are_known() -> None:
    said = 'owner="BKPSDM" legalBasis="PermenPANRB 6/2022" purpose="Penilaian" retention="5 tahun"'

    assert codes(process(said)) == set()


@pytest.mark.parametrize("attributes", ['secret="1"', 'owner=""'])
def test_nothing_else_and_nothing_empty_is_said_of_a_process(attributes: str) -> None:
    assert codes(process(attributes))


def test_a_step_says_nothing_of_the_kind() -> None:
    at_start = START.replace(" />", f">{about(BKPSDM)}</bpmn:startEvent>")

    assert codes(PLAIN.replace(START, at_start))
