"""Looks at an installation as a whole: what is well, what is not, and what to do about it."""

from webapp.wiring.examination.disk import examine_room
from webapp.wiring.examination.finding import Finding, State
from webapp.wiring.examination.rounds import examine_installation
from webapp.wiring.examination.work import count_workers

__all__ = ["Finding", "State", "count_workers", "examine_installation", "examine_room"]
