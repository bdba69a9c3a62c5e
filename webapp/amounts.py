"""Shows a number with its unit, the same way on every page: of a task, of a result and on paper."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from processes.appraisal.rules.units import unit_in
from webapp.texts import gettext as _
from webapp.texts import language, show_number

CENT: Final = Decimal("0.01")
#: A unit on the line below its number is read as the next thing.
NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def show_amount(value: Decimal | None, unit: str, *, is_level: bool = False) -> str:
    """Return a number with its unit, `87,5%`, `3 hari`, `tingkat 3 dari 5`; empty for none."""
    if value is None:
        return ""
    text = show_number(value.quantize(CENT, ROUND_HALF_UP))
    if is_level:
        return _("tingkat %(level)s dari 5", level=text)
    unit = unit_in(unit, language(), value)
    amount = f"{text}{unit}" if unit.startswith("%") else f"{text} {unit}".strip()
    return amount.replace(" ", NO_BREAK)
