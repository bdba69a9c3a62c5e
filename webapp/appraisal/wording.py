"""Ratings, numbers and sentences of rules in the reader's language."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from processes.appraisal.reasons import sentence_of
from processes.appraisal.rules import label
from processes.people.city import Message, Text, show_number
from webapp.current import current_alur, current_city
from webapp.texts import gettext as _
from webapp.texts import language, show_instant


def in_words(value: StrEnum | None) -> str:
    """Return the label of a rating or predicate; a dash for none."""
    return "–" if value is None else speak(label(value))


def speak(text: Text) -> str:
    """Return a text of a rule."""
    return text.id if language() == "id" else text.en


def tell(message: Message) -> str:
    """Return the sentence of a message."""
    return sentence_of(message, language())


def in_digits(number: Decimal | None) -> str:
    """Return a number with two places, rounded half up for display only; a dash for none."""
    return "–" if number is None else show_number(number, language())


def as_entered(number: Decimal | None) -> str:
    """Return a number as somebody entered it, without places that say nothing; a dash for none."""
    if number is None:
        return "–"
    exponent = number.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return show_number(number, language(), places)


def quarter_name(year: int, quarter: int) -> str:
    """Return a quarter as people name it."""
    return _("Triwulan %(quarter)s %(year)s", quarter=quarter, year=year)


def show_here(instant: datetime | None) -> str:
    """Return an instant as the city's clocks show it; empty for none."""
    city = current_city()
    return show_instant(instant, current_alur().zone(city.code), label=city.zone_label)
