"""The release that this room ships: the diagram of an award with its tables and forms."""

from importlib.resources import files as package_files

from processes.recognition.variables import PROCESS

PROCESSES = (PROCESS,)
#: What the process is called, in Indonesian and English.
NAMES = {PROCESS: ("Penghargaan", "Award")}

_TABLES = ("award_criteria", "award_reward")
_FORMS = (
    "misses_review",
    "panel_completed",
    "award_score",
    "award_decision",
    "budget_confirmation",
    "award_decree",
    "publication_consent",
)


def release_files(process: str) -> dict[str, bytes]:
    """Return the files of the shipped release by name."""
    folder = package_files("processes.recognition")
    names = [f"{process}.bpmn"]
    names += [f"{table}.dmn" for table in _TABLES]
    names += [f"forms/{form}.json" for form in _FORMS]
    return {name: folder.joinpath(name).read_bytes() for name in names}
