"""Forms of the quarter pages: which quarter to open, and which of its cases to list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from forms import AlurForm, Between, CheckboxField, ChoiceField, IntegerField, Option, Required, Text, TextField
from processes.people.city import City, CityError, Period
from processes.people.queries import Unit
from webapp.texts import gettext as _
from webapp.texts import show_day

FIRST_YEAR, LAST_YEAR = 2023, 2099


class OpenQuarterForm(AlurForm):
    """Which quarter is opened; it opens today, for from today on people can act and deadlines are counted."""

    year = IntegerField(Text("Tahun", "Year"), [Required(), Between(FIRST_YEAR, LAST_YEAR)], digits=4)
    quarter = ChoiceField(
        Text("Triwulan", "Quarter"),
        [Required()],
        options=[Option(str(number), Text(f"Triwulan {number}", f"Quarter {number}")) for number in range(1, 5)],
    )

    @property
    def period(self) -> Period:
        """The quarter that was chosen, once the form is valid."""
        return Period.quarter(int(self["year"].data), int(self["quarter"].data))

    def check_against(self, city: City, opened: Mapping[tuple[int, int], date], today: date) -> bool:
        """Say whether the quarter can be opened; why not is put on the fields.

        :param opened: the opening day of each quarter that was opened before.
        :param today: in the city.
        """
        end = self.period.end
        before = opened.get((int(self["year"].data), int(self["quarter"].data)))
        if before is not None:
            words = _("Triwulan ini sudah dibuka pada %(day)s dan tidak perlu dibuka lagi.", day=show_day(before))
            self.add_error("quarter", words)
        elif today <= end:
            self.add_error("quarter", _not_over(end))
        elif not _has_rule(city, self.period):
            self.add_error("quarter", _("Aturan penilaian daerah untuk triwulan ini belum ada. Hubungi admin daerah."))
        return not self.error_summary()


def _not_over(end: date) -> str:
    return _(
        "Triwulan ini baru berakhir pada %(end)s. Pilih triwulan yang sudah berakhir, atau buka mulai %(first)s.",
        end=show_day(end),
        first=_day_after(end),
    )


def _has_rule(city: City, period: Period) -> bool:
    try:
        city.rule(period.end)
    except CityError:
        return False
    return True


def _day_after(day: date) -> str:
    return show_day(day + timedelta(days=1))


def suggested(today: date) -> dict[str, Any]:
    """Return the quarter that has just ended."""
    number = (today.month - 1) // 3
    year, quarter = (today.year, number) if number else (today.year - 1, 4)
    return {"year": year, "quarter": str(quarter)}


class AllOrOneField(ChoiceField):
    """A list whose first entry means "all"."""

    has_placeholder = False


def filter_form(units: Sequence[Unit], steps: Iterable[tuple[str, str]]) -> "partial[AlurForm]":
    """Return the form by which the cases of a quarter are filtered.

    :param steps: element id and name of the steps people do.
    """
    fields = {
        "cari": TextField(Text("Cari nama", "Search by name"), max_length=100),
        "unit": AllOrOneField(
            Text("Unit", "Unit"),
            options=[
                Option("", Text("Semua unit", "All units")),
                *(Option(str(unit.id), Text(unit.name, unit.name)) for unit in units),
            ],
        ),
        "langkah": AllOrOneField(
            Text("Menunggu di langkah", "Waiting at step"),
            options=[
                Option("", Text("Semua langkah", "All steps")),
                *(Option(element, Text(name, name)) for element, name in steps),
            ],
        ),
        "terlambat": CheckboxField(Text("Hanya yang terlambat", "Overdue only")),
    }
    return partial(type("CaseFilterForm", (AlurForm,), fields))
