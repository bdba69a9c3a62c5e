"""What scenarios walk together, as a picture of the diagram: walked parts and those that are left look different."""

from collections.abc import Mapping
from typing import Final

from engine.bpmn.drawing import draw_diagram
from engine.bpmn.release import Release
from engine.bpmn.translate import in_english
from engine.scenarios.coverage import Walk

WALKED: Final = "walked"
MISSED: Final = "missed"
#: Stands beside what is left: a colour alone says nothing to who does not see it.
LEFT: Final = "!"


def coverage_classes(release: Release, walk: Walk) -> Mapping[str, str]:
    """Return for each element and flow whether it was walked."""
    outline = release.outline
    nodes = {name: WALKED if name in walk.nodes else MISSED for name in outline.elements}
    return nodes | {name: WALKED if name in walk.flows else MISSED for name in outline.flows}


def draw_coverage(release: Release, walk: Walk, *, language: str = "id") -> bytes:
    """Return the diagram of a release as SVG: walked green, what is left with a sign beside it."""
    classes = coverage_classes(release, walk)
    signs = {name: LEFT for name, said in classes.items() if said == MISSED}
    diagram = in_english(release.diagram) if language == "en" else release.diagram
    return draw_diagram(diagram, classes=classes, signs=signs, language=language)
