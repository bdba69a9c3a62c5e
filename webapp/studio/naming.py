"""What a process is called in the reader's language, read from its diagram."""

from collections.abc import Mapping
from functools import lru_cache

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.errors import DiagramRefused
from webapp.texts import language

_KEPT = 200


def name_of_files(files: Mapping[str, bytes], process: str) -> str:
    """Return the name of the process in these files; its id if it has none, or its diagram cannot be read."""
    diagram = next((content for name, content in files.items() if name.endswith(".bpmn")), None)
    names = _names(diagram) if diagram is not None else {}
    return names.get(language()) or names.get("id") or process


@lru_cache(_KEPT)
def _names(diagram: bytes) -> Mapping[str, str]:
    try:
        outline, _problems = read_outline(read_xml(diagram, "diagram.bpmn"), "diagram.bpmn")
    except DiagramRefused:
        return {}
    return outline.names if outline is not None else {}
