"""Imports of the appraisal cycle: targets, realisations, figures of units; results and predicates of past quarters."""

from processes.appraisal.imports.realisations import REALISATIONS
from processes.appraisal.imports.results import RESULTS
from processes.appraisal.imports.targets import TARGETS
from processes.appraisal.imports.unit_figures import UNIT_FIGURES
from processes.appraisal.imports.unit_predicates import UNIT_PREDICATES
from processes.people.imports import ImportKind

APPRAISAL_KINDS: dict[str, ImportKind] = {
    kind.name: kind for kind in (RESULTS, UNIT_PREDICATES, TARGETS, REALISATIONS, UNIT_FIGURES)
}

__all__ = ["APPRAISAL_KINDS", "REALISATIONS", "RESULTS", "TARGETS", "UNIT_FIGURES", "UNIT_PREDICATES"]
