"""How much is measured: enough for steady medians, or just enough to see that every figure can be taken."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of cases, rounds and rows."""

    rounds: int
    cases: int
    web_cases: int
    finished: int
    bulk: int
    bulk_chunk: int
    few_tasks: int
    many_tasks: int
    pages: int
    cycles: int
    assessors: int
    loop_rounds: int
    few_cases: int
    many_cases: int
    seconds: float
    thousands: int


FULL = Sizes(
    rounds=5,
    cases=100,
    web_cases=40,
    finished=1_000,
    bulk=10_000,
    bulk_chunk=200,
    few_tasks=500,
    many_tasks=50_000,
    pages=100,
    cycles=40,
    assessors=500,
    loop_rounds=10_000,
    few_cases=1_000,
    many_cases=1_000_000,
    seconds=3.0,
    thousands=10,
)
QUICK = Sizes(
    rounds=2,
    cases=4,
    web_cases=2,
    finished=40,
    bulk=200,
    bulk_chunk=50,
    few_tasks=100,
    many_tasks=400,
    pages=5,
    cycles=2,
    assessors=50,
    loop_rounds=30,
    few_cases=100,
    many_cases=1_000,
    seconds=0.3,
    thousands=1,
)
