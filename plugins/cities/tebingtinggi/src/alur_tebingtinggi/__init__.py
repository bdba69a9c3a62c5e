"""Alur for Kota Tebing Tinggi: what the city says to each hook."""

from __future__ import annotations

from alur_tebingtinggi import rules_2025
from plugins.api import (
    CityInfo,
    Colours,
    Family,
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
    code="tebingtinggi",
    name="Kota Tebing Tinggi",
    government="Pemerintah Kota Tebing Tinggi",
    province="Sumatera Utara",
    head_label_id="Wali Kota",
    head_label_en="Mayor",
    zone="Asia/Jakarta",
    zone_label="WIB",
    families=(
        Family("general", "Pegawai umum", "General staff"),
        Family("teacher", "Guru", "Teacher"),
        Family("principal", "Kepala sekolah", "School principal"),
    ),
    # By these the hours of training are counted (TT-26); their names are to be confirmed by the city.
    training_fields=("Pedagogik", "Manajerial", "Pelayanan"),
    rules=(publish_rule("tebingtinggi", rules_2025.VERSION, rules_2025, valid_from=rules_2025.VALID_FROM),),
    colours=Colours(
        brand="#1b6a45",
        brand_strong="#124a30",
        brand_tint="#e6f3eb",
        dark="#86d1a8",
        dark_strong="#b5e4cb",
        dark_tint="#193326",
    ),
)


@hookimpl
def asn_city_info() -> CityInfo:
    """Say who Tebing Tinggi is."""
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
