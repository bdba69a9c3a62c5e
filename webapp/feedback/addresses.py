"""Addresses and words that the pages of feedback share."""

from datetime import date

from processes.appraisal.colleagues import Quarter
from webapp.current import current_actor, current_alur
from webapp.texts import gettext as _

# SQLite and PostgreSQL hold 63 bits; a longer number names nothing.
PERSON = "/umpan-balik/<int(max=9223372036854775807):person>"
GIVEN = "/umpan-balik/kiriman"
ONE_GIVEN = f"{GIVEN}/<int(max=9223372036854775807):feedback_id>"


def today() -> date:
    """Return the day in the city."""
    return current_alur().now_in(current_actor().tenant).date()


def quarter_name(quarter: Quarter) -> str:
    """Return a quarter as people name it."""
    return _("Triwulan %(quarter)s %(year)s", quarter=quarter.quarter, year=quarter.year)
