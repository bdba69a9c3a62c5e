"""Words in the two languages of every page: Indonesian first, English complete."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One text as a user sees it, in Indonesian and in English."""

    id: str
    en: str

    def to(self, language: Language) -> str:
        """Return the text in one language."""
        return self.id if language == "id" else self.en


def in_language(words: Text | str, language: Language) -> str:
    """Return the words in one language; a plain string is the same in both (a name, a unit, a number)."""
    return words.to(language) if isinstance(words, Text) else words
