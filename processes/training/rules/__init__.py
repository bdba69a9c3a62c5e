"""The arithmetic of training: who goes first, who gets a seat, and what counts as passed and applied."""

from processes.training.rules.priority import Candidate, Scored, Weights, priority, rank
from processes.training.rules.seats import Choice, Seats, choose

__all__ = ["Candidate", "Choice", "Scored", "Seats", "Weights", "choose", "priority", "rank"]
