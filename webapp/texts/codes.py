"""Says coded things in words: errors of the engine and the file store, and notices to people."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from webapp.texts.keeping import KEEPING
from webapp.texts.moving import MOVING_TEXTS
from webapp.texts.notices import NOTICES
from webapp.texts.refusals import REFUSALS
from webapp.texts.show import month_in
from webapp.texts.speaking import Language
from webapp.wiring.parts import offers

MONTHS: Final = 12

Texts = Mapping[str, tuple[str, str]]

#: Indonesian and English by code; `{name}` is filled in from the parameters, `{month_name}` from year and month.
TEXTS: Texts = {**REFUSALS, **KEEPING, **MOVING_TEXTS, **NOTICES}


def text_for(code: str, params: Mapping[str, object], language: Language) -> str:
    """Return the sentence of a code in a language; of an unknown code the code itself, so that it is noticed."""
    texts = _all_texts().get(code)
    if texts is None:
        return code
    return texts[0 if language == "id" else 1].format_map(_Params({**_month_of(params, language), **params}))


def known_codes() -> frozenset[str]:
    """Return the codes that have a text."""
    return frozenset(_all_texts())


def _month_of(params: Mapping[str, object], language: Language) -> dict[str, str]:
    """Return what the month that is told of is called; notices keep its number."""
    year, month = params.get("year"), params.get("month")
    if not isinstance(year, int) or not isinstance(month, int) or not 1 <= month <= MONTHS:
        return {}
    return {"month_name": month_in(date(year, month, 1), language)}


class _Params(dict[str, object]):
    """A parameter that is missing leaves a gap, not an error, in a sentence about an error."""

    def __missing__(self, name: str) -> str:
        return "…"


def _all_texts() -> Texts:
    """Return the texts together with those that processes bring (`TEXTS` of their module `texts`)."""
    found = dict(TEXTS)
    for module in offers("texts"):
        found |= getattr(module, "TEXTS", {})
    return found
