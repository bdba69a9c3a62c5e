"""What a form asks of FEEL; a form does not know the engine, so whoever makes its class hands the evaluator in."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from forms.text import Text

_TEXT = re.compile(r'"(?:\\.|[^"\\])*"')
_NAME = re.compile(r"(?<![\w.])[A-Za-z]\w*")


class Feel(Protocol):
    """An evaluator of expressions."""

    def mistake(self, source: str, names: frozenset[str], /) -> Text | None:
        """Return why the source is no expression over answers of these names; None if it is one."""
        ...

    def value(self, source: str, answers: Mapping[str, object], today: date, /) -> object:
        """Return what the expression gives; None when it gives nothing or would cost too much."""
        ...


def mentioned(source: str, known: Iterable[str]) -> frozenset[str]:
    """Return which of the known names an expression may ask for; rather one too many than one too few."""
    return frozenset(_NAME.findall(_TEXT.sub('""', source))) & frozenset(known)
