"""The colours of a city as a style sheet of its own, named by its content so that a browser keeps it for ever."""

import hashlib
from functools import cache

from processes.people.city import Colours
from webapp.wiring import Alur

#: Property of the style sheet by the plugin's name for the value.
_PROPERTIES = {
    "brand": "brand",
    "brand_strong": "brand-strong",
    "brand_tint": "brand-tint",
    "dark": "brand-dark",
    "dark_strong": "brand-dark-strong",
    "dark_tint": "brand-dark-tint",
}


def sheet_name(code: str, colours: Colours | None) -> str:
    """Return the name of a city's style sheet, the same as long as its colours are; empty if it has none."""
    if colours is None:
        return ""
    return f"kota-{code}-{hashlib.sha256(_rule(code, colours).encode()).hexdigest()[:8]}.css"


def sheet_named(alur: Alur, name: str) -> str | None:
    """Return the style sheet of that name; None if no city has one of it."""
    code = name.removeprefix("kota-").rpartition("-")[0]
    if code not in alur.cities.codes:
        return None
    colours = alur.cities.city(code).info.colours
    return _rule(code, colours) if colours is not None and sheet_name(code, colours) == name else None


@cache
def _rule(code: str, colours: Colours) -> str:
    """Return the one rule, for the page of the city and for its entry among other cities."""
    values = ";".join(f"--{name}:{getattr(colours, field)}" for field, name in _PROPERTIES.items())
    return f'[data-brand="{code}"]{{{values}}}\n'
