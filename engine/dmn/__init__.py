"""DMN 1.5: decisions, decision services and knowledge of DMN files, checked before use, explained after."""

from engine.dmn.asking import Model, Outcome, link, read_models
from engine.dmn.boxes import DecisionTable, LiteralExpression
from engine.dmn.decision import Decision, check_decision
from engine.dmn.definitions import read_definitions
from engine.dmn.errors import DecisionConflict, DecisionError, DecisionInvalid, DmnUnreadable
from engine.dmn.problems import Problem
from engine.dmn.reading import decisions_of, read_decisions

__all__ = [
    "Decision",
    "DecisionConflict",
    "DecisionError",
    "DecisionInvalid",
    "DecisionTable",
    "DmnUnreadable",
    "LiteralExpression",
    "Model",
    "Outcome",
    "Problem",
    "check_decision",
    "decisions_of",
    "link",
    "read_decisions",
    "read_definitions",
    "read_models",
]
