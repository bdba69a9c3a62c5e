from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.patience import OthersWait, TakesLong
from plugins import national
from plugins.answers import PluginRefused
from plugins.api import (
    REALISATION,
    CityInfo,
    CoreValue,
    ParameterSet,
    Period,
    PositionFacts,
    PositionLevel,
    ScoreRequest,
    ScoreResult,
    UnitKind,
    hookimpl,
)
from plugins.manager import Cities, CityEntry, CityPlugin
from processes.people.city import City, CityFailed, CityUnavailable, InvalidPlain, RuleMismatch

POSITION = PositionFacts("general", PositionLevel.EXECUTOR, UnitKind.OTHER)
PERIOD = Period.quarter(2026, 2)
REQUEST = ScoreRequest(
    position=POSITION,
    period=PERIOD,
    measured={"N1": {"value": Decimal(100)}, "N2": {"level": Decimal(3)}, "N3": {"value": Decimal(100)}},
)
INFO = CityInfo(
    code="kupang",
    name="Kota Kupang",
    government="Pemerintah Kota Kupang",
    province="Nusa Tenggara Timur",
    head_label_id="Wali Kota",
    head_label_en="Mayor",
    zone="Asia/Makassar",
    zone_label="WITA",
    families=(),
    rules=(),
)


class Minimal:
    """A city that says who it is and leaves everything else to the nation."""

    @hookimpl
    def asn_city_info(self) -> CityInfo:
        return INFO


class Raising(Minimal):
    @hookimpl
    def asn_score(self) -> ScoreResult:
        raise ZeroDivisionError("n = 0")


class Leaving(Minimal):
    @hookimpl
    def asn_score(self) -> ScoreResult:
        raise SystemExit(3)


class Nonsense(Minimal):
    @hookimpl
    def asn_indicators(self) -> Any:
        return "no tuple"


class Meddling(Minimal):
    @hookimpl
    def asn_score(self, request: ScoreRequest) -> None:
        changed: Any = request.measured
        changed.clear()


class Wrapping(Minimal):
    @hookimpl(wrapper=True)
    def asn_score(self) -> Any:
        return (yield)


class Misspelt(Minimal):
    @hookimpl
    def asn_scores(self) -> None:
        return None


class Unmarked(Minimal):
    def asn_score(self) -> None:
        return None


class Foreign(Minimal):
    @hookimpl
    def asn_city_info(self) -> CityInfo:
        return replace(INFO, code="ambon")


class Newer(Minimal):
    @hookimpl
    def asn_city_info(self) -> CityInfo:
        return replace(INFO, api=99)


class Nowhere(Minimal):
    @hookimpl
    def asn_city_info(self) -> CityInfo:
        return replace(INFO, zone="Asia/Atlantis")


class OtherParameters(Minimal):
    @hookimpl
    def asn_parameters(self) -> tuple[ParameterSet, ...]:
        values = {"lower": Decimal(80)}
        first, last = date(2026, 1, 1), date(2026, 12, 31)
        return (
            ParameterSet(
                key="appraisal.score", version="k", valid_from=first, valid_to=last, source="P", values=values
            ),
        )


def test_a_city_is_what_processes_call_a_city() -> None:
    city: City = CityPlugin("kupang", Minimal())

    assert city.info == INFO


def test_what_a_city_leaves_out_the_nation_answers() -> None:
    city = CityPlugin("kupang", Minimal())

    assert [item.code for item in city.indicators(POSITION, PERIOD)] == ["N1", "N2", "N3"]
    assert city.score(REQUEST).value == 100
    assert city.rule(PERIOD.end) == national.RULES[0]
    assert city.form(REALISATION, POSITION, PERIOD) is not None
    assert city.check_plan(POSITION, PERIOD, national.INDICATORS) == ()


@pytest.mark.parametrize(
    ("plugin", "reason"),
    [(Raising(), "ZeroDivisionError: n = 0"), (Leaving(), "SystemExit: 3")],
)
def test_a_raising_city_fails_this_question_with_the_reason(plugin: object, reason: str) -> None:
    city = CityPlugin("kupang", plugin)

    with pytest.raises(CityFailed, match=reason) as caught:
        city.score(REQUEST)

    assert (caught.value.city, caught.value.code) == ("kupang", "city.failed")
    assert city.form(REALISATION, POSITION, PERIOD) is not None


def test_a_wrong_answer_is_refused_before_anybody_uses_it() -> None:
    city = CityPlugin("kupang", Nonsense())

    with pytest.raises(CityFailed, match="not a tuple of Indicator"):
        city.indicators(POSITION, PERIOD)


def test_a_city_cannot_reach_the_callers_numbers() -> None:
    city = CityPlugin("kupang", Meddling())

    city.score(REQUEST)

    assert REQUEST.measured["N1"] == {"value": Decimal(100)}


@pytest.mark.parametrize("plugin", [Wrapping(), Misspelt(), Unmarked(), Foreign(), Newer(), Nowhere(), object()])
def test_a_plugin_that_cannot_be_trusted_is_refused_when_connected(plugin: object) -> None:
    with pytest.raises(Exception) as caught:
        CityPlugin("kupang", plugin)

    assert isinstance(caught.value, PluginRefused) or "unknown hook" in str(caught.value)


