"""Built-ins that say something about many numbers: product, median, stddev, mode (DMN 1.5, 10.3.4.4)."""

from decimal import Decimal
from itertools import groupby

from engine.feel.errors import NoValue
from engine.feel.functions.table import Builtin
from engine.feel.run import Run
from engine.feel.values import NUMBERS, kind_of

_Items = list[object]


def _product(run: Run, items: _Items) -> Decimal | None:
    numbers = _numbers("product", items)
    if not numbers:
        return None
    product = Decimal(1)
    for number in numbers:
        product = NUMBERS.multiply(product, number)
    return product


def _median(run: Run, items: _Items) -> Decimal | None:
    numbers = _ordered("median", items, run)
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return NUMBERS.divide(NUMBERS.add(numbers[middle - 1], numbers[middle]), Decimal(2))


def _deviation(run: Run, items: _Items) -> Decimal | None:
    numbers = _numbers("stddev", items)
    if len(numbers) < 2:
        raise NoValue("too_few", function="stddev", size=str(len(numbers)), least="2")
    mean = NUMBERS.divide(_total(numbers), Decimal(len(numbers)))
    squares = [NUMBERS.power(NUMBERS.subtract(number, mean), 2) for number in numbers]
    return NUMBERS.sqrt(NUMBERS.divide(_total(squares), Decimal(len(numbers) - 1)))


def _mode(run: Run, items: _Items) -> _Items:
    counts = [(number, len(list(same))) for number, same in groupby(_ordered("mode", items, run))]
    most = max((count for _, count in counts), default=0)
    return [number for number, count in counts if count == most]


def _ordered(function: str, items: _Items, run: Run) -> list[Decimal]:
    run.charge(len(items) * len(items).bit_length() // 4)
    run.allocate(len(items))
    return sorted(_numbers(function, items))


def _total(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = NUMBERS.add(total, number)
    return total


def _numbers(function: str, items: _Items) -> list[Decimal]:
    numbers = [item for item in items if isinstance(item, Decimal)]
    if len(numbers) < len(items):
        other = next(item for item in items if not isinstance(item, Decimal))
        raise NoValue("mixed_list", function=function, left_kind="number", right_kind=kind_of(other))
    return numbers


STATISTICS_FUNCTIONS = (
    Builtin("product", "list: list…", _product),
    Builtin("median", "list: list…", _median),
    Builtin("stddev", "list: list…", _deviation, cost=8),
    Builtin("mode", "list: list…", _mode),
)
