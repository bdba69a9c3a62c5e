"""What is kept of a recommendation: the score as the city's rule gave it, and the unit's figures that it used.

Everything else that a score is computed from is either in it or cannot change afterwards. A unit's figure can: a
correction counts for those who are not computed yet, and the others go on showing what theirs came from.
"""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Connection

from engine.records.wordbook import unpack_stored
from processes.appraisal.figures import UnitFigure, figures_from_plain, figures_to_plain
from processes.people.city import ScoreResult, from_plain, to_plain

_FIGURES = "unit_figures"


def kept_score(score: ScoreResult, figures: Mapping[str, UnitFigure]) -> dict[str, Any]:
    """Return a score and the figures it used in the plain form that is stored."""
    return {**to_plain(score), _FIGURES: figures_to_plain(figures)}


def read_score(read: Connection, content: bytes | None) -> ScoreResult | None:
    """Return a score as the city's rule gave it, with the tree of how each digit came about; None if none is kept."""
    kept = _unpacked(read, content)
    return from_plain(ScoreResult, {name: part for name, part in kept.items() if name != _FIGURES}) if kept else None


def used_figures(read: Connection, tenant: str, content: bytes | None) -> dict[str, UnitFigure] | None:
    """Return the unit's figures that a score was computed from; None if none are kept."""
    kept = _unpacked(read, content).get(_FIGURES)
    return None if kept is None else figures_from_plain(read, tenant, kept)


def _unpacked(read: Connection, content: bytes | None) -> dict[str, Any]:
    return cast("dict[str, Any]", unpack_stored(read, content)) if content else {}
