"""FEEL and decision tables beside Python's `eval` of the same conditions, compiled; one thread, no database."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from engine.dmn import read_decisions
from engine.feel import Environment, compile_expression
from tests.bench.bars import Bar, ratio
from tests.bench.measure import EVENT, Contender, Phase, take_turns
from tests.bench.sizes import Sizes
from tests.unit.engine.dmn.tables import definitions, table

Section = dict[str, Any]
Work = Callable[[], object]

ENVIRONMENT = Environment(datetime(2026, 3, 31, 1, 30, tzinfo=UTC))
SCOPE: Mapping[str, object] = {
    "rating": "BAIK", "score": Decimal(80), "days": Decimal(5), "status": "DIAJUKAN", "is_head": False,
    "hired": date(2019, 3, 1), "due": date(2026, 4, 14), "unit": {"kind": "KECAMATAN", "level": Decimal(3)},
}  # fmt: skip
#: What stands at gateways, in FEEL and in Python: numbers, texts, ranges, lists, dates, parts of a context, or and not.
#: Python's whole numbers stand beside decimals there: what FEEL is slower by is what it is and what it does safely.
CONDITIONS = {
    "texts and numbers": (
        'rating = "BAIK" and score >= 76 and days > 3',
        'rating == "BAIK" and score >= 76 and days > 3',
    ),
    "one comparison": ("score >= 76", "score >= 76"),
    "between": ("score between 76 and 90", "76 <= score <= 90"),
    "in a range": ("score in [76..91)", "76 <= score < 91"),
    "in a list": ('status in ("DIAJUKAN", "DIREVISI")', 'status in ("DIAJUKAN", "DIREVISI")'),
    "dates": ('due > @"2026-03-31" and hired < due', "due > date(2026, 3, 31) and hired < due"),
    "or and not": (
        'status = "DITOLAK" or not(is_head) and days <= 14',
        'status == "DITOLAK" or not is_head and days <= 14',
    ),
    "parts of a context": (
        'unit.kind = "KECAMATAN" and unit.level < 4',
        'unit["kind"] == "KECAMATAN" and unit["level"] < 4',
    ),
}
TYPICAL = "texts and numbers"
MATRIX = Path(__file__).parents[1] / "unit" / "engine" / "dmn" / "rating_matrix.dmn"
MATRIX_RULES = "9 rules of a matrix"
RULES = 200


def measure_expressions(sizes: Sizes) -> Section:
    """Return microseconds of each condition and table, how many times Python's or a condition's, and cold costs."""
    tables = _tables()
    contenders = {**_conditions(), **tables}
    turns = take_turns(contenders, sizes.thousands, sizes.rounds)
    # Milliseconds of a thousand are microseconds of one.
    microseconds = {name: figures["cpu_ms_per_event"] for name, figures in turns.items()}
    return {
        "microseconds": microseconds,
        "over_python": {name: ratio(microseconds[name], microseconds[_python(name)]) for name in CONDITIONS},
        "over_a_condition": {name: ratio(microseconds[name], microseconds[TYPICAL]) for name in tables},
        "cold_milliseconds": measure_cold(sizes.rounds),
    }


def expression_bars(figures: Section) -> list[Bar]:
    """Return what is promised of conditions and tables."""
    over = figures["over_a_condition"]
    return [
        *(Bar(f"FEEL: {name}, over Python's eval", times, 30) for name, times in figures["over_python"].items()),
        Bar("FEEL: microseconds of the dearest condition", max(figures["microseconds"][n] for n in CONDITIONS), 10),
        *(Bar(f"DMN: {name}, over a condition", over[name], 6 if name == MATRIX_RULES else 100) for name in over),
        Bar("DMN: CPU ms to read and compile 200 rules", figures["cold_milliseconds"]["200 rules"], 100),
    ]


def measure_cold(rounds: int) -> dict[str, float]:
    """Return CPU milliseconds of a first use, and of one by a second release that says the same again."""
    conditions = [CONDITIONS[TYPICAL][0].replace("76", str(1000 + place)) for place in range(rounds)]
    tables = [_bands(997 * place) for place in range(rounds)]
    compiling: list[Work] = [partial(compile_expression, source) for source in conditions]
    reading: list[Work] = [partial(_first_answer, file) for file in tables]
    return {
        "condition": _median(compiling),
        "condition, again": _median(compiling),
        "200 rules": _median(reading),
        "200 rules, again": _median(reading),
    }


def _conditions() -> dict[str, Contender]:
    contenders: dict[str, Contender] = {}
    for name, (feel, python) in CONDITIONS.items():
        expression, code = compile_expression(feel), compile(python, name, "eval")
        names = {**SCOPE, "date": date}
        assert expression.evaluate(SCOPE, ENVIRONMENT).value == eval(code, names)
        contenders[name] = _repeated(partial(expression.evaluate, SCOPE, ENVIRONMENT))
        contenders[_python(name)] = _repeated(partial(eval, code, names))
    return contenders


def _python(name: str) -> str:
    return f"{name}, Python"


def _tables() -> dict[str, Contender]:
    matrix = read_decisions(MATRIX.read_bytes())["performance_predicate"]
    least: dict[str, object] = {"work_result": "DIBAWAH_EKSPEKTASI", "work_behaviour": "DIBAWAH_EKSPEKTASI"}
    asked = {
        "200 rules of ranges": (_bands(0), Decimal(150)),
        "200 rules of texts": (_rules(lambda row: f'"K{row}"'), "K150"),
        "200 rules of conditions": (_rules(lambda row: f"? >= {row} and ? < {row + 1}"), Decimal(150)),
    }
    large = {
        name: partial(read_decisions(file)["d"].decide, {"score": value}, ENVIRONMENT)
        for name, (file, value) in asked.items()
    }
    assert all(ask().value == "R150" for ask in large.values())
    all_tables = {MATRIX_RULES: partial(matrix.decide, least, ENVIRONMENT), **large}
    return {name: _repeated(ask) for name, ask in all_tables.items()}


def _bands(base: int) -> bytes:
    return _rules(lambda row: f"[{base + row}..{base + row + 1})")


def _rules(cell: Callable[[int], str]) -> bytes:
    return definitions(table(*(([cell(row)], [f'"R{row}"']) for row in range(RULES))))


def _first_answer(file: bytes) -> object:
    return read_decisions(file)["d"].decide({"score": Decimal(150)}, ENVIRONMENT)


def _repeated(ask: Work) -> Contender:
    def contender(thousands: int) -> Iterator[Phase]:
        def run() -> None:
            for _ in range(1000 * thousands):
                ask()

        yield Phase(EVENT, "ask", thousands, run)

    return contender


def _median(works: list[Work]) -> float:
    spent = []
    for work in works:
        before = process_time()
        work()
        spent.append(1000 * (process_time() - before))
    return round(median(spent), 4)
