"""A city's six colours, and whether text in them can be read on our pages in light and in dark."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from processes.people.city.plain import Plain

#: What WCAG 2.2 (1.4.3) asks of text of normal size.
ENOUGH_CONTRAST = 4.5
COLOUR = re.compile(r"#[0-9a-f]{6}")

#: What stays the same in every city, as webapp/frontend/css/tokens.css has it; a test compares the two.
WHITE, PAGE, INSET, INK, SOFT_INK = "#ffffff", "#f8f6f1", "#f0ece4", "#211d17", "#575046"
DARK_SURFACE, DARK_PAGE, DARK_INSET, DARK_INK, DARK_SOFT_INK = "#23201d", "#181614", "#2e2a26", "#f3efe8", "#ccc5ba"
ON_DARK_BRAND = "#10151d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours(Plain):
    """A city's accent as `#rrggbb` in small letters: the accent, a stronger one and its tint, for light and for dark.

    The dark theme uses light accents: `dark_strong` is lighter than `dark`, `dark_tint` nearly black.
    """

    brand: str
    brand_strong: str
    brand_tint: str
    dark: str
    dark_strong: str
    dark_tint: str

    def malformed(self) -> list[str]:
        """Return the values that are not `#rrggbb` in small letters, as `name value`."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return [f"{name} {value!r}" for name, value in values.items() if not COLOUR.fullmatch(value)]

    def unreadable(self) -> list[str]:
        """Return the pairs of text and paper whose contrast is below 4.5, with the contrast."""
        found = [(name, ink, paper, contrast(ink, paper)) for name, ink, papers in self._texts() for paper in papers]
        return [
            f"{name} {ink} on {paper} has a contrast of {reached:.2f}, below {ENOUGH_CONTRAST}"
            for name, ink, paper, reached in found
            if reached < ENOUGH_CONTRAST
        ]

    def _texts(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Every text that our pages set in or on the six, with the papers it stands on."""
        return [
            ("brand", self.brand, (WHITE, PAGE, INSET, self.brand_tint)),
            ("brand_strong", self.brand_strong, (WHITE, PAGE, INSET, self.brand_tint)),
            ("text on brand_tint", INK, (self.brand_tint,)),
            ("soft text on brand_tint", SOFT_INK, (self.brand_tint,)),
            ("dark", self.dark, (DARK_SURFACE, DARK_PAGE, DARK_INSET, self.dark_tint)),
            ("dark_strong", self.dark_strong, (DARK_SURFACE, DARK_PAGE, DARK_INSET, self.dark_tint)),
            ("text of buttons", ON_DARK_BRAND, (self.dark, self.dark_strong)),
            ("text on dark_tint", DARK_INK, (self.dark_tint,)),
            ("soft text on dark_tint", DARK_SOFT_INK, (self.dark_tint,)),
        ]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two `#rrggbb` colours as WCAG 2.2 defines it, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
