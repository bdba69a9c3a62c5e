"""The deploy-time check: what the engine would ignore or mis-run, said with element, reason and way out."""

from engine.bpmn.activities import check_activities
from engine.bpmn.catchers import check_catchers
from engine.bpmn.flows import check_flows
from engine.bpmn.model import Outline
from engine.bpmn.read import MAX_NODES, problem
from engine.bpmn.references import Catalogue, check_references
from engine.bpmn.soundness import check_soundness
from engine.bpmn.structure import check_structure
from engine.bpmn.triggers import check_triggers
from engine.errors import Problem

__all__ = ["Catalogue", "check_outline"]


def check_outline(
    outline: Outline, catalogue: Catalogue, *, decisions: frozenset[str], forms: frozenset[str]
) -> list[Problem]:
    """Return the problems of a whole process; without errors among them it can be deployed.

    What happens to its tokens is followed only through a diagram that hangs together; one that is too large is not
    looked at any further, for that could take minutes.
    """
    if len(outline.elements) > MAX_NODES:
        return [_too_many(outline.process)]
    checks = (check_structure, check_flows, check_triggers, check_catchers, check_activities)
    problems = [found for check in checks for found in check(outline)]
    if not any(found.severity == "error" for found in problems):
        problems += check_soundness(outline)
    return [*problems, *check_references(outline, catalogue, decisions, forms)]


def _too_many(process: str) -> Problem:
    return problem(
        process,
        "too_many_nodes",
        f"proses punya lebih dari {MAX_NODES} unsur; bagi menjadi beberapa proses.",
        f"the process has more than {MAX_NODES} elements; split it into several.",
    )
