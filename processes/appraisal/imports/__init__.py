"""Imports of the appraisal cycle: targets of the plan, realisations, figures of units, results of past quarters."""

from processes.appraisal.imports.realisations import REALISATIONS
from processes.appraisal.imports.results import RESULTS
from processes.appraisal.imports.targets import TARGETS
from processes.appraisal.imports.unit_figures import UNIT_FIGURES
from processes.people.imports import ImportKind

APPRAISAL_KINDS: dict[str, ImportKind] = {kind.name: kind for kind in (RESULTS, TARGETS, REALISATIONS, UNIT_FIGURES)}

__all__ = ["APPRAISAL_KINDS", "REALISATIONS", "RESULTS", "TARGETS", "UNIT_FIGURES"]
