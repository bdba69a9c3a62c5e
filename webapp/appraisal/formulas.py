"""Formulas of rules in words: the names in them are the rule's own, which nobody but its author would understand."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from webapp.texts import gettext as _
from webapp.texts import language, lazy

_CODES: Final = re.compile(r"[a-z]+(?:_[a-z0-9]+)*(?:, [a-z]+(?:_[a-z0-9]+)*)*")
_NAME: Final = re.compile(r"\b[A-Za-z_][A-Za-z0-9_]*\b")
_POINT: Final = re.compile(r"(?<=\d)\.(?=\d)")
_CALL: Final = re.compile(r"(?<=\w)\(")
_SIGNS: Final[Mapping[str, str]] = {"*": "×", "/": "÷", "-": "−"}

_TERMS: Final[Mapping[str, str]] = {
    "weight": lazy("bobot"),
    "achievement": lazy("capaian"),
    "total": lazy("jumlah"),
    "raw": lazy("capaian mentah"),
    "cap": lazy("batas atas"),
    "gate": lazy("pengali syarat"),
    "lower": lazy("batas bawah"),
    "upper": lazy("batas penuh"),
    "floor": lazy("pengali terendah"),
    "min": lazy("terkecil dari"),
    "else": lazy("selain itu"),
    "round": lazy("dibulatkan"),
    "median": lazy("nilai tengah"),
    "n": lazy("jumlah jawaban"),
    "m": lazy("rata-rata jawaban"),
    "M": lazy("rata-rata unit"),
    "k": lazy("bobot rata-rata unit"),
    "ikm": lazy("IKM"),
    "unit_ikm": lazy("IKM unit"),
    "superior": lazy("nilai atasan"),
    "peers": lazy("rata-rata rekan yang dipakai"),
    "count": lazy("jumlah rekan"),
    "max": lazy("terbesar dari"),
    "R": lazy("realisasi"),
    "T": lazy("target"),
    "B": lazy("angka awal"),
    "H": lazy("nilai indikatif"),
    "x": lazy("angka"),
    "main_share_below": lazy("bagian indikator utama di bawah target"),
    "positive_feedback": lazy("bagian umpan balik positif"),
    "minus_proven": lazy("tanda −1 dengan bukti"),
    "plus": lazy("tanda +1"),
    "marked": lazy("nilai yang diberi tanda"),
}
#: Formulas of the national rules that words say better than their terms do one by one.
_WHOLE: Final[Mapping[str, str]] = {
    "min(max(raw, 0), cap) * gate": lazy(
        "capaian mentah, paling sedikit 0 dan paling banyak batas atas, lalu dikali pengali syarat"
    ),
}
#: Names that mean something in one formula only; the rules that use them are published and change no more.
_WITHIN: Final[Mapping[str, Mapping[str, str]]] = {
    "a * superior + b * peers": {
        "a": lazy("bobot nilai atasan"),
        "b": lazy("bobot nilai rekan"),
        "kept": lazy("nilai rekan yang dipakai"),
    },
}


def names_within(formula: str) -> dict[str, str]:
    """Return what the names are called that mean something in this formula only."""
    return {name: _(words) for name, words in _WITHIN.get(formula, {}).items()}


def formula_in_words(formula: str, figures: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a formula with its names in the reader's language; a list of mere codes says nothing and is left out.

    :param figures: what the figures of the indicator are called, by their names in its formula.
    """
    if _CODES.fullmatch(formula):
        return ""
    if formula in _WHOLE:
        return _(_WHOLE[formula])
    written = formula
    # Not where the "formula" is the name of a rule with its version.
    if language() == "id" and (_is_sum(formula) or "<" in formula):
        written = _POINT.sub(",", written)
    if _is_sum(formula):
        written = "".join(_SIGNS.get(sign, sign) for sign in written)
    return _CALL.sub(" (", _NAME.sub(lambda found: term(found[0], figures), written))


def term(name: str, figures: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the word for a name in a formula; of a name that is not known, itself without underscores."""
    if name in figures:
        return figures[name]
    known = _TERMS.get(name)
    return _(known) if known is not None else name.replace("_", " ")


def _is_sum(formula: str) -> bool:
    return any(sign in formula for sign in "*/+")
