"""What the FEEL tests evaluate with: a fixed instant in Western Indonesian time and a calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.calendar import WorkCalendar
from engine.feel import Environment, Evaluation, compile_expression, compile_unary_tests

NOW = datetime(2026, 3, 31, 8, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
CALENDAR = WorkCalendar("2026-1", frozenset({date(2026, 2, 16), date(2026, 2, 17)}), 5)
ENVIRONMENT = Environment(NOW, CALENDAR)


def evaluate(source: str, **scope: object) -> Evaluation:
    """Return value and notes of an expression."""
    return compile_expression(source).evaluate(scope, ENVIRONMENT)


def value(source: str, **scope: object) -> object:
    """Return the value of an expression."""
    return evaluate(source, **scope).value


def reasons(source: str, **scope: object) -> list[str]:
    """Return the codes of the notes of an expression."""
    return [note.code for note in evaluate(source, **scope).notes]


def passes(tests: str, tested: object, **scope: object) -> object:
    """Return whether a value passes unary tests."""
    return compile_unary_tests(tests).evaluate(tested, scope, ENVIRONMENT).value


def wall_clock(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return an instant without a zone, as FEEL knows them."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - without a zone on purpose
