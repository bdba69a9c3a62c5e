"""Imports of training: the catalogue, sessions, and what people learnt before Alur."""

from processes.people.imports import ImportKind
from processes.training.imports.courses import COURSES
from processes.training.imports.history import HISTORY
from processes.training.imports.sessions import SESSIONS

TRAINING_KINDS: dict[str, ImportKind] = {kind.name: kind for kind in (COURSES, SESSIONS, HISTORY)}

__all__ = ["COURSES", "HISTORY", "SESSIONS", "TRAINING_KINDS"]
