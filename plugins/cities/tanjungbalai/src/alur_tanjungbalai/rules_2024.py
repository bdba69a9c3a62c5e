"""Tanjungbalai, rule 2024.1: the trial year, when volume was not yet gated by quality.

Published: never edited; running and finished cases of 2024 are scored by it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from alur_tanjungbalai import rules_2025
from plugins.api import Indicator, ParameterSet, Period, PositionFacts, ScoreRequest, ScoreResult, ScoreRule

VERSION = "2024.1"
VALID_FROM = date(2024, 1, 1)
VALID_TO = date(2024, 12, 31)

PARAMETERS = ParameterSet(
    key="appraisal.score",
    version=VERSION,
    valid_from=VALID_FROM,
    valid_to=VALID_TO,
    source="Rancangan Alur untuk Kota Tanjungbalai: masa uji coba 2024, tanpa gerbang mutu",
    values={name: value for name, value in rules_2025.PARAMETERS.values.items() if not name.startswith("gate_")},
)


def indicators(position: PositionFacts, period: Period) -> tuple[Indicator, ...]:
    """Return the sets of 2025 without the gate on volume."""
    return tuple(replace(item, gate=None) for item in rules_2025.indicators(position, period))


def score(request: ScoreRequest, own: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score as in 2025; without a gate volume counts in full."""
    return rules_2025.score(request, own, rule)
