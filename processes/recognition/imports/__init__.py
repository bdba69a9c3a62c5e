"""Import of recognition: what service counters measured."""

from processes.people.imports import ImportKind
from processes.recognition.imports.service_figures import SERVICE_FIGURES

RECOGNITION_KINDS: dict[str, ImportKind] = {SERVICE_FIGURES.name: SERVICE_FIGURES}

__all__ = ["RECOGNITION_KINDS", "SERVICE_FIGURES"]
