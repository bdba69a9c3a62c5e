"""What can go wrong with an expression: it cannot be read, it takes too much, or a part of it has no value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import ClassVar

from engine.errors import EngineError
from engine.feel.texts import BUDGET, NOTES, SYNTAX, Catalogue, Language, render


class FeelError(EngineError):
    """The expression cannot be used."""

    catalogue: ClassVar[Catalogue] = {}

    def __init__(self, code: str, params: Mapping[str, str]) -> None:
        self.code = code
        super().__init__(render(self.catalogue, code, params, "en"), **params)
        self.words = params

    def message(self, language: Language) -> str:
        """Return what happened and the way out, in one language."""
        return render(self.catalogue, self.code, self.words, language)


class FeelSyntaxError(FeelError):
    """The text is not a FEEL expression; ``line`` and ``column`` (from 1) point at the place."""

    catalogue = SYNTAX

    def __init__(self, code: str, params: Mapping[str, str], *, line: int, column: int) -> None:
        self.line, self.column = line, column
        super().__init__(code, params)

    def message(self, language: Language) -> str:
        """Return place, mistake and way out, in one language."""
        return f"{_place(self.line, self.column, language)}: {super().message(language)}"


class FeelBudgetExceeded(FeelError):
    """The evaluation needed more than its budget; ``code`` says of what: steps, allocation, nesting or result."""

    catalogue = BUDGET

    def __init__(self, code: str, limit: int) -> None:
        self.limit = limit
        super().__init__(code, {"limit": str(limit)})


class NoValue(Exception):
    """An operation has no result for its operands."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def first_names(names: Iterable[object]) -> str:
    """Return the first of some names, for a message: there may be very many, and very long ones."""
    return ", ".join(str(name)[:_SHOWN] for name in islice(names, _MOST_NAMES))


_MOST_NAMES, _SHOWN = 40, 60


@dataclass(frozen=True, slots=True)
class Note:
    """Why something became null: place (from 1) in the source, and the reason."""

    code: str
    params: Mapping[str, str] = field(hash=False)
    line: int
    column: int
    where: str = ""
    """The part of a larger whole (a rule and column of a decision) the source belongs to."""

    def message(self, language: Language) -> str:
        """Return place and reason, in one language."""
        place = _place(self.line, self.column, language)
        prefix = f"{self.where}: {place.lower()}" if self.where else place
        return f"{prefix}: {render(NOTES, self.code, self.params, language)}"


def _place(line: int, column: int, language: Language) -> str:
    return f"Baris {line}, kolom {column}" if language == "id" else f"Line {line}, column {column}"
