"""Shows days, instants and numbers in the reader's language."""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from webapp.texts.speaking import Language, language

#: Whose order of day, month and year is followed: the one of Indonesia, in English as well.
_DAYS: Final = {"id": "id", "en": "en_GB"}


def show_day(day: date | None, *, width: str = "long") -> str:
    """Return a day as `17 Agustus 2026`; nothing for none.

    :param width: `short` 17/08/26, `medium` 17 Agu 2026, `long`, or `full` with the weekday.
    """
    return "" if day is None else format_date(day, width, locale=_DAYS[language()])


def show_month(day: date) -> str:
    """Return the month of a day as `Agustus 2026`."""
    return month_in(day, language())


def month_in(day: date, spoken: Language) -> str:
    """Return the month of a day as `show_month` does, in a language."""
    return str(format_date(day, "MMMM y", locale=_DAYS[spoken]))


def show_instant(instant: datetime | None, zone: tzinfo, *, label: str = "") -> str:
    """Return an instant as the city's clocks show it, `17 Agustus 2026 pukul 14.05 WIB`.

    :param label: the zone's abbreviation.
    """
    if instant is None:
        return ""
    local = instant.astimezone(zone)
    pattern = "d MMMM y 'pukul' HH.mm" if language() == "id" else "d MMMM y, HH:mm"
    return " ".join(filter(None, (format_datetime(local, pattern, locale=language()), label)))


def show_number(number: Decimal | int, places: int | None = None) -> str:
    """Return a number with the reader's decimal mark, `1.234,50` in Indonesian.

    :param places: digits after the mark; as many as there are when None.
    """
    digits = "" if not places else "." + "0" * places
    pattern = "#,##0.################" if places is None else f"#,##0{digits}"
    return format_decimal(number, pattern, locale=language(), decimal_quantization=places is not None)
