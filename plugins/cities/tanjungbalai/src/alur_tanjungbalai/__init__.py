"""Alur for Kota Tanjungbalai: what the city says to each hook."""

from __future__ import annotations

from alur_tanjungbalai import allowances, rules_2024, rules_2025
from alur_tanjungbalai.forms import realisation_form
from plugins.api import (
    CityInfo,
    Colours,
    Family,
    FormSpec,
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

VERSIONS: dict[str, RuleVersion] = {rules_2024.VERSION: rules_2024, rules_2025.VERSION: rules_2025}

INFO = CityInfo(
    code="tanjungbalai",
    name="Kota Tanjungbalai",
    government="Pemerintah Kota Tanjungbalai",
    province="Sumatera Utara",
    head_label_id="Wali Kota",
    head_label_en="Mayor",
    zone="Asia/Jakarta",
    zone_label="WIB",
    families=(Family("general", "Pegawai umum", "General staff"),),
    rules=(
        publish_rule(
            "tanjungbalai",
            rules_2024.VERSION,
            rules_2024,
            rules_2025,
            valid_from=rules_2024.VALID_FROM,
            valid_to=rules_2024.VALID_TO,
        ),
        publish_rule("tanjungbalai", rules_2025.VERSION, rules_2025, valid_from=rules_2025.VALID_FROM),
    ),
    colours=Colours(
        brand="#573f92",
        brand_strong="#3e2c6b",
        brand_tint="#f0ecfa",
        dark="#c1b0f4",
        dark_strong="#dacff9",
        dark_tint="#2d2545",
    ),
)


@hookimpl
def asn_city_info() -> CityInfo:
    """Say who Kota Tanjungbalai is."""
    return INFO


@hookimpl
def asn_parameters() -> tuple[ParameterSet, ...]:
    """Give the parameters of every version, and those of allowances."""
    return (*(version.PARAMETERS for version in VERSIONS.values()), allowances.SPLIT)


@hookimpl
def asn_indicators(position: PositionFacts, period: Period, rule: ScoreRule) -> tuple[Indicator, ...]:
    """Give the set of the position's family."""
    return VERSIONS[rule.version].indicators(position, period)


@hookimpl
def asn_score(request: ScoreRequest, indicators: tuple[Indicator, ...], rule: ScoreRule) -> ScoreResult:
    """Score by the version the case was started with."""
    return VERSIONS[rule.version].score(request, indicators, rule)


@hookimpl
def asn_forms(task: str, indicators: tuple[Indicator, ...]) -> FormSpec | None:
    """Ask for the innovation in the employee's form; the rest is standard."""
    return realisation_form(task, indicators)
