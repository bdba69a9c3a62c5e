"""The releases that this room ships: the diagrams of awards, for people and for units, with their tables and forms."""

from collections.abc import Mapping
from importlib.resources import files as package_files
from typing import Final

from processes.recognition.unit_awards.variables import PROCESS as UNIT_PROCESS
from processes.recognition.variables import PROCESS

PROCESSES = (PROCESS, UNIT_PROCESS)
#: What the processes are called, in Indonesian and English.
NAMES = {PROCESS: ("Penghargaan", "Award"), UNIT_PROCESS: ("Penghargaan unit", "Award for a unit")}

_TABLES: Final[Mapping[str, tuple[str, ...]]] = {PROCESS: ("award_criteria", "award_reward"), UNIT_PROCESS: ()}
_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    PROCESS: (
        "misses_review",
        "panel_completed",
        "award_score",
        "award_decision",
        "budget_confirmation",
        "award_decree",
        "publication_consent",
    ),
    UNIT_PROCESS: ("unit_award_decision", "unit_award_decree"),
}


def release_files(process: str) -> dict[str, bytes]:
    """Return the files of a shipped release by name."""
    folder = package_files("processes.recognition")
    names = [f"{process}.bpmn"]
    names += [f"{table}.dmn" for table in _TABLES[process]]
    names += [f"forms/{form}.json" for form in _FORMS[process]]
    return {name: folder.joinpath(name).read_bytes() for name in names}
