"""The fields a form of Alur is made of: text, numbers and days; choices, files and tables are offered here as well."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from wtforms import widgets
from wtforms.utils import unset_value

from forms.choices import CheckboxField, ChoiceField, MultiChoiceField, Option, RadioField
from forms.cleaning import clean_block, clean_line
from forms.computed import ComputedField
from forms.dates import parse_date, show_date
from forms.field import AlurField
from forms.numbers import in_notation, parse_decimal, parse_integer, show_decimal, show_grouped
from forms.patterns import PATTERNS, read_pattern
from forms.submission import Submission
from forms.tables import RowChange, TableField
from forms.text import Text
from forms.uploads import FileField, KeptFile, Upload

__all__ = [
    "CheckboxField",
    "ChoiceField",
    "ComputedField",
    "DateField",
    "DecimalField",
    "FileField",
    "IntegerField",
    "KeptFile",
    "MoneyField",
    "MultiChoiceField",
    "NoteField",
    "Option",
    "RadioField",
    "RowChange",
    "TableField",
    "TextAreaField",
    "TextField",
    "Upload",
]


_RUPIAH = re.compile(r"^\s*Rp\.?\s*", re.IGNORECASE)


class TextField(AlurField):
    """One line of text, without invisible characters around it; None when empty.

    :param pattern: the name of a shape it must have, out of `forms.patterns`.
    """

    widget = widgets.TextInput()
    kind = "text"
    draft_limit = 10_000

    def __init__(
        self,
        label: Text | str,
        validators: Sequence[Any] | None = None,
        *,
        max_length: int = 250,
        pattern: str | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(label, validators, **kw)
        self.max_length, self.pattern = max_length, pattern
        self.input_mode = PATTERNS[pattern].input_mode if pattern else None

    def parse(self, typed: str) -> str | None:
        """Return the line."""
        line = clean_line(typed, self.max_length) or None
        return read_pattern(self.pattern, line) if line and self.pattern else line


class TextAreaField(AlurField):
    r"""Text of several lines, line ends as \n; None when empty.

    :param rows: how many lines are seen at once.
    """

    widget = widgets.TextArea()
    kind = "textarea"
    draft_limit = 100_000  # far more than may be sent in, so that a pasted text can still be shortened

    def __init__(
        self,
        label: Text | str,
        validators: Sequence[Any] | None = None,
        *,
        max_length: int = 5000,
        rows: int = 4,
        **kw: Any,
    ) -> None:
        super().__init__(label, validators, **kw)
        self.max_length, self.rows = max_length, rows

    def parse(self, typed: str) -> str | None:
        """Return the text."""
        return clean_block(typed, self.max_length) or None


class NumberField(AlurField):
    """A number in the reader's notation; a draft keeps the Indonesian one: readers change their language."""

    widget = widgets.TextInput()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the number, from a draft in the notation of whoever reads it now."""
        if formdata is not None and formdata.is_partial and self.name in formdata:
            drafted = formdata.getlist(self.name)
            shown = [in_notation(typed, self.language) if isinstance(typed, str) else typed for typed in drafted]
            formdata = Submission({self.name: shown}, is_partial=True)
        super().process(formdata, data, extra_filters)

    def draft(self) -> object:
        """Return what was typed, number or not, its marks as in Indonesian."""
        typed = super().draft()
        return in_notation(typed, self.language) if isinstance(typed, str) else typed


class IntegerField(NumberField):
    """A whole number, typed as 1234 or 1.234, in English as 1,234."""

    kind = "integer"
    input_mode = "numeric"

    def __init__(
        self, label: Text | str, validators: Sequence[Any] | None = None, *, digits: int = 15, **kw: Any
    ) -> None:
        super().__init__(label, validators, **kw)
        self.digits = digits

    def parse(self, typed: str) -> int | None:
        """Return the number."""
        text = clean_line(typed, self.raw_limit)
        return parse_integer(text, digits=self.digits, language=self.language) if text else None

    def process_data(self, value: object) -> None:
        """Take a whole number, never a truth value."""
        self.data = value if isinstance(value, int) and not isinstance(value, bool) else None


class DecimalField(NumberField):
    """An exact number, typed as 1.234,56 or 1234.56, in English as 1,234.56.

    See `forms.numbers` for what is refused as ambiguous.

    :param decimals: digits allowed after the decimal mark.
    :param digits: digits allowed before it.
    """

    kind = "decimal"
    input_mode = "decimal"

    def __init__(
        self,
        label: Text | str,
        validators: Sequence[Any] | None = None,
        *,
        decimals: int = 2,
        digits: int = 15,
        **kw: Any,
    ) -> None:
        super().__init__(label, validators, **kw)
        self.decimals, self.digits = decimals, digits

    def parse(self, typed: str) -> Decimal | None:
        """Return the number."""
        text = clean_line(typed, self.raw_limit)
        if not text:
            return None
        return parse_decimal(text, decimals=self.decimals, digits=self.digits, language=self.language)

    def process_data(self, value: object) -> None:
        """Take a finite Decimal or a whole number; a float has already lost what was meant."""
        is_exact = isinstance(value, int | Decimal) and not isinstance(value, bool)
        number = Decimal(value) if is_exact and isinstance(value, int | Decimal) else None
        self.data = number if number is not None and number.is_finite() else None

    def shown(self, value: Any) -> str:
        """Return the number with the reader's decimal mark."""
        return "" if value is None else show_decimal(value, self.language)


