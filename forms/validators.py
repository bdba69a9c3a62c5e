"""Checks of a field, alone or against other answers; all but the requirements let an empty field pass."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms.validators import StopValidation, ValidationError

from forms.conditions import Answers, Condition, When
from forms.dates import show_date
from forms.numbers import show_decimal
from forms.text import Language, Text, in_language

Bound = int | Decimal | date


class Required:
    """The field needs an answer; a checkbox must be ticked, a table needs one row that is not blank.

    The HTML attribute `required` is not set: it would stop the browser at hidden fields and blank rows, with a bubble
    in the browser's language that screen readers lose; the field renders `aria-required` instead.
    """

    def requires(self, form: Answers) -> bool:
        """Return True: always."""
        return True

    def message(self, field: Any) -> str:
        """Return what the field itself says when it is left empty."""
        return str(field.say(field.required_message))

    def __call__(self, form: Any, field: Any) -> None:
        """Stop at an empty field that needs an answer."""
        if field.is_empty and self.requires(form):
            raise StopValidation(self.message(field))


class RequiredIf(Required):
    """The field needs an answer while the condition holds."""

    def __init__(self, condition: When) -> None:
        self.condition = condition

    def requires(self, form: Answers) -> bool:
        """Return whether the condition holds now."""
        return self.condition.holds(form)


class NoteWhenOverridden(RequiredIf):
    """A reason is needed when the choice in another field is not the recommended one.

    :param field: the field that was chosen in.
    :param recommended: the recommended value, or
    :param recommended_field: the (read-only) field that holds it.
    :param min_length: characters a reason has at least; a full stop is none.
    """

    def __init__(
        self, field: str, *, recommended: str | None = None, recommended_field: str | None = None, min_length: int = 10
    ) -> None:
        super().__init__(Condition(field, not_equals=recommended, differs_from=recommended_field))
        self.min_length = min_length

    def message(self, field: Any) -> str:
        """Return why a reason is asked."""
        return str(field.say("Give the reason, because your choice differs from the recommendation."))

    def __call__(self, form: Any, field: Any) -> None:
        """Ask for the reason, and for more than a sign."""
        super().__call__(form, field)
        if self.requires(form) and len(str(field.data)) < self.min_length:
            raise ValidationError(field.say("Give the reason in at least %(min)d characters.", min=self.min_length))


class Between:
    """A number or a day lies between two bounds, both included; one of them may be missing.

    :param unit: what the bounds count; shown behind them in the message.
    """

    def __init__(self, minimum: Bound | None = None, maximum: Bound | None = None, *, unit: Text | str = "") -> None:
        self.minimum, self.maximum, self.unit = minimum, maximum, unit
        flags = {"min": minimum, "max": maximum}
        self.field_flags = {name: bound for name, bound in flags.items() if bound is not None}

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse a value outside."""
        if field.data is None or self._holds(field.data):
            return
        bounds = {"min": self._shown(self.minimum, field.language), "max": self._shown(self.maximum, field.language)}
        raise ValidationError(field.say(self._message(), **bounds))

    def _holds(self, value: Any) -> bool:
        above = self.minimum is None or value >= self.minimum
        return above and (self.maximum is None or value <= self.maximum)

    def _message(self) -> str:
        is_date = isinstance(self.minimum if self.minimum is not None else self.maximum, date)
        if self.maximum is None:
            return "The date must be %(min)s or later." if is_date else "The number must be at least %(min)s."
        if self.minimum is None:
            return "The date must be %(max)s or earlier." if is_date else "The number must be at most %(max)s."
        if is_date:
            return "The date must be between %(min)s and %(max)s."
        return "The number must be between %(min)s and %(max)s."

    def _shown(self, bound: Bound | None, language: Language) -> str:
        if bound is None:
            return ""
        shown = show_date(bound) if isinstance(bound, date) else show_decimal(Decimal(bound), language)
        return f"{shown} {in_language(self.unit, language)}".rstrip()


class NotInFuture:
    """A day is not after the day the form was given as `today`.

    :raise RuntimeError: the form was not given one, which is a mistake of the program.
    """

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse a later day."""
        if form.today is None:
            raise RuntimeError(f"Field '{field.short_name}' must not be in the future: construct its form with today=.")
        if field.data is not None and field.data > form.today:
            message = "The date cannot be after today (%(today)s)."
            raise ValidationError(field.say(message, today=show_date(form.today)))


class OtherThan:
    """A day is not that of another field, for example of a second evidence.

    :param field: the other field, of the same form.
    """

    def __init__(self, field: str) -> None:
        self.field = field

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse the same day, naming the field that has it already."""
        other = form[self.field]
        if field.data is not None and field.data == other.data:
            message = "This is the same day as “%(other)s”. Write another day."
            raise ValidationError(field.say(message, other=other.label.text))


class Length:
    """A text has at least and at most so many characters.

    A field's own `max_length` is a limit of storage; this one is a rule. Neither is sent to the browser as `maxlength`,
    which would cut a pasted text without a word.
    """

    def __init__(self, minimum: int = 0, maximum: int | None = None) -> None:
        self.minimum, self.maximum = minimum, maximum

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse a shorter or longer text."""
        if field.is_empty:
            return
        if len(field.data) < self.minimum:
            raise ValidationError(field.say("Write at least %(min)d characters.", min=self.minimum))
        if self.maximum is not None and len(field.data) > self.maximum:
            raise ValidationError(field.say("Write at most %(max)d characters.", max=self.maximum))


class OneOf:
    """The answer is one of the given values, for example a code typed by hand."""

    def __init__(self, values: Sequence[object]) -> None:
        self.values = tuple(values)

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse any other value, naming those allowed."""
        if not field.is_empty and field.data not in self.values:
            allowed = ", ".join(str(value) for value in self.values)
            raise ValidationError(field.say("This must be one of: %(values)s.", values=allowed))
