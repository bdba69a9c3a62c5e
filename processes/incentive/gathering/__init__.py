"""Gathers the facts of a unit's month from the records: a fixed number of statements, however many people there are."""

from processes.incentive.gathering.reading import Overlay
from processes.incentive.gathering.unit import UnitMonth, gather, span_of

__all__ = ["Overlay", "UnitMonth", "gather", "span_of"]
