"""The release that this process ships: the diagram with its tables and forms, as files."""

from importlib.resources import files as package_files

from engine.bpmn.check import Catalogue
from processes.promotion.services import FORMS, SERVICES
from processes.promotion.variables import PROMOTION_PROCESS

PROCESSES = (PROMOTION_PROCESS,)
#: What the process is called, in Indonesian and English.
NAMES = {PROMOTION_PROCESS: ("Kenaikan pangkat", "Rank promotion")}

_TABLES = ("rank_promotion_eligibility", "rank_promotion_authority")
_FORMS = (
    "promotion_proposal",
    "promotion_verification",
    "promotion_decision",
    "technical_approval",
    "decree_issue",
    "rank_hand_over",
)


def release_files(process: str) -> dict[str, bytes]:
    """Return the files of a shipped release by name."""
    folder = package_files("processes.promotion")
    names = [f"{process}.bpmn", *(f"{table}.dmn" for table in _TABLES), *(f"forms/{form}.json" for form in _FORMS)]
    return {name: folder.joinpath(name).read_bytes() for name in names}


def catalogue() -> Catalogue:
    """Return what the shipped diagram may refer to."""
    return Catalogue(frozenset(SERVICES), FORMS)
