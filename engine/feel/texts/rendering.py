"""Makes the sentence for a code in one language, and guesses what was meant."""

from collections.abc import Mapping
from difflib import get_close_matches

from engine.feel.foreign import FUNCTIONS, KEYWORDS, TYPES, word_meant
from engine.feel.texts.hints import HINTS
from engine.feel.texts.words import EXPECTED, KINDS, Catalogue, Language

_COMPARED = 60
_MAY_HOLD_WORDS = ("unknown_name", "unknown_function")
_SURE = KEYWORDS | {"not"}
"""Words that no name is likely to hold, in whatever letters: AND, TRUE."""


def render(catalogue: Catalogue, code: str, params: Mapping[str, str], language: Language) -> str:
    """Return the sentence for a code in one language.

    :param params: plain strings; those named ``…kind`` are type names and are translated, ``expected`` and ``hint``
        name an entry of their own table, ``known`` is a comma list turned into a guess.
    """
    column = 0 if language == "id" else 1
    words = {name: _translate(name, value, column) for name, value in params.items()}
    words.setdefault("guess", _guess(code, params, column))
    return catalogue[code][column].format_map(words)


def _translate(name: str, value: str, column: int) -> str:
    if name.endswith("kind"):
        joint = (" atau ", " or ")[column]
        return joint.join(KINDS.get(kind, (kind, kind))[column] for kind in value.split("|"))
    if name == "expected":
        return EXPECTED[value][column] if value in EXPECTED else f"'{value}'"
    if name == "hint":
        return HINTS[value][column]
    return value


def _guess(code: str, params: Mapping[str, str], column: int) -> str:
    # Comparing takes the square of the length.
    known = [name for name in params.get("known", "").split(", ") if 0 < len(name) <= _COMPARED]
    name = params.get("name", params.get("found", ""))[:_COMPARED]
    foreign = [word for word in name.split() if word_meant(word)] if code in _MAY_HOLD_WORDS else []
    close = _close(name, known)
    if foreign and (not close or foreign[0].lower() in _SURE):
        return (" Tulis '{}', bukan '{}'.", " Write '{}', not '{}'.")[column].format(word_meant(foreign[0]), foreign[0])
    if close:
        return (" Mungkin maksudnya: {}.", " Did you mean: {}?")[column].format(", ".join(close))
    if known:
        return (" Yang tersedia: {}.", " Available: {}.")[column].format(", ".join(known[:12]))
    return ""


def _close(name: str, known: list[str]) -> list[str]:
    small = name.lower()
    exact = [one for one in known if one.lower() in (small, FUNCTIONS.get(small), TYPES.get(small))]
    return exact or get_close_matches(name, known, n=3)
