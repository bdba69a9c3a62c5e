"""Alur for Kota Serang: what the city says to each hook."""

from __future__ import annotations

from alur_serang import rules_2025
from alur_serang.board import BOARD
from plugins.api import (
    CityInfo,
    Colours,
    Family,
    Finding,
    Indicator,
    ParameterSet,
    Period,
    PositionFacts,
    RuleVersion,
    ScoreRequest,
    ScoreResult,
    ScoreRule,
    hookimpl,
    publish_rule,
)

VERSIONS: dict[str, RuleVersion] = {rules_2025.VERSION: rules_2025}

INFO = CityInfo(
    code="serang",
    name="Kota Serang",
    government="Pemerintah Kota Serang",
    province="Banten",
    head_label_id="Wali Kota",
    head_label_en="Mayor",
    zone="Asia/Jakarta",
    zone_label="WIB",
    families=(Family("general", "Pegawai umum", "General staff"),),
    rules=(publish_rule("serang", rules_2025.VERSION, rules_2025, valid_from=rules_2025.VALID_FROM),),
    colours=Colours(
        brand="#14549f",
        brand_strong="#0d3b74",
        brand_tint="#e8f0fa",
        dark="#93bdf6",
        dark_strong="#bdd6fa",
        dark_tint="#1c2d45",
    ),
)


@hookimpl
def asn_city_info() -> CityInfo:
    """Say who Kota Serang is."""
    return INFO


@hookimpl
def asn_parameters() -> tuple[ParameterSet, ...]:
    """Give the parameters of every version, and what the promotion board keeps to."""
    return (*(version.PARAMETERS for version in VERSIONS.values()), BOARD)


@hookimpl
def asn_indicators(position: PositionFacts, period: Period, rule: ScoreRule) -> tuple[Indicator, ...]:
    """Give the set of the position's family."""
    return VERSIONS[rule.version].indicators(position, period)


@hookimpl
def asn_score(request: ScoreRequest, indicators: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score by the version the case was started with."""
    return VERSIONS[rule.version].score(request, indicators, rule)


@hookimpl
def asn_validate_plan(position: PositionFacts, indicators: tuple[Indicator, ...]) -> tuple[Finding, ...]:
    """Hold every plan to the weight of performance."""
    return rules_2025.check_plan(position, indicators)
