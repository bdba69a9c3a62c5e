"""Imports of recognition: what service counters measured, of one employee or of a whole counter."""

from processes.people.city import Text
from processes.people.imports import ImportGroup, ImportKind, by_name
from processes.recognition.imports.counter_figures import COUNTER_FIGURES
from processes.recognition.imports.service_figures import SERVICE_FIGURES

RECOGNITION_GROUPS = (
    ImportGroup(
        Text("Layanan dan penghargaan", "Service and recognition"),
        Text(
            "Angka layanan yang dibaca aturan pengusulan penghargaan.",
            "Figures of service, which the rules read that propose awards.",
        ),
        (SERVICE_FIGURES, COUNTER_FIGURES),
    ),
)
RECOGNITION_KINDS: dict[str, ImportKind] = by_name(RECOGNITION_GROUPS)

__all__ = ["COUNTER_FIGURES", "RECOGNITION_GROUPS", "RECOGNITION_KINDS", "SERVICE_FIGURES"]
