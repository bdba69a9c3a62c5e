"""Imports of the appraisal cycle: targets, realisations, figures of units; results and predicates of past quarters."""

from processes.appraisal.imports.realisations import REALISATIONS
from processes.appraisal.imports.results import RESULTS
from processes.appraisal.imports.targets import TARGETS
from processes.appraisal.imports.unit_figures import UNIT_FIGURES
from processes.appraisal.imports.unit_predicates import UNIT_PREDICATES
from processes.people.city import Text
from processes.people.imports import ImportGroup, ImportKind, by_name

APPRAISAL_GROUPS = (
    ImportGroup(
        Text("Penilaian kinerja", "Appraisal"),
        Text(
            "Target, realisasi, dan angka unit yang dibaca evaluasi triwulan.",
            "Targets, realisations and unit figures, which each quarter's evaluation reads.",
        ),
        (RESULTS, UNIT_PREDICATES, TARGETS, REALISATIONS, UNIT_FIGURES),
    ),
)
APPRAISAL_KINDS: dict[str, ImportKind] = by_name(APPRAISAL_GROUPS)

__all__ = [
    "APPRAISAL_GROUPS",
    "APPRAISAL_KINDS",
    "REALISATIONS",
    "RESULTS",
    "TARGETS",
    "UNIT_FIGURES",
    "UNIT_PREDICATES",
]
