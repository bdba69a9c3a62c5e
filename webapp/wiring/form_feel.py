"""Evaluates the expressions of forms with the engine's FEEL; forms themselves do not know the engine."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

from engine.feel import Budget, Environment, FeelBudgetExceeded, FeelSyntaxError, compile_expression
from forms import Text

# A form is shown and checked while somebody waits, some expressions of it once for each row of a table.
_BUDGET: Final = Budget(steps=50_000, allocation=200_000, result=5_000, text=100_000)
_NOON: Final = time(12, tzinfo=UTC)


class FormFeel:
    """The evaluator that forms are given."""

    def mistake(self, source: str, names: frozenset[str]) -> Text | None:
        """Return why the source is no expression over answers of these names; None if it is one."""
        try:
            unknown = sorted(compile_expression(source).names - names)
        except FeelSyntaxError as error:
            return Text(error.message("id"), error.message("en"))
        if not unknown:
            return None
        known = ", ".join(sorted(names)) or "–"
        return Text(
            f"Rumus memakai “{unknown[0]}”, yang bukan isian di sini. Pakai salah satu: {known}.",
            f"The expression uses '{unknown[0]}', which is no field here. Use one of: {known}.",
        )

    def value(self, source: str, answers: Mapping[str, object], today: date) -> object:
        """Return what the expression gives; None when it gives nothing or would cost too much."""
        environment = Environment(datetime.combine(today, _NOON), budget=_BUDGET)
        try:
            value = compile_expression(source).evaluate(answers, environment).value
        except FeelBudgetExceeded:
            return None
        return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


FORM_FEEL: Final = FormFeel()
