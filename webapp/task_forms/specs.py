"""Form classes of declarative forms, made once for equal ones."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from forms.spec import SpecForm, form_class, parse_spec
from webapp.wiring.form_feel import FORM_FEEL


def class_of(spec: Mapping[str, Any]) -> type[SpecForm]:
    """Return the form class of a spec as JSON would hold it.

    :raise FormSpecError: it is no form; releases and answers of cities are checked before they come here.
    """
    return _class_of_text(json.dumps(spec))


def with_section(spec: Mapping[str, Any], title: Mapping[str, str], fields: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the spec with one more section at its end, without fields that it has already."""
    own = {field["name"] for field in spec["fields"]}
    added = [field for field in fields if field["name"] not in own]
    whole = {**spec, "fields": [*spec["fields"], *added]}
    if added and spec.get("sections"):
        whole["sections"] = [*spec["sections"], {"title": dict(title), "fields": [field["name"] for field in added]}]
    return whole


@lru_cache(maxsize=512)
def _class_of_text(text: str) -> type[SpecForm]:
    # By its text: hashing that is quicker than checking a form of sixty fields again at every request.
    return form_class(parse_spec(json.loads(text), FORM_FEEL), FORM_FEEL)
