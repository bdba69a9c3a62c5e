"""Scenarios: ways through a diagram that are played in memory, and what of the diagram they walk together."""

from engine.scenarios.coverage import Coverage, Part, Walk, coverage_of
from engine.scenarios.playing import Played, play
from engine.scenarios.script import Expectation, Scenario, ScenarioRefused, read_scenario

__all__ = [
    "Coverage",
    "Expectation",
    "Part",
    "Played",
    "Scenario",
    "ScenarioRefused",
    "Walk",
    "coverage_of",
    "play",
    "read_scenario",
]