def test_the_citys_parameters_go_before_the_national_ones_while_in_force() -> None:
    city = CityPlugin("kupang", OtherParameters())

    in_force = city.parameters(date(2026, 6, 1))["appraisal.score"]
    later = city.parameters(date(2027, 6, 1))["appraisal.score"]

    assert (in_force.version, later.version) == ("k", "2022.1")


def test_a_case_is_scored_by_exactly_the_rule_it_started_with() -> None:
    city = CityPlugin("kupang", Minimal())
    started = city.rule(PERIOD.end)

    with pytest.raises(RuleMismatch, match="has changed"):
        city.score(REQUEST, replace(started, content_hash="f" * 64))

    with pytest.raises(RuleMismatch, match=r"not installed \(known: national 2022.1\)"):
        city.score(REQUEST, replace(started, version="1999.1"))


def test_a_day_before_every_rule_is_refused_with_the_known_versions() -> None:
    city = CityPlugin("kupang", Minimal())

    with pytest.raises(RuleMismatch, match="no rule version is in force on 1999-01-01"):
        city.rule(date(1999, 1, 1))


def test_an_unknown_city_names_the_installed_ones() -> None:
    cities = Cities([CityEntry("kupang", "alur-kupang", "1", CityPlugin("kupang", Minimal()))])

    with pytest.raises(CityUnavailable, match="installed: kupang"):
        cities.city("ambon")


def test_two_working_plugins_for_one_city_are_both_refused() -> None:
    city = CityPlugin("kupang", Minimal())

    cities = Cities([CityEntry("kupang", "alur-kupang", "1", city), CityEntry("kupang", "alur-copy", "1", city)])

    assert [entry.rivals for entry in cities.entries] == [("alur-copy",), ("alur-kupang",)]
    assert cities.codes == ()
    with pytest.raises(CityUnavailable, match="also serves 'kupang'; uninstall all but one"):
        cities.city("kupang")


@pytest.mark.parametrize("is_first", [True, False])
def test_a_broken_plugin_does_not_take_a_working_one_of_the_same_city_down(is_first: bool) -> None:
    city = CityPlugin("kupang", Minimal())
    broken = CityEntry("kupang", "alur-broken", "1", None, "SyntaxError: invalid syntax")
    working = CityEntry("kupang", "alur-kupang", "1", city)

    cities = Cities([broken, working] if is_first else [working, broken])

    assert cities.city("kupang") is city
    assert {entry.distribution: entry.problem for entry in cities.entries} == {
        "alur-broken": "SyntaxError: invalid syntax",
        "alur-kupang": "",
    }


def test_a_city_that_is_not_there_is_answered_with_all_that_are_installed() -> None:
    with pytest.raises(CityUnavailable, match="installed: mataram, serang, tanjungbalai"):
        Cities.installed(["atlantis"]).city("atlantis")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"feedback": {"positive": "7", "count": 1}}, "feedback.positive"),
        ({"feedback": {"positive": "0.5", "count": -1}}, "feedback.count"),
        ({"targets": {"N1": {"weight": "-5"}}}, "targets.N1.weight"),
        ({"behaviour": {"LOYAL": {"mark": 2}}}, "behaviour.LOYAL.mark"),
        ({"behaviour": {"LOYAL": {"mark": 1, "evidence_days": -1}}}, "behaviour.LOYAL.evidence_days"),
        ({"unit_figures": {"n": "-1"}}, "unit_figures.n"),
        ({"period": {"code": "x", "kind": "quarter", "start": "2026-09-30", "end": "2026-07-01"}}, "period.end"),
    ],
)
def test_a_request_that_cannot_mean_anything_is_not_scored(change: dict[str, object], path: str) -> None:
    request = ScoreRequest.from_plain({**REQUEST.to_plain(), **change})

    with pytest.raises(InvalidPlain) as caught:
        CityPlugin("kupang", Minimal()).score(request)

    assert caught.value.path == path


BROKEN: Mapping[str, str] = {
    "syntax": "def broken(:",
    "missing": "import no_such_module_anywhere",
    "exiting": "raise SystemExit(1)",
    "silent": "",
}


def test_a_broken_distribution_stops_neither_start_up_nor_another_city(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, source in BROKEN.items():
        (tmp_path / f"broken_{name}.py").write_text(source)
        metadata = tmp_path / f"broken_{name}-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: broken-{name}\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text(f"[alur.city]\n{name} = broken_{name}\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    cities = Cities.installed()

    problems = {entry.code: entry.problem for entry in cities.entries if entry.plugin is None}
    assert problems.keys() == BROKEN.keys()
    assert {"serang", "mataram"} <= set(cities.codes)
    with pytest.raises(CityUnavailable, match="SyntaxError"):
        cities.city("syntax")


def test_the_five_cities_are_installed_and_work() -> None:
    cities = Cities.installed()

    assert set(cities.codes) >= {"tebingtinggi", "tanjungselor", "serang", "tanjungbalai", "mataram"}


def test_national_behaviour_rules_ask_for_all_seven_values() -> None:
    scored = CityPlugin("kupang", types.SimpleNamespace(asn_city_info=hookimpl(lambda: INFO))).score(REQUEST)

    assert scored.behaviour == "TIDAK_CUKUP_DATA"
    assert len(CoreValue) == 7


def test_nobody_waits_for_a_citys_rules() -> None:
    def leave() -> None:
        raise TakesLong

    with OthersWait(leave), pytest.raises(TakesLong):
        CityPlugin("kupang", Minimal()).score(REQUEST)
