"""Alur for Kota Mataram: what the city says to each hook."""

from __future__ import annotations

from alur_mataram import rules_2025
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
    code="mataram",
    name="Kota Mataram",
    government="Pemerintah Kota Mataram",
    province="Nusa Tenggara Barat",
    head_label_id="Wali Kota",
    head_label_en="Mayor",
    zone="Asia/Makassar",
    zone_label="WITA",
    families=(Family("general", "Pegawai umum", "General staff"),),
    rules=(publish_rule("mataram", rules_2025.VERSION, rules_2025, valid_from=rules_2025.VALID_FROM),),
    colours=Colours(
        brand="#8a2f4f",
        brand_strong="#641f38",
        brand_tint="#f9eaf0",
        dark="#efa3bd",
        dark_strong="#f6c8d8",
        dark_tint="#41202c",
    ),
)


@hookimpl
def asn_city_info() -> CityInfo:
    """Say who Kota Mataram is."""
    return INFO


@hookimpl
def asn_parameters() -> tuple[ParameterSet, ...]:
    """Give the parameters of every version."""
    return tuple(version.PARAMETERS for version in VERSIONS.values())


@hookimpl
def asn_indicators(position: PositionFacts, period: Period, rule: ScoreRule) -> tuple[Indicator, ...]:
    """Give the set of the position's family."""
    return VERSIONS[rule.version].indicators(position, period)


@hookimpl
def asn_score(request: ScoreRequest, indicators: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score by the version the case was started with."""
    return VERSIONS[rule.version].score(request, indicators, rule)


@hookimpl
def asn_validate_plan(indicators: tuple[Indicator, ...]) -> tuple[Finding, ...]:
    """Hold every plan to both kinds of indicator and to the weight of impact and quality."""
    return rules_2025.check_plan(indicators)