class MoneyField(DecimalField):
    """An amount of rupiah, exact, typed as 1.500.000 or Rp 1.500.000 and shown with its thousands marked off."""

    kind = "money"

    def __init__(
        self, label: Text | str, validators: Sequence[Any] | None = None, *, decimals: int = 0, **kw: Any
    ) -> None:
        super().__init__(label, validators, decimals=decimals, **kw)

    @property
    def display(self) -> str:
        """The amount in words."""
        return f"Rp\N{NO-BREAK SPACE}{self.shown(self.data)}" if self.data is not None else ""

    def parse(self, typed: str) -> Decimal | None:
        """Return the amount."""
        return super().parse(_RUPIAH.sub("", typed))

    def shown(self, value: Any) -> str:
        """Return the amount with as many decimals as may be typed, so that it reads back the same."""
        if value is None:
            return ""
        missing = -value.as_tuple().exponent < self.decimals
        return show_grouped(value.quantize(Decimal(1).scaleb(-self.decimals)) if missing else value, self.language)


class DateField(AlurField):
    """A day, typed as 17/08/2026 or sent by a browser's date picker as 2026-08-17.

    The default "today" is the day of the form.
    """

    widget = widgets.TextInput()
    kind = "date"

    def __init__(self, label: Text | str, validators: Sequence[Any] | None = None, **kw: Any) -> None:
        if kw.get("default") == "today":
            kw["default"] = kw["_form"].meta.today
        super().__init__(label, validators, **kw)

    def parse(self, typed: str) -> date | None:
        """Return the day."""
        text = clean_line(typed, self.raw_limit)
        return parse_date(text) if text else None

    def process_data(self, value: object) -> None:
        """Take a date; an instant has no day without its zone."""
        self.data = value if isinstance(value, date) and not isinstance(value, datetime) else None

    def shown(self, value: Any) -> str:
        """Return day/month/year."""
        return "" if value is None else show_date(value)

    @property
    def iso(self) -> str:
        """The value for a native date picker."""
        day: Any = self.data
        return "" if day is None else str(day.isoformat())


class NoteField(AlurField):
    """Text to read between the fields: the label, and the hint below it. Nothing is sent for it."""

    widget = widgets.TextInput()
    kind = "note"
    is_input = False

    def __init__(self, label: Text | str, **kw: Any) -> None:
        super().__init__(label, readonly=True, **kw)
