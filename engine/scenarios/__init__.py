"""Scenarios: ways through a diagram that are played in memory, and what of the diagram they walk together."""

from engine.scenarios.coverage import Coverage, Part, Walk, coverage_of
from engine.scenarios.files import SCENARIO_FOLDER, check_scenarios, read_file, scenario_names
from engine.scenarios.patience import OUT_OF_TIME, GivenUp, never, time_limit
from engine.scenarios.picture import draw_coverage
from engine.scenarios.playing import Played, play
from engine.scenarios.proposing import Proposal, propose
from engine.scenarios.script import (
    Complete,
    Expectation,
    Hear,
    Pass,
    Retry,
    Scenario,
    ScenarioRefused,
    Step,
    read_scenario,
)
from engine.scenarios.standing import Point, Standing, Waits, look, with_expectation
from engine.scenarios.story import Happening, Move
from engine.scenarios.world import ServiceCall
from engine.scenarios.writing import json_text, scenario_bytes, write_scenario

__all__ = [
    "OUT_OF_TIME",
    "SCENARIO_FOLDER",
    "Complete",
    "Coverage",
    "Expectation",
    "GivenUp",
    "Happening",
    "Hear",
    "Move",
    "Part",
    "Pass",
    "Played",
    "Point",
    "Proposal",
    "Retry",
    "Scenario",
    "ScenarioRefused",
    "ServiceCall",
    "Standing",
    "Step",
    "Waits",
    "Walk",
    "check_scenarios",
    "coverage_of",
    "draw_coverage",
    "json_text",
    "look",
    "never",
    "play",
    "propose",
    "read_file",
    "read_scenario",
    "scenario_bytes",
    "scenario_names",
    "time_limit",
    "with_expectation",
    "write_scenario",
]
