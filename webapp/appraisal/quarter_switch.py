"""The switch between the quarters in which something is open for a rater, in words that say where the work waits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from processes.appraisal.queries.rated_quarters import RatedQuarter, RatedQuarters
from webapp.appraisal.wording import quarter_name
from webapp.texts import gettext as _
from webapp.texts import ngettext

#: The name under which pages and forms carry the quarter that the reader chose.
ASKED: Final = "triwulan"
_QUARTER: Final = re.compile(r"([0-9]{4})-([1-4])")


@dataclass(frozen=True, slots=True)
class QuarterChoice:
    """One quarter of the switch; `waiting` people wait for the reader there."""

    value: str
    name: str
    waiting: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class QuarterSwitch:
    """The quarters to choose from; none where there is only one.

    :param value: the quarter shown, as addresses and forms carry it; empty where there is nothing to choose.
    :param sentences: which quarter is shown, why, and who waits in the others.
    """

    choices: tuple[QuarterChoice, ...]
    value: str
    sentences: tuple[str, ...]


def read_asked(values: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the quarter that an address or a form asks for; None if it asks for none."""
    found = _QUARTER.fullmatch(values.get(ASKED, ""))
    return (int(found[1]), int(found[2])) if found else None


def quarter_switch(quarters: RatedQuarters, *, to_sign: bool = False) -> QuarterSwitch:
    """Return the switch of a page that shows one quarter.

    :param to_sign: only what waits for the reader's signature counts as waiting.
    """
    shown = quarters.shown
    if shown is None or len(quarters.choices) < 2:
        return QuarterSwitch((), "", ())
    choices = tuple(
        QuarterChoice(_value(item), quarter_name(*item.key), item.waiting, item is shown) for item in quarters.choices
    )
    words = _to_sign if to_sign else _to_do
    others = [words(quarter_name(*item.key), item.waiting) for item in quarters.choices if item is not shown]
    return QuarterSwitch(choices, _value(shown), (_shown(quarters, shown, to_sign=to_sign), *others))


def _value(item: RatedQuarter) -> str:
    return f"{item.year}-{item.quarter}"


def _shown(quarters: RatedQuarters, shown: RatedQuarter, *, to_sign: bool) -> str:
    name = quarter_name(*shown.key)
    if shown is not quarters.oldest_waiting:
        return _("Halaman ini menampilkan %(name)s.", name=name)
    if to_sign:
        return _(
            "Halaman ini menampilkan %(name)s, triwulan paling lama yang masih menunggu tanda tangan Anda.", name=name
        )
    return _("Halaman ini menampilkan %(name)s, triwulan paling lama yang masih menunggu Anda.", name=name)


def _to_do(name: str, waiting: int) -> str:
    if not waiting:
        return _("Di %(name)s tidak ada yang menunggu Anda.", name=name)
    return ngettext(
        "Di %(name)s ada %(count)s orang yang menunggu Anda.",
        "Di %(name)s ada %(count)s orang yang menunggu Anda.",
        waiting,
        name=name,
    )


def _to_sign(name: str, waiting: int) -> str:
    if not waiting:
        return _("Di %(name)s tidak ada yang menunggu tanda tangan Anda.", name=name)
    return ngettext(
        "Di %(name)s ada %(count)s orang yang menunggu tanda tangan Anda.",
        "Di %(name)s ada %(count)s orang yang menunggu tanda tangan Anda.",
        waiting,
        name=name,
    )
