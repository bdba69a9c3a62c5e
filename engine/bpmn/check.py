"""The deploy-time check: what the engine would ignore or mis-run, said with element, reason and way out."""

from engine.bpmn.activities import check_activities
from engine.bpmn.answers import check_answers
from engine.bpmn.beginnings import check_beginnings
from engine.bpmn.catchers import check_catchers
from engine.bpmn.constants import check_constants
from engine.bpmn.echoes import check_echoes
from engine.bpmn.flows import check_flows
from engine.bpmn.model import Outline
from engine.bpmn.overwriting import check_overwriting
from engine.bpmn.read import MAX_FLOWS, MAX_NODES, problem
from engine.bpmn.references import Catalogue, check_references
from engine.bpmn.soundness import look_through
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
    if len(outline.elements) > MAX_NODES or len(outline.flows) > MAX_FLOWS:
        return [_too_many(outline.process)]
    checks = (
        check_structure,
        check_flows,
        check_triggers,
        check_beginnings,
        check_catchers,
        check_activities,
        check_answers,
        check_constants,
    )
    problems = [found for check in checks for found in check(outline)]
    if not any(found.severity == "error" for found in problems):
        sound = look_through(outline)
        problems += [*sound.problems, *check_echoes(outline, sound.insides, sound.pauses), *check_overwriting(outline)]
    return [*problems, *check_references(outline, catalogue, decisions, forms)]


def _too_many(process: str) -> Problem:
    return problem(
        process,
        "too_many_nodes",
        f"proses punya lebih dari {MAX_NODES} unsur atau {MAX_FLOWS} alur; bagi menjadi beberapa proses.",
        f"the process has more than {MAX_NODES} elements or {MAX_FLOWS} flows; split it into several.",
    )
