"""DMN: decision tables and literal expressions of a DMN file, checked before use, explained after."""

from engine.dmn.decision import Decision, check_decision
from engine.dmn.errors import DecisionConflict, DecisionError, DecisionInvalid, DmnUnreadable
from engine.dmn.model import DecisionTable, LiteralExpression
from engine.dmn.problems import Problem
from engine.dmn.reading import read_decisions
from engine.dmn.table import Outcome

__all__ = [
    "Decision",
    "DecisionConflict",
    "DecisionError",
    "DecisionInvalid",
    "DecisionTable",
    "DmnUnreadable",
    "LiteralExpression",
    "Outcome",
    "Problem",
    "check_decision",
    "read_decisions",
]
