"""The release that this process ships: the diagram with its tables and forms, as files."""

from dataclasses import dataclass
from importlib.resources import files as package_files
from typing import Final

from engine.bpmn.check import Catalogue
from processes.promotion.board.variables import BOARD_PROCESS
from processes.promotion.selection.variables import SELECTION_PROCESS
from processes.promotion.services import FORMS, SERVICES
from processes.promotion.variables import PROMOTION_PROCESS


@dataclass(frozen=True, slots=True)
class _Shipped:
    """A diagram with its names in both languages, and what it ships with."""

    names: tuple[str, str]
    tables: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


_SHIPPED: Final = {
    PROMOTION_PROCESS: _Shipped(
        ("Kenaikan pangkat", "Rank promotion"),
        ("rank_promotion_eligibility", "rank_promotion_authority"),
        (
            "promotion_proposal",
            "promotion_verification",
            "promotion_decision",
            "technical_approval",
            "decree_issue",
            "rank_hand_over",
        ),
    ),
    BOARD_PROCESS: _Shipped(
        ("Promosi jabatan administrator dan pengawas", "Promotion to administrator and supervisor posts"),
        ("post_promotion_conditions",),
        (
            "board_criteria",
            "board_signature",
            "board_no_candidate",
            "board_completed",
            "board_review",
            "board_minutes",
            "technical_approval",
            "post_decree",
            "inauguration",
        ),
    ),
    SELECTION_PROCESS: _Shipped(
        ("Seleksi terbuka JPT", "Open selection (JPT)"),
        ("open_selection_eligibility", "track_record"),
        (
            "selection_shortage",
            "selection_closing",
            "selection_interest",
            "selection_panel",
            "selection_minutes",
            "selection_recommendation",
            "post_decree",
            "inauguration",
        ),
    ),
}
PROCESSES = tuple(_SHIPPED)
#: What the processes are called, in Indonesian and English.
NAMES = {process: shipped.names for process, shipped in _SHIPPED.items()}


def release_files(process: str) -> dict[str, bytes]:
    """Return the files of a shipped release by name."""
    folder, shipped = package_files("processes.promotion"), _SHIPPED[process]
    names = [f"{process}.bpmn", *(f"{table}.dmn" for table in shipped.tables)]
    names += [f"forms/{form}.json" for form in shipped.forms]
    return {name: folder.joinpath(name).read_bytes() for name in names}


def catalogue() -> Catalogue:
    """Return what the shipped diagram may refer to."""
    return Catalogue(frozenset(SERVICES), FORMS)
