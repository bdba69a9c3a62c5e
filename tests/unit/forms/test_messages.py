"""Every message a form can show exists in Indonesian, with the same parameters."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import wtforms

import forms
from forms.fields import __all__ as field_names
from forms.messages import CATALOGUES, OWN, WTFORMS

PARAMETER = re.compile(r"%(?:\((\w+)\))?[sd]")
SAID_BY = {"gettext", "ngettext", "say", "InputError"}


def said_in(package: Path) -> Iterator[tuple[str, ...]]:
    """Yield the message ids that the sources of a package hold: a singular, and a plural where there is one."""
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SAID_BY:
                texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                yield from [tuple(texts)] if texts else []


BUILT_IN = sorted(set(said_in(Path(wtforms.__file__).parent)))


def test_the_sources_of_wtforms_were_read() -> None:
    assert len(BUILT_IN) == len(WTFORMS) == 39
    assert sum(map(len, BUILT_IN)) == 43


@pytest.mark.parametrize("ids", BUILT_IN, ids=lambda ids: ids[0][:40])
def test_every_message_of_wtforms_has_an_indonesian_text(ids: tuple[str, ...]) -> None:
    catalogue = CATALOGUES["id"]

    texts = {catalogue.ngettext(ids[0], ids[-1], number) for number in (0, 1, 2)} | {catalogue.gettext(ids[0])}

    assert texts == {WTFORMS[ids[0]]}
    assert not texts & set(ids)


def test_every_message_of_our_own_has_an_indonesian_text() -> None:
    said = {text for texts in said_in(Path(forms.__file__).parent) for text in texts[:1]}
    required = {getattr(forms, name).required_message for name in field_names if hasattr(getattr(forms, name), "kind")}

    assert said
    assert said | required <= {*OWN, *WTFORMS}


def test_no_text_of_our_own_is_left_over() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(forms.__file__).parent.rglob("*.py"))

    assert [message for message in OWN if sources.count(f'"{message}"') < 2] == []


@pytest.mark.parametrize("message", [*WTFORMS, *OWN], ids=lambda message: message[:40])
def test_a_translation_has_the_parameters_of_the_original(message: str) -> None:
    text = {**WTFORMS, **OWN}[message]

    assert set(PARAMETER.findall(text)) == set(PARAMETER.findall(message))


def test_english_counts_and_indonesian_does_not() -> None:
    one, many = "Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters."

    assert [CATALOGUES["en"].ngettext(one, many, n) for n in (1, 2)] == [one, many]
    assert len({CATALOGUES["id"].ngettext(one, many, n) for n in (1, 2)}) == 1


def test_an_unknown_message_is_shown_as_it_is() -> None:
    assert CATALOGUES["id"].gettext("Pesan dari kota.") == "Pesan dari kota."
