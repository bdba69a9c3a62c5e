"""Imports of training: the catalogue, sessions, and what people learnt before Alur."""

from processes.people.city import Text
from processes.people.imports import ImportGroup, ImportKind, by_name
from processes.training.imports.courses import COURSES
from processes.training.imports.history import HISTORY
from processes.training.imports.sessions import SESSIONS

TRAINING_GROUPS = (
    ImportGroup(
        Text("Pelatihan", "Training"),
        Text(
            "Pelatihan yang ada, jadwalnya, dan yang sudah pernah diikuti.",
            "What training there is, when it is given, and what people have completed.",
        ),
        (COURSES, SESSIONS, HISTORY),
    ),
)
TRAINING_KINDS: dict[str, ImportKind] = by_name(TRAINING_GROUPS)

__all__ = ["COURSES", "HISTORY", "SESSIONS", "TRAINING_GROUPS", "TRAINING_KINDS"]
