"""When a field is shown or required: a comparison with another answer of the same form or row, or a FEEL expression."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

Answer = str | bool | int | Decimal


class Answers(Protocol):
    """What a condition may ask of a form."""

    def __getitem__(self, name: str, /) -> Any:
        """Return the field of that name."""
        ...

    def is_shown(self, name: str) -> bool:
        """Return whether the field is part of the form as filled in now."""
        ...

    def evaluate(self, source: str, /) -> object:
        """Return what a FEEL expression over the answers gives."""
        ...


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer to `field` compares as said; exactly one comparison is given.

    An unanswered, unreadable or hidden field fulfils no condition, so that nothing is asked before its reason is known.

    :param differs_from: name of another field, for example the recommendation beside the choice.
    """

    field: str
    equals: Answer | None = None
    not_equals: Answer | None = None
    differs_from: str | None = None

    def __post_init__(self) -> None:
        if [self.equals, self.not_equals, self.differs_from].count(None) != 2:
            raise ValueError(f"Condition on '{self.field}' needs exactly one of equals, not_equals, differs_from.")

    def holds(self, form: Answers) -> bool:
        """Return whether the condition is met by the form as filled in now."""
        if not form.is_shown(self.field):
            return False
        answer = as_text(form[self.field].data)
        if answer is None:
            return False
        if self.equals is not None:
            return answer == as_text(self.equals)
        other = self.not_equals if self.not_equals is not None else form[str(self.differs_from)].data
        return as_text(other) not in (None, answer)


@dataclass(frozen=True, slots=True)
class FeelCondition:
    """Holds when a FEEL expression over the answers is true; what is unanswered, unreadable or hidden is null in it."""

    feel: str

    def holds(self, form: Answers) -> bool:
        """Return whether the expression is true for the form as filled in now."""
        return form.evaluate(self.feel) is True


When = Condition | FeelCondition
"""What decides whether a field is shown or required."""


def as_text(value: object) -> str | None:
    """Return an answer so that equal answers are equal texts (5 and Decimal("5.0") are); None when unanswered."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Enum):
        return as_text(value.value)
    if isinstance(value, int | Decimal):
        return format(Decimal(value).normalize(), "f")
    return value.isoformat() if isinstance(value, date) else str(value)
