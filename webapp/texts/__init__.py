"""Words of the application: Indonesian in the code, English from catalogues, dates and numbers in either."""

from webapp.texts.catalogue import english
from webapp.texts.codes import text_for
from webapp.texts.show import show_day, show_instant, show_month, show_number
from webapp.texts.speaking import Language, gettext, language, lazy, ngettext

__all__ = [
    "Language",
    "english",
    "gettext",
    "language",
    "lazy",
    "ngettext",
    "show_day",
    "show_instant",
    "show_month",
    "show_number",
    "text_for",
]
