"""Classes of characters: ``\\d``, ``\\p{Lu}``, blocks of Unicode, and capitals that count the same."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from engine.feel.patterns.letters import variants
from engine.feel.patterns.nodes import Chars

_MEMORY = 2_000
_CATEGORIES = frozenset(
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split()
)


def category(name: str) -> Chars | None:
    """Return the class ``\\p{name}``: a category of Unicode or a block (``IsGreek``); None when there is none."""
    if name in _CATEGORIES:
        return lambda char: unicodedata.category(char).startswith(name)
    bounds = BLOCKS.get(name.removeprefix("Is")) if name.startswith("Is") else None
    return within([bounds]) if bounds else None


def within(ranges: Iterable[tuple[int, int]]) -> Chars:
    """Return the class of the characters whose code is in one of some ranges, first and last included."""
    merged: list[list[int]] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(last, merged[-1][1])
        else:
            merged.append([first, last])
    starts, ends = [first for first, _ in merged], [last for _, last in merged]

    def look(char: str) -> bool:
        place = bisect_right(starts, ord(char)) - 1
        return place >= 0 and ord(char) <= ends[place]

    return look


def none_of(chars: Chars) -> Chars:
    """Return the class of all other characters."""
    return lambda char: not chars(char)


def any_of(classes: Iterable[Chars]) -> Chars:
    """Return the class of the characters in any of some classes."""
    parts = tuple(classes)
    return parts[0] if len(parts) == 1 else lambda char: any(part(char) for part in parts)


def without(chars: Chars, others: Chars) -> Chars:
    """Return the class of the characters in one class and not in another."""
    return lambda char: chars(char) and not others(char)


def folded(chars: Chars) -> Chars:
    """Return the class of the characters that are in a class as capital or small letter."""
    return lambda char: any(chars(variant) for variant in variants(char))


class Memory:
    """What the classes of one pattern found about characters, so that they answer faster the second time."""

    def __init__(self) -> None:
        self._left = _MEMORY

    def remembered(self, chars: Chars) -> Chars:
        """Return a class that remembers, as long as there is room."""
        known: dict[str, bool] = {}

        def look(char: str) -> bool:
            found = known.get(char)
            if found is None:
                found = chars(char)
                if self._left > 0:
                    self._left -= 1
                    known[char] = found
            return found

        return look


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


def _begins_name(char: str) -> bool:
    return char in "_:" or unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo", "Nl")


def _is_in_name(char: str) -> bool:
    return _begins_name(char) or char in "-.·" or unicodedata.category(char) in ("Mc", "Me", "Mn", "Lm", "Nd")


def _is_digit(char: str) -> bool:
    return unicodedata.category(char) == "Nd"


def _is_space(char: str) -> bool:
    return char in " \t\n\r"


ESCAPES: Mapping[str, Chars] = {
    letter: chars
    for small, inside in {
        "d": _is_digit,
        "w": _is_word,
        "s": _is_space,
        "i": _begins_name,
        "c": _is_in_name,
    }.items()
    for letter, chars in ((small, inside), (small.upper(), none_of(inside)))
}
"""The classes ``\\d``, ``\\D``, ``\\w`` …"""

_BLOCKS = """
BasicLatin 0000 007F
Latin-1Supplement 0080 00FF
LatinExtended-A 0100 017F
LatinExtended-B 0180 024F
IPAExtensions 0250 02AF
SpacingModifierLetters 02B0 02FF
CombiningDiacriticalMarks 0300 036F
Greek 0370 03FF
GreekandCoptic 0370 03FF
Cyrillic 0400 04FF
CyrillicSupplement 0500 052F
Armenian 0530 058F
Hebrew 0590 05FF
Arabic 0600 06FF
Syriac 0700 074F
Thaana 0780 07BF
Devanagari 0900 097F
Bengali 0980 09FF
Gurmukhi 0A00 0A7F
Gujarati 0A80 0AFF
Oriya 0B00 0B7F
Tamil 0B80 0BFF
Telugu 0C00 0C7F
Kannada 0C80 0CFF
Malayalam 0D00 0D7F
Sinhala 0D80 0DFF
Thai 0E00 0E7F
Lao 0E80 0EFF
Tibetan 0F00 0FFF
Myanmar 1000 109F
Georgian 10A0 10FF
HangulJamo 1100 11FF
Ethiopic 1200 137F
Cherokee 13A0 13FF
UnifiedCanadianAboriginalSyllabics 1400 167F
Ogham 1680 169F
Runic 16A0 16FF
Khmer 1780 17FF
Mongolian 1800 18AF
Balinese 1B00 1B7F
Sundanese 1B80 1BBF
Batak 1BC0 1BFF
LatinExtendedAdditional 1E00 1EFF
GreekExtended 1F00 1FFF
GeneralPunctuation 2000 206F
SuperscriptsandSubscripts 2070 209F
CurrencySymbols 20A0 20CF
CombiningMarksforSymbols 20D0 20FF
CombiningDiacriticalMarksforSymbols 20D0 20FF
LetterlikeSymbols 2100 214F
NumberForms 2150 218F
Arrows 2190 21FF
MathematicalOperators 2200 22FF
MiscellaneousTechnical 2300 23FF
ControlPictures 2400 243F
OpticalCharacterRecognition 2440 245F
EnclosedAlphanumerics 2460 24FF
BoxDrawing 2500 257F
BlockElements 2580 259F
GeometricShapes 25A0 25FF
MiscellaneousSymbols 2600 26FF
Dingbats 2700 27BF
BraillePatterns 2800 28FF
CJKRadicalsSupplement 2E80 2EFF
KangxiRadicals 2F00 2FDF
IdeographicDescriptionCharacters 2FF0 2FFF
CJKSymbolsandPunctuation 3000 303F
Hiragana 3040 309F
Katakana 30A0 30FF
Bopomofo 3100 312F
HangulCompatibilityJamo 3130 318F
Kanbun 3190 319F
BopomofoExtended 31A0 31BF
EnclosedCJKLettersandMonths 3200 32FF
CJKCompatibility 3300 33FF
CJKUnifiedIdeographsExtensionA 3400 4DBF
CJKUnifiedIdeographs 4E00 9FFF
YiSyllables A000 A48F
YiRadicals A490 A4CF
Javanese A980 A9DF
HangulSyllables AC00 D7AF
PrivateUse E000 F8FF
PrivateUseArea E000 F8FF
CJKCompatibilityIdeographs F900 FAFF
AlphabeticPresentationForms FB00 FB4F
ArabicPresentationForms-A FB50 FDFF
CombiningHalfMarks FE20 FE2F
CJKCompatibilityForms FE30 FE4F
SmallFormVariants FE50 FE6F
ArabicPresentationForms-B FE70 FEFF
HalfwidthandFullwidthForms FF00 FFEF
Specials FFF0 FFFF
OldItalic 10300 1032F
Gothic 10330 1034F
Deseret 10400 1044F
ByzantineMusicalSymbols 1D000 1D0FF
MusicalSymbols 1D100 1D1FF
MathematicalAlphanumericSymbols 1D400 1D7FF
Emoticons 1F600 1F64F
CJKUnifiedIdeographsExtensionB 20000 2A6DF
CJKCompatibilityIdeographsSupplement 2F800 2FA1F
Tags E0000 E007F
"""
BLOCKS: Mapping[str, tuple[int, int]] = {
    name: (int(first, 16), int(last, 16)) for name, first, last in (row.split() for row in _BLOCKS.strip().splitlines())
}
"""The blocks XML Schema names, first and last code, and some later ones that a reader here may need."""
