"""Fields that hold an expression, which is read as the engine reads it."""

from collections.abc import Sequence
from typing import Any, Final

from wtforms import ValidationError

from engine.feel import FeelSyntaxError, compile_expression
from forms import AlurField, AlurForm, Text, TextAreaField, TextField
from forms.conditions import Condition

LONGEST: Final = 2000


class IsFeel:
    """Refuses what the engine could not compute, and says where it stumbles."""

    def __call__(self, form: AlurForm, field: AlurField) -> None:
        """Read the expression. :raise ValidationError: it cannot be read."""
        if field.data:
            try:
                compile_expression(str(field.data))
            except FeelSyntaxError as error:
                raise ValidationError(error.message(field.language)) from None


def feel(label: Text, *validators: Any, hint: Text | str = "", when: tuple[str, str] | None = None) -> Any:
    """Return a field for an expression on one line.

    :param when: another field and the answer to it with which this one is shown.
    """
    return TextField(label, [*validators, IsFeel()], max_length=LONGEST, hint=hint, show_when=shown(when))


def script(label: Text, *validators: Any, hint: Text | str = "") -> Any:
    """Return a field for an expression of several lines."""
    return TextAreaField(label, [*validators, IsFeel()], max_length=LONGEST * 5, rows=5, hint=hint)


def words(label: Text, *, most: int = 200, hint: Text | str = "", checks: Sequence[Any] = ()) -> Any:
    """Return a field for a name."""
    return TextField(label, list(checks), max_length=most, hint=hint)


def shown(when: tuple[str, str] | None) -> Condition | None:
    """Return the condition under which a field is shown."""
    return Condition(when[0], equals=when[1]) if when is not None else None
