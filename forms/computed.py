"""A field whose value follows from the other answers, and is never taken from the browser."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from wtforms import widgets

from forms.dates import show_date
from forms.field import AlurField
from forms.numbers import show_grouped
from forms.text import Text


class ComputedField(AlurField):
    """The value of a FEEL expression over the answers of the same form or row, exact; only its display is rounded.

    :param feel: the expression; hidden and unreadable answers are null in it.
    :param decimals: digits after the mark that are shown; None: as many as the number has.
    """

    widget = widgets.TextInput()
    kind = "computed"

    def __init__(self, label: Text | str, *, feel: str, decimals: int | None = None, **kw: Any) -> None:
        super().__init__(label, **kw)
        self.feel, self.decimals = feel, decimals

    @property
    def answer(self) -> str | bool | Decimal | date | None:
        """The value as the answers are now; lists, contexts and functions are none."""
        return _plain(self.owner.evaluate(self.feel))

    @property
    def is_empty(self) -> bool:
        """Whether nobody has typed anything: nobody can."""
        return True

    @property
    def display(self) -> str:
        """The value in words."""
        return self.shown(self.answer)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take nothing from anybody."""
        super().process(None, None, extra_filters)

    def typed_value(self) -> object:
        """Return the value as the process gets it."""
        return self.answer

    def shown(self, value: Any) -> str:
        """Return a value as people read it."""
        if isinstance(value, bool):
            return self.say("Yes" if value else "No")
        if isinstance(value, Decimal):
            return show_grouped(_rounded(value, self.decimals), self.language)
        return show_date(value) if isinstance(value, date) else super().shown(value)

    def _value(self) -> str:
        return self.display


def _plain(value: object) -> str | bool | Decimal | date | None:
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | Decimal):
        number = Decimal(value)
        return number if number.is_finite() else None
    return value if type(value) is date else None


def _rounded(value: Decimal, decimals: int | None) -> Decimal:
    # A number of so many digits that it cannot be rounded is shown as it is.
    if decimals is None or value.adjusted() + decimals > 27:
        return value
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
