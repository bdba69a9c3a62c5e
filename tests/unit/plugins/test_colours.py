"""A city's colours: six values that can be read on our pages in light and in dark, or the plugin is told why not."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from plugins import conformance
from plugins.answers import PluginRefused, check_info
from plugins.api import CityInfo, Colours, hookimpl
from plugins.conformance import Subject
from plugins.manager import Cities, CityPlugin
from processes.people.city import colours as fixed
from processes.people.city.colours import contrast
from tests.unit.plugins.test_city_manager import INFO, Minimal
from webapp.colours import sheet_name

ROOT = Path(__file__).parents[3]
CITIES = Cities.installed()
BLUE = Colours(
    brand="#14549f",
    brand_strong="#0d3b74",
    brand_tint="#e8f0fa",
    dark="#93bdf6",
    dark_strong="#bdd6fa",
    dark_tint="#1c2d45",
)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_what_is_checked_is_what_the_pages_use() -> None:
    tokens = (ROOT / "webapp/frontend/css/tokens.css").read_text()
    pairs = {(fixed.PAGE, fixed.DARK_PAGE), (fixed.INSET, fixed.DARK_INSET), (fixed.INK, fixed.DARK_INK)}
    pairs |= {(fixed.SOFT_INK, fixed.DARK_SOFT_INK), ("#fff", fixed.DARK_SURFACE), ("#fff", fixed.ON_DARK_BRAND)}

    assert pairs <= set(re.findall(r"var\(--light, (#\w+)\) var\(--dark, (#\w+)\)", tokens))


@pytest.mark.parametrize("code", CITIES.codes)
def test_every_city_has_colours_that_can_be_read(code: str) -> None:
    colours = CITIES.city(code).info.colours

    assert colours is not None
    assert colours.malformed() == colours.unreadable() == []


def test_no_two_cities_look_the_same() -> None:
    brands = [found.brand for code in CITIES.codes if (found := CITIES.city(code).info.colours)]

    assert len(brands) == 5
    assert all(_distance(one, other) > 60 for one, other in combinations(brands, 2))


def _distance(one: str, other: str) -> float:
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize("value", ["#ABCDEF", "#abc", "red", "#14549f;}body{", "url(//x)"])
def test_only_plain_colours_reach_the_style_sheet(value: str) -> None:
    info = replace(INFO, colours=replace(BLUE, brand=value))

    with pytest.raises(PluginRefused) as caught:
        check_info("kupang", info)

    assert "colours must be #rrggbb" in str(caught.value)


@pytest.mark.parametrize(("name", "value"), [("brand", "#8fb4e0"), ("dark", "#14549f"), ("dark_tint", "#93bdf6")])
def test_colours_that_cannot_be_read_are_found_by_the_kit(name: str, value: str) -> None:
    found = replace(BLUE, **{name: value}).unreadable()

    assert found
    assert all("below 4.5" in problem for problem in found)


class Pale(Minimal):
    """A city in a blue that is too light to be read."""

    @hookimpl
    def asn_city_info(self) -> CityInfo:
        return replace(INFO, colours=replace(BLUE, brand="#8fb4e0"))


def test_the_check_of_a_plugin_names_the_colour_and_the_paper() -> None:
    plugin = Pale()

    problems = conformance.check_colours(Subject(plugin, CityPlugin("kupang", plugin)))  # type: ignore[arg-type]

    assert problems[0].en.startswith("brand #8fb4e0 on #ffffff has a contrast of 2.")


def test_a_style_sheet_has_another_name_when_a_colour_changes() -> None:
    assert sheet_name("kupang", BLUE) != sheet_name("kupang", replace(BLUE, dark="#93bdf7"))
    assert sheet_name("kupang", None) == ""
