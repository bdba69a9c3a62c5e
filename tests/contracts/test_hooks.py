"""Every hook is specified, documented, implemented nationally or required, and used by a city."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins import api, hookspecs, national
from plugins.manager import Cities

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs/hooks.md").read_text("utf-8")
HOOKS: dict[str, Callable[..., object]] = {
    name: hook for name, hook in inspect.getmembers(hookspecs, inspect.isfunction) if name.startswith("asn_")
}
CITIES = ("tebingtinggi", "tanjungselor", "serang", "tanjungbalai", "mataram")


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_says_when_it_is_called_and_what_none_means(name: str) -> None:
    words = inspect.getdoc(HOOKS[name]) or ""

    assert "Called " in words
    assert "None" in words


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_has_a_section_that_names_its_arguments(name: str) -> None:
    section = re.search(rf"^## `{name}`\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL)

    assert section, f"docs/hooks.md has no section '## `{name}`'"
    for argument in inspect.signature(HOOKS[name]).parameters:
        assert f"`{argument}`" in section[1]


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_exists_only_with_a_city_that_uses_it(name: str) -> None:
    cities = Cities.installed(CITIES)

    users = [code for code in cities.codes if name in cities.city(code).hooks]

    assert users


def test_the_nation_answers_whatever_a_city_may_leave_out() -> None:
    answered = {name for name, _ in inspect.getmembers(national, inspect.isfunction) if name.startswith("asn_")}

    assert answered == HOOKS.keys() - {"asn_city_info"}


def test_the_page_documents_no_hook_that_is_gone() -> None:
    assert set(re.findall(r"^## `(asn_\w+)`", DOCS, re.MULTILINE)) == HOOKS.keys()


def test_everything_promised_to_cities_exists() -> None:
    assert [name for name in api.__all__ if not hasattr(api, name)] == []
