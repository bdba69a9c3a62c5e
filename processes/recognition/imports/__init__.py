"""Imports of recognition: what service counters measured, of one employee or of a whole counter."""

from processes.people.imports import ImportKind
from processes.recognition.imports.counter_figures import COUNTER_FIGURES
from processes.recognition.imports.service_figures import SERVICE_FIGURES

RECOGNITION_KINDS: dict[str, ImportKind] = {kind.name: kind for kind in (SERVICE_FIGURES, COUNTER_FIGURES)}

__all__ = ["COUNTER_FIGURES", "RECOGNITION_KINDS", "SERVICE_FIGURES"]
