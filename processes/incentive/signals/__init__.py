"""Patterns in a unit's month that somebody should look at: signals with their evidence, never proof and never a cut."""

from processes.incentive.signals.finding import SIGNALS, signals
from processes.incentive.signals.signal import Signal

__all__ = ["SIGNALS", "Signal", "signals"]
