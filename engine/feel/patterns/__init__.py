"""Regular expressions as `matches`, `replace` and `split` know them: XPath and XQuery Functions 3.1, section 5.6.

Python's ``re`` is another language (``\\p{L}``, ``[a-z-[aeiou]]`` and ``\\i`` are missing, look-around is there), and
one hostile pattern can keep it busy for years. Here a pattern becomes a small program, and a program meets every pair
of place in pattern and place in text once: time grows with their product, and each step is paid from the budget.
"""

from functools import lru_cache

from engine.feel.errors import NoValue
from engine.feel.patterns.matching import Match, find, find_all
from engine.feel.patterns.parsing import parse_pattern
from engine.feel.patterns.program import MAX_PROGRAM, Program, compile_program

__all__ = ["MAX_PROGRAM", "Match", "Program", "compile_pattern", "find", "find_all"]

FLAGS = frozenset("smixq")


@lru_cache(maxsize=128)
def compile_pattern(pattern: str, flags: str) -> Program:
    """Return a pattern ready to be matched; the same one for the same text.

    :raise NoValue: when the pattern or a flag is wrong, or the pattern is too large.
    """
    if not set(flags) <= FLAGS:
        raise NoValue("pattern_flags", value=f"'{flags[:20]}'")
    return compile_program(parse_pattern(pattern, flags))
