"""The examples of docs/forms.md work as printed."""

import json
import re
from pathlib import Path
from typing import Any

from forms.spec import check_spec, form_class, parse_spec
from forms.spec.check import KEYS

PAGE = (Path(__file__).parents[3] / "docs/forms.md").read_text("utf-8")


def printed(language: str) -> str:
    """Return the one code block in that language."""
    (block,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return str(block)


def test_the_printed_spec_is_good_and_makes_a_form() -> None:
    plain = json.loads(printed("json"))

    assert check_spec(plain) == []
    assert form_class(parse_spec(plain))({"rating": "SESUAI_EKSPEKTASI"}).validate()


def test_the_printed_class_is_a_form() -> None:
    names: dict[str, Any] = {"__name__": "printed"}
    exec(printed("python"), names)

    form = names["RatingForm"]({"rating": "SESUAI_EKSPEKTASI"}, data={"recommended": "DIBAWAH_EKSPEKTASI"})

    assert not form.validate()
    assert [link.field_id for link in form.error_summary()] == ["reason"]


def test_every_key_of_a_spec_is_explained() -> None:
    keys = set().union(*KEYS.values()) - {"type"}

    assert [key for key in sorted(keys) if f"`{key}`" not in PAGE] == []
    assert [kind for kind in KEYS if f"`{kind}`" not in PAGE] == []
