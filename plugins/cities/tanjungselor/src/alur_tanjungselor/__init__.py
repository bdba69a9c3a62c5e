"""Alur for Tanjung Selor, Kabupaten Bulungan: what the city says to each hook."""

from __future__ import annotations

from alur_tanjungselor import rules_2025
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
    code="tanjungselor",
    name="Tanjung Selor, Kabupaten Bulungan",
    government="Pemerintah Kabupaten Bulungan",
    province="Kalimantan Utara",
    head_label_id="Bupati",
    head_label_en="Regent",
    zone="Asia/Makassar",
    zone_label="WITA",
    families=(Family("general", "Pegawai umum", "General staff"),),
    rules=(publish_rule("tanjungselor", rules_2025.VERSION, rules_2025, valid_from=rules_2025.VALID_FROM),),
    colours=Colours(
        brand="#6a4a12",
        brand_strong="#4b340b",
        brand_tint="#f7efdf",
        dark="#e2bd78",
        dark_strong="#f0d7a8",
        dark_tint="#372a14",
    ),
)


@hookimpl
def asn_city_info() -> CityInfo:
    """Say who Tanjung Selor, Kabupaten Bulungan is."""
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
    """Hold every plan to the citizens' weight."""
    return rules_2025.check_plan(indicators)
